"""How do a year's reports of trafficking add up? What came in and what was carried in is decided or carried on."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from astra.identification.rules.decisions import (
    DISCONTINUED,
    IDENTIFIED,
    NOT_IDENTIFIED,
    PENDING,
    REJECTED,
    Account,
    Procedure,
    account,
)

ORDER = (IDENTIFIED, REJECTED, DISCONTINUED, NOT_IDENTIFIED, PENDING)


@dataclass(frozen=True)
class Year:
    """One year as an equation, and what of earlier years was decided in it."""

    account: Account

    @property
    def parts(self) -> tuple[int, ...]:
        """How the reports of the year stood at its end, in the order of `ORDER`."""
        return tuple(self.account.of_reports.get(code, 0) for code in ORDER)

    @property
    def adds_up(self) -> bool:
        """Whether the equation holds, and nothing has got lost from one year to the next."""
        return self.account.reports == sum(self.parts) and self.account.adds_up

    @property
    def identified(self) -> int:
        """Persons formally identified in the year, whenever they were reported."""
        return self.account.decided[IDENTIFIED]

    @property
    def identified_of_earlier(self) -> int:
        """Those of them who were reported in an earlier year."""
        return self.account.carried_in.get(IDENTIFIED, 0)

    @property
    def carried_in(self) -> int:
        """Reports of earlier years that were open at the beginning."""
        return sum(self.account.carried_in.values())


def flow(procedures: Iterable[Procedure], years: Sequence[int]) -> list[Year]:
    """The accounts of several years."""
    every = list(procedures)
    return [Year(account(every, year)) for year in years]


def breaks(years: Sequence[Year]) -> list[int]:
    """Years that do not begin with what the year before carried on; none if the reports are whole."""
    return [after.account.year for before, after in pairwise(years) if before.account.carried_over != after.carried_in]
