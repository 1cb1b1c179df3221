"""How much was claimed, ordered and paid? Always with its currency, right to the cent, currencies never added up."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

NOTHING = Decimal("0.00")
CENT = Decimal("0.01")


@dataclass(frozen=True)
class Money:
    """An amount in one currency."""

    amount: Decimal
    currency: str


@dataclass(frozen=True)
class Balance:
    """What stands between an order and its payment, in one currency."""

    currency: str
    claimed: Decimal
    ordered: Decimal
    paid: Decimal

    @property
    def open(self) -> Decimal:
        """What was ordered and is not paid."""
        return max(self.ordered - self.paid, NOTHING)


def sums(rows: Iterable[Balance]) -> list[Balance]:
    """The balances of several claims, one line a currency."""
    found: dict[str, list[Balance]] = defaultdict(list)
    for row in rows:
        found[row.currency].append(row)
    return [
        Balance(
            currency,
            sum((one.claimed for one in its), NOTHING),
            sum((one.ordered for one in its), NOTHING),
            sum((one.paid for one in its), NOTHING),
        )
        for currency, its in sorted(found.items())
    ]


def written(amount: Decimal | None, currency: str) -> str:
    """An amount as it stands in a table of figures."""
    return f"{amount.quantize(CENT)} {currency}" if amount is not None else ""
