"""What must be said when consent is written down, and who may act without it; without a database."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest

from astra.consent.rules import overrides
from astra.consent.rules.overrides import Reason
from astra.consent.rules.recording import NewConsent, problems
from astra.kernel.errors import Denied, Invalid, NotAllowedNow

TODAY = date(2026, 5, 4)
NOW = datetime(2026, 5, 4, 12, tzinfo=UTC)
SPOKEN = NewConsent("referral", "shelter", "identity", method="spoken_phone", language="sr")
ALONE, TWO = Reason("danger_to_life", 1, 24), Reason("court_order", 2, 72)


@pytest.mark.parametrize(
    ("change", "age", "fields"),
    [
        ({}, 30, []),
        ({}, None, []),
        ({"giver": ""}, 30, ["giver"]),
        ({"giver": "mother"}, 30, ["giver"]),
        ({"giver": "self"}, 14, ["giver"]),
        ({"giver": "mother"}, 14, ["child_view"]),
        ({"giver": "mother", "child_view": "not_asked"}, 14, []),
        ({"giver": "self"}, 16, []),
        ({"method": "", "language": ""}, 30, ["method", "language"]),
        ({"given_on": TODAY + timedelta(days=1)}, 30, ["given_on"]),
        ({"given_on": TODAY, "until_on": TODAY - timedelta(days=1)}, 30, ["until_on"]),
        ({"until_on": TODAY}, 30, []),
        ({"answer": "refused"}, 30, []),
        ({"answer": "not_asked", "method": "", "language": ""}, 30, ["ask_by"]),
        ({"answer": "not_asked", "ask_by": TODAY}, 30, []),
        ({"answer": "to_review", "giver": ""}, 30, []),
        ({"ground": "vital_interest"}, 30, ["words", "until_on"]),
        ({"ground": "legal_duty", "words": "Zakon", "until_on": TODAY}, 30, []),
        ({"ground": "child_protection", "words": "Dete", "until_on": TODAY}, 30, ["ground"]),
        ({"ground": "child_protection", "words": "Dete", "until_on": TODAY}, None, ["ground"]),
        ({"ground": "child_protection", "words": "Dete", "until_on": TODAY}, 17, []),
    ],
)
def test_everything_that_is_missing_is_named(change: dict[str, object], age: int | None, fields: list[str]) -> None:
    new = replace(SPOKEN, **change)  # type: ignore[arg-type]  # the table names the parts
    assert [problem.field for problem in problems(new, age, TODAY)] == fields


def test_alone_only_in_danger_to_life() -> None:
    overrides.check_danger(ALONE, "police", ("identity",), "Preti joj")
    with pytest.raises(NotAllowedNow):
        overrides.check_danger(TWO, "police", ("identity",), "Preti joj")
    with pytest.raises(Invalid) as refused:
        overrides.check_danger(ALONE, "family", ("identity", "story"), " ")
    assert [problem.field for problem in refused.value.problems] == ["recipient", "sections", "words"]
    with pytest.raises(Invalid):
        overrides.check_danger(ALONE, "police", (), "Preti joj")


def test_nobody_decides_about_her_own_request() -> None:
    overrides.check_second_person(UUID(int=1), UUID(int=2))
    for decider in (UUID(int=1), None):
        with pytest.raises(Denied):
            overrides.check_second_person(UUID(int=1), decider)


@pytest.mark.parametrize(
    ("state", "valid_until", "holds"),
    [
        ("agreed", NOW, True),
        ("reviewed", NOW + timedelta(hours=1), True),
        ("agreed", NOW - timedelta(seconds=1), False),
        ("agreed", None, False),
        ("asked", NOW, False),
        ("refused", NOW, False),
    ],
)
def test_an_override_holds_for_a_time(state: str, valid_until: datetime | None, holds: bool) -> None:
    assert overrides.holds(state, valid_until, NOW) == holds
    assert overrides.review_due_at(ALONE, NOW) == NOW + timedelta(days=1)


def test_every_state_can_be_reached_and_the_last_ones_end() -> None:
    table = overrides.LIFECYCLE
    assert set(table.states) == {"asked", "agreed", "refused", "cancelled", "reviewed"}
    assert [state for state in table.states if not table.verbs_from(state)] == ["refused", "cancelled", "reviewed"]
