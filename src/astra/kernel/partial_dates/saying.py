"""How do people say a date or an age, in the reader's language and script?"""

from datetime import date, timedelta

from astra.kernel.languages import known_language
from astra.kernel.partial_dates.value import ONE_DAY, AgeRange, PartialDate
from astra.science.script import to_cyrillic

_SR = "januar februar mart april maj jun jul avgust septembar oktobar novembar decembar".split()  # noqa: SIM905  (reads as a line)
_SR_OF = "januara februara marta aprila maja juna jula avgusta septembra oktobra novembra decembra".split()  # noqa: SIM905  (reads as a line)
_EN = "January February March April May June July August September October November December".split()  # noqa: SIM905  (reads as a line)


def say(value: PartialDate | None, language: str | None = "sr-latn") -> str:
    """Write a date as people say it: "1998.", "mart 1998.", "oko 1998.", "15. 3. 1998.", "1998–2000."."""
    if value is None:
        return ""
    key = known_language(language)
    if key == "en":
        return _english(value)
    return to_cyrillic(_serbian(value)) if key == "sr" else _serbian(value)


def say_age(age: AgeRange, language: str | None = "sr-latn") -> str:
    """Write an age as people say it: "16 godina", "16–17 godina", "najmanje 16 godina"; a blank when unknown."""
    if age.most is None and not age.least:
        return ""
    key = known_language(language)
    years = age.least if age.most in {None, age.least} else age.most
    number = str(age.least) if age.most in {None, age.least} else f"{age.least}–{age.most}"
    if key == "en":
        text = f"{number} {'year' if years == 1 else 'years'}"
        return f"at least {text}" if age.most is None else text
    text = f"{number} {_godina(years or 0)}"
    text = f"najmanje {text}" if age.most is None else text
    return to_cyrillic(text) if key == "sr" else text


def _godina(years: int) -> str:
    """The Serbian word for so many years."""
    if years % 10 == 1 and years % 100 != 11:
        return "godina"
    return "godine" if years % 10 in {2, 3, 4} and years % 100 not in {12, 13, 14} else "godina"


def _middle(value: PartialDate) -> PartialDate | None:
    """What an "about" was said of: the unit in the middle of three years, three months or seven days."""
    first, last = value.earliest, value.latest
    if _are_whole_years(value) and last.year - first.year == 2:
        return PartialDate.in_year(first.year + 1)
    if _are_whole_months(value) and _months(last) - _months(first) == 2:
        between = first + timedelta(days=45)
        return PartialDate.in_month(between.year, between.month)
    return PartialDate.on(first + 3 * ONE_DAY) if last - first == 6 * ONE_DAY else None


def _months(day: date) -> int:
    return day.year * 12 + day.month


def _are_whole_years(value: PartialDate) -> bool:
    first, last = value.earliest, value.latest
    return (first.month, first.day, last.month, last.day) == (1, 1, 12, 31)


def _are_whole_months(value: PartialDate) -> bool:
    return value.earliest.day == 1 and (value.latest == date.max or (value.latest + ONE_DAY).day == 1)


def _is_long(value: PartialDate) -> bool:
    """Whether only the years matter: an age gives parts of several years."""
    return (value.latest - value.earliest).days >= 364


def _serbian(value: PartialDate) -> str:
    if value.is_unknown:
        return "nepoznato"
    if value.has_open_start:
        return f"pre {_serbian_start(value.latest + ONE_DAY)}"
    if value.has_open_end:
        return f"od {_serbian_start(value.earliest)}"
    if value.is_estimated:
        middle = _middle(value)
        meant = middle or value
        if meant.precision == "month":
            return f"oko {_SR_OF[meant.earliest.month - 1]} {meant.earliest.year}."
        said = _serbian_range(meant)
        return said if said.startswith("od ") else f"oko {said}"
    return _serbian_range(value)


def _serbian_start(day: date) -> str:
    """A day after "from" or "before", as coarse as it was meant."""
    if (day.month, day.day) == (1, 1):
        return f"{day.year}."
    return f"{_SR_OF[day.month - 1]} {day.year}." if day.day == 1 else _serbian_day(day)


def _serbian_day(day: date) -> str:
    return f"{day.day}. {day.month}. {day.year}."


def _serbian_range(value: PartialDate) -> str:
    first, last = value.earliest, value.latest
    if value.is_exact:
        return _serbian_day(first)
    if _are_whole_years(value):
        return f"{first.year}." if first.year == last.year else f"{first.year}–{last.year}."
    if _are_whole_months(value):
        if first.year != last.year:
            return f"od {_SR_OF[first.month - 1]} {first.year}. do {_SR_OF[last.month - 1]} {last.year}."
        months = [_SR[first.month - 1], _SR[last.month - 1]]
        return f"{'–'.join(dict.fromkeys(months))} {last.year}."
    if _is_long(value):
        return f"{first.year}{'/' if last.year - first.year == 1 else '–'}{last.year}."
    return f"od {_serbian_day(first)} do {_serbian_day(last)}"


def _english(value: PartialDate) -> str:
    if value.is_unknown:
        return "unknown"
    if value.has_open_start:
        return f"before {_english_start(value.latest + ONE_DAY)}"
    if value.has_open_end:
        return f"since {_english_start(value.earliest)}"
    if value.is_estimated:
        said = _english_range(_middle(value) or value)
        return said if " – " in said else f"about {said}"
    return _english_range(value)


def _english_start(day: date) -> str:
    if (day.month, day.day) == (1, 1):
        return str(day.year)
    return f"{_EN[day.month - 1]} {day.year}" if day.day == 1 else _english_day(day)


def _english_day(day: date) -> str:
    return f"{day.day} {_EN[day.month - 1]} {day.year}"


def _english_range(value: PartialDate) -> str:
    first, last = value.earliest, value.latest
    if value.is_exact:
        return _english_day(first)
    if _are_whole_years(value):
        return str(first.year) if first.year == last.year else f"{first.year}–{last.year}"
    if _are_whole_months(value):
        if first.year != last.year:
            return f"{_EN[first.month - 1]} {first.year} – {_EN[last.month - 1]} {last.year}"
        return f"{'–'.join(dict.fromkeys([_EN[first.month - 1], _EN[last.month - 1]]))} {last.year}"
    if _is_long(value):
        return f"{first.year}{'/' if last.year - first.year == 1 else '–'}{last.year}"
    return f"{_english_day(first)} – {_english_day(last)}"
