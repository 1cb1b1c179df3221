"""How old is she, and from when is she grown up? Answers stay ranges, as what we know is one.

The server may know of a child only the quarter of the year in which she comes of age: enough for a deadline, too
little to find somebody by. The day itself is in her sealed identity.
"""

from datetime import date, timedelta

from astra.kernel.partial_dates import AgeRange, PartialDate, add_years

ADULT, OWN_CONSENT, OLDEST = 18, 15, 130
ASK_AHEAD_DAYS = 60
"""How long before eighteen her own consent is asked for, so that nothing lapses on the day."""


def may_be_child(age: AgeRange) -> bool:
    """Whether she may be a child: in doubt she is treated as one."""
    return age.least < ADULT


def comes_of_age_on(birth: PartialDate | None) -> date | None:
    """The first day on which she is surely grown up; None where nobody can say."""
    if birth is None or birth.has_open_end:
        return None
    return birth.turns_18_range().latest


def quarter_start(day: date) -> date:
    """The first day of the quarter of the year."""
    return date(day.year, (day.month - 1) // 3 * 3 + 1, 1)


def quarter_end(quarter: date) -> date:
    """The last day of the quarter of the year."""
    after = date(quarter.year + 1, 1, 1) if quarter.month == 10 else quarter.replace(month=quarter.month + 3)
    return after - timedelta(days=1)


def of_age_quarter(birth: PartialDate | None, day: date) -> date | None:
    """The quarter in which a child comes of age; None for the grown-up and where nothing is known."""
    adult_on = comes_of_age_on(birth)
    return None if adult_on is None or adult_on <= day else quarter_start(adult_on)


def is_time_to_ask(quarter: date | None, day: date) -> bool:
    """Whether her own consent may be asked for by this day; earlier it would only silence the reminder."""
    return quarter is None or day >= quarter - timedelta(days=ASK_AHEAD_DAYS)


def coded_age(quarter: date | None, day: date) -> AgeRange | None:
    """What the coded quarter alone says of an age: enough to treat a child as one; None where it says nothing."""
    if quarter is None:
        return None
    born = PartialDate(add_years(quarter, -ADULT), add_years(quarter_end(quarter), -ADULT))
    return born.age_on(day)


def age_band(age: AgeRange | None, bands: tuple[tuple[str, int, int], ...]) -> str:
    """The broad band (code, from, to) that holds the whole range; blank if it straddles two."""
    if age is None or age.most is None:
        return ""
    for code, low, high in bands:
        if low <= age.least and age.most <= high:
            return code
    return ""
