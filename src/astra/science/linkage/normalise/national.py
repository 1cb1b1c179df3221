"""Is this a number that a state gave her, and what does it say of her birth?

The unique master citizen number of the former Yugoslavia (JMBG; EMŠO, JMB) has thirteen digits: day, month and the
last three digits of the year of birth, two of the region, three of sex and order, and a check digit.
"""

import re
from datetime import date

from astra.science.linkage.record import Birth

_WEIGHTS = (7, 6, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2)
_BETWEEN = re.compile(r"[\s./-]+")
MILLENNIUM_TURNS = 800
"""Three-digit years from here on belong to the second millennium."""


def read_number(text: str) -> str:
    """Write a national number without what people put between its digits.

    Examples
    --------
    >>> read_number(" 0101006 500 006 ")
    '0101006500006'
    """
    return _BETWEEN.sub("", text).upper()


def is_jmbg(number: str) -> bool:
    """Answer whether a number is a JMBG: thirteen digits, a real day, and the check digit that follows from them.

    Parameters
    ----------
    number : str
        A number as `read_number` leaves it.

    Examples
    --------
    >>> is_jmbg("0101006500006"), is_jmbg("0101006500007")
    (True, False)
    """
    if len(number) != 13 or not number.isdecimal() or birth_of(number) is None:
        return False
    rest = 11 - sum(weight * int(digit) for weight, digit in zip(_WEIGHTS, number, strict=False)) % 11
    return int(number[12]) == (0 if rest > 9 else rest)


def birth_of(number: str) -> Birth | None:
    """Give the day of birth that a JMBG begins with; None where its first digits are no day.

    Examples
    --------
    >>> birth_of("0101006500006").earliest
    datetime.date(2006, 1, 1)
    """
    if len(number) != 13 or not number.isdecimal():
        return None
    year = int(number[4:7])
    try:
        on = date(year + (1000 if year >= MILLENNIUM_TURNS else 2000), int(number[2:4]), int(number[:2]))
    except ValueError:
        return None
    return Birth(on, on)


def sex_of(number: str) -> str:
    """Give the sex that a JMBG says: "M" up to 499, "F" above; "" for another number.

    Examples
    --------
    >>> sex_of("0101006500006")
    'M'
    """
    return "" if birth_of(number) is None else ("F" if int(number[9:12]) >= 500 else "M")
