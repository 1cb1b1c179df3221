"""Which amount can stand on a receipt or a scholarship?"""

from datetime import date
from decimal import Decimal

from astra.kernel.errors import Invalid, Problem
from astra.kernel.words import msg

RSD = "RSD"
CENT = Decimal("0.01")
DECIMALS = -2
"""Three decimals are refused: “1.500” is fifteen hundred to one reader and one and a half to another."""
HIGHEST = Decimal("9999999.99")
AMOUNT = msg("Enter an amount above 0, up to 9 999 999.99, with at most two decimals.")
NOT_AHEAD = msg("A receipt is written when something is handed over: enter a day that is not in the future.")
SAY_FOR_WHAT = msg("Write in neutral words what it is for: “transport”, “food”.")
TELLING = msg(
    "Some of these words say too much. Take out what says trafficking, victim, shelter or the name of our organisation."
)


def amount_problems(amount: Decimal, field: str = "amount") -> list[Problem]:
    """What is wrong with an amount of money."""
    exponent = amount.as_tuple().exponent
    wrong = not isinstance(exponent, int) or exponent < DECIMALS or not CENT <= amount <= HIGHEST
    return [Problem(field, AMOUNT)] if wrong else []


def check_receipt(amount: Decimal, issued_on: date, for_what: str, *, today: date) -> None:
    """Raise `Invalid` unless a receipt can say this."""
    problems = amount_problems(amount)
    if issued_on > today:
        problems.append(Problem("issued_on", NOT_AHEAD))
    if not for_what.strip():
        problems.append(Problem("for_what", SAY_FOR_WHAT))
    if problems:
        raise Invalid(*problems)
