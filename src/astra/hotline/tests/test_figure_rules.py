"""Are periods, hours, waiting times and rounded numbers as one computes them by hand?"""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from astra.hotline.rules import figures as rules
from astra.hotline.rules.figures import Days, Waits
from astra.kernel.clock import LOCAL
from astra.kernel.errors import Invalid

TODAY = date(2026, 2, 10)
DAYS = st.dates(date(2020, 1, 1), date(2030, 1, 1))


def hour(*at: int) -> int:
    """The number of an hour in UTC."""
    return int(datetime(*at, tzinfo=UTC).timestamp()) // 3600  # type: ignore[arg-type,misc]  # year, month, day, hour


@pytest.mark.parametrize(
    ("name", "since", "until"),
    [
        ("this_month", date(2026, 2, 1), TODAY),
        ("last_month", date(2026, 1, 1), date(2026, 1, 31)),
        ("this_quarter", date(2026, 1, 1), TODAY),
        ("last_quarter", date(2025, 10, 1), date(2025, 12, 31)),
        ("this_year", date(2026, 1, 1), TODAY),
        ("last_year", date(2025, 1, 1), date(2025, 12, 31)),
    ],
)
def test_what_a_period_is(name: str, since: date, until: date) -> None:
    assert rules.days_of(name, TODAY) == Days(since, until)


def test_own_days_are_checked() -> None:
    assert rules.days_of("own", TODAY, since=TODAY, until=TODAY) == Days(TODAY, TODAY)
    for since, until in ((None, TODAY), (TODAY, None), (TODAY, date(2026, 2, 9)), (date(2010, 1, 1), TODAY)):
        with pytest.raises(Invalid):
            rules.days_of("own", TODAY, since=since, until=until)


@given(DAYS, st.sampled_from(rules.OVER))
def test_what_may_leave_is_over(today: date, name: str) -> None:
    days = rules.days_of(name, today)
    rules.check_may_leave(name)
    assert days.since.day == 1
    assert days.since <= days.until < today


@pytest.mark.parametrize("name", sorted(set(rules.PERIODS) - set(rules.OVER)))
def test_what_still_grows_does_not_leave(name: str) -> None:
    with pytest.raises(Invalid):
        rules.check_may_leave(name)


def test_steps_are_days_weeks_or_months() -> None:
    assert len(rules.steps_of(Days(date(2026, 2, 1), date(2026, 2, 28)))) == 28
    weeks = rules.steps_of(Days(date(2026, 1, 1), date(2026, 3, 31)))
    assert weeks[:2] == [date(2025, 12, 29), date(2026, 1, 5)]
    assert weeks[-1] == date(2026, 3, 30)
    months = rules.steps_of(Days(date(2026, 1, 15), date(2026, 12, 31)))
    assert (months[0], months[-1], len(months)) == (date(2026, 1, 1), date(2026, 12, 1), 12)


def test_nights_in_which_the_clock_is_changed() -> None:
    """29 March 2026 has no hour 02; 25 October 2026 has two of them."""
    spring = {hour(2026, 3, 29, 0): 1, hour(2026, 3, 29, 1): 2}
    assert [(n, count) for n, count in enumerate(rules.by_hour(spring)) if count] == [(1, 1), (3, 2)]
    autumn = {hour(2026, 10, 25, 0): 1, hour(2026, 10, 25, 1): 2, hour(2026, 10, 25, 2): 4}
    week = rules.by_weekday_and_hour(autumn)
    assert week[6][2] == 3
    assert week[6][3] == 4
    assert rules.over_time({hour(2026, 10, 24, 22): 5}, Days(date(2026, 10, 25), date(2026, 10, 26))) == [5, 0]


@given(st.dictionaries(st.integers(hour(2026, 1, 1, 0), hour(2026, 12, 31, 22)), st.integers(1, 9), max_size=40))
def test_however_they_are_spread_they_are_the_same_many(hours: dict[int, int]) -> None:
    year, every = Days(date(2026, 1, 1), date(2026, 12, 31)), sum(hours.values())
    assert sum(rules.over_time(hours, year)) == every
    assert sum(map(sum, rules.by_weekday_and_hour(hours))) == every
    assert sum(rules.by_hour(hours)) == every


@given(DAYS, st.integers(0, 800))
def test_every_day_of_a_period_lies_in_one_of_its_steps(since: date, long: int) -> None:
    days = Days(since, since + timedelta(days=long))
    steps, step = rules.steps_of(days), rules.step_of(days)
    assert steps == sorted(set(steps))
    assert {rules.begins(since + timedelta(days=n), step) for n in range(long + 1)} == set(steps)


def test_waits_by_hand() -> None:
    """Ten waits: 5 5 8 12 20 25 40 90 400 4000 seconds; the fifth is 20, the ninth 400."""
    waits = rules.waits_of({5: 2, 8: 1, 12: 1, 20: 1, 25: 1, 40: 1, 90: 1, 400: 1, 4000: 1})
    assert waits == Waits(10, 20, 400, (3, 1, 2, 1, 1, 0, 1, 0, 0, 1))
    assert rules.waits_of({}) == Waits(0, 0, 0, (0,) * 10)
    assert rules.waits_of({-3: 1}).median_s == 0


@given(st.lists(st.integers(0, 9000), min_size=1, max_size=60))
def test_half_and_nine_tenths_are_what_they_say(found: list[int]) -> None:
    waits = rules.waits_of({one: found.count(one) for one in set(found)})
    assert waits.count == sum(waits.spread) == len(found)
    for longest, part in ((waits.median_s, 0.5), (waits.ninth_s, 0.9)):
        assert longest in found
        assert sum(one <= longest for one in found) >= part * len(found)
        assert sum(one < longest for one in found) < part * len(found)


def test_percent_are_of_those_of_whom_something_is_known() -> None:
    assert rules.share_of(1, 3) == 33
    assert rules.share_of(1, 8) == 13  # 12.5
    assert rules.share_of(0, 0) is None
    assert rules.ordered({"": 9, "b": 2, "a": 2, "c": 3, "d": 0}) == [("c", 3), ("a", 2), ("b", 2), ("", 9)]


@given(st.integers(0, 10_000))
def test_a_rounded_number_is_ten_numbers(count: int) -> None:
    near = rules.rounded(count)
    assert near % 10 == 0
    assert -5 <= count - near <= 4


@given(st.lists(st.integers(0, 60), min_size=2, max_size=6))
def test_no_number_of_a_rounded_table_can_be_computed_back(counts: list[int]) -> None:
    """What somebody outside knows: each rounded number, and the rounded sum. No cell has one possible value only."""
    near, whole = [rules.rounded(n) for n in counts], rules.rounded(sum(counts))
    lows, highs = [max(0, one - 5) for one in near], [one + 4 for one in near]
    least, most = max(0, whole - 5), whole + 4
    for cell in range(len(counts)):
        rest_low, rest_high = sum(lows) - lows[cell], sum(highs) - highs[cell]
        low, high = max(lows[cell], least - rest_high), min(highs[cell], most - rest_low)
        assert low <= counts[cell] <= high
        assert high > low


def test_of_few_waits_nothing_is_said_outside() -> None:
    few, enough = rules.waits_of({61: 19}), rules.waits_of({63: 24})
    assert rules._waits_outside(few) == Waits(20, 0, 0, ())
    assert rules._waits_outside(enough) == Waits(20, 60, 60, (0, 0, 0, 0, 20, 0, 0, 0, 0, 0))
    assert [rules.rounded_wait(n) for n in (2, 3, 58, 74, 75)] == [0, 5, 60, 60, 90]


def test_an_hour_is_one_hour_on_the_wall_the_whole_year() -> None:
    first = hour(2026, 1, 1, 0)
    for number in range(first, first + 8760, 7):
        assert rules.on_the_wall(number).minute == 0
        assert rules.on_the_wall(number).tzinfo is LOCAL
