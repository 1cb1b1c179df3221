"""How far is a coded fact coarsened when the person it was about is forgotten? So far that it leads to nobody.

Days become months, sums two digits, large counts end at a limit, and rare codes become "other".
"""

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal

MOST_COUNTED = 12
"""More hearings than this are kept as this many: few trials have more, and they are known."""
OTHER = "other"
DIGITS = 2


def month(day: date | None) -> date | None:
    """The first of the day's month.

    >>> month(date(2026, 11, 23))
    datetime.date(2026, 11, 1)
    """
    return day.replace(day=1) if day else None


def coarse_sum(amount: Decimal) -> Decimal:
    """A sum to two digits: published judgments give sums to the cent.

    >>> coarse_sum(Decimal("1234567.89")), coarse_sum(Decimal("300000.10")), coarse_sum(Decimal("0.00"))
    (Decimal('1200000.00'), Decimal('300000.00'), Decimal('0.00'))
    """
    if not amount:
        return amount
    step = Decimal(1).scaleb(max(amount.adjusted() - DIGITS + 1, 0))
    return ((amount / step).quantize(Decimal(1)) * step).quantize(Decimal("0.01"))


def capped(count: int) -> int:
    """A count, or the largest that is kept."""
    return min(count, MOST_COUNTED)


def common(codes: Iterable[str], standing: Mapping[str, int], rare_below: int) -> list[str]:
    """Codes in their order, the rare ones as "other"; `standing` says in how many proceedings each stands.

    Repetitions stay: more than one article is a re-qualification.

    >>> common(["kz388", "kz134"], {"kz388": 40, "kz134": 1}, 3)
    ['kz388', 'other']
    """
    return [code if standing.get(code, 0) >= rare_below else OTHER for code in codes]
