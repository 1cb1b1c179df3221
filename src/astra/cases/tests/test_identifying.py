"""Are the three facts kept apart, sealed to the team, with their histories; does a screening go along into a case?"""

from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import pytest
from django.urls import reverse

from astra.cases import selectors, services
from astra.cases.models import Case, Task, TimelineEntry
from astra.cases.tests.making import make_case, make_contact, make_person
from astra.demo.pytest_cast import Cast
from astra.hotline import services as hotline
from astra.identification import facts
from astra.identification import selectors as identification
from astra.identification import services as screening
from astra.identification.entries import NewAssessment, NewChoice, NewDecision, NewRisk, NewScreening
from astra.identification.models import Decision, Risk, Screening
from astra.identification.rules.risk import Level
from astra.identification.rules.screening import Answer
from astra.identification.sections import SCREENING
from astra.kernel.clock import today
from astra.kernel.errors import Invalid, NotAllowedNow, NotFound
from astra.people import services as people
from astra.vault import selectors as vault

pytestmark = pytest.mark.django_db(databases=["default", "keystore"])
SAID = "They keep my passport in the office."


def heard(*codes: str, **more: object) -> NewScreening:
    answers = tuple(Answer(code, "heard", SAID) for code in codes)
    return replace(NewScreening(today(), answers), **more)  # type: ignore[arg-type]  # a test may change any part


def file_of(cast: Cast) -> tuple[UUID, UUID]:
    person = make_person(cast.actor("mira"))
    return make_case(cast.actor("mira"), person), person


def standing(cast: Cast, person: UUID, who: str = "mira") -> identification.Standing:
    return identification.standing_of(cast.actor(who), person, today())


def test_a_screening_says_what_the_rule_reads_and_sets_nothing(cast: Cast) -> None:
    case, person = file_of(cast)
    services.screen(actor=cast.actor("mira"), case_id=case, person_id=person, new=heard("D4.01", "D4.02", "D5.01"))
    found = standing(cast, person)
    (line,) = found.screenings
    assert [(one.profile, one.reading) for one in line.wholes] == [("child", "exploited"), ("adult", "exploited")]
    assert line.answers[0].words == SAID
    assert (found.assessments, found.decisions, found.choices) == ((), (), ())
    assert TimelineEntry.objects.get(kind="screening").subject_id == line.id


def test_listening_again_keeps_what_was_heard_before(cast: Cast) -> None:
    case, person = file_of(cast)
    mira = cast.actor("mira")
    first = services.screen(actor=mira, case_id=case, person_id=person, new=heard("D4.01"))
    second = services.screen(actor=mira, case_id=case, person_id=person, new=heard("D4.01", "D4.02"))
    assert [one.id for one in standing(cast, person).screenings] == [second, first]
    page = cast.client("mira").get(reverse("cases:screening", args=[second])).content.decode()
    assert "Mala plata ili bez plate" in page or "Low or no salary" in page


def test_nobody_outside_the_team_reads_any_of_it(cast: Cast) -> None:
    case, person = file_of(cast)
    made = services.screen(actor=cast.actor("mira"), case_id=case, person_id=person, new=heard("D4.01"))
    assert vault.find_section(cast.actor("vesna"), made, SCREENING) is None
    assert cast.client("vesna").get(reverse("cases:screening", args=[made])).status_code == 404
    with pytest.raises(NotFound):
        services.screen(actor=cast.actor("vesna"), case_id=case, person_id=person, new=heard("D4.01"))


def test_established_needs_the_elements_of_the_definition(cast: Cast) -> None:
    case, person = file_of(cast)
    mira = cast.actor("mira")
    new = NewAssessment(today(), "confirmed", "adult", acts=("recruits",), forms=("forced_labour",), words="Because.")
    with pytest.raises(Invalid) as refused:
        services.assess(actor=mira, case_id=case, person_id=person, new=new)
    assert [one.field for one in refused.value.problems] == ["means"]
    services.assess(actor=mira, case_id=case, person_id=person, new=replace(new, profile="child"))
    services.assess(actor=mira, case_id=case, person_id=person, new=replace(new, means=("deception",)))
    assert [one.profile for one in standing(cast, person).assessments] == ["adult", "child"]
    assert [one.is_latest for one in facts.assessment_facts()] == [True, False]


def test_a_decision_goes_on_and_its_earlier_states_stay(cast: Cast) -> None:
    case, person = file_of(cast)
    mira, day = cast.actor("mira"), today()
    begun = NewDecision("protection_centre", "pending", day - timedelta(days=9), words="Reported by us.")
    first = services.record_decision(actor=mira, case_id=case, person_id=person, new=begun)
    ended = replace(begun, decision="rejected", decided_on=day - timedelta(days=2), procedure=first, who="Panel")
    services.record_decision(actor=mira, case_id=case, person_id=person, new=ended)
    appealed = replace(ended, appeal="made", words="We ask for a new look.")
    services.record_decision(actor=mira, case_id=case, person_id=person, new=appealed)
    found = standing(cast, person).decisions
    assert [(one.decision, one.appeal, one.is_latest) for one in found] == [
        ("rejected", "made", True),
        ("rejected", "none", False),
        ("pending", "none", False),
    ]
    assert [one.decision for one in facts.procedure_facts()] == ["rejected"]
    assert Decision.objects.filter(is_latest=True).count() == 1


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"body": "own_organisation"}, "body"),
        ({"decided_on": None}, "decided_on"),
        ({"decided_on": today() - timedelta(days=30)}, "decided_on"),
        ({"decided_on": today() + timedelta(days=3)}, "decided_on"),
        ({"decision": "pending", "decided_on": None, "appeal": "made"}, "appeal"),
    ],
)
def test_a_decision_that_cannot_be_says_where(cast: Cast, change: dict[str, object], field: str) -> None:
    case, person = file_of(cast)
    right = NewDecision("protection_centre", "identified", today() - timedelta(days=9), today())
    with pytest.raises(Invalid) as refused:
        services.record_decision(
            actor=cast.actor("mira"),
            case_id=case,
            person_id=person,
            new=replace(right, **change),  # type: ignore[arg-type]  # a test may change any part
        )
    assert field in [one.field for one in refused.value.problems]
    assert Decision.objects.count() == 0


def test_her_choice_is_hers_and_may_change(cast: Cast) -> None:
    case, person = file_of(cast)
    for choice in ("undecided", "declines"):
        new = NewChoice(today(), choice, "She says it herself.")
        services.record_choice(actor=cast.actor("mira"), case_id=case, person_id=person, new=new)
    assert [one.choice for one in standing(cast, person).choices] == ["declines", "undecided"]
    assert sorted(one.choice for one in facts.choice_facts()) == ["declines", "undecided"]


def test_who_must_know_has_it_on_her_day_and_the_file_follows(cast: Cast) -> None:
    case, person = file_of(cast)
    services.admit(actor=cast.actor("mira"), case_id=case, member_id=cast.sanja.id, tiers=["team"])
    levels = (Level("retaliation", "high", "He knows where she lives.", "Another flat."),)
    new = NewRisk(today(), today() + timedelta(days=7), levels, (cast.mira.id, cast.sanja.id))
    services.assess_risk(actor=cast.actor("mira"), case_id=case, person_id=person, new=new, title="Read it")
    assert Case.objects.get(pk=case).risk == "high"
    assert {task.assigned_id for task in Task.objects.filter(kind="risk_told")} == {cast.mira.id, cast.sanja.id}
    assert [task.title for task in selectors.my_day(cast.actor("sanja"), today()).tasks] == ["Read it"]
    calmer = NewRisk(today(), today(), (Level("retaliation", "low"),))
    services.assess_risk(actor=cast.actor("sanja"), case_id=case, person_id=person, new=calmer)
    assert Case.objects.get(pk=case).risk == "low"
    assert Risk.objects.filter(is_latest=True).count() == 1
    assert [one.record_id for one in identification.due(cast.actor("mira"), today())] == [person]


def test_only_colleagues_of_the_team_can_be_told(cast: Cast) -> None:
    case, person = file_of(cast)
    levels = (Level("retaliation", "high", "w", "d"),)
    new = NewRisk(today(), today(), levels, (cast.vesna.id,))
    with pytest.raises(Invalid, match="does not sit"):
        services.assess_risk(actor=cast.actor("mira"), case_id=case, person_id=person, new=new)
    assert Risk.objects.count() == Task.objects.filter(kind="risk_told").count() == 0


def test_a_screening_from_a_contact_goes_along_into_the_case(cast: Cast) -> None:
    mira = cast.actor("mira")
    person, contact = make_person(mira), make_contact(mira)
    with pytest.raises(NotAllowedNow):
        screening.screen_contact(actor=mira, contact_id=contact, person_id=person, new=heard("D4.01"))
    hotline.link_person(actor=mira, contact_id=contact, person_id=person, role="concerned")
    made = screening.screen_contact(actor=mira, contact_id=contact, person_id=person, new=heard("D4.01"))
    assert vault.find_section(cast.actor("vesna"), made, SCREENING) is None
    case = make_case(mira, person, contact_ids=[contact])
    services.admit(actor=cast.actor("mira"), case_id=case, member_id=cast.vesna.id, tiers=["team"])
    assert [one.id for one in standing(cast, person, "vesna").screenings] == [made]


def test_erasing_her_leaves_no_word_and_only_months(cast: Cast) -> None:
    case, person = file_of(cast)
    mira = cast.actor("mira")
    made = services.screen(actor=mira, case_id=case, person_id=person, new=heard("D4.01"))
    services.record_choice(actor=mira, case_id=case, person_id=person, new=NewChoice(today(), "wants"))
    people.erase(actor=cast.actor("jelena"), person_id=person, reason="request")
    assert Screening.objects.count() == 0
    assert list(facts.choice_facts()) == [facts.ChoiceFact(today().replace(day=1), "wants")]
    assert vault.find_section(cast.actor("mira"), made, SCREENING) is None


def test_the_pages_and_their_forms(cast: Cast) -> None:
    case, person = file_of(cast)
    mira = cast.client("mira")
    place = [case, person]
    for name in ("screen", "assess", "decide", "choose", "assess_risk"):
        assert mira.get(reverse(f"cases:{name}", args=place)).status_code == 200, name
    mira.post(
        reverse("cases:screen", args=place), {"on": today(), "D4_01": "heard", "D4_01_words": SAID, "D4_01_from": ""}
    )
    mira.post(reverse("cases:choose", args=place), {"choice": "wants", "words": "Da.", "on": today()})
    mira.post(
        reverse("cases:decide", args=place),
        {"body": "protection_centre", "decision": "pending", "reported_on": today(), "appeal": "none"},
    )
    mira.post(
        reverse("cases:assess_risk", args=place),
        {"online": "raised", "online_words": "Slike.", "online_done": "Prijavljeno.", "on": today(), "until": ""},
    )
    page = mira.get(reverse("cases:identification", args=[case])).content.decode()
    for words in ("Želi upućivanje", "U postupku", "Povišen rizik", "Slike."):
        assert words in page, words
    assert Risk.objects.get().until == today() + timedelta(days=30)
    refused = mira.post(reverse("cases:screen", args=place), {"on": today(), "D4_01": "heard"}).content.decode()
    assert "govuk-error-message" in refused
    assert Screening.objects.count() == 1
