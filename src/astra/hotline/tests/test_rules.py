"""Do the rules of contacts, their lifecycles and callbacks hold?"""

from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest

from astra import vocabulary
from astra.hotline.rules import callbacks, contacts, lifecycles
from astra.hotline.rules.contacts import CALLER, CONCERNED, Coded, Link
from astra.kernel.errors import Invalid, NotAllowedNow
from astra.kernel.transitions import Lifecycle

AT = datetime(2026, 3, 4, 12, 0, tzinfo=UTC)
PLAIN = Coded(line="sos_trafficking", kind="about_self", received_at=AT)
MOTHER, DAUGHTER = UUID(int=1), UUID(int=2)


def problems(coded: Coded, **more: object) -> list[str]:
    """The fields that are wrong."""
    with pytest.raises(Invalid) as caught:
        contacts.check_coded(coded, at=AT, **more)  # type: ignore[arg-type]  # keywords from a dict
    return [problem.field for problem in caught.value.problems]


def changed(**facts: object) -> Coded:
    """A plain contact with some facts changed."""
    return Coded(**{**vars(PLAIN), **facts})


def test_only_line_time_and_kind_are_required() -> None:
    contacts.check_coded(PLAIN, at=AT)


@pytest.mark.parametrize(
    "field", ["line", "kind", "channel", "language", "caller_role", "urgency", "follow_up", "source"]
)
def test_a_code_must_be_in_its_list(field: str) -> None:
    assert problems(changed(**{field: "no_such_code"})) == [field]


def test_every_wrong_topic_and_action_is_named() -> None:
    assert problems(changed(topics=("x1", "x2"), actions=("x3",))) == ["topics", "topics", "actions"]


def test_a_contact_cannot_come_from_the_future() -> None:
    contacts.check_coded(changed(received_at=AT + timedelta(minutes=5)), at=AT)
    assert problems(changed(received_at=AT + timedelta(minutes=6))) == ["received_at"]


@pytest.mark.parametrize("minutes", [-1, 1441])
def test_a_contact_lasts_at_most_a_day(minutes: int) -> None:
    contacts.check_coded(changed(minutes=0), at=AT)
    assert problems(changed(minutes=minutes)) == ["minutes"]


def test_a_follow_up_comes_after_the_contact() -> None:
    assert problems(changed(follow_up_on=date(2026, 3, 3))) == ["follow_up_on"]


def test_a_kind_without_data_carries_nobody() -> None:
    silent = changed(kind="silent")
    contacts.check_coded(silent, at=AT)
    assert problems(silent, links=(Link(MOTHER, CALLER),)) == ["kind"]
    assert problems(silent, has_caller=True) == ["kind"]
    assert problems(changed(kind="silent", topics=("documents",))) == ["kind"]


def test_a_link_has_a_role() -> None:
    assert problems(PLAIN, links=(Link(MOTHER, "witness"),)) == ["links"]


def test_one_click_kinds_carry_no_data() -> None:
    kinds = contacts.one_click_kinds()
    assert {"silent", "hang_up", "abusive", "thanks", "wrong_number"} <= set(kinds)
    assert not any(contacts.carries_data(kind) for kind in kinds)
    assert contacts.carries_data("about_self")


def test_every_line_is_read_by_somebody() -> None:
    assert contacts.reading_desks("missing_116000") == ("hotline", "missing")
    for line in vocabulary.codes(contacts.LINE).codes:
        assert "hotline" in contacts.reading_desks(line)


def test_a_follow_up_without_a_day_is_due_the_next_day() -> None:
    assert contacts.follow_up_day(PLAIN) is None
    assert contacts.follow_up_day(changed(follow_up="none")) is None
    assert contacts.follow_up_day(changed(follow_up="check_safety")) == date(2026, 3, 5)
    assert contacts.follow_up_day(changed(follow_up="check_safety", follow_up_on=date(2026, 3, 9))) == date(2026, 3, 9)


def test_late_is_more_than_an_hour_and_undo_a_quarter_of_one() -> None:
    assert not contacts.is_late(AT, AT + timedelta(minutes=60))
    assert contacts.is_late(AT, AT + timedelta(minutes=61))
    assert contacts.can_undo(AT, AT + timedelta(minutes=15))
    assert not contacts.can_undo(AT, AT + timedelta(minutes=16))


def test_words_are_both_peoples_and_the_caller_is_her_own() -> None:
    links = [Link(MOTHER, CALLER), Link(DAUGHTER, CONCERNED)]
    assert contacts.words_owners(links) == (MOTHER, DAUGHTER)
    assert contacts.caller_owners(links, "mother") == (MOTHER,)


def test_who_calls_about_herself_owns_the_callers_part() -> None:
    links = [Link(DAUGHTER, CONCERNED)]
    assert contacts.caller_owners(links, "self") == (DAUGHTER,)
    assert contacts.caller_owners(links, "mother") == ()
    assert contacts.words_owners([]) == ()


@pytest.mark.parametrize("table", lifecycles.LIFECYCLES, ids=lambda table: table.name)
def test_every_state_of_a_lifecycle_is_reached(table: Lifecycle) -> None:
    reached = {table.initial} | {step.target for step in table.steps}
    assert set(table.states) == reached
    assert table.diagram().startswith("stateDiagram-v2")


def test_a_reviewed_contact_is_not_returned() -> None:
    with pytest.raises(NotAllowedNow):
        lifecycles.REVIEW.check(lifecycles.REVIEWED, "return")


def test_a_callback_is_about_somebody_and_within_a_year() -> None:
    callbacks.check_callback(AT + timedelta(days=1), at=AT, is_about_somebody=True)
    with pytest.raises(Invalid) as caught:
        callbacks.check_callback(AT + timedelta(days=400), at=AT, is_about_somebody=False)
    assert [problem.field for problem in caught.value.problems] == ["due_at", "person"]


def test_tries_grow_rarer_until_somebody_decides() -> None:
    waits = [callbacks.next_attempt(AT, attempts) - AT for attempts in (1, 2, 3, 4, 5)]
    assert waits == sorted(waits)
    assert not callbacks.is_time_to_decide(3)
    assert callbacks.is_time_to_decide(4)
