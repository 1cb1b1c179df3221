"""Does the next shift learn what it has to know, is anything forgotten, and does it go when its time is over?"""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.urls import reverse

from astra.demo.pytest_cast import Cast
from astra.hotline import selectors, services
from astra.hotline.entries import NewCallback, NewContact
from astra.hotline.models import Handover, HandoverPoint
from astra.hotline.rules import handover as rules
from astra.hotline.rules.contacts import CALLER, Link
from astra.kernel.clock import now
from astra.kernel.errors import Denied, Invalid, NotAllowedNow, NotFound
from astra.people import services as people
from astra.people.rules.persons import Identity, Name
from astra.vault.models import Section

pytestmark = [pytest.mark.django_db(databases=["default", "keystore"])]
SOS = "sos_trafficking"
WORDS = "She may ring at three; say that the door was locked."


def page(name: str, *args: object) -> str:
    return reverse(f"hotline:{name}", args=args)


def point(cast: Cast, who: str = "mira", **given: Any) -> UUID:  # Any: parts of a point
    return services.add_point(actor=cast.actor(who), **{"kind": rules.MAY_CALL, "line": SOS, "words": WORDS, **given})


def test_what_is_written_is_carried_on_until_it_is_done(cast: Cast) -> None:
    mira, sanja = cast.client("mira"), cast.client("sanja")
    answer = mira.post(page("add_point"), {"kind": "may_call", "line": SOS, "words": WORDS})
    assert answer.status_code == 302
    services.add_point(actor=cast.actor("mira"), kind=rules.AT_RISK, line=SOS, words="The one in the hotel")
    HandoverPoint.objects.update(written_at=now() - timedelta(days=3))
    whole = sanja.get(page("handover")).content.decode()
    assert WORDS in whole
    assert whole.index("The one in the hotel") < whole.index(WORDS)
    first = next(one for one in selectors.handover_points(cast.actor("sanja")) if one.kind == rules.MAY_CALL)
    assert sanja.post(page("finish_point", first.id), {"verb": "done"}).status_code == 302
    assert [one.kind for one in selectors.handover_points(cast.actor("mira"))] == [rules.AT_RISK]
    assert "govuk-details" in sanja.get(page("handover")).content.decode()
    sanja.post(page("finish_point", first.id), {"verb": "reopen"})
    assert len(selectors.handover_points(cast.actor("mira"))) == 2


def test_an_empty_point_is_refused_with_a_word(cast: Cast) -> None:
    answer = cast.client("mira").post(page("add_point"), {"kind": "other", "line": SOS, "words": "  "})
    assert answer.status_code == 200
    assert "govuk-error-summary" in answer.content.decode()
    with pytest.raises(Invalid):
        point(cast, kind="gossip")


def test_the_one_who_comes_says_that_she_has_read_it(cast: Cast) -> None:
    mira, sanja = cast.client("mira"), cast.client("sanja")
    for _ in range(2):
        assert mira.post(page("hand_over")).status_code == 302
    row = Handover.objects.get()
    assert selectors.count_unread_handovers(cast.actor("sanja")) == 1
    assert selectors.count_unread_handovers(cast.actor("mira")) == 0
    assert '<span class="astra-count">1' in sanja.get(page("contacts")).content.decode()
    with pytest.raises(Denied):
        services.acknowledge_handover(actor=cast.actor("mira"), handover_id=row.pk)
    assert page("acknowledge_handover", row.pk) not in mira.get(page("handover")).content.decode()
    assert page("acknowledge_handover", row.pk) in sanja.get(page("handover")).content.decode()
    assert sanja.post(page("acknowledge_handover", row.pk)).status_code == 302
    assert cast.sanja.person.work_name in mira.get(page("handover")).content.decode()
    with pytest.raises(NotAllowedNow):
        services.acknowledge_handover(actor=cast.actor("milena"), handover_id=row.pk)


def test_unread_for_too_long_it_is_told_to_the_coordinator(cast: Cast) -> None:
    services.hand_over(actor=cast.actor("mira"), lines=[SOS])
    assert page("handover") not in cast.client("jelena").get("/").content.decode()
    Handover.objects.update(written_at=now() - rules.READ_WITHIN)
    home = cast.client("jelena").get("/").content.decode()
    assert page("handover") in home
    assert WORDS not in home
    services.acknowledge_handover(actor=cast.actor("sanja"), handover_id=Handover.objects.get().pk)
    assert page("handover") not in cast.client("jelena").get("/").content.decode()


def test_older_hand_overs_are_read_with_the_newest(cast: Cast) -> None:
    old = services.hand_over(actor=cast.actor("mira"), lines=[SOS])
    Handover.objects.update(written_at=now() - timedelta(hours=9))
    new = services.hand_over(actor=cast.actor("sanja"), lines=[SOS])
    assert old != new
    services.acknowledge_handover(actor=cast.actor("milena"), handover_id=new)
    assert not Handover.objects.filter(acknowledged_at=None).exists()


def test_who_reads_no_line_reads_no_hand_over(cast: Cast) -> None:
    found = point(cast)
    lara = cast.client("lara")
    whole = lara.get(page("handover")).content.decode()
    assert WORDS not in whole
    assert "point-form" not in whole
    with pytest.raises(Denied):
        point(cast, "lara")
    with pytest.raises(Denied):
        services.finish_point(actor=cast.actor("lara"), point_id=found)
    with pytest.raises(Denied):
        services.hand_over(actor=cast.actor("lara"), lines=[SOS])
    assert selectors.count_unread_handovers(cast.actor("lara")) is None


def test_only_the_missing_childrens_line_is_read_at_their_desk(cast: Cast) -> None:
    point(cast)
    point(cast, line="missing_116000", words="The boy from the station")
    assert [one.words for one in selectors.handover_points(cast.actor("milena"))] == ["The boy from the station"]
    assert len(selectors.handover_points(cast.actor("jelena"))) == 2


def test_it_leads_to_whom_it_is_about_and_goes_with_her(cast: Cast) -> None:
    mira = cast.actor("mira")
    person = people.register_person(actor=mira, identity=Identity(names=(Name("Zvezdana", "Tajnović"),)))
    found = point(cast, subject_id=person)
    sanja = cast.client("sanja")
    file = sanja.get(reverse("people:person", args=[person])).content.decode()
    assert f"{page('handover')}?about={person}" in file
    shown = sanja.get(page("handover")).content.decode()
    assert "Zvezdana" in shown
    assert str(person) in shown
    people.erase(actor=cast.actor("ana"), person_id=person, reason="her_request")
    assert not Section.objects.filter(record=found).exists()
    assert selectors.handover_points(cast.actor("sanja")) == []
    assert HandoverPoint.objects.get().subject_id is None


def test_a_contacts_page_puts_it_there_and_callbacks_come_by_themselves(
    cast: Cast, make: Callable[..., NewContact]
) -> None:
    mira = cast.actor("mira")
    person = people.register_person(actor=mira, identity=Identity(names=(Name("Zvezdana"),)))
    contact = services.record_contact(actor=mira, contact=make(links=(Link(person, CALLER),)))
    due = NewCallback(now() + timedelta(hours=2), "Ask how the night was", person_id=person)
    services.add_callback(actor=mira, callback=due)
    browser = cast.client("mira")
    assert f"{page('handover')}?about={contact}" in browser.get(page("contact", contact)).content.decode()
    form = browser.get(f"{page('handover')}?about={contact}").content.decode()
    assert f'value="{contact}"' in form
    assert "Zvezdana" in form
    assert (
        browser.post(
            page("add_point"), {"kind": "to_log", "line": SOS, "words": "", "subject": str(contact)}
        ).status_code
        == 302
    )
    (one,) = selectors.handover_points(mira)
    assert (one.subject_id, one.subject_kind, one.words) == (contact, "contact", "")
    with pytest.raises(NotFound):
        point(cast, subject_id=uuid4())
    assert browser.get(f"{page('handover')}?about=nonsense").status_code == 200


def test_a_month_after_it_was_done_its_key_is_destroyed(cast: Cast) -> None:
    mira = cast.actor("mira")
    person = people.register_person(actor=mira, identity=Identity(names=(Name("Zvezdana"),)))
    old, young = point(cast, subject_id=person), point(cast, words="still needed")
    services.finish_point(actor=mira, point_id=old)
    services.hand_over(actor=mira, lines=[SOS])
    assert services.shred_handovers() == 0
    HandoverPoint.objects.filter(pk=old).update(done_at=now() - rules.KEPT - timedelta(hours=1))
    Handover.objects.update(written_at=now() - rules.KEPT - timedelta(hours=1))
    assert services.shred_handovers() == 1
    assert not Section.objects.filter(record=old).exists()
    assert Section.objects.filter(record=young).exists()
    assert Section.objects.filter(record=person).exists()
    assert not Handover.objects.exists()
    with pytest.raises(NotFound):
        services.finish_point(actor=mira, point_id=old)
