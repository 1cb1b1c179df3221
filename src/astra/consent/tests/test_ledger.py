"""May it be shared? The truth tables of the ledger, without a database."""

from dataclasses import replace
from datetime import date
from uuid import UUID

import pytest

from astra.consent.rules.ledger import Entry, GuardianRight, Question, Subject, decide, may_give, needed

DAY = date(2026, 5, 4)
PROTECTED = "child_protection"
MOTHER, FATHER = UUID(int=1), UUID(int=2)
POLICE = Question("police_report", "police", "story", DAY)
WHOLE = Question("police_report", "police", "everything", DAY)
POSTER = Question("publicity", "public", "photo", DAY)
EARLIER = GuardianRight(MOTHER, date(2010, 1, 1), date(2012, 1, 1))
ADULT, CHILD, YOUNG, NEARLY = Subject(30), Subject(14), Subject(15), Subject(17)


def line(number: int = 1, question: Question = POLICE, **parts: object) -> Entry:
    entry = Entry(
        id=UUID(int=100 + number),
        purpose=question.purpose,
        recipient=question.recipient,
        section=question.section,
        answer="given",
        given_on=date(2026, 1, number),
    )
    return replace(entry, **parts)  # type: ignore[arg-type]  # the tests name the parts


@pytest.mark.parametrize(
    ("entries", "subject", "question", "why"),
    [
        # nothing asked is never a yes
        ([], ADULT, POLICE, "nothing"),
        ([line(answer="not_asked")], ADULT, POLICE, "not_asked"),
        ([line(answer="to_review")], ADULT, POLICE, "to_review"),
        # a grown-up
        ([line()], ADULT, POLICE, "consent"),
        ([line()], Subject(None), POLICE, "consent"),
        ([line(section="everything")], ADULT, POLICE, "consent"),
        ([line(answer="refused")], ADULT, POLICE, "refused"),
        ([line(1), line(2, answer="refused")], ADULT, POLICE, "refused"),
        ([line(1, answer="refused"), line(2)], ADULT, POLICE, "consent"),
        ([line(withdrawn_on=DAY)], ADULT, POLICE, "withdrawn"),
        ([line(until_on=date(2026, 5, 3))], ADULT, POLICE, "expired"),
        ([line(until_on=DAY)], ADULT, POLICE, "consent"),
        ([line(given_on=date(2026, 6, 1))], ADULT, POLICE, "not_yet"),
        ([line(giver="attorney")], ADULT, POLICE, "consent"),
        # another purpose, recipient, part or organisation is another question
        ([line(purpose="referral")], ADULT, POLICE, "nothing"),
        ([line(recipient="court")], ADULT, POLICE, "nothing"),
        ([line(section="health")], ADULT, POLICE, "nothing"),
        ([line(organisation_id=MOTHER)], ADULT, POLICE, "nothing"),
        ([line(organisation_id=MOTHER)], ADULT, replace(POLICE, organisation_id=MOTHER), "consent"),
        # a question that somebody has asked since says nothing any more
        ([line(1), line(2, answer="to_review", withdrawn_on=DAY)], ADULT, POLICE, "consent"),
        ([line(answer="not_asked", withdrawn_on=DAY)], ADULT, POLICE, "nothing"),
        # who wants the whole file wants each of its parts
        ([line(1, section="everything"), line(2, section="health", answer="refused")], ADULT, WHOLE, "refused"),
        ([line(1, section="everything"), line(2, section="health", withdrawn_on=DAY)], ADULT, WHOLE, "withdrawn"),
        ([line(1, section="health", answer="refused"), line(2, section="everything")], ADULT, WHOLE, "consent"),
        ([line(1, section="everything"), line(2, section="health")], ADULT, WHOLE, "consent"),
        # what a guardian said ends when she comes of age
        ([line(giver="mother")], ADULT, POLICE, "own_needed"),
        ([line(giver="mother"), line(2)], ADULT, POLICE, "consent"),
        # fourteen: a guardian
        ([line(giver="mother", child_view="agrees")], CHILD, POLICE, "consent"),
        ([line()], CHILD, POLICE, "guardian_needed"),
        ([line(giver="mother", child_view="disagrees")], CHILD, POLICE, "child_objects"),
        ([line(giver="social_work_centre", child_view="too_young")], CHILD, POLICE, "consent"),
        ([line(giver="mother", answer="refused")], CHILD, POLICE, "refused"),
        # fifteen to seventeen: herself, and for pictures and stories a guardian too
        ([line()], YOUNG, POLICE, "consent"),
        ([line()], NEARLY, POLICE, "consent"),
        ([line(giver="mother")], NEARLY, POLICE, "self_needed"),
        ([line(question=POSTER)], NEARLY, POSTER, "guardian_needed"),
        ([line(question=POSTER, giver="father", child_view="agrees")], NEARLY, POSTER, "self_needed"),
        ([line(1, POSTER), line(2, POSTER, giver="father", child_view="agrees")], NEARLY, POSTER, "consent"),
        # other grounds stand beside consent
        ([line(answer="refused"), line(2, ground="vital_interest")], ADULT, POLICE, "vital_interest"),
        ([line(ground="legal_duty", until_on=date(2026, 2, 1))], ADULT, POLICE, "nothing"),
        (
            [line(giver="mother", answer="refused"), line(2, ground="child_protection")],
            CHILD,
            POLICE,
            "child_protection",
        ),
    ],
)
def test_who_decides(entries: list[Entry], subject: Subject, question: Question, why: str) -> None:
    found = decide(entries, question, subject)
    assert found.why == why
    assert found.is_allowed == (why in {"consent", "vital_interest", "child_protection", "legal_duty"})
    assert found.words


@pytest.mark.parametrize(
    ("rights", "why"),
    [
        ((), "consent"),
        ((GuardianRight(MOTHER, date(2020, 1, 1)),), "consent"),
        ((GuardianRight(MOTHER, date(2020, 1, 1), date(2026, 5, 3)),), "guardian_ended"),
        ((GuardianRight(MOTHER, date(2020, 1, 1), DAY),), "consent"),
        ((GuardianRight(MOTHER, date(2026, 6, 1)),), "guardian_ended"),
        ((GuardianRight(FATHER, date(2020, 1, 1), date(2021, 1, 1)),), "consent"),
        (
            (GuardianRight(MOTHER, date(2010, 1, 1), date(2012, 1, 1)), GuardianRight(MOTHER, date(2020, 1, 1))),
            "consent",
        ),
    ],
)
def test_a_guardian_whose_right_has_ended_no_longer_counts(rights: tuple[GuardianRight, ...], why: str) -> None:
    entry = line(giver="mother", giver_id=MOTHER, child_view="agrees")
    assert decide([entry], POLICE, Subject(14, rights)).why == why


@pytest.mark.parametrize(
    ("age", "purpose", "who"),
    [
        (None, "publicity", {"self"}),
        (18, "publicity", {"self"}),
        (17, "publicity", {"self", "guardian"}),
        (17, "referral", {"self"}),
        (15, "medical_care", {"self"}),
        (14, "medical_care", {"guardian"}),
        (0, "assistance", {"guardian"}),
    ],
)
def test_who_is_asked(age: int | None, purpose: str, who: set[str]) -> None:
    assert needed(age, purpose) == who
    assert may_give("self", age, purpose) == ("self" in who)
    assert may_give("mother", age, purpose) == ("guardian" in who)
