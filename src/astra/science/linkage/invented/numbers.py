"""Which national number would the state have given?

The unique master citizen number (JMBG): day, month, three digits of the year, two of the region, three in order of
birth (below 500 for men), one check digit (Law on the Unique Master Citizen Number of Serbia, 24/2018).
The numbers are random; whoever bears one of them in life is a coincidence.
"""

from datetime import date
from random import Random

_WEIGHTS = (7, 6, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2)


def check_digit(first_twelve: str) -> int:
    """Work out the check digit; ten where no number with these twelve digits is given out.

    Examples
    --------
    >>> check_digit("010100671001")
    9
    """
    rest = sum(weight * int(digit) for weight, digit in zip(_WEIGHTS, first_twelve, strict=True)) % 11
    return 0 if rest == 0 else 11 - rest


def national_number(rng: Random, birth: date, sex: str, region: str) -> str:
    """Draw a number with a valid check digit.

    Examples
    --------
    >>> number = national_number(Random(1), date(2009, 3, 14), "F", "71")
    >>> number[:9], int(number[9:12]) >= 500, int(number[-1]) == check_digit(number[:12])
    ('140300971', True, True)
    """
    while True:
        order = int(rng.random() * 500) + (500 if sex == "F" else 0)
        first = f"{birth:%d%m}{birth.year % 1000:03}{region}{order:03}"
        check = check_digit(first)
        if check < 10:
            return f"{first}{check}"


def mistyped(rng: Random, number: str) -> str:
    """Mistype one digit, or swap two neighbours.

    Examples
    --------
    >>> mistyped(Random(1), "1403009715001") != "1403009715001"
    True
    """
    at = int(rng.random() * (len(number) - 1))
    if rng.random() < 0.35 and number[at] != number[at + 1]:
        return number[:at] + number[at + 1] + number[at] + number[at + 2 :]
    wrong = str((int(number[at]) + 1 + int(rng.random() * 9)) % 10)
    return number[:at] + wrong + number[at + 1 :]
