"""Does a call stand the same by whatever order and however often its events come?"""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from astra.hotline.rules import calls as rules
from astra.hotline.rules.calls import CallEvent, CallStanding, Heard, fold, place_of
from astra.kernel.errors import Invalid

NIGHT = datetime(2026, 11, 22, 2, 0, tzinfo=UTC)
MOMENTS = st.integers(0, 300).map(lambda seconds: NIGHT + timedelta(seconds=seconds))
EVENTS = st.builds(Heard, st.integers(1, 6), st.sampled_from(rules.KINDS), MOMENTS, st.sampled_from(["", "21", "22"]))


def heard(kind: str, after_s: int = 0, extension: str = "", place: int | None = None) -> Heard:
    at = NIGHT + timedelta(seconds=after_s)
    return Heard(place_of(kind, at) if place is None else place, kind, at, extension)


def state(*kinds: str) -> str:
    return fold([heard(kind, 5 * at) for at, kind in enumerate(kinds)]).state


@given(st.lists(EVENTS, min_size=1, max_size=7), st.data())
def test_any_order_with_repeats_gives_the_same(events: list[Heard], data: st.DataObject) -> None:
    again = data.draw(st.lists(st.sampled_from(events), max_size=4))
    mixed = data.draw(st.permutations([*events, *again]))
    assert fold(mixed) == fold(events)


def test_every_order_of_a_whole_call() -> None:
    told = [heard("ringing"), heard("answered", 8, "21"), heard("transferred", 40, "22"), heard("ended", 90)]
    whole = CallStanding(rules.ENDED, NIGHT, NIGHT + timedelta(seconds=8), NIGHT + timedelta(seconds=90), "22")
    assert {fold(order) for order in permutations([*told, *told[:2]])} == {whole}


@pytest.mark.parametrize(
    ("kinds", "expected"),
    [
        (["ringing"], rules.RINGING),
        (["ringing", "ended"], rules.MISSED),
        (["ringing", "abandoned"], rules.MISSED),
        (["ended"], rules.MISSED),
        (["ringing", "answered"], rules.ANSWERED),
        (["answered"], rules.ANSWERED),
        (["ringing", "answered", "ended"], rules.ENDED),
        (["ringing", "answered", "transferred"], rules.TRANSFERRED),
        (["ringing", "answered", "transferred", "ended"], rules.ENDED),
        (["ringing", "transferred", "answered", "ended"], rules.ENDED),
    ],
)
def test_what_the_events_of_a_call_say(kinds: list[str], expected: str) -> None:
    assert state(*kinds) == expected


def test_what_is_heard_after_the_end_opens_nothing() -> None:
    told = [heard("ringing", place=1), heard("ended", 20, place=2), heard("answered", 21, place=3)]
    assert fold(told).state == rules.MISSED
    assert fold([*told, heard("transferred", 30, place=4), heard("ringing", 31, place=5)]).state == rules.MISSED


def test_she_gave_up_while_somebody_answered() -> None:
    """The caller cancels at the moment of the answer: the exchange counts, and its first word decides."""
    cancelled = [heard("ringing", place=1), heard("abandoned", 9, place=2), heard("answered", 9, place=3)]
    answered = [heard("ringing", place=1), heard("answered", 9, place=2), heard("abandoned", 9, place=3)]
    for order in permutations(cancelled):
        assert fold(order).state == rules.MISSED
    for order in permutations(answered):
        assert fold(order).state == rules.ENDED


def test_of_one_event_told_twice_the_earlier_time_counts() -> None:
    late = heard("ended", 600)
    assert fold([heard("ringing"), late, heard("ended", 20)]).ended_at == NIGHT + timedelta(seconds=20)


def test_how_long_was_spoken() -> None:
    standing = fold([heard("ringing"), heard("answered", 10), heard("ended", 71)])
    assert rules.minutes_of(standing) == 2
    assert rules.minutes_of(fold([heard("ringing")])) is None
    assert rules.minutes_of(fold([heard("ringing"), heard("ended", 30)])) == 0


def test_what_is_wrong_with_an_event_is_said_at_once() -> None:
    good = CallEvent("test", "one", "ringing", NIGHT)
    rules.check_event(good, at=NIGHT)
    bad = replace(good, call="", kind="sings", sequence=-2, number="1" * 65, at=NIGHT + timedelta(hours=1))
    with pytest.raises(Invalid) as refused:
        rules.check_event(bad, at=NIGHT)
    assert {one.field for one in refused.value.problems} == {"call", "kind", "sequence", "number", "at"}


def test_an_event_says_nothing_of_anybody_in_a_log() -> None:
    event = CallEvent("test", "381601112223@10.0.0.9", "ringing", NIGHT, number="381601112223", extension="21")
    assert "38160" not in f"{event} {event!r}"


@pytest.mark.parametrize(
    ("one", "other", "is_same"),
    [
        ("+381 60 111-22-23", "0601112223", True),
        ("sip:+381601112223@10.0.0.9;user=phone", "00381601112223", True),
        ("0601112223", "0601112224", False),
        ("116000", "0116000", False),
        ("116000", "116000", True),
        ("", "", False),
        ("21", "0113333321", False),
    ],
)
def test_two_spellings_of_a_number(one: str, other: str, *, is_same: bool) -> None:
    assert rules.same_number(one, other) is is_same
