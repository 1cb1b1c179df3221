"""How are stretches of time made from others: so long ago, the end of a year, a season, about?"""

from calendar import monthrange
from datetime import date, timedelta

from astra.kernel.partial_dates.value import ESTIMATED, ONE_DAY, PartialDate, add_years


def ago(day: date, unit: str, count: int) -> date:
    """The day so many days, weeks, months or years before; a negative count goes forward."""
    if unit == "year":
        return add_years(day, -count)
    if unit == "month":
        months = day.year * 12 + day.month - 1 - count
        year, month = months // 12, months % 12 + 1
        return date(year, month, min(day.day, monthrange(year, month)[1]))
    return day - timedelta(days=count * (7 if unit == "week" else 1))


def widened(value: PartialDate) -> PartialDate:
    """What "about" makes of a date: three days, one month or one year more on either side; an open side stays open."""
    first, last = value.earliest, value.latest
    if value.precision in {"open", "year"} or (last - first).days > 92:
        unit, count = "year", 1
    else:
        unit, count = ("day", 3) if (last - first).days < 27 else ("month", 1)
    return PartialDate(
        first if value.has_open_start else ago(first, unit, count),
        last if value.has_open_end else ago(last + ONE_DAY, unit, -count) - ONE_DAY,
        ESTIMATED,
    )


def decade(first: int) -> PartialDate:
    """The ten years from a year."""
    return PartialDate.in_year(first, first + 9)


def part_of(value: PartialDate, third: int) -> PartialDate | None:
    """The beginning, middle or end (0, 1, 2) of a month, a year or a decade; None of anything else."""
    first, last = value.earliest, value.latest
    if value.precision == "year":
        month = 1 + 4 * third
        return PartialDate(date(first.year, month, 1), PartialDate.in_month(first.year, month + 3).latest)
    if value.precision == "month":
        day = 1 + 10 * third
        return PartialDate(first.replace(day=day), last if third == 2 else first.replace(day=day + 9))
    if value == decade(first.year):
        year = first.year + (0, 4, 7)[third]
        return PartialDate.in_year(year, year + (3, 2, 2)[third])
    return None


def season(year: int, first: int, last: int) -> PartialDate:
    """The months of a season; "winter 1998" may be either winter that touches the year."""
    if last > 12:
        return PartialDate(date(year - 1, first, 1), PartialDate.in_month(year + 1, last - 12).latest)
    return PartialDate(date(year, first, 1), PartialDate.in_month(year, last).latest)
