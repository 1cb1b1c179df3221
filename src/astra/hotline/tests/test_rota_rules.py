"""Are hours right across midnight and in the two nights in which the clocks change, and is every hole found?"""

from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar

from astra.hotline.rules import calendar_feed
from astra.hotline.rules import rota as rules
from astra.hotline.rules.rota import DayApart, Hours, Planned, Span
from astra.kernel.clock import LOCAL
from astra.kernel.errors import Invalid

SPRING, AUTUMN = date(2027, 3, 28), date(2026, 10, 25)
"""At two in the morning the clocks go on, and at three they go back."""
ANY_DAY = st.dates(date(2026, 1, 1), date(2027, 12, 31))
ANY_TIME = st.builds(time, st.integers(0, 23), st.sampled_from([0, 15, 30, 45]))
START = datetime(2026, 10, 20, tzinfo=UTC)
SPANS = st.builds(
    lambda begins, lasts: Span(START + timedelta(minutes=begins), START + timedelta(minutes=begins + lasts)),
    st.integers(0, 10_000),
    st.integers(1, 2_000),
)


def local(day: date, hour: int, minute: int = 0, fold: int = 0) -> datetime:
    """A moment by the clock on the wall."""
    return datetime.combine(day, time(hour, minute), LOCAL).replace(fold=fold).astimezone(UTC)


def total(spans: list[Span]) -> timedelta:
    return sum((one.ends - one.begins for one in spans), timedelta())


def whole(day: date, days: int = 1) -> Span:
    return Span(local(day, 0), local(day + timedelta(days=days), 0))


def test_a_shift_over_midnight_belongs_to_the_evening() -> None:
    span = rules.span_of(date(2026, 11, 20), time(22), time(6))
    assert span == Span(local(date(2026, 11, 20), 22), local(date(2026, 11, 21), 6))


@pytest.mark.parametrize(("day", "hours"), [(SPRING, 23), (AUTUMN, 25), (date(2026, 11, 20), 24)])
def test_a_line_that_is_always_open_has_no_seam_and_no_hole_in_any_night(day: date, hours: int) -> None:
    window = whole(day)
    assert rules.open_spans(rules.always(), [], window) == [window]
    assert total([window]) == timedelta(hours=hours)


def test_a_night_shift_is_an_hour_longer_in_autumn_and_shorter_in_spring() -> None:
    eve = timedelta(days=1)
    assert total([rules.span_of(AUTUMN - eve, time(22), time(6))]) == timedelta(hours=9)
    assert total([rules.span_of(SPRING - eve, time(22), time(6))]) == timedelta(hours=7)


def test_an_hour_that_comes_twice_is_covered_both_times() -> None:
    hours = [Hours(6, time(1), time(2, 30))]
    found = rules.open_spans(hours, [], whole(AUTUMN))
    assert found == [Span(local(AUTUMN, 1), local(AUTUMN, 2, 30, fold=1))]
    late = rules.open_spans([Hours(6, time(2, 30), time(4))], [], whole(AUTUMN))
    assert late == [Span(local(AUTUMN, 2, 30, fold=0), local(AUTUMN, 4))]


def test_an_hour_that_is_left_out_makes_no_negative_time() -> None:
    assert rules.open_spans([Hours(6, time(2), time(2, 30))], [], whole(SPRING)) == [
        Span(local(SPRING, 3), local(SPRING, 3, 30))
    ]
    assert rules.open_spans([Hours(6, time(2, 30), time(3))], [], whole(SPRING)) == []


@given(day=ANY_DAY, opens=ANY_TIME, closes=ANY_TIME)
def test_hours_last_at_most_a_day_and_an_hour(day: date, opens: time, closes: time) -> None:
    span = rules.span_of(day, opens, closes)
    assert span.ends - span.begins <= timedelta(hours=25)
    if not (day in (SPRING, SPRING - timedelta(days=1)) or span.ends == span.begins):
        assert span.ends > span.begins


@given(day=ANY_DAY, opens=ANY_TIME, closes=ANY_TIME, weeks=st.integers(-30, 30))
def test_a_copied_shift_has_the_same_hours_on_the_wall(day: date, opens: time, closes: time, weeks: int) -> None:
    span = rules.span_of(day, opens, closes)
    if span.ends <= span.begins:
        return
    copied = rules.moved(span, 7 * weeks)
    assert copied.ends > copied.begins
    there = copied.begins.astimezone(LOCAL)
    begins = span.begins.astimezone(LOCAL)
    is_left_out = there.date() == SPRING and begins.hour == 2
    assert is_left_out or there.time() == begins.time()
    assert there.date() == begins.date() + timedelta(weeks=weeks)


@given(st.lists(SPANS, max_size=8), st.lists(SPANS, max_size=8))
def test_what_is_left_and_what_was_taken_make_the_whole(spans: list[Span], taken: list[Span]) -> None:
    left, merged = rules.without(spans, taken), rules.merge(spans)
    overlap = [part for hole in rules.merge(taken) for part in rules.cut(merged, hole)]
    assert total(left) + total(overlap) == total(merged)
    assert not any(one.meets(hole) for one in left for hole in taken)
    assert left == rules.merge(left)


@given(st.lists(SPANS, max_size=8))
def test_merged_time_has_each_moment_once(spans: list[Span]) -> None:
    merged = rules.merge(spans)
    assert all(one.ends < other.begins for one, other in pairwise(merged))
    for span in spans:
        assert any(one.begins <= span.begins and span.ends <= one.ends for one in merged)


def planned(member: UUID, *spans: Span, role: str = rules.ON_LINE) -> list[Planned]:
    return [Planned(uuid4(), member, role, ("sos_trafficking",), span) for span in spans]


def test_a_gap_is_where_the_line_is_open_and_nobody_answers() -> None:
    day = date(2026, 11, 20)
    open_ = rules.open_spans([Hours(day.weekday(), time(8), time(20))], [], whole(day))
    shifts = planned(uuid4(), Span(local(day, 8), local(day, 14)))
    shifts += planned(uuid4(), Span(local(day, 14), local(day, 20)), role=rules.ON_CALL)
    assert rules.gaps(open_, shifts, "sos_trafficking") == [Span(local(day, 14), local(day, 20))]
    assert rules.gaps(open_, shifts, "own_line") == open_


def test_somebody_in_two_places_at_once_is_found_and_one_after_the_other_is_not() -> None:
    day, anna, vera = date(2026, 11, 20), uuid4(), uuid4()
    early, late = Span(local(day, 8), local(day, 14)), Span(local(day, 14), local(day, 20))
    middle = Span(local(day, 12), local(day, 16))
    fine = planned(anna, early, late) + planned(vera, middle)
    assert rules.double_bookings(fine) == set()
    twice = planned(anna, early, middle, late)
    assert rules.double_bookings(twice) == {one.id for one in twice}


def test_a_holiday_replaces_the_day_and_not_the_night_before() -> None:
    friday = date(2026, 11, 20)
    week = [Hours(day, time(20), time(4)) for day in range(7)]
    closed = rules.open_spans(week, [DayApart(friday)], Span(local(friday, 0), local(friday + timedelta(days=2), 0)))
    assert closed == [
        Span(local(friday, 0), local(friday, 4)),
        Span(local(friday + timedelta(days=1), 20), local(friday + timedelta(days=2), 0)),
    ]
    short = rules.open_spans(week, [DayApart(friday, time(9), time(12))], whole(friday))
    assert short[-1] == Span(local(friday, 9), local(friday, 12))


def test_when_it_opens_next() -> None:
    friday = date(2026, 11, 20)
    week = [Hours(0, time(9), time(17))]
    assert rules.next_opening(week, [], local(friday, 12)) == local(friday + timedelta(days=3), 9)
    assert rules.next_opening((), [], local(friday, 12)) is None
    monday = friday + timedelta(days=3)
    assert rules.next_opening(week, [DayApart(monday)], local(friday, 12)) == local(friday + timedelta(days=10), 9)


def test_overlapping_hours_are_refused_over_the_end_of_the_week_too() -> None:
    rules.check_hours(rules.always())
    rules.check_hours([Hours(0, time(8), time(12)), Hours(0, time(13), time(17))])
    for wrong in (
        [Hours(0, time(8), time(12)), Hours(0, time(11), time(17))],
        [Hours(6, time(22), time(6)), Hours(0, time(5), time(9))],
    ):
        with pytest.raises(Invalid):
            rules.check_hours(wrong)


def test_what_no_shift_can_be() -> None:
    at = local(date(2026, 11, 20), 8)
    good = Span(at, at + timedelta(hours=24))
    rules.check_shift(rules.ON_LINE, ["own_line"], good)
    rules.check_shift(rules.ON_LINE, ["own_line"], rules.span_of(AUTUMN, time(0), time(0)))
    for role, lines, span in (
        ("boss", ["own_line"], good),
        (rules.ON_LINE, [], good),
        (rules.ON_LINE, ["nowhere"], good),
        (rules.ON_LINE, ["own_line"], Span(at, at)),
        (rules.ON_LINE, ["own_line"], Span(at, at + timedelta(hours=24, minutes=1))),
    ):
        with pytest.raises(Invalid):
            rules.check_shift(role, lines, span)


def test_nobody_there_is_told_only_after_a_while() -> None:
    day = date(2026, 11, 20)
    open_ = [Span(local(day, 8), local(day, 20))]
    assert rules.unanswered_since(open_, [], local(day, 8, 9)) is None
    assert rules.unanswered_since(open_, [], local(day, 8, 10)) == local(day, 8)
    there = [Span(local(day, 8, 5), local(day, 14))]
    assert rules.unanswered_since(open_, there, local(day, 13)) is None
    assert rules.unanswered_since(open_, there, local(day, 14, 30)) == local(day, 14)
    assert rules.unanswered_since(open_, there, local(day, 21)) is None


def test_a_shift_can_be_begun_early_and_not_after_it() -> None:
    day = date(2026, 11, 20)
    span = Span(local(day, 8), local(day, 14))
    assert [rules.may_begin(span, local(day, hour)) for hour in (6, 7, 8, 13, 14)] == [False, True, True, True, False]


def test_the_calendar_reads_back_with_its_clock_changes_and_names_nobody() -> None:
    night = rules.span_of(AUTUMN - timedelta(days=1), time(22), time(6))
    spring = rules.span_of(SPRING - timedelta(days=1), time(22), time(6))
    entries = [calendar_feed.Entry(uuid4(), night, "Dežurstvo"), calendar_feed.Entry(uuid4(), spring, "Dežurstvo")]
    file = calendar_feed.written(entries, local(AUTUMN, 12), name="Dežurstvo")
    calendar = Calendar.from_ical(file)
    assert calendar["version"] == "2.0"
    events = calendar.walk("VEVENT")
    assert [Span(one.decoded("dtstart").astimezone(UTC), one.decoded("dtend").astimezone(UTC)) for one in events] == [
        night,
        spring,
    ]
    assert {str(one["summary"]) for one in events} == {"Dežurstvo"}
    assert all(one["dtstart"].params["TZID"] == "Europe/Belgrade" for one in events)
    (zone,) = calendar.walk("VTIMEZONE")
    assert zone["tzid"] == "Europe/Belgrade"
    assert {"STANDARD", "DAYLIGHT"} <= {part.name for part in zone.subcomponents}
    told = {name for one in events for name in one}
    assert told == {"UID", "DTSTAMP", "DTSTART", "DTEND", "SUMMARY", "CLASS"}
    assert all(len(line) <= 75 for line in file.split(b"\r\n"))
    assert b"astra" not in file.lower()
