"""The tables and rules of a file's life, without a database."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from astra import vocabulary
from astra.cases.rules import due, grounds, tiers
from astra.cases.rules import lifecycle as life
from astra.cases.rules.numbers import fold_old_number, format_number, parse_number
from astra.cases.rules.roles import is_client, role_from_contact
from astra.kernel.errors import Invalid, NotAllowedNow
from astra.kernel.transitions import Lifecycle

VERBS = sorted({step.verb for step in life.CASE.steps})

MAY = {
    "active": {"pause", "follow_up", "close", "refer_out"},
    "on_hold": {"resume", "follow_up", "close", "refer_out"},
    "follow_up": {"resume", "close", "refer_out"},
    "closed": {"reopen"},
    "closed_referred": {"reopen"},
}


@pytest.mark.parametrize("state", life.CASE.states)
@pytest.mark.parametrize("verb", VERBS)
def test_what_a_file_may_do(state: str, verb: str) -> None:
    assert life.CASE.can(state, verb) == (verb in MAY[state])


@given(st.lists(st.sampled_from(VERBS), max_size=30))
def test_no_walk_leaves_the_table(verbs: list[str]) -> None:
    state = life.CASE.initial
    for verb in verbs:
        if life.CASE.can(state, verb):
            state = life.CASE.check(state, verb)
        else:
            with pytest.raises(NotAllowedNow):
                life.CASE.check(state, verb)
        assert state in life.CASE.states
        assert life.is_living(state) == life.CASE.can(state, "close") == (not life.CASE.can(state, "reopen"))


@pytest.mark.parametrize("lifecycle", life.LIFECYCLES, ids=lambda one: one.name)
def test_every_state_can_be_reached_and_every_verb_is_named(lifecycle: Lifecycle) -> None:
    reached = {lifecycle.initial}
    for _ in lifecycle.states:
        reached |= {step.target for step in lifecycle.steps if step.source in reached}
    assert reached == set(lifecycle.states)
    for step in lifecycle.steps:
        assert step.verb in life.VERB_NAMES
        assert life.audit_verb(step.verb) == f"cases.{step.verb}"


def test_states_and_events_are_codes_of_the_vocabulary() -> None:
    assert set(life.CASE.states) == set(vocabulary.codes("case_status").codes)
    assert set(life.EVENTS) == set(VERBS)
    assert set(life.EVENTS.values()) <= set(vocabulary.codes("event_kind").codes)
    assert set(vocabulary.codes("case_ground").codes) == set(grounds.GROUNDS)
    assert {one.kind for one in grounds.ASKINGS.values()} <= set(vocabulary.codes("task_kind").codes)
    assert tuple(vocabulary.codes("case_tier").codes) == tiers.TIERS
    assert life.REFERRED_OUTCOME in vocabulary.codes("close_outcome")
    needs_review = set(vocabulary.codes("case_ground").having(needs_review=True))
    assert needs_review == {ground for ground in grounds.GROUNDS if not grounds.is_settled(ground)}


def test_a_file_is_closed_with_its_outcome() -> None:
    assert life.check_closing("active", "close", "goals_met") == "closed"
    assert life.check_closing("follow_up", life.closing_verb("referred"), "referred") == "closed_referred"
    assert life.closing_verb("declined") == "close"
    with pytest.raises(Invalid):
        life.check_closing("active", "close", "")
    with pytest.raises(NotAllowedNow):
        life.check_closing("closed", "close", "goals_met")


@given(st.integers(1900, 2099), st.integers(1, 999_999))
def test_a_number_is_read_as_it_is_written(year: int, running: int) -> None:
    assert parse_number(format_number(year, running)) == (year, running)
    assert parse_number(f" {running}/{year} ") == (year, running)


@pytest.mark.parametrize("text", ["", "2026", "2026-0", "0147", "Ана 2026-1", "2026-1-1", "3026-12"])
def test_what_is_no_number(text: str) -> None:
    assert parse_number(text) is None


@pytest.mark.parametrize("text", ["ТЉ-14/2011", "tlj 14 2011", "TLJ14/2011", " TLj.14.2011 "])
def test_old_numbers_are_the_same_however_they_are_typed(text: str) -> None:
    assert fold_old_number(text) == "tlj142011"


def test_grounds_ask_again() -> None:
    day = date(2026, 3, 2)
    assert grounds.asking("consent", day) is None
    assert grounds.asking("legal_duty", day) is None
    assert grounds.asking("not_yet_asked", day) == ("ask_consent", date(2026, 3, 16))
    assert grounds.asking("vital_interest", day) == ("ask_consent", date(2026, 3, 9))
    assert grounds.asking("to_review", day) == ("ground_review", date(2026, 5, 31))


@pytest.mark.parametrize(
    ("days", "word"), [(-1, "overdue"), (0, "today"), (1, "soon"), (7, "soon"), (8, "later"), (None, "undated")]
)
def test_how_urgent(days: int | None, word: str) -> None:
    day = date(2026, 3, 2)
    assert due.urgency(None if days is None else day + timedelta(days=days), day) == word


def test_roles_propose_tiers() -> None:
    assert tiers.proposed_tiers("psychologist") == ("team", "health")
    assert tiers.proposed_tiers("lawyer") == ("team", "legal")
    assert tiers.proposed_tiers("case_worker") == ("team",)
    assert tiers.tiers_left("team") == ("team", "health", "legal")
    assert tiers.tiers_left("legal") == ("legal",)


@pytest.mark.parametrize(
    ("link", "caller", "role"),
    [
        ("concerned", "mother", "client"),
        ("caller", "self", "client"),
        ("caller", "mother", "mother"),
        ("caller", "police", "caller"),
        ("caller", "", "caller"),
    ],
)
def test_who_somebody_of_a_contact_becomes(link: str, caller: str, role: str) -> None:
    assert role_from_contact(link, caller, vocabulary.codes("case_role").codes) == role


def test_for_whom_a_case_is_kept() -> None:
    assert [role for role in vocabulary.codes("case_role").codes if is_client(role)] == [
        "client",
        "missing_person",
        "child_of_client",
    ]
