"""Consent as it is lived: asked, given, shared on, taken back; and what goes without it."""

from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID

import pytest

from astra.audit.models import Pending
from astra.consent import facts, selectors, services
from astra.consent.models import Consent
from astra.consent.rules.ledger import Question
from astra.consent.rules.recording import NewConsent
from astra.consent.selectors import NoConsent
from astra.consent.services import overriding
from astra.demo.pytest_cast import Cast
from astra.kernel.clock import today
from astra.kernel.errors import Conflict, Denied, Invalid, NotAllowedNow, NotFound
from astra.kernel.partial_dates import PartialDate
from astra.people import selectors as people
from astra.people import services as persons
from astra.people.rules.persons import Identity, Name
from astra.people.sections import IDENTITY
from astra.vault import selectors as vault
from astra.vault.actor import Actor, visitor
from astra.vault.selectors import desk_circle
from astra.vault.services.circles import build_wall

pytestmark = pytest.mark.django_db(databases=["default", "keystore"])
REFERRAL = Question("referral", "shelter", "identity", today())


def register(actor: Actor, years: int = 30) -> UUID:
    birth = PartialDate.on(today() - timedelta(days=366 * years))
    return persons.register_person(actor=actor, identity=Identity(names=(Name("Ana", "Anić"),), birth=birth))


def spoken(**parts: object) -> NewConsent:
    asked = NewConsent("referral", "shelter", "identity", method="spoken_phone", language="sr")
    return replace(asked, **parts)  # type: ignore[arg-type]  # the tests name the parts


def test_spoken_consent_is_enough(cast: Cast) -> None:
    mira = cast.actor("mira")
    person_id = register(mira)
    with pytest.raises(NoConsent):
        selectors.check_consent(mira, person_id, REFERRAL)
    consent_id = services.record_consent(actor=mira, person_id=person_id, new=spoken(words="“You may tell them.”"))
    verdict = selectors.check_consent(mira, person_id, REFERRAL)
    assert verdict.entries == (consent_id,)
    shown = selectors.lines(cast.actor("sanja"), person_id)
    assert [line.details.words for line in shown if line.details] == ["“You may tell them.”"]
    assert Pending.objects.filter(verb="consent.recorded").count() == 1


def test_every_part_must_be_said(cast: Cast) -> None:
    mira = cast.actor("mira")
    person_id = register(mira, 14)
    with pytest.raises(Invalid) as refused:
        services.record_consent(
            actor=mira, person_id=person_id, new=NewConsent("referral", "shelter", "identity", giver="mother")
        )
    assert {problem.field for problem in refused.value.problems} == {"method", "language", "child_view"}
    with pytest.raises(Invalid) as refused:
        services.record_consent(actor=mira, person_id=person_id, new=spoken())
    assert [problem.field for problem in refused.value.problems] == ["giver"]
    with pytest.raises(Invalid) as refused:
        services.record_consent(actor=mira, person_id=person_id, new=spoken(purpose="world_peace"))


def test_an_unasked_question_waits_with_a_date(cast: Cast) -> None:
    mira = cast.actor("mira")
    person_id = register(mira)
    new = NewConsent("referral", "shelter", "identity", answer="not_asked", ask_by=today())
    asked = services.record_consent(actor=mira, person_id=person_id, new=new)
    assert [due.kind for due in selectors.due(mira, today())] == ["consent.ask"]
    assert not selectors.has_consent(mira, person_id, REFERRAL)
    services.note_asked(actor=mira, consent_id=asked, new=spoken())
    assert selectors.due(mira, today()) == []
    assert selectors.has_consent(mira, person_id, REFERRAL)


def test_a_withdrawal_takes_back_what_was_granted(cast: Cast) -> None:
    mira, vesna = cast.actor("mira"), cast.actor("vesna")
    circle = vault.personal_circle(cast.vesna.id)
    person_id = register(mira)
    consent_id = services.record_consent(actor=mira, person_id=person_id, new=spoken())
    verdict = selectors.check_consent(mira, person_id, REFERRAL)
    persons.share_with(actor=mira, person_id=person_id, circles=[circle])
    services.note_granted(
        actor=mira, consent_ids=verdict.entries, record_id=person_id, circle_id=circle, kinds=[IDENTITY.name]
    )
    assert people.identity(vesna, person_id).content.names[0].family == "Anić"
    left = services.withdraw_consent(actor=mira, consent_id=consent_id, words="She changed her mind.")
    assert left == 0
    with pytest.raises(NotFound):
        people.identity(cast.actor("vesna"), person_id)
    assert not selectors.has_consent(mira, person_id, REFERRAL)
    assert [line.state for line in selectors.lines(mira, person_id)] == ["withdrawn"]
    with pytest.raises(NotAllowedNow):
        services.withdraw_consent(actor=mira, consent_id=consent_id)


def test_what_rests_on_a_second_consent_stays_open(cast: Cast) -> None:
    mira = cast.actor("mira")
    circle = vault.personal_circle(cast.vesna.id)
    person_id = register(mira)
    first = services.record_consent(actor=mira, person_id=person_id, new=spoken())
    second = services.record_consent(actor=mira, person_id=person_id, new=spoken(section="everything"))
    persons.share_with(actor=mira, person_id=person_id, circles=[circle])
    services.note_granted(actor=mira, consent_ids=[first, second], record_id=person_id, circle_id=circle)
    services.withdraw_consent(actor=mira, consent_id=first)
    assert people.identity(cast.actor("vesna"), person_id).content.names
    services.withdraw_consent(actor=mira, consent_id=second)
    with pytest.raises(NotFound):
        people.identity(cast.actor("vesna"), person_id)


def test_what_ran_out_is_due_for_recall(cast: Cast) -> None:
    mira = cast.actor("mira")
    person_id = register(mira)
    consent_id = services.record_consent(actor=mira, person_id=person_id, new=spoken(until_on=today()))
    circle = desk_circle("seniors")
    persons.share_with(actor=mira, person_id=person_id, circles=[circle])
    services.note_granted(actor=mira, consent_ids=[consent_id], record_id=person_id, circle_id=circle)
    tomorrow = today() + timedelta(days=1)
    assert [due.kind for due in selectors.due(mira, today())] == ["consent.renew"]
    assert [due.kind for due in selectors.due(mira, tomorrow)] == ["consent.recall"]
    Consent.objects.filter(pk=consent_id).update(until_on=today() - timedelta(days=1))
    assert services.finish_recalls(actor=mira, consent_id=consent_id) == 0
    assert selectors.due(mira, tomorrow) == []


def test_one_counsellor_alone_in_danger_to_life(cast: Cast) -> None:
    mira = cast.actor("mira")
    person_id = register(mira)
    made = services.share_in_danger(
        actor=mira,
        person_id=person_id,
        reason_code="danger_to_life",
        recipient="emergency_services",
        sections=("identity", "whereabouts"),
        why="She says he is at the door.",
        given="Name, street",
    )
    question = Question("assistance", "emergency_services", "identity", today())
    assert selectors.verdict(mira, person_id, question).why == "override"
    tomorrow = today() + timedelta(days=1)
    assert selectors.due(mira, tomorrow) == []
    sanja = cast.actor("sanja")
    assert [due.kind for due in selectors.due(sanja, tomorrow)] == ["consent.look_again"]
    with pytest.raises(Denied):
        services.review_override(actor=mira, override_id=made, outcome="right")
    services.review_override(actor=sanja, override_id=made, outcome="right", words="Nothing else was possible.")
    assert selectors.due(sanja, tomorrow) == []


@pytest.mark.parametrize(
    ("change", "error"),
    [
        ({"sections": ("identity", "story")}, Invalid),
        ({"recipient": "family"}, Invalid),
        ({"why": " "}, Invalid),
        ({"reason_code": "court_order"}, NotAllowedNow),
    ],
)
def test_alone_only_the_minimum(cast: Cast, change: dict[str, object], error: type[Exception]) -> None:
    mira = cast.actor("mira")
    danger: dict[str, object] = {
        "reason_code": "danger_to_life",
        "recipient": "police",
        "sections": ("identity",),
        "why": "In danger",
    }
    with pytest.raises(error):
        services.share_in_danger(actor=mira, person_id=register(mira), **{**danger, **change})  # type: ignore[arg-type]


def test_any_other_override_takes_two(cast: Cast) -> None:
    mira, sanja = cast.actor("mira"), cast.actor("sanja")
    person_id = register(mira)
    made = services.ask_override(
        actor=mira,
        person_id=person_id,
        reason_code="court_order",
        purpose="referral",
        recipient="court",
        sections=("identity",),
        why="Order of the court",
    )
    question = Question("referral", "court", "identity", today())
    assert not selectors.has_consent(mira, person_id, question)
    with pytest.raises(Denied):
        services.agree_override(actor=mira, override_id=made)
    assert [due.kind for due in selectors.due(sanja, today())] == ["consent.override"]
    services.agree_override(actor=sanja, override_id=made)
    assert selectors.has_consent(mira, person_id, question)
    assert not selectors.has_consent(mira, person_id, replace(question, section="story"))
    with pytest.raises(NotAllowedNow):
        services.refuse_override(actor=sanja, override_id=made)


def test_the_outsider_is_refused_everywhere(cast: Cast) -> None:
    mira, outsider = cast.actor("mira"), cast.actor("outsider")
    person_id = register(mira)
    consent_id = services.record_consent(actor=mira, person_id=person_id, new=spoken())
    for read in (selectors.lines, selectors.overrides_of):
        with pytest.raises(NotFound):
            read(outsider, person_id)
    with pytest.raises(NotFound):
        selectors.verdict(outsider, person_id, REFERRAL)
    with pytest.raises(Denied):
        services.record_consent(actor=outsider, person_id=person_id, new=spoken())
    with pytest.raises(Denied):
        services.withdraw_consent(actor=outsider, consent_id=consent_id)
    with pytest.raises(NotFound):
        services.withdraw_consent(actor=cast.actor("vesna"), consent_id=consent_id)
    assert selectors.due(outsider, today() + timedelta(days=400)) == []
    assert selectors.open_overrides(outsider) == []


def test_nothing_of_an_erased_person_is_left(cast: Cast) -> None:
    mira = cast.actor("mira")
    person_id = register(mira)
    consent_id = services.record_consent(actor=mira, person_id=person_id, new=spoken(until_on=date(2030, 1, 1)))
    persons.erase(actor=cast.actor("jelena"), person_id=person_id, reason="request")
    with pytest.raises(NotFound):
        selectors.lines(cast.actor("mira"), person_id)
    with pytest.raises(NotFound):
        services.withdraw_consent(actor=cast.actor("mira"), consent_id=consent_id)
    assert selectors.due(cast.actor("mira"), date(2030, 1, 1)) == []


def test_many_lines_at_once_as_an_import_brings_them(cast: Cast) -> None:
    mira = cast.actor("mira")
    people_ids = [register(mira) for _ in range(3)]
    taken_over = NewConsent("assistance", "own_team", "everything", answer="to_review", method="taken_over")
    made = services.record_consents(actor=mira, new=[(person_id, taken_over) for person_id in people_ids])
    assert len(made) == 3
    question = Question("assistance", "own_team", "identity", today())
    assert selectors.verdict(mira, people_ids[0], question).why == "to_review"
    assert {due.kind for due in selectors.due(mira, today())} == {"consent.review"}
    assert {fact.answer for fact in facts.consents()} == {"to_review"}


def test_the_team_reads_the_words(cast: Cast) -> None:
    mira = cast.actor("mira")
    person_id = register(mira)
    services.record_consent(actor=mira, person_id=person_id, new=spoken(words="Sme da zna"))
    circle = vault.personal_circle(cast.vesna.id)
    persons.share_with(actor=mira, person_id=person_id, circles=[circle])
    assert [line.details for line in selectors.lines(cast.actor("vesna"), person_id)] == [None]
    assert services.share_ledger(actor=mira, person_id=person_id, circles=[circle]) == 1
    shown = selectors.lines(cast.actor("vesna"), person_id)[0]
    assert shown.details is not None
    assert shown.details.words == "Sme da zna"
    assert services.share_ledger(actor=mira, person_id=person_id, circles=[]) == 0


def test_what_nobody_here_can_close_waits_for_somebody_else(cast: Cast) -> None:
    mira, sanja = cast.actor("mira"), cast.actor("sanja")
    person_id, other = register(mira), register(mira)
    consent_id = services.record_consent(actor=mira, person_id=person_id, new=spoken())
    circle = vault.personal_circle(cast.vesna.id)
    persons.share_with(actor=mira, person_id=other, circles=[circle])
    services.note_granted(actor=mira, consent_ids=[consent_id], record_id=other, circle_id=circle)
    build_wall(actor=cast.actor("jelena"), record_id=other, member_id=cast.sanja.id)
    assert services.withdraw_consent(actor=sanja, consent_id=consent_id, wish="recall") == 1
    assert [due.kind for due in selectors.due(mira, today())] == ["consent.recall"]
    assert services.finish_recalls(actor=mira, consent_id=consent_id) == 0
    assert selectors.due(mira, today()) == []


def test_a_living_consent_is_not_recalled(cast: Cast) -> None:
    mira = cast.actor("mira")
    person_id = register(mira)
    consent_id = services.record_consent(actor=mira, person_id=person_id, new=spoken())
    assert services.finish_recalls(actor=mira, consent_id=consent_id) == 0
    with pytest.raises(NotAllowedNow):
        services.note_asked(actor=mira, consent_id=consent_id, new=spoken())


def test_two_who_decide_at_once(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    mira, sanja = cast.actor("mira"), cast.actor("sanja")
    made = services.ask_override(
        actor=mira,
        person_id=register(mira),
        reason_code="court_order",
        purpose="referral",
        recipient="court",
        sections=("identity",),
        why="Naredba",
    )
    stale = selectors.living_override(sanja, made)
    services.refuse_override(actor=sanja, override_id=made)
    monkeypatch.setattr(overriding, "living_override", lambda actor, override_id: stale)
    with pytest.raises(Conflict):
        services.agree_override(actor=sanja, override_id=made)
    fact = next(facts.overrides())
    assert (fact.state, fact.was_reviewed_in_time) == ("refused", None)


def test_visitors_ask_for_nothing(cast: Cast) -> None:
    person_id = register(cast.actor("mira"))
    with pytest.raises(Denied):
        services.ask_override(
            actor=visitor(),
            person_id=person_id,
            reason_code="court_order",
            purpose="referral",
            recipient="court",
            sections=("identity",),
            why="Naredba",
        )
    with pytest.raises(Invalid):
        services.ask_override(
            actor=cast.actor("mira"),
            person_id=person_id,
            reason_code="court_order",
            purpose="referral",
            recipient="court",
            sections=("identity",),
            why=" ",
        )


def test_an_answer_given_before_the_question_was_written_counts(cast: Cast) -> None:
    mira = cast.actor("mira")
    person_id = register(mira)
    taken_over = NewConsent("referral", "shelter", "identity", answer="to_review")
    asked = services.record_consents(actor=mira, new=[(person_id, taken_over)])[0]
    signed = spoken(given_on=today() - timedelta(days=900), method="written")
    services.note_asked(actor=mira, consent_id=asked, new=signed)
    assert selectors.has_consent(mira, person_id, REFERRAL), "a question that was answered stands in nobody's way"
    assert [line.state for line in selectors.lines(mira, person_id)] == ["answered", "given"]
    with pytest.raises(NotAllowedNow):
        services.note_asked(actor=mira, consent_id=asked, new=spoken())


def test_an_answer_that_cannot_be_kept_leaves_the_question_open(cast: Cast) -> None:
    mira = cast.actor("mira")
    person_id = register(mira)
    new = NewConsent("referral", "shelter", "identity", answer="not_asked", ask_by=today())
    asked = services.record_consent(actor=mira, person_id=person_id, new=new)
    with pytest.raises(Invalid):
        services.note_asked(actor=mira, consent_id=asked, new=spoken(method=""))
    assert [due.kind for due in selectors.due(mira, today())] == ["consent.ask"]


def test_only_who_asked_takes_a_request_back(cast: Cast) -> None:
    mira = cast.actor("mira")
    person_id = register(mira)
    made = services.ask_override(
        actor=mira,
        person_id=person_id,
        reason_code="court_order",
        purpose="police_report",
        recipient="court",
        sections=("legal",),
        why="Nalog",
    )
    with pytest.raises(Denied):
        services.cancel_override(actor=cast.actor("sanja"), override_id=made)
    services.cancel_override(actor=mira, override_id=made)


def test_asking_the_ledger_is_on_the_log(cast: Cast) -> None:
    mira = cast.actor("mira")
    person_id = register(mira)
    assert not services.ask_ledger(actor=mira, person_id=person_id, question=REFERRAL).is_allowed
    services.record_consent(actor=mira, person_id=person_id, new=spoken())
    assert services.ask_ledger(actor=mira, person_id=person_id, question=REFERRAL).is_allowed
    asked = Pending.objects.filter(verb="consent.ledger_asked").order_by("pk")
    assert [entry.reason for entry in asked] == ["nothing", "consent"]
    with pytest.raises(NotFound):
        services.ask_ledger(actor=cast.actor("vesna"), person_id=person_id, question=REFERRAL)
