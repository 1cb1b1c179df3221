"""Is this table written in a standard, and what do its coded cells mean here?

One row a person. Whatever the row said is kept as it came (sealed with the person's identity) and given back by the
export; what Astra has a code of its own for is translated by the vocabulary's crosswalks. Blank is unknown, not no.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache

from astra import vocabulary
from astra.kernel.errors import Problem
from astra.kernel.words import msg
from astra.sites.exchange.tables import Row

HTCDS, CTDC = "htcds", "ctdc"
SYNTHETIC, K_ANONYMISED = "synthetic", "kanonymised"
UNKNOWN_MARKS = ("", "-99")
ENOUGH_IN_COMMON = 3
FIRST_YEAR = 1990
NOT_IN_STANDARD = msg("“%(cell)s” is not a value of this column in the standard.")
NOT_A_YEAR = msg("“%(cell)s” is not a year.")


@dataclass
class Coded:
    """What a row of a standard means in Astra's own codes, and what cannot be read."""

    codes: dict[str, list[str]] = field(default_factory=dict)
    """Our codes by code list."""
    raw: dict[str, str] = field(default_factory=dict)
    """Every cell that said something, as it came."""
    problems: list[Problem] = field(default_factory=list)

    def first(self, list_name: str) -> str:
        """The one code of a list, or a blank."""
        return next(iter(self.codes.get(list_name, [])), "")

    def all(self, list_name: str) -> tuple[str, ...]:
        """Every code of a list."""
        return tuple(dict.fromkeys(self.codes.get(list_name, [])))


def recognise(columns: Collection[str]) -> str:
    """The standard that a table's column names belong to, if they clearly do."""
    names = {name.lower() for name in columns}
    ctdc = max(len(names & set(_ctdc_columns(dataset))) for dataset in (SYNTHETIC, K_ANONYMISED))
    htcds = len(names & set(_htcds_fields()))
    if max(ctdc, htcds) < ENOUGH_IN_COMMON:
        return ""
    return CTDC if ctdc >= htcds else HTCDS


@cache
def _htcds_fields() -> Mapping[str, vocabulary.HtcdsField]:
    return {found.name.lower(): found for found in vocabulary.htcds_fields()}


@cache
def _ctdc_columns(dataset: str) -> Mapping[str, vocabulary.CtdcColumn]:
    columns = vocabulary.ctdc_columns(SYNTHETIC if dataset == SYNTHETIC else K_ANONYMISED)
    return {column.name.lower(): column for column in columns}


def read_row(standard: str, row: Row) -> Coded:
    """Read a row of a standard's table."""
    coded = Coded(raw={column: cell for column, cell in row.cells.items() if cell not in UNKNOWN_MARKS})
    if standard == HTCDS:
        _read_htcds(coded)
    else:
        _read_ctdc(coded, _dataset(row.cells))
    return coded


def _dataset(columns: Collection[str]) -> str:
    names = {name.lower() for name in columns}
    scores = {dataset: len(names & set(_ctdc_columns(dataset))) for dataset in (SYNTHETIC, K_ANONYMISED)}
    return max(scores, key=lambda dataset: scores[dataset])


def _read_htcds(coded: Coded) -> None:
    for column, cell in coded.raw.items():
        known = _htcds_fields().get(column.lower())
        if known is None or not known.code_list:
            continue
        for value in _values(cell, is_multiple=known.is_multiple):
            _translate(coded, column, value, known.code_list, known.standard)


def _values(cell: str, *, is_multiple: bool) -> Iterator[str]:
    parts = cell.split(";") if is_multiple else [cell]
    yield from (part.strip() for part in parts if part.strip())


def _read_ctdc(coded: Coded, dataset: str) -> None:
    for column, cell in coded.raw.items():
        known = _ctdc_columns(dataset).get(column.lower())
        if known is None:
            continue
        if known.kind == "flag":
            _read_flag(coded, known, cell)
        elif known.kind == "number":
            _read_year(coded, column, cell)
        elif known.kind == "value" and known.code_list:
            _translate(coded, column, cell, known.code_list, known.standard)


def _read_flag(coded: Coded, column: vocabulary.CtdcColumn, cell: str) -> None:
    if cell not in ("0", "1"):
        coded.problems.append(Problem(column.name, NOT_IN_STANDARD, "1, 0, blank, -99", {"cell": cell}))
    elif cell == "1" and column.code_list:
        ours = vocabulary.crosswalk(column.code_list, column.standard).exact(column.name)
        if ours:
            coded.codes.setdefault(column.code_list, []).append(ours)


def _read_year(coded: Coded, column: str, cell: str) -> None:
    latest = date.today().year  # noqa: DTZ011  (a bound for a year, not a moment)
    if not cell.isdigit() or not FIRST_YEAR <= int(cell) <= latest:
        coded.problems.append(Problem(column, NOT_A_YEAR, f"{FIRST_YEAR}–{latest}", {"cell": cell}))


def _translate(coded: Coded, column: str, value: str, list_name: str, standard: str) -> None:
    """Find our code for a value of the standard; a value that only the standard has stays in `raw`."""
    walk = vocabulary.crosswalk(list_name, standard)
    known = _standard_value(walk, value)
    if known is None:
        allowed = sorted({link.target for link in walk.links if link.target})
        coded.problems.append(Problem(column, NOT_IN_STANDARD, ", ".join(allowed[:40]), {"cell": value}))
        return
    ours = walk.exact(known) or next(iter(walk.back(known)), None)
    if ours:
        coded.codes.setdefault(list_name, []).append(ours)


def _standard_value(walk: vocabulary.Crosswalk, value: str) -> str | None:
    if walk.domain:
        return vocabulary.standard_value(walk.domain, value)
    targets = {link.target.lower(): link.target for link in walk.links}
    if value.lower() in targets:
        return targets[value.lower()]
    ours = vocabulary.codes(walk.name).find(value)
    return next(iter(walk.forward(ours)), None) if ours else None


def countries(value: str) -> tuple[str, ...]:
    """Our code of a country as a standard writes it, if it is one."""
    walk = vocabulary.crosswalk("country", "iso3")
    known = _standard_value(walk, value) if value else None
    return walk.back(known)[:1] if known else ()


def band_years(band: str) -> tuple[int, int]:
    """The first and last year of a broad age; 0 where it has no end."""
    entry = vocabulary.codes("age_band")
    return int(entry.fact(band, "from", 0)), int(entry.fact(band, "to", 0))
