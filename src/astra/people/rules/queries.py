"""What does somebody mean who types into the search box? Names, an age, a date, a place, a number, in any order."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from astra.kernel.partial_dates import PartialDate
from astra.people.rules.cards import (
    HANDLE,
    NUMBER,
    PHONE,
    SEXES,
    SHORTEST_NUMBER,
    compact,
    handle,
    phone_digits,
    phone_keys,
)
from astra.science.linkage.normalise.national import is_jmbg, read_number
from astra.science.linkage.normalise.places import find_places
from astra.science.linkage.record import Birth, Name, Record
from astra.science.script import normalise

_PHONE = re.compile(r"\+?\d[\d\s/().-]{4,}\d")
_DAY = re.compile(r"(?<!\d)(\d{1,2})[./-]\s?(\d{1,2})[./-]\s?((?:19|20)\d\d)(?!\d)\.?")
_NATIONAL = re.compile(r"(?<!\d)\d{13}(?!\d)")
_ACCOUNT = re.compile(r"\S*[@_]\S*|\S+\.\S*[^\W\d_]\S*|(?=\S*\d)(?=\S*[^\W\d_])[\w.-]{3,}")
"""What looks like an account rather than a name: with @ or _, with a dot inside, or letters and digits mixed."""
_NUMBER_SIGN = re.compile(r"^\s*(?:(?:br(?:oj)?|бр(?:ој)?|no)\b[.:]?|№)\s*(?=\S*\d)", re.IGNORECASE)
"""What stands before a number of the old records, which may be as short as "14"."""
_OLDEST_AGE, _FIRST_YEAR, _LAST_YEAR = 110, 1900, 2100
FEWEST_LETTERS = 2
_SURNAME = re.compile(r"(?:ic|ich|iq|ski|ska)$")
"""No place ends like this, but a slip away from "Mladenović" there is one."""


@dataclass(frozen=True)
class Query:
    """A search: words as typed, and what the form asks beside them."""

    text: str = ""
    age: int | None = None
    born_year: int | None = None
    place: str = ""
    sex: str = ""
    phone: str = ""
    is_unfinished: bool = False
    """Whether the text is still being typed, so that its last word may be the beginning of one."""

    @property
    def as_words(self) -> str:
        """The whole search in words, for the sealed note in the log."""
        parts = [self.text, self.phone, self.place, self.sex]
        parts += [str(number) for number in (self.age, self.born_year) if number is not None]
        return " | ".join(part for part in parts if part)


@dataclass(frozen=True)
class Asked:
    """A query as the matcher reads it."""

    record: Record
    """What is known of the person asked about."""
    words: tuple[str, ...] = ()
    """The words that may be a name, in the plain form of both scripts."""
    typed: tuple[str, ...] = ()
    """The same with places and short numbers, as a code name may hold them."""
    is_unfinished: bool = False

    @property
    def is_empty(self) -> bool:
        """Whether there is too little to search by."""
        has_number = bool(self.record.numbers or self.record.national_id)
        return not has_number and sum(len(word) for word in self.typed if not word.isdecimal()) < FEWEST_LETTERS


def _nobodys(_word: str) -> bool:
    return False


class _Reading:
    """A text that is taken apart piece by piece; what is left are names."""

    def __init__(self, text: str) -> None:
        self.left = text

    def take(self, pattern: re.Pattern[str], *, is_valid: Callable[[str], bool] = bool) -> list[str]:
        """Take out what looks so; where it is not valid it stays."""
        found = [one for one in (match.group().strip() for match in pattern.finditer(self.left)) if is_valid(one)]
        for one in found:
            self.left = self.left.replace(one, " ", 1)
        return found


def read(query: Query | str, today: date, is_name: Callable[[str], bool] = _nobodys) -> Asked:
    """Take a query apart; an age is one on this day, and a word that somebody on record is called by is no place."""
    if isinstance(query, str):
        query = Query(text=query)
    text = _Reading(_NUMBER_SIGN.sub("", query.text))
    whole = compact(text.left)
    national = text.take(_NATIONAL, is_valid=is_jmbg)
    births = [_day(one) for one in text.take(_DAY, is_valid=lambda one: _day(one) is not None)]
    said = query.phone or next(iter(text.take(_PHONE)), "")
    accounts = [handle(one) for one in text.take(_ACCOUNT, is_valid=lambda one: "@" in one or "_" in one)]
    accounts += [handle(one) for one in _ACCOUNT.findall(text.left)]
    typed = normalise(text.left).split()
    age, year, words = _numbers(typed, query.age, query.born_year)
    places = [] if query.place else _places(words, is_name)
    names = [word for word in words if word not in {part for place in places for part in place.split()}]
    numbers = [*_phone(said), *(HANDLE + one for one in accounts if one)]
    if any(letter.isdecimal() for letter in whole):
        numbers.append(NUMBER + whole)
    return Asked(
        record=Record(
            id="",
            names=(Name(text=" ".join(names)),) if names else (),
            sex=SEXES.get(query.sex, ""),
            birth=next(iter(births), None) or _birth(age, year, today),
            places=(query.place,) if query.place else tuple(places),
            national_id=next(map(read_number, national), ""),
            numbers=tuple(dict.fromkeys(numbers)),
        ),
        words=tuple(names),
        typed=tuple(typed),
        is_unfinished=query.is_unfinished and bool(names) and query.text[-1:].isalpha(),
    )


def _day(text: str) -> Birth | None:
    found = _DAY.search(text)
    if found is None:
        return None
    day, month, year = map(int, found.groups())
    try:
        return Birth(date(year, month, day), date(year, month, day))
    except ValueError:
        return None


def _phone(said: str) -> tuple[str, ...]:
    """The keys of a number; of the digits that were said too, as they may be the last ones only."""
    digits = "".join(letter for letter in said if letter.isdecimal())
    whole = phone_digits(said)
    return (PHONE + digits, *phone_keys(whole)) if whole and len(digits) >= SHORTEST_NUMBER else ()


def _numbers(words: list[str], age: int | None, year: int | None) -> tuple[int | None, int | None, list[str]]:
    """Which short numbers among the words are an age or a year, and the words that are left."""
    left = []
    for word in words:
        number = int(word) if word.isdecimal() and len(word) <= 4 else None
        if number is not None and age is None and number <= _OLDEST_AGE:
            age = number
        elif number is not None and year is None and _FIRST_YEAR <= number < _LAST_YEAR:
            year = number
        elif not word.isdecimal():
            left.append(word)
    return age, year, left


def _birth(age: int | None, year: int | None, today: date) -> Birth | None:
    if year is not None:
        return Birth(date(year, 1, 1), date(year, 12, 31))
    if age is None:
        return None
    days = PartialDate.from_age(age, today)
    return Birth(days.earliest, days.latest, is_stated=False)


def _places(words: list[str], is_name: Callable[[str], bool]) -> list[str]:
    """The places among the words, one or two words each; at least one word stays a name."""
    is_open = [bool(find_places(word)) and not _SURNAME.search(word) and not is_name(word) for word in words]
    found, at = [], 0
    while at < len(words):
        pair = words[at : at + 2]
        if len(pair) == 2 and any(is_open[at : at + 2]) and not any(map(is_name, pair)) and _is_one_place(pair):
            found.append(" ".join(pair))
            at += 2
        elif is_open[at]:
            found.append(words[at])
            at += 1
        else:
            at += 1
    return found if sum(len(place.split()) for place in found) < len(words) else []


def _is_one_place(pair: list[str]) -> bool:
    """Whether two words name one place together: the one alone names none, or both the same."""
    first, second = (find_places(word) for word in pair)
    return bool(find_places(" ".join(pair))) and (not first or first == second) and not _SURNAME.search(pair[0])
