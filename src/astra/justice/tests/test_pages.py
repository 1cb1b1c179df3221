"""The pages of the room: what each of the team sees, forms that refuse kindly, the feed, the register, the tables."""

from datetime import timedelta
from uuid import UUID

import pytest
from django.http import HttpResponse
from django.urls import reverse
from icalendar import Calendar

from astra.cases import services as cases
from astra.cases.tests.making import make_case
from astra.demo.pytest_cast import Cast
from astra.justice import facts, services
from astra.justice.models import Hearing, Judgment, Letter, Proceeding
from astra.justice.sections import SuspectWords
from astra.justice.tests.making import (
    JUDGE,
    NUMBER,
    ago,
    make_claim,
    make_decision,
    make_demand,
    make_hearing,
    make_letter,
    make_proceeding,
)
from astra.justice.views.deeds import KINDS, NEW_IN_CASE, NEW_IN_PROCEEDING
from astra.kernel.clock import today
from astra.kernel.tests.drawn import worded
from astra.people import selectors as people

pytestmark = pytest.mark.django_db(databases=["default", "keystore"])


def got(cast: Cast, who: str, name: str, *ids: object, query: str = "") -> HttpResponse:
    address = reverse(f"justice:{name}", args=ids) + query
    response: HttpResponse = cast.client(who).get(address, headers={"accept-language": "en"})  # type: ignore[assignment]  # the test client's own class
    return response


def sent(cast: Cast, who: str, name: str, *ids: object, **given: object) -> HttpResponse:
    headers = {"accept-language": "en"}
    response: HttpResponse = cast.client(who).post(reverse(f"justice:{name}", args=ids), given, headers=headers)  # type: ignore[assignment]  # the test client's own class
    return response


@pytest.fixture
def case_id(cast: Cast) -> UUID:
    return make_case(cast.actor("mira"), team=[cast.mira.id, cast.vesna.id])


def test_the_legal_side_of_a_file(cast: Cast, case_id: UUID) -> None:
    mira = cast.actor("mira")
    trial = make_proceeding(mira, case_id)
    make_hearing(mira, trial, 3, escort=cast.mira.id)
    make_decision(mira, trial)
    make_claim(mira, trial)
    make_letter(mira, case_id, answer_due_on=today())
    make_demand(mira, case_id)
    shown = got(cast, "mira", "case", case_id).content.decode()
    for words in (NUMBER, "Sudnica 12", "500,000.00 RSD", "Waiting for an answer", "neither confirm nor deny"):
        assert words in shown
    inside = got(cast, "mira", "proceeding", trial).content.decode()
    for words in (JUDGE, "First instance: Conviction", "Not prepared yet", "Pet godina"):
        assert words in inside
    assert got(cast, "outsider", "case", case_id).status_code in (403, 404)
    assert got(cast, "sanja", "case", case_id).status_code == 404


def test_who_is_not_in_the_legal_tier_is_not_told_that_there_is_one(cast: Cast, case_id: UUID) -> None:
    mira = cast.actor("mira")
    trial = make_proceeding(mira, case_id, tier="legal")
    make_hearing(mira, trial, 3)
    make_letter(mira, case_id, tier="legal")
    suspect = services.add_suspect(
        actor=mira, case_id=case_id, part="exploiter", words=SuspectWords(name="Zoran Zlić"), proceeding_id=trial
    )
    make_demand(mira, case_id)
    pages = [got(cast, "vesna", "case", case_id), got(cast, "vesna", "coming"), got(cast, "vesna", "letters")]
    pages.append(cast.client("vesna").get(reverse("cases:case", args=[case_id])))  # type: ignore[arg-type]  # the test client's own class
    assert people.search(cast.actor("vesna"), "Zoran Zlić") == people.search(mira, "Zoran Zlić") == []
    for page in pages:
        assert page.status_code == 200
        for word in ("Zoran", "Zlić", 'id="suspects"', NUMBER, "Defence"):
            assert word not in page.content.decode()
    assert got(cast, "vesna", "proceeding", trial).status_code == 404
    assert got(cast, "vesna", "change", "suspect", suspect, "charge").status_code == 404
    assert "Zoran Zlić" in got(cast, "mira", "case", case_id).content.decode()


def test_every_form_opens(cast: Cast, case_id: UUID) -> None:
    mira = cast.actor("mira")
    trial = make_proceeding(mira, case_id)
    for what in NEW_IN_CASE:
        assert got(cast, "mira", "add", case_id, what).status_code == 200
    for what in NEW_IN_PROCEEDING:
        assert got(cast, "mira", "add_to", trial, what).status_code == 200
    made = {
        "proceeding": trial,
        "hearing": make_hearing(mira, trial, 4),
        "decision": make_decision(mira, trial),
        "claim": make_claim(mira, trial),
        "letter": make_letter(mira, case_id),
        "demand": make_demand(mira, case_id),
    }
    for what, record_id in made.items():
        for verb in KINDS[what].deeds:
            assert got(cast, "mira", "change", what, record_id, verb).status_code == 200
    assert got(cast, "mira", "add", case_id, "nonsense").status_code == 404
    assert got(cast, "mira", "change", "nonsense", trial, "change").status_code == 404


def test_impossible_days_and_amounts_are_refused_with_a_sentence(cast: Cast, case_id: UUID) -> None:
    given = {"kind": "criminal", "role": "witness", "begun_on": "31.12.2099.", "tier": "team"}
    shown = sent(cast, "mira", "add", case_id, "proceeding", **given)
    assert "This day has not come yet" in shown.content.decode()
    assert not Proceeding.objects.exists()
    given["begun_on"] = f"{ago(10):%d.%m.%Y.}"
    assert sent(cast, "mira", "add", case_id, "proceeding", **given).status_code == 302
    trial = Proceeding.objects.get()
    claim = {"kind": "wages", "claimed": "12.500,50", "currency": "EUR", "claimed_on": f"{ago(1):%d.%m.%Y.}"}
    assert sent(cast, "mira", "add_to", trial.pk, "claim", **claim).status_code == 302
    assert "12,500.50 EUR" in got(cast, "mira", "case", case_id).content.decode()
    bad = {"kind": "main_hearing", "begins_at_0": "31.02.2027.", "begins_at_1": "9:00"}
    assert sent(cast, "mira", "add_to", trial.pk, "hearing", **bad).status_code == 200
    assert not Hearing.objects.exists()


def test_the_calendar_says_nothing_but_hearing(cast: Cast, case_id: UUID) -> None:
    mira = cast.actor("mira")
    trial = make_proceeding(mira, case_id)
    make_hearing(mira, trial, 3, escort=cast.mira.id)
    make_hearing(mira, trial, 5)
    token = services.new_feed(actor=mira)
    answer = cast.client("outsider").get(reverse("justice:feed", args=[token]), headers={"accept-language": "en"})
    events = list(Calendar.from_ical(answer.content).walk("VEVENT"))
    assert [str(event["summary"]) for event in events] == ["Hearing"]
    assert {name for event in events for name in event} == {"UID", "DTSTAMP", "DTSTART", "DTEND", "SUMMARY", "CLASS"}
    for word in ("K 123", "Sudnica", "Milica", "sud", "Petrović", "Astra"):
        assert word not in worded(answer)
    cases.dismiss(actor=cast.actor("jelena"), case_id=case_id, member_id=cast.mira.id)
    gone = cast.client("outsider").get(reverse("justice:feed", args=[token]))
    assert list(Calendar.from_ical(gone.content).walk("VEVENT")) == [], "of a file in which she sits no more"
    services.end_feed(actor=mira)
    assert cast.client("outsider").get(reverse("justice:feed", args=[token])).status_code == 404
    assert b"shown this once" in sent(cast, "mira", "calendar", verb="new").content


def test_the_register_and_its_silences(cast: Cast, case_id: UUID) -> None:
    mira = cast.actor("mira")
    make_letter(mira, case_id, answer_due_on=today() + timedelta(days=2))
    make_letter(mira, case_id, direction="in")
    every = got(cast, "mira", "letters").content.decode()
    numbers = [str(row) for row in Letter.objects.all()]
    assert all(number in every for number in numbers)
    silent = got(cast, "mira", "letters", query="?silent=1").content.decode()
    assert numbers[0] in silent
    assert f"{numbers[1]} ·" not in silent
    assert "Reminder sent" in silent


def test_judgments_become_tables_and_a_file(cast: Cast) -> None:
    given = {
        "year": "2025",
        "court": "vs_nis",
        "instance": "first",
        "article": "kz388",
        "final_article": "kz184",
        "outcome": "convicted",
        "accused-TOTAL_FORMS": "1",
        "accused-INITIAL_FORMS": "0",
        "accused-0-outcome": "convicted",
        "accused-0-penalty": "prison",
        "accused-0-years": "3",
    }
    nobody = given | {"accused-0-outcome": ""}
    assert "at least one accused" in sent(cast, "mira", "add_judgment", **nobody).content.decode()
    assert not Judgment.objects.exists()
    assert sent(cast, "mira", "add_judgment", **given).status_code == 302
    shown = got(cast, "mira", "judgments", query="?year=2025").content.decode()
    assert "Higher Court Niš" in shown
    lines = got(cast, "mira", "judgments_csv", 2025).content.decode("utf-8-sig").splitlines()
    assert "By article of the judgment,judgments,2025,kz184,CC 184 Mediation in prostitution,1,1" in lines
    assert [row.final_article for row in facts.judgment_facts()] == ["kz184"]
    assert sent(cast, "mira", "remove_judgment", Judgment.objects.get().pk).status_code == 302
    assert not Judgment.objects.exists()


def test_facts_hold_no_words(cast: Cast, case_id: UUID) -> None:
    mira = cast.actor("mira")
    trial = make_proceeding(mira, case_id)
    services.qualify(actor=mira, proceeding_id=trial, article="kz184", paragraph="", stage="report", since=ago(9))
    services.qualify(actor=mira, proceeding_id=trial, article="kz388", paragraph="", stage="trial", since=ago(5))
    make_claim(mira, trial)
    found = list(facts.proceeding_facts())
    assert found[0].articles == ("kz184", "kz388")
    assert NUMBER not in str(found)
    assert str(next(facts.compensation_facts()).claimed) == "500000.00"
