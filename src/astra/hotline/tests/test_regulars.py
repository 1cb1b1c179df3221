"""Does every shift see what was agreed for a regular caller, wherever she is answered, and does it go with her?"""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from django.urls import reverse

from astra.demo.pytest_cast import Cast
from astra.hotline import selectors, services
from astra.hotline.entries import NewContact
from astra.hotline.models import CallerPlan, Contact
from astra.hotline.rules import regulars as rules
from astra.hotline.rules.contacts import CALLER, CONCERNED, Link
from astra.hotline.sections import Caller, PlanWords
from astra.hotline.tests.calling import rings
from astra.hotline.tests.test_recording import owners
from astra.kernel.clock import today
from astra.kernel.errors import Conflict, Denied, Invalid, NotAllowedNow, NotFound
from astra.kernel.ids import new_id
from astra.people import services as people
from astra.people.rules.persons import ContactDetail, ContactDetails, Identity, Name
from astra.vault.models import Section

pytestmark = [pytest.mark.django_db(databases=["default", "keystore"])]
HELPS = "Let her say how the night was, then one thing for today."
WORDS = PlanWords(helps=HELPS, not_helps="Advice about the brother.", how_long="15 minutes, twice a week")
Make = Callable[..., NewContact]


def page(name: str, *args: object) -> str:
    return reverse(f"hotline:{name}", args=args)


def plan(cast: Cast, who: str = "mira", words: PlanWords = WORDS, **given: Any) -> UUID:  # Any: whom it is for
    planned = services.Planned(words, today() + timedelta(days=28), cast.employed[who].id)
    return services.make_plan(actor=cast.actor(who), planned=planned, **given)


def known(cast: Cast) -> UUID:
    return people.register_person(
        actor=cast.actor("mira"),
        identity=Identity(names=(Name("Zvezdana", "Tajnović"),)),
        details=ContactDetails((ContactDetail(kind="mobile", value="060 111 22 23"),)),
    )


def anonymous(cast: Cast, make: Make, **given: Any) -> UUID:  # Any: facts of a contact
    return services.record_contact(actor=cast.actor("mira"), contact=make(caller=Caller(), **given))


def test_who_takes_the_next_call_sees_it_on_every_screen(cast: Cast, make: Make) -> None:
    person = known(cast)
    contact = services.record_contact(actor=cast.actor("mira"), contact=make(links=(Link(person, CALLER),)))
    plan(cast, person_id=person)
    _, call_id = rings()
    sanja = cast.client("sanja")
    assert HELPS in sanja.get(page("caller", call_id)).content.decode()
    assert HELPS in sanja.get(f"{page('new')}?person={person}").content.decode()
    assert HELPS in sanja.get(page("contact", contact)).content.decode()
    assert HELPS in sanja.post(page("known"), {"q": "Zvezdana Tajnović"}).content.decode()
    listed = sanja.get(page("regulars")).content.decode()
    assert HELPS in listed
    assert "Zvezdana" in listed


def test_a_volunteer_reads_the_plan_and_does_not_write_it(cast: Cast) -> None:
    found = plan(cast, words=replace(WORDS, nickname="Ptica"))
    lara = cast.client("lara")
    assert HELPS in lara.get(page("regulars")).content.decode()
    assert lara.get(page("change_regular", found)).status_code == 403
    with pytest.raises(Denied):
        plan(cast, "lara", words=replace(WORDS, nickname="Druga"))
    with pytest.raises(Denied):
        services.end_plan(actor=cast.actor("lara"), plan_id=found, reason="calls_no_more")
    assert selectors.regulars(cast.actor("lara"))[0].words.nickname == "Ptica"
    assert cast.client("petar").get(page("regulars")).status_code == 403


def test_a_caller_without_a_name_is_known_by_her_earlier_calls(cast: Cast, make: Make) -> None:
    first = anonymous(cast, make)
    again = anonymous(cast, make, repeat_of=first)
    plan(cast, contact_id=again)
    assert CallerPlan.objects.get().contact_id == first
    sanja = cast.actor("sanja")
    assert [one.words.helps for one in selectors.regulars_among(sanja, contacts=[again])] == [HELPS]
    assert HELPS in cast.client("sanja").get(f"{page('new')}?like={again}").content.decode()
    with pytest.raises(NotAllowedNow):
        plan(cast, contact_id=first)


def test_by_a_number_she_is_content_with_and_by_what_the_shift_calls_her(cast: Cast, make: Make) -> None:
    plan(cast, words=replace(WORDS, nickname="Ptica sa reke", numbers=("060 111 2223",)), contact_id=None)
    _, call_id = rings(number="+381601112223")
    sanja = cast.client("sanja")
    assert HELPS in sanja.get(page("caller", call_id)).content.decode()
    for typed in ("ptic", "rek"):
        assert HELPS in sanja.post(page("known"), {"caller_name": typed}).content.decode()
    assert HELPS not in sanja.post(page("known"), {"caller_name": "pt"}).content.decode()
    _, other = rings(number="+381609999999")
    assert HELPS not in sanja.get(page("caller", other)).content.decode()


def test_a_nickname_finds_its_contacts_and_a_form_takes_them_up(cast: Cast, make: Make) -> None:
    first, second = anonymous(cast, make), anonymous(cast, make)
    found = plan(cast, words=replace(WORDS, nickname="Ptica"))
    browser = cast.client("mira")
    assert f'value="{found}"' in browser.get(page("contact", first)).content.decode()
    assert browser.post(page("recognise_regular", first), {"plan": str(found)}).status_code == 302
    services.recognise_regular(actor=cast.actor("mira"), plan_id=found, contact_id=second)
    assert Contact.objects.get(pk=second).repeat_of_id == first
    assert {line.id for line in selectors.contacts_of_regular(cast.actor("sanja"), found)} == {first, second}
    offered = browser.post(page("known"), {"caller_name": "Ptica", "draft_id": str(new_id())}).content.decode()
    assert f'name="add_repeat" value="{first}"' in offered
    form = browser.post(page("new"), {"draft_id": str(new_id()), "add_repeat": str(first)}).content.decode()
    assert f'name="repeat_of" value="{first}"' in form
    assert HELPS in form
    other = anonymous(cast, make, repeat_of=anonymous(cast, make))
    with pytest.raises(NotAllowedNow):
        services.recognise_regular(actor=cast.actor("mira"), plan_id=found, contact_id=other)


def test_when_she_says_who_she_is_the_plan_is_hers_and_goes_with_her(cast: Cast, make: Make) -> None:
    first = anonymous(cast, make)
    found = plan(cast, contact_id=first)
    assert owners(found, "hotline.caller_plan") == {first}
    mother, child = known(cast), people.register_person(actor=cast.actor("mira"), identity=Identity())
    services.link_person(actor=cast.actor("mira"), contact_id=first, person_id=mother, role=CALLER)
    services.link_person(actor=cast.actor("mira"), contact_id=first, person_id=child, role=CONCERNED)
    assert owners(found, "hotline.caller_plan") == {mother}
    assert [one.id for one in selectors.regulars_among(cast.actor("sanja"), persons=[mother])] == [found]
    people.erase(actor=cast.actor("ana"), person_id=mother, reason="her_request")
    assert not Section.objects.filter(record=found).exists()
    assert not CallerPlan.objects.exists()


def test_the_plan_of_somebody_erased_is_gone(cast: Cast) -> None:
    person = known(cast)
    found = plan(cast, person_id=person)
    people.erase(actor=cast.actor("ana"), person_id=person, reason="her_request")
    assert not Section.objects.filter(record=found).exists()
    assert selectors.regulars(cast.actor("sanja")) == []
    assert cast.client("sanja").get(page("regular", found)).status_code == 404


def test_it_is_changed_by_everybody_who_reads_and_reads_back(cast: Cast) -> None:
    found = plan(cast, words=replace(WORDS, nickname="Ptica"))
    sanja = cast.client("sanja")
    form = {
        "nickname": "Ptica",
        "helps": "Something better.",
        "review_on": (today() + timedelta(days=9)).strftime("%d.%m.%Y."),
        "revision": "1",
    }
    assert sanja.post(page("change_regular", found), form).status_code == 302
    whole = sanja.get(page("regular", found)).content.decode()
    assert "Something better." in whole
    assert HELPS in whole, "how it read before stays to be read"
    stale = services.Planned(replace(WORDS, nickname="Ptica"), today() + timedelta(days=5))
    with pytest.raises(Conflict):
        services.revise_plan(actor=cast.actor("mira"), plan_id=found, planned=stale, revision=1)


def test_a_plan_that_says_nothing_or_is_never_looked_at_is_refused(cast: Cast) -> None:
    for words, day in ((PlanWords("Ptica"), 9), (WORDS, 9), (replace(WORDS, nickname="Ptica"), 365)):
        planned = services.Planned(words, today() + timedelta(days=day))
        with pytest.raises(Invalid):
            services.make_plan(actor=cast.actor("mira"), planned=planned)
    answer = cast.client("mira").post(page("new_regular"), {"nickname": "Ptica"})
    assert answer.status_code == 200
    assert "govuk-error-summary" in answer.content.decode()


def test_it_is_due_on_the_day_of_who_leads_and_ends_with_a_reason(cast: Cast) -> None:
    found = plan(cast, "sanja", words=replace(WORDS, nickname="Ptica"))
    assert selectors.plans_due(cast.actor("sanja"), today()) == []
    CallerPlan.objects.update(review_on=today())
    assert [one.record_id for one in selectors.plans_due(cast.actor("sanja"), today())] == [found]
    assert selectors.plans_due(cast.actor("mira"), today()) == []
    assert page("regular", found) in cast.client("sanja").get("/").content.decode()
    with pytest.raises(Denied):
        services.end_plan(actor=cast.actor("mira"), plan_id=found, reason="calls_no_more")
    assert "govuk-error" in cast.client("sanja").post(page("end_regular", found), {"reason": ""}).content.decode()
    assert cast.client("sanja").post(page("end_regular", found), {"reason": "calls_no_more"}).status_code == 302
    assert selectors.regulars(cast.actor("mira")) == []
    assert selectors.regulars_among(cast.actor("mira"), typed="Ptica") == []
    assert "Ptica" in cast.client("mira").get(f"{page('regulars')}?ended").content.decode()
    with pytest.raises(NotAllowedNow):
        services.revise_plan(actor=cast.actor("mira"), plan_id=found, planned=services.Planned(WORDS), revision=1)
    assert cast.client("mira").post(page("begin_regular_again", found)).status_code == 302
    assert selectors.count_plans_due(cast.actor("mira"), today()) == 1
    senior = cast.actor("jelena")
    services.end_plan(actor=senior, plan_id=found, reason="has_other_help")
    assert CallerPlan.objects.get().state == rules.ENDED


def test_an_unknown_contact_or_person_makes_no_plan(cast: Cast) -> None:
    for whom in ("person_id", "contact_id"):
        nobody: dict[str, Any] = {whom: new_id()}  # Any: an id
        with pytest.raises(NotFound):
            plan(cast, **nobody)
    assert cast.client("mira").get(f"{page('new_regular')}?contact=nonsense").status_code == 200
