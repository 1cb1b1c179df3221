"""What did somebody mean by "15. marta 1998.", "oko 1998", "krajem 90-ih" or "ima 16 godina"?

Serbian, English and ISO forms in either script. The day always stands before the month: a date that would only make
sense the other way round is refused, never turned. What is not understood is refused with what would be.
"""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date

from astra.kernel.clock import today as today_here
from astra.kernel.errors import Invalid, Problem
from astra.kernel.partial_dates import words
from astra.kernel.partial_dates.arithmetic import ago, decade, part_of, season, widened
from astra.kernel.partial_dates.value import ESTIMATED, KNOWN, MAJORITY, OLDEST, ONE_DAY, PartialDate
from astra.kernel.words import msg
from astra.science.script import fold_letters

EXAMPLES = "15. 3. 1998. · mart 1998. · 03.1998. · 1998. · oko 1998. · krajem 1998. · 1998–2000. · 90-ih"
AGE_EXAMPLES = "16 · 16–17 · oko 16 godina · " + EXAMPLES
FIRST_YEAR = 1900
YEARS_AHEAD = 30

LONGEST = 60
_DASHES = str.maketrans("–—‒−", "----")


class _NotUnderstood(Exception):
    """This way of reading does not fit; another one may."""


def parse(text: str, *, today: date | None = None, field: str = "date") -> PartialDate:
    """Read a date as somebody wrote or said it; `Invalid` names what is wrong and what would be right."""
    day = today or today_here()
    try:
        return replace(_read(_cleaned(text), day, field), said=text.strip())
    except _NotUnderstood:
        message = msg("This is not understood as a date. Write it with the day first.")
        raise Invalid(Problem(field, message, allowed=EXAMPLES)) from None


def parse_birth(text: str, *, seen_on: date, field: str = "birth") -> PartialDate:
    """Read a birth date, or an age on the day the person was seen or spoken to."""
    cleaned = _cleaned(text)
    about = re.fullmatch(rf"{words.ABOUT}\s*(.+)", cleaned)
    age = _age(about.group(1) if about else cleaned, seen_on)
    if age is None:
        return parse(text, today=seen_on, field=field)
    if about and not (age.has_open_start or age.has_open_end):
        return PartialDate(ago(age.earliest, "year", 1), ago(age.latest, "year", -1), ESTIMATED, text.strip())
    return replace(age, said=text.strip())


def _cleaned(text: str) -> str:
    """Fold script, case and diacritics, and bring dashes and spaces to one form."""
    folded = fold_letters(text).translate(_DASHES)
    spaced = re.sub(r"\s+", " ", folded).strip(" ,;")
    return re.sub(r"^(\d{2})\. ?(?:godiste|god\.?|g\.?)$", r"'\1", spaced)


def _age(text: str, seen_on: date) -> PartialDate | None:
    """The birth of somebody of this age, or None when the text is no age."""
    found = re.fullmatch(
        r"(?:ima )?(\d{1,3})(?:\s*-\s*(\d{1,3}))?(\+)?\s*(?:(?:god|g|y)\.?|godin[aeu]|years?|years? old|yo|y/o)?", text
    )
    if found:
        least, most = int(found.group(1)), int(found.group(2) or found.group(1))
        if found.group(3):
            return replace(PartialDate.from_age(least, seen_on), earliest=date.min)
        return PartialDate.from_age(least, seen_on, at_most=most)
    found = re.fullmatch(r"(?:ima )?(\d{1,2})\s*(?:mesec|mjesec|meseca|meseci|mjeseci|months?)(?: old)?", text)
    if found:
        months = int(found.group(1))
        return PartialDate(ago(seen_on, "month", months + 1) + ONE_DAY, ago(seen_on, "month", months))
    if re.fullmatch(r"malolj?et(?:an|n\w*)|minor|child|dete|dijete", text):
        return PartialDate.from_age(0, seen_on, at_most=MAJORITY - 1)
    if re.fullmatch(r"punolj?et(?:an|n\w*)|adult|odrasl\w*", text):
        return replace(PartialDate.from_age(MAJORITY, seen_on, at_most=OLDEST), earliest=date.min)
    return None


def _read(text: str, day: date, field: str) -> PartialDate:
    """Try each way of reading, from the most particular."""
    if not text:
        raise Invalid(Problem(field, msg("Write a date, or as much of it as is known."), allowed=EXAMPLES))
    if text in words.UNKNOWN:
        return PartialDate()
    if len(text) > LONGEST:
        raise _NotUnderstood
    for reader in (_relative, _about, _spanning, _open_sided, _partly, _atom, _between):
        value = reader(text, day, field)
        if value is not None:
            return value
    raise _NotUnderstood


def _about(text: str, day: date, field: str) -> PartialDate | None:
    """ "oko 1998", "1998?": one unit to either side may be true."""
    found = re.fullmatch(rf"{words.ABOUT}\s*(.+)|(.+?)\s*\?", text)
    return widened(_read(found.group(1) or found.group(2), day, field)) if found else None


def _relative(text: str, day: date, _field: str) -> PartialDate | None:
    """ "juče", "pre 3 godine", "prošle godine"."""
    if text in words.NEARBY:
        return PartialDate.on(ago(day, "day", words.NEARBY[text]))
    unit = "|".join(words.UNITS)
    if (shorter := text.removesuffix(" dana")).rpartition(" ")[2] in words.UNITS:  # "pre nedelju dana"
        text = shorter
    found = re.fullmatch(rf"(?:pre|prije) (?:(\w+) )?({unit})|(\w+) ({unit}) ago", text)
    if found:
        kind = words.UNITS[found.group(2) or found.group(4)]
        return _unit_around(ago(day, kind, _count(found.group(1) or found.group(3) or "1")), kind)
    found = re.fullmatch(rf"({'|'.join(words.STEPS)}) ({unit})", text)
    if found:
        kind = words.UNITS[found.group(2)]
        return replace(_unit_around(ago(day, kind, words.STEPS[found.group(1)]), kind), certainty=KNOWN)
    return None


def _count(text: str) -> int:
    """How many days, weeks, months or years, in digits or in words."""
    count = int(text) if text.isdigit() else words.NUMBERS.get(text)
    if count is None or count > 1000:
        raise _NotUnderstood
    return count


def _unit_around(day: date, unit: str) -> PartialDate:
    """The day, week, month or year that "so long ago" points at."""
    if unit == "day":
        return PartialDate.on(day)
    if unit == "week":
        return PartialDate(ago(day, "day", 3), ago(day, "day", -3), ESTIMATED)
    whole = PartialDate.in_month(day.year, day.month) if unit == "month" else PartialDate.in_year(day.year)
    return replace(whole, certainty=ESTIMATED)


def _spanning(text: str, day: date, field: str) -> PartialDate | None:
    """ "od 1998 do 2000", "između marta i maja 1998"."""
    found = re.fullmatch(r"(?:od|from) (.+?) (?:do|to|until|till) (.+)|(?:izmedju|between) (.+?) (?:i|and) (.+)", text)
    if not found:
        return None
    return _joined(found.group(1) or found.group(3), found.group(2) or found.group(4), day, field)


def _between(text: str, day: date, field: str) -> PartialDate | None:
    """ "1998-2000", "1997/98", "15-20. 3. 1998.", "mart - maj 1998", "1998. ili 1999."."""
    found = re.fullmatch(r"(.+?)\s*(?:-|/|\bili\b|\bor\b|\bdo\b|\bto\b)\s*(.+)", text)
    return _joined(found.group(1), found.group(2), day, field) if found else None


def _joined(first: str, last: str, day: date, field: str) -> PartialDate:
    """Both ends together; the first may leave to the second what is the same (month, year)."""
    if re.fullmatch(r"\d{4}\.?", first) and (short := re.fullmatch(r"(\d{2})\.?", last)):
        last = first[:2] + short.group(1)
    end = _read(last, day, field)
    month, year = end.latest.month, end.latest.year
    for start in (first, f"{first.rstrip('.')}.{year}", f"{first} {year}", f"{first.rstrip('.')}.{month}.{year}"):
        try:
            begin = _read(start, day, field)
        except (_NotUnderstood, Invalid):
            continue
        if begin.earliest > end.latest:
            raise Invalid(Problem(field, msg("The end lies before the beginning."), allowed=EXAMPLES))
        certainty = ESTIMATED if begin.is_estimated or end.is_estimated else end.certainty
        return PartialDate(begin.earliest, end.latest, certainty)
    raise _NotUnderstood


def _open_sided(text: str, day: date, field: str) -> PartialDate | None:
    """ "pre 1998", "do 1998", "posle 1998", "od 1998"."""
    found = re.fullmatch(
        r"(?:(pre|prije|before)|(do|najkasnije|until|till|by)|(posle|poslije|nakon|after)|(od|since|from)) (.+)", text
    )
    if not found:
        return None
    value = _read(found.group(5), day, field)
    if found.group(1):
        return PartialDate(date.min, value.earliest - ONE_DAY, value.certainty)
    if found.group(2):
        return PartialDate(date.min, value.latest, value.certainty)
    return PartialDate(value.latest + ONE_DAY if found.group(3) else value.earliest, date.max, value.certainty)


def _partly(text: str, day: date, field: str) -> PartialDate | None:
    """ "krajem 1998", "u proleće 1998", "sredinom 90-ih"."""
    found = re.fullmatch(rf"(?:u |in |in the |the )?({'|'.join(words.PARTS)})[ -](?:of )?(.+)", text)
    if found:
        third = part_of(_read(found.group(2), day, field), words.PARTS[found.group(1)])
        if third is None:
            raise _NotUnderstood
        return third
    found = re.fullmatch(rf"(?:u |na |in |in the )?({'|'.join(words.SEASONS)}) (.+)", text)
    if found:
        year = _read(found.group(2), day, field)
        if year.precision != "year":
            raise _NotUnderstood
        return season(year.earliest.year, *words.SEASONS[found.group(1)])
    return None


def _atom(text: str, day: date, field: str) -> PartialDate | None:
    """A day, a month, a year or a decade."""
    bare = re.sub(r"\s+", " ", re.sub(words.FILLERS, " ", text)).strip(" ,")
    for pattern, reader in _ATOMS:
        found = pattern.fullmatch(bare)
        if found:
            return reader(found, day, field)
    return None


def _year(text: str, day: date, field: str) -> int:
    """A year of four digits, or of two: the latest such year that is not in the future."""
    number = int(text)
    if len(text) == 2:
        number += 2000 if 2000 + number <= day.year else 1900
    if not FIRST_YEAR <= number <= day.year + YEARS_AHEAD:
        message = msg("The year must lie between %(first)s and %(last)s.")
        raise Invalid(Problem(field, message, parts={"first": FIRST_YEAR, "last": day.year + YEARS_AHEAD}))
    return number


def _month(text: str, field: str) -> int:
    """A month by number, by name, or in Roman numerals."""
    if text in words.MONTHS:
        return words.MONTHS[text]
    number = int(text) if text.isdigit() else words.ROMAN.index(text) + 1
    if not 1 <= number <= 12:
        message = msg("There is no month %(month)s. Write the day first, then the month.")
        raise Invalid(Problem(field, message, allowed=EXAMPLES, parts={"month": number}))
    return number


def _on_day(found: re.Match[str], today: date, field: str) -> PartialDate:
    year, month, day = _year(found["y"], today, field), _month(found["m"], field), int(found["d"])
    whole = PartialDate.in_month(year, month)
    if not 1 <= day <= whole.latest.day:
        message = msg("That month has %(days)s days.")
        raise Invalid(Problem(field, message, allowed=f"1–{whole.latest.day}", parts={"days": whole.latest.day}))
    return PartialDate.on(date(year, month, day))


def _in_month(found: re.Match[str], today: date, field: str) -> PartialDate:
    return PartialDate.in_month(_year(found["y"], today, field), _month(found["m"], field))


def _in_year(found: re.Match[str], today: date, field: str) -> PartialDate:
    return PartialDate.in_year(_year(found["y"], today, field))


def _in_decade(found: re.Match[str], today: date, field: str) -> PartialDate:
    text = found["y"]
    tens = str(words.DECADES[text]) if text in words.DECADES else text
    return decade(_year(tens, today, field))


def _without_year(_found: re.Match[str], _today: date, field: str) -> PartialDate:
    raise Invalid(Problem(field, msg("The year is missing."), allowed=EXAMPLES))


_D, _M, _Y, _SEP = r"(?P<d>\d{1,2})", r"(?P<m>\d{1,2})", r"(?P<y>\d{4}|\d{2})", r"\s*[./ -]\s*"
_NAMED = rf"(?P<m>{words.MONTH}|{'|'.join(words.ROMAN)})\.?"
_ATOMS: list[tuple[re.Pattern[str], Callable[[re.Match[str], date, str], PartialDate]]] = [
    (re.compile(pattern), reader)
    for pattern, reader in (
        (r"(?P<y>\d{4})\s*[-./]\s*(?P<m>\d{1,2})\s*[-./]\s*(?P<d>\d{1,2})\.?", _on_day),
        (rf"{_D}{_SEP}{_M}{_SEP}{_Y}\.?", _on_day),
        (rf"{_D}(?:\.|st|nd|rd|th)?\s*{_NAMED},?\s*'?{_Y}\.?", _on_day),
        (rf"(?P<m>{words.MONTH})\.? {_D}(?:st|nd|rd|th)?, (?P<y>\d{{4}})", _on_day),
        (r"(?P<y>\d{4})-(?P<m>0[1-9]|1[0-2])", _in_month),
        (r"(?P<m>\d{1,2})\s*[./ ]\s*(?P<y>\d{4})\.?", _in_month),
        (rf"(?P<m>{words.MONTH})\.?,?\s*'?{_Y}\.?", _in_month),
        (rf"(?P<y>\d{{4}})\.?\s*(?P<m>{words.MONTH})", _in_month),
        (r"(?P<y>\d{4})\.?", _in_year),
        (r"'(?P<y>\d{2})\.?", _in_year),
        (r"(?P<y>\d{3}0|\d0)\.?\s*-?(?:ih|tih|te|s)", _in_decade),
        (rf"(?P<y>{'|'.join(words.DECADES)})", _in_decade),
        (rf"{_D}(?:{_SEP}{_M}|\.?\s*(?P<n>{words.MONTH}))\.?", _without_year),
    )
]
