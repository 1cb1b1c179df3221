"""Does her own page open for her alone, and show only what she chose to whoever forces the code out of her?"""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from uuid import UUID

import pytest
from django.urls import reverse
from pytest_django.fixtures import Settings

from astra.accounts.rules.roles import desks_of
from astra.accounts.services.changing import change_roles
from astra.audit.services import ensure_signing_key, sequence_pending
from astra.cases import services as in_cases
from astra.cases.tests.making import make_case, make_person
from astra.consent import services as consent
from astra.consent.rules.recording import NewConsent
from astra.demo.pytest_cast import Cast
from astra.kernel.clock import now, today
from astra.kernel.errors import Invalid, NotAllowedNow, NotFound
from astra.people import services as people
from astra.rights import selectors, services
from astra.rights.entries import Codes
from astra.rights.models import OwnPage, OwnRequest, OwnVisit
from astra.rights.rules import owning as rules
from astra.rights.rules import requests
from astra.rights.sections import ASKED, BASICS
from astra.rights.selectors import Owning
from astra.vault import selectors as vault
from astra.vault.actor import Actor, staff
from astra.vault.models import Grant
from astra.vault.services.members import leave

pytestmark = pytest.mark.django_db(databases=["default", "keystore"])
SAID = "He writes that I owe him money. That is not so."


@pytest.fixture
def own_log(tmp_path: Path, settings: Settings) -> None:
    """A home of this test alone, so that its log can be numbered."""
    settings.ENV = replace(settings.ENV, home=tmp_path)
    ensure_signing_key(tmp_path)


def file_of(cast: Cast) -> tuple[UUID, UUID]:
    """A case of Mira's, and its client."""
    person = make_person(cast.actor("mira"))
    return make_case(cast.actor("mira"), person), person


def given(cast: Cast, case: UUID, person: UUID, parts: tuple[str, ...] = rules.PARTS) -> Codes:
    return services.give_page(
        actor=cast.actor("mira"), case_id=case, person_id=person, parts=parts, name="Zlata", is_in_person=True
    )


def opened(code: str) -> Owning:
    found = services.open_own(typed=code)
    assert isinstance(found, tuple)
    return found[0]


def test_the_code_opens_her_page_and_nothing_else(cast: Cast) -> None:
    case, person = file_of(cast)
    codes = given(cast, case, person)
    owning = opened(codes.own)
    assert owning.basics.name == "Zlata"
    assert not vault.can_reach(owning.actor, person)
    assert not vault.can_reach(owning.actor, case)
    assert services.open_own(typed="0000 0000 0000 0000") is None
    assert services.open_own(typed="12") is None


def test_the_second_code_opens_nothing_of_hers(cast: Cast) -> None:
    codes = given(cast, *file_of(cast))
    assert services.open_own(typed=codes.calm) == "calm"
    assert OwnVisit.objects.count() == 0


def test_no_colleague_opens_her_page(cast: Cast) -> None:
    given(cast, *file_of(cast))
    page = OwnPage.objects.get()
    for who in ("mira", "jelena", "ana", "petar"):
        assert vault.find_section(cast.actor(who), page.pk, BASICS) is None, who
    assert set(Grant.objects.filter(record=page.pk).values_list("circle", flat=True)) == {page.circle_id}


def test_a_code_is_given_in_person_to_a_client_and_once(cast: Cast) -> None:
    case, person = file_of(cast)
    with pytest.raises(Invalid, match="in person"):
        services.give_page(actor=cast.actor("mira"), case_id=case, person_id=person, parts=["held"], is_in_person=False)
    with pytest.raises(Invalid, match="at least one"):
        services.give_page(actor=cast.actor("mira"), case_id=case, person_id=person, parts=[], is_in_person=True)
    stranger = make_person(cast.actor("mira"), "Ana Ilić")
    with pytest.raises(NotAllowedNow):
        given(cast, case, stranger)
    given(cast, case, person)
    with pytest.raises(NotAllowedNow):
        given(cast, case, person)
    assert OwnPage.objects.count() == 1


def test_new_codes_close_the_old_page_and_keep_what_was_answered(cast: Cast) -> None:
    case, person = file_of(cast)
    first = given(cast, case, person)
    asked = services.ask_online(owning=opened(first.own), kind=requests.CORRECT, words=SAID)
    services.answer(actor=cast.actor("mira"), request_id=asked, outcome="done", words="We have put it right.")
    second = services.new_code(actor=cast.actor("mira"), person_id=person, is_in_person=True)
    assert services.open_own(typed=first.own) is None
    assert services.open_own(typed=first.calm) is None
    (line,) = selectors.own_requests(opened(second.own))
    assert (line.asked, line.answer) == (SAID, "We have put it right.")


def test_a_closed_page_is_lost_in_every_browser(cast: Cast) -> None:
    case, person = file_of(cast)
    codes = given(cast, case, person)
    found = services.open_own(typed=codes.own)
    assert isinstance(found, tuple)
    assert services.resume(found[1]) is not None
    services.close_page(actor=cast.actor("mira"), person_id=person)
    assert services.resume(found[1]) is None
    assert services.open_own(typed=codes.own) is None


def test_a_silent_browser_loses_the_page(cast: Cast) -> None:
    codes = given(cast, *file_of(cast))
    found = services.open_own(typed=codes.own)
    assert isinstance(found, tuple)
    OwnVisit.objects.update(seen_at=now() - rules.VISIT_IDLE - timedelta(minutes=1))
    assert services.resume(found[1]) is None
    assert services.sweep_visits() == 1


def test_what_she_asks_reaches_her_team_and_data_protection(cast: Cast) -> None:
    case, person = file_of(cast)
    owning = opened(given(cast, case, person).own)
    asked = services.ask_online(owning=owning, kind=requests.OWN_WORDS, words=SAID)
    for who in ("mira", "jelena", "ana"):
        assert [one.asked for one in selectors.waiting(cast.actor(who))] == [SAID], who
    assert selectors.waiting(cast.actor("vesna")) == []
    row = OwnRequest.objects.get(pk=asked)
    assert row.due_on == today() + timedelta(days=30)


def test_a_complaint_reaches_nobody_of_the_team(cast: Cast) -> None:
    case, person = file_of(cast)
    owning = opened(given(cast, case, person).own)
    asked = services.ask_online(owning=owning, kind=requests.COMPLAIN, words=SAID)
    for who in ("mira", "jelena", "vesna"):
        assert vault.find_section(cast.actor(who), asked, ASKED) is None, who
        assert selectors.waiting(cast.actor(who)) == [], who
        with pytest.raises(NotFound):
            services.take(actor=cast.actor(who), request_id=asked)
    services.take(actor=cast.actor("ana"), request_id=asked)
    services.answer(actor=cast.actor("ana"), request_id=asked, outcome="partly", words="We have spoken with them.")
    (line,) = selectors.own_requests(owning)
    assert (line.state, line.outcome, line.answer) == ("answered", "partly", "We have spoken with them.")


def also_in_data_protection(cast: Cast, who: str) -> Actor:
    """Somebody who works with clients sits in data protection too."""
    one = cast.employed[who]
    roles = (*one.person.roles, "data_protection_officer")
    change_roles(actor=cast.actor("ana"), member_id=one.id, roles=roles)
    return staff(one.id, desks_of(roles), one.opened.keyring())


def test_a_complaint_passes_by_whoever_sits_in_data_protection_and_works_on_the_case(cast: Cast) -> None:
    case, person = file_of(cast)
    mira, vesna = also_in_data_protection(cast, "mira"), also_in_data_protection(cast, "vesna")
    owning = opened(given(cast, case, person).own)
    asked = services.ask_online(owning=owning, kind=requests.COMPLAIN, words=SAID)
    assert selectors.waiting(mira) == []
    assert vault.find_section(mira, asked, ASKED) is None
    with pytest.raises(NotFound):
        services.take(actor=mira, request_id=asked)
    assert [line.id for line in selectors.waiting(vesna)] == [asked], "she does not work on the case"
    assert vault.open_section(cast.actor("ana"), asked, ASKED).content.words == SAID
    correction = services.ask_online(owning=owning, kind=requests.CORRECT, words=SAID)
    assert vault.open_section(mira, correction, ASKED).content.words == SAID


def test_a_complaint_is_read_where_nobody_else_sits_in_data_protection(cast: Cast) -> None:
    case, person = file_of(cast)
    mira = also_in_data_protection(cast, "mira")
    leave(actor=mira, member_id=cast.ana.id)
    asked = services.ask_online(owning=opened(given(cast, case, person).own), kind=requests.COMPLAIN, words=SAID)
    assert vault.open_section(mira, asked, ASKED).content.words == SAID


def test_the_term_is_made_longer_once_and_she_is_told_why(cast: Cast) -> None:
    case, person = file_of(cast)
    owning = opened(given(cast, case, person).own)
    asked = services.ask_online(owning=owning, kind=requests.COPY, words="")
    with pytest.raises(Invalid, match="Say why"):
        services.lengthen(actor=cast.actor("mira"), request_id=asked, words=" ")
    services.lengthen(actor=cast.actor("mira"), request_id=asked, words="The court has the file.")
    with pytest.raises(NotAllowedNow):
        services.lengthen(actor=cast.actor("mira"), request_id=asked, words="Again.")
    services.answer(actor=cast.actor("mira"), request_id=asked, outcome="done", words="Here it is.")
    (line,) = selectors.own_requests(owning)
    assert (line.longer, line.answer) == ("The court has the file.", "Here it is.")
    assert line.due_on == today() + timedelta(days=90)


def test_she_takes_back_only_what_is_hers(cast: Cast) -> None:
    case, person = file_of(cast)
    owning = opened(given(cast, case, person).own)
    asked = services.ask_online(owning=owning, kind=requests.ERASE, words="")
    other = opened(given(cast, *file_of(cast)).own)
    with pytest.raises(NotFound):
        services.take_back(owning=other, request_id=asked)
    services.take_back(owning=owning, request_id=asked)
    assert OwnRequest.objects.get().state == "taken_back"
    with pytest.raises(NotAllowedNow):
        services.answer(actor=cast.actor("mira"), request_id=asked, outcome="done", words="Done.")


def test_she_withdraws_her_own_consent_at_once_and_nobody_elses(cast: Cast) -> None:
    case, person = file_of(cast)
    new = NewConsent("assistance", "own_team", "identity", method="spoken_in_person", language="sr", given_on=today())
    line = consent.record_consent(actor=cast.actor("mira"), person_id=person, new=new)
    owning = opened(given(cast, case, person).own)
    other = opened(given(cast, *file_of(cast)).own)
    with pytest.raises(NotFound):
        services.withdraw_online(owning=other, consent_id=line)
    assert services.withdraw_online(owning=owning, consent_id=line) == 0
    with pytest.raises(NotAllowedNow):
        services.withdraw_online(owning=owning, consent_id=line)


@pytest.mark.usefixtures("own_log")
def test_a_note_that_is_opened_by_its_own_address_is_told_too(cast: Cast) -> None:
    case, person = file_of(cast)
    note = in_cases.add_note(actor=cast.actor("mira"), case_id=case, title="Razgovor", text="Bila je mirna.")
    sequence_pending()
    before = selectors.readers_of([person])
    assert cast.client("jelena").get(reverse("cases:note", args=[note])).status_code == 200
    sequence_pending()
    after = selectors.readers_of([person])
    assert ["coordinator" in one.roles for one in before] == [False]
    assert ["coordinator" in one.roles for one in after] == [True]


@pytest.mark.usefixtures("own_log")
def test_what_is_held_and_who_opened_it_is_told_without_names(cast: Cast) -> None:
    case, person = file_of(cast)
    assert cast.client("jelena").get(reverse("cases:case", args=[case])).status_code == 200
    sequence_pending()
    held = {one.retention: one.count for one in selectors.held_of(person)}
    assert held["identity"] >= 1
    assert held["case"] >= 1
    readers = selectors.readers_of([person, case])
    assert [one.day for one in readers] == [today()]
    assert set(readers[0].roles) == {"counsellor", "coordinator"}


def test_erasing_her_takes_page_and_requests(cast: Cast) -> None:
    case, person = file_of(cast)
    owning = opened(given(cast, case, person).own)
    services.ask_online(owning=owning, kind=requests.CORRECT, words=SAID)
    people.erase(actor=cast.actor("jelena"), person_id=person, reason="request")
    assert OwnPage.objects.count() == OwnRequest.objects.count() == OwnVisit.objects.count() == 0
    assert vault.find_section(cast.actor("mira"), owning.page.pk, BASICS) is None


def test_it_stands_on_the_day_of_those_who_answer_a_week_before_its_end(cast: Cast) -> None:
    case, person = file_of(cast)
    asked = services.ask_online(owning=opened(given(cast, case, person).own), kind=requests.COPY, words="")
    mira = cast.actor("mira")
    assert selectors.due(mira, today()) == []
    (one,) = selectors.due(mira, today() + timedelta(days=23))
    assert (one.record_id, one.day) == (asked, today() + timedelta(days=30))
    assert selectors.due(cast.actor("vesna"), today() + timedelta(days=40)) == []
