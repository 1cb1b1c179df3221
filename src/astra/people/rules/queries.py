"""What does somebody mean who types into the search box? Names, an age, a year, a number, in any order."""

import re
from dataclasses import dataclass, field
from datetime import date

from astra.people.rules.cards import compact, phone_digits
from astra.science.script import fold_name, normalise

_PHONE = re.compile(r"\+?\d[\d\s/().-]{4,}\d")
_NUMBER_SIGN = re.compile(r"^\s*(?:(?:br(?:oj)?|бр(?:ој)?|no)\b[.:]?|№)\s*(?=\S*\d)", re.IGNORECASE)
"""What stands before a number of the old records, which may be as short as "14"."""
_OLDEST_AGE, _FIRST_YEAR, _LAST_YEAR = 110, 1900, 2100
FEWEST_LETTERS = 2


@dataclass(frozen=True)
class Query:
    """A search: words as typed, and what the form asks beside them."""

    text: str = ""
    age: int | None = None
    born_year: int | None = None
    place: str = ""
    sex: str = ""
    phone: str = ""

    @property
    def as_words(self) -> str:
        """The whole search in words, for the sealed note in the log."""
        parts = [self.text, self.phone, self.place, self.sex]
        parts += [str(number) for number in (self.age, self.born_year) if number is not None]
        return " | ".join(part for part in parts if part)


@dataclass(frozen=True)
class Asked:
    """A query as the matcher reads it."""

    tokens: tuple[str, ...] = ()
    folded: tuple[str, ...] = ()
    """The tokens as other languages' spellings meet."""
    phone: str = ""
    digits: str = ""
    """The number as it was said, without leading zeros: it may be the last digits only."""
    number: str = ""
    age: int | None = None
    born_year: int | None = None
    place: tuple[str, ...] = ()
    sex: str = ""
    born_about: int | None = None
    """The year of birth that age and year together mean."""
    is_ended: bool = field(default=False)
    """Whether the last word is finished (a space follows), so that it is not taken as a beginning."""

    @property
    def is_empty(self) -> bool:
        """Whether there is too little to search by."""
        return not self.phone and not self.number and sum(len(token) for token in self.tokens) < FEWEST_LETTERS


def read(query: Query | str, today: date) -> Asked:
    """Take a query apart; an age is one on this day."""
    if isinstance(query, str):
        query = Query(text=query)
    text, age, born_year, said = _NUMBER_SIGN.sub("", query.text), query.age, query.born_year, query.phone
    number_text = compact(text)
    found = _PHONE.search(text)
    if not said and found:
        said = found.group()
        text = text.replace(said, " ")
    phone = phone_digits(said)
    tokens = []
    for token in normalise(text).split():
        number = int(token) if token.isdecimal() and len(token) <= 4 else None
        if number is not None and age is None and number <= _OLDEST_AGE:
            age = number
        elif number is not None and born_year is None and _FIRST_YEAR <= number < _LAST_YEAR:
            born_year = number
        else:
            tokens.append(token)
    return Asked(
        tokens=tuple(tokens),
        folded=tuple(fold_name(token) for token in tokens),
        phone=phone,
        digits="".join(letter for letter in said if letter.isdecimal()).lstrip("0") if phone else "",
        number=number_text if any(letter.isdecimal() for letter in number_text) else "",
        age=age,
        born_year=born_year,
        born_about=born_year if born_year is not None else (None if age is None else today.year - age),
        place=tuple(normalise(query.place).split()),
        sex=query.sex,
        is_ended=query.text.endswith(" "),
    )
