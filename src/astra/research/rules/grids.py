"""How do coded rows become a table of years? Persons are counted once, blank is not 'no', small numbers stay inside.

A row of a table is a code. A person with two codes stands in both rows, so that rows may add up to more than everybody;
percentages are of those of whom anything is known (the rule of the Counter-Trafficking Data Collaborative).
"""

from collections import defaultdict
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from astra.hotline.rules.figures import rounded, share_of
from astra.kernel.errors import Invalid, Problem
from astra.kernel.words import msg

Number = int | Decimal
FIRST_YEAR, MOST_YEARS = 2000, 30
WRONG_WAY_ROUND = msg("The last year lies before the first.")
NOT_YET = msg("Of years to come nothing is known. The last one can be %(year)s.")
NOT_OVER = msg("Outside the house only years that are over are given: the last one can be %(year)s.")
TOO_EARLY = msg("The first year can be %(year)s.")
TOO_MANY = msg("Thirty years at most are counted at once.")


@dataclass(frozen=True)
class Seen:
    """What one coded row tells a table: its year, its codes (none: not known), how many, and of whom."""

    year: int
    codes: tuple[str, ...]
    count: Number = 1
    person: Hashable = None
    """Where persons are counted: a number that means the same person within one reading."""
    is_coarsened: bool = False


@dataclass(frozen=True)
class GridRow:
    """One row: each year, all years together, and the share of those of whom it is known."""

    code: str
    by_year: tuple[Number, ...]
    together: Number
    share: int | None = None
    is_coarse: bool = False
    """Somebody in this row was erased, and a rare code of hers gave way to this one, or a sum was cut."""


@dataclass(frozen=True)
class Grid:
    """A table of years."""

    years: tuple[int, ...]
    rows: tuple[GridRow, ...]
    everybody: GridRow
    """All of them, known or not; a person of two years once in the last column."""
    unknown: GridRow
    known: Number
    """Those with any code, in all years together: of these the shares are percent."""
    coarsened: int = 0
    """How many rows had a rare code give way to a coarser one when somebody was erased."""
    is_coarse: bool = False
    """Outside only that there are such rows is said, not how many."""
    is_rounded: bool = False


def check_years(since: int, until: int, this_year: int, *, is_rounded: bool) -> range:
    """The years of a table, or `Invalid`."""
    last = this_year - 1 if is_rounded else this_year
    problems = []
    if until < since:
        problems.append(Problem("until", WRONG_WAY_ROUND))
    if until > last:
        problems.append(Problem("until", NOT_OVER if is_rounded else NOT_YET, parts={"year": last}))
    if since < FIRST_YEAR:
        problems.append(Problem("since", TOO_EARLY, parts={"year": FIRST_YEAR}))
    if not problems and until - since >= MOST_YEARS:
        problems.append(Problem("since", TOO_MANY))
    if problems:
        raise Invalid(*problems)
    return range(since, until + 1)


def grid(seen: Iterable[Seen], years: Sequence[int], *, codes: Sequence[str] = ()) -> Grid:
    """Count rows into a table; `codes` come first and in their order, also where nobody has them.

    >>> five = [Seen(2025, ("labour",)), Seen(2025, ("sexual",)), Seen(2025, ("other",)), Seen(2025, ())]
    >>> table = grid([*five, Seen(2025, ("labour", "sexual"))], [2025], codes=("labour", "sexual", "other"))
    >>> [(row.code, row.together, row.share) for row in table.rows]
    [('labour', 2, 50), ('sexual', 2, 50), ('other', 1, 25)]
    >>> table.known, table.everybody.together
    (4, 5)
    """
    within = [one for one in seen if one.year in set(years)]
    by_code: dict[str, list[Seen]] = {code: [] for code in codes}
    for one in within:
        for code in dict.fromkeys(one.codes):
            by_code.setdefault(code, []).append(one)
    known = _number([one for one in within if one.codes])
    rows = [_row(code, its, years) for code, its in by_code.items()]
    named = [replace(row, share=share_of(int(row.together), int(known))) for row in rows]
    blank = _row("", [one for one in within if not one.codes], years)
    found = tuple(row for row in named if row.together or row.code in codes)
    everybody = replace(_row("", within, years), is_coarse=False)
    return Grid(tuple(years), found, everybody, blank, known, sum(one.is_coarsened for one in within))


def for_outside(table: Grid) -> Grid:
    """The same table as it leaves the house: each number rounded to tens by itself, no shares, no row of nought."""
    rows = tuple(one for one in (_rounded(row) for row in table.rows) if one.together)
    return replace(
        table,
        rows=rows,
        everybody=_rounded(table.everybody),
        unknown=_rounded(table.unknown),
        known=rounded(int(table.known)),
        coarsened=0,
        is_coarse=table.coarsened > 0,
        is_rounded=True,
    )


def _row(code: str, seen: Sequence[Seen], years: Sequence[int]) -> GridRow:
    of_year: dict[int, list[Seen]] = defaultdict(list)
    for one in seen:
        of_year[one.year].append(one)
    is_coarse = any(one.is_coarsened for one in seen)
    return GridRow(code, tuple(_number(of_year[year]) for year in years), _number(seen), is_coarse=is_coarse)


def _number(seen: Iterable[Seen]) -> Number:
    """Persons once; everything else as often as it was."""
    persons: set[Hashable] = set()
    total: Number = 0
    for one in seen:
        if one.person is None:
            total += one.count
        else:
            persons.add(one.person)
    return total + len(persons)


def _rounded(row: GridRow) -> GridRow:
    return GridRow(row.code, tuple(rounded(int(one)) for one in row.by_year), rounded(int(row.together)))
