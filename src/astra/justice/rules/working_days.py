"""Which days are no working days in Serbia, and when does a term that ends on one end?

Law on State and Other Holidays (source: memory, to be confirmed by a lawyer): 1-2 January, 15-16 February, 1-2 May,
11 November; a holiday that falls on a Sunday moves to the next working day. Christmas on 7 January and Easter from
Good Friday to Monday by the Orthodox calendar.
"""

from datetime import date, timedelta

DAY = timedelta(days=1)
SATURDAY, SUNDAY = 5, 6
STATE = ((1, 1), (1, 2), (2, 15), (2, 16), (5, 1), (5, 2), (11, 11))
CHRISTMAS = (1, 7)
JULIAN_LAG = timedelta(days=13)
"""Between the two calendars from 1900 to 2099."""


def orthodox_easter(year: int) -> date:
    """Easter Sunday of the Julian reckoning, as a day of our calendar (Meeus; 1900 to 2099).

    >>> orthodox_easter(2026)
    datetime.date(2026, 4, 12)
    """
    a, b, c = year % 4, year % 7, year % 19
    d = (19 * c + 15) % 30
    e = (2 * a + 4 * b - d + 34) % 7
    month, day = divmod(d + e + 114, 31)
    return date(year, month, day + 1) + JULIAN_LAG


def holidays(year: int) -> set[date]:
    """The days of a year on which nobody works, weekends apart."""
    found = {date(year, month, day) for month, day in STATE}
    for month, day in STATE:
        moved = date(year, month, day)
        if moved.weekday() == SUNDAY:
            while moved in found or moved.weekday() == SUNDAY:
                moved += DAY
            found.add(moved)
    easter = orthodox_easter(year)
    return found | {date(year, *CHRISTMAS), easter - 2 * DAY, easter - DAY, easter, easter + DAY}


def is_working(day: date) -> bool:
    """Whether courts and offices work on a day."""
    return day.weekday() < SATURDAY and day not in holidays(day.year)


def next_working(day: date) -> date:
    """The day itself, or the first working day after it."""
    while not is_working(day):
        day += DAY
    return day
