"""When does a visit lock, and how long is the delay after wrong guesses? Without a database."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from astra.accounts.rules.visits import (
    LONGEST_DELAY,
    VisitClock,
    delay_after,
    hold_begins,
    is_fresh,
    is_held,
    is_idle,
    is_over,
)
from astra.accounts.rules.words import check_username, check_work_name, fingerprint_words, fold_username
from astra.kernel.errors import Invalid

START = datetime(2026, 11, 2, 19, 0, tzinfo=UTC)


def _clock(
    *, seen: int = 0, confirmed: bool = True, hold_began: int | None = None, held: int | None = None, opened: int = 0
) -> VisitClock:
    def at(minutes: int | None) -> datetime | None:
        return None if minutes is None else START + timedelta(minutes=minutes)

    return VisitClock(
        START, at(opened) or START, at(seen) or START, START if confirmed else None, at(hold_began), at(held)
    )


def _after(minutes: float) -> datetime:
    return START + timedelta(minutes=minutes)


@pytest.mark.parametrize(
    ("clock", "minutes", "idle"),
    [
        (_clock(), 15, False),
        (_clock(), 15.1, True),
        (_clock(seen=10), 25, False),
        (_clock(hold_began=5, held=29), 30, False),
        (_clock(hold_began=5, held=27), 30, True),
        (_clock(hold_began=5, held=65), 65, False),
        (_clock(hold_began=5, held=66), 66, True),
        (_clock(confirmed=False), 5, False),
        (_clock(confirmed=False), 5.1, True),
        (_clock(confirmed=False, seen=6, held=6, hold_began=6), 6, True),
    ],
)
def test_idle(clock: VisitClock, minutes: float, idle: bool) -> None:
    assert is_idle(clock, _after(minutes)) is idle


def test_a_hold_after_a_pause_is_a_new_one() -> None:
    assert hold_begins(_clock(), _after(3)) == _after(3)
    assert hold_begins(_clock(hold_began=3, held=10), _after(11)) == _after(3)
    assert hold_begins(_clock(hold_began=3, held=10), _after(20)) == _after(20)
    assert not is_held(_clock(), _after(1))


def test_a_visit_ends_after_the_longest_shift() -> None:
    assert not is_over(_clock(), _after(14 * 60))
    assert is_over(_clock(), _after(14 * 60 + 1))


def test_freshness() -> None:
    assert is_fresh(_clock(), _after(5))
    assert not is_fresh(_clock(), _after(6))
    assert is_fresh(_clock(opened=10), _after(14))
    assert is_fresh(_clock(confirmed=False), _after(100))


@pytest.mark.parametrize(("failures", "seconds"), [(0, 0), (2, 0), (3, 2), (4, 4), (5, 8), (7, 32), (8, 60), (999, 60)])
def test_delay_grows_and_ends(failures: int, seconds: int) -> None:
    assert delay_after(failures) == timedelta(seconds=seconds)
    assert delay_after(failures) <= LONGEST_DELAY


@pytest.mark.parametrize("typed", ["Mira Petrović", "мира  петровић", "MIRA.PETROVIC", " mira-petrovic "])
def test_a_sign_in_name_is_one_however_typed(typed: str) -> None:
    assert fold_username(typed) == "mira.petrovic"


def test_names_are_checked() -> None:
    assert check_username("Ana 2") == "ana.2"
    assert check_work_name("  Ana   M. ") == "Ana M."
    for wrong in ("ab", "", "x" * 41):
        with pytest.raises(Invalid):
            check_username(wrong)
    for wrong in ("", "  ", "x" * 61):
        with pytest.raises(Invalid):
            check_work_name(wrong)


@given(st.binary(min_size=32, max_size=32))
def test_fingerprints_have_six_words(digest: bytes) -> None:
    assert len(fingerprint_words(digest).split()) == 6


def test_other_fingerprints_have_other_words() -> None:
    assert fingerprint_words(b"\0" * 32) != fingerprint_words(b"\0" * 31 + b"\1")
