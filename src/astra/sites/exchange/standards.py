"""Is this table written in a standard, and what do its coded cells mean here?

One row a person. Whatever a row said is kept as it came (sealed with the person's identity) and given back by the
export; what Astra has a code of its own for is translated by the vocabulary's crosswalks. Blank is unknown, not no.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache, lru_cache
from types import MappingProxyType

from astra import vocabulary
from astra.kernel.clock import today
from astra.kernel.errors import Problem
from astra.kernel.words import msg
from astra.sites.exchange import values
from astra.vocabulary.standards import CtdcDataset, domain

PLAIN, HTCDS, CTDC, CTDC_2020 = "plain", "htcds", "ctdc_synthetic", "ctdc_kanonymised"
TITLES = {
    HTCDS: "HTCDS 2.0 (Human Trafficking Case Data Standard)",
    CTDC: "CTDC global synthetic dataset",
    CTDC_2020: "CTDC k-anonymised global dataset",
}
UNKNOWN_MARKS = ("", "-99", "-99.0")
ENOUGH_IN_COMMON = 3
FIRST_YEAR = 1990
EXPLOITATION = "exploitation"
CODE, CODES, FLAG, YEAR, TICK, NUMBER, DECIMAL, DAY, TEXT = (
    "code",
    "codes",
    "flag",
    "year",
    "tick",
    "number",
    "decimal",
    "day",
    "text",
)
TICKS = {"1": "1", "0": "0", "true": "1", "false": "0", "yes": "1", "no": "0", "y": "1", "n": "0", "da": "1", "ne": "0"}
NOT_IN_STANDARD = msg("“%(cell)s” is not a value of this column in the standard.")
NOT_A_YEAR = msg("“%(cell)s” is not a year.")
NOT_A_TICK = msg("“%(cell)s” is neither yes nor no.")
_TYPES = {"Checkbox": TICK, "Number": NUMBER, "Date": DAY, "Geolocation": DECIMAL}
_DEGREES = ("Longitude", "Latitude")

# Which fact a column speaks of, where the code list alone does not say it.
_FACTS = {
    "prs_Citizenship": "citizenships",
    "citizenship": "citizenships",
    "CountryOfExploitation": "countries",
    "hte_Country": "countries",
    "prs_MailingCountry": "mailing_country",
    "org_ShippingCountry": "shipping_country",
    "prs_PrimaryLanguage": "languages",
    "prs_SecondaryLanguage": "languages",
    "vic_RecruitmentWebsitesAndApps": "recruitment_platforms",
    "vic_ExploitationWebsitesAndApps": "exploitation_platforms",
    "cas_ReasonForIncomingReferral": "incoming_reason",
    "cas_ReasonForOutgoingReferral": "outgoing_reason",
}


@dataclass(frozen=True)
class Column:
    """One column of a standard: how it is filled, and which of our facts it speaks of."""

    name: str
    group: str
    kind: str
    code_list: str = ""
    standard: str = ""
    fact: str = ""
    domain: str = ""
    """The domain of its values, where the standard has one and we have no list."""


@dataclass
class Coded:
    """What a row of a standard means in Astra's own codes, and what cannot be read."""

    facts: dict[str, list[str]] = field(default_factory=dict)
    """Our codes by the fact that they speak of (mostly the name of a code list)."""
    raw: dict[str, str] = field(default_factory=dict)
    """Every cell that is not blank, as it came, by the standard's name of the column."""
    problems: list[Problem] = field(default_factory=list)

    def first(self, fact: str) -> str:
        """The one code of a fact, or a blank."""
        return next(iter(self.facts.get(fact, [])), "")

    def all(self, fact: str) -> tuple[str, ...]:
        """Every code of a fact, each once."""
        return tuple(dict.fromkeys(self.facts.get(fact, [])))

    def text(self, column: str) -> str:
        """What a cell says, or a blank where it says that nobody knows."""
        cell = self.raw.get(column, "")
        return "" if cell in UNKNOWN_MARKS else cell


@cache
def columns_of(standard: str) -> Mapping[str, Column]:
    """The columns of a standard, in its order, by their small-letter names."""
    found = _htcds_columns() if standard == HTCDS else _ctdc_columns(standard)
    return MappingProxyType({column.name.lower(): column for column in found})


def _htcds_columns() -> Iterator[Column]:
    for one in vocabulary.htcds_fields():
        kind = _TYPES.get(one.type, TEXT)
        if one.name.endswith(_DEGREES):
            kind = DECIMAL
        if one.code_list:
            kind = CODES if one.is_multiple else CODE
        fact = _FACTS.get(one.name, one.code_list)
        yield Column(one.name, one.section, kind, one.code_list, one.standard, fact)


def _ctdc_columns(standard: str) -> Iterator[Column]:
    kinds = {"flag": FLAG, "number": YEAR, "value": CODE}
    dataset: CtdcDataset = "synthetic" if standard == CTDC else "kanonymised"
    for one in vocabulary.ctdc_columns(dataset):
        kind = kinds.get(one.kind, TEXT)
        values_of = "" if one.code_list else f"{_domain_name(standard)}:{one.name}"
        fact = _FACTS.get(one.name, one.code_list)
        yield Column(one.name, one.group, kind, one.code_list, one.standard, fact, values_of)


def _domain_name(standard: str) -> str:
    return "ctdc_synthetic" if standard == CTDC else "ctdc_kanonymised"


def recognise(names: Collection[str], rows: Iterable[Mapping[str, str]] = ()) -> str:
    """The standard that a table's column names belong to, or `PLAIN`; where two are as near, some rows decide."""
    given = {name.lower() for name in names}
    scores = {standard: len(given & columns_of(standard).keys()) for standard in (CTDC, CTDC_2020, HTCDS)}
    best = max(scores.values())
    if best < ENOUGH_IN_COMMON:
        return PLAIN
    nearest = [standard for standard, score in scores.items() if score == best]
    looked_at = list(rows) if len(nearest) > 1 else []
    return min(nearest, key=lambda standard: sum(len(read_row(standard, row, {}).problems) for row in looked_at))


def read_row(standard: str, cells: Mapping[str, str], own: Mapping[str, Mapping[str, str]]) -> Coded:
    """Read the cells of a row, given by the standard's names of their columns; `own` says what words mean instead."""
    coded = Coded(raw={name: cell for name, cell in cells.items() if cell})
    columns = columns_of(standard)
    for name, cell in coded.raw.items():
        column = columns.get(name.lower())
        if column is not None and cell not in UNKNOWN_MARKS:
            _read(coded, column, cell, own.get(name, {}))
    _refine(coded)
    return coded


def _read(coded: Coded, column: Column, cell: str, own: Mapping[str, str]) -> None:
    if column.kind in (CODE, CODES):
        for part in parts(column, cell):
            _translate(coded, column, own.get(part.lower(), part))
    elif column.kind in (FLAG, TICK):
        _read_flag(coded, column, cell)
    elif column.kind in (NUMBER, DECIMAL, DAY, YEAR):
        try:
            _check_plain(column, cell)
        except values.Unreadable as error:
            coded.problems.append(Problem(column.name, error.message, error.allowed, dict(error.parts)))


def _check_plain(column: Column, cell: str) -> None:
    if column.kind == NUMBER:
        values.read_number(cell, 999)
    elif column.kind == DAY:
        _check_day(column, cell)
    elif column.kind == YEAR:
        latest = today().year
        if not cell.removesuffix(".0").isdecimal() or not FIRST_YEAR <= int(cell.removesuffix(".0")) <= latest:
            raise values.Unreadable(NOT_A_YEAR, cell, f"{FIRST_YEAR}–{latest}")
    else:
        try:
            float(cell.replace(",", "."))
        except ValueError:
            raise values.Unreadable(values.NOT_A_NUMBER, cell, "44.8178") from None


def _check_day(column: Column, cell: str) -> None:
    """A birth may be known in part; other days are whole."""
    if column.name == "prs_Birthdate":
        values.read_birth(cell, today())
    else:
        values.read_day(cell)


def parts(column: Column, cell: str) -> Iterator[str]:
    """The values of a cell, one after the other."""
    if column.kind != CODES:
        yield cell
        return
    for part in cell.replace("|", ";").replace("\n", ";").split(";"):
        text = part.strip()
        if "," in text and _known(column, text) is None:
            yield from (one.strip() for one in text.split(",") if one.strip())
        elif text:
            yield text


def _read_flag(coded: Coded, column: Column, cell: str) -> None:
    said = TICKS.get(cell.lower().removesuffix(".0"))
    if said is None:
        allowed = "1, 0, blank, -99" if column.kind == FLAG else "1, 0, true, false, yes, no"
        coded.problems.append(Problem(column.name, NOT_A_TICK, allowed, {"cell": cell}))
    elif said == "1" and column.code_list:
        ours = vocabulary.crosswalk(column.code_list, column.standard).exact(column.name)
        if ours:
            coded.facts.setdefault(column.fact, []).append(ours)


def _translate(coded: Coded, column: Column, value: str) -> None:
    """Find our code for a value of the standard; a value that only the standard has stays in `raw`."""
    if not value or (not column.code_list and not column.domain):
        return
    if not column.code_list:
        allowed = domain(column.domain)
        if allowed and vocabulary.standard_value(column.domain, value) is None:
            coded.problems.append(Problem(column.name, NOT_IN_STANDARD, ", ".join(allowed), {"cell": value}))
        return
    known = _known(column, value)
    walk = vocabulary.crosswalk(column.code_list, column.standard)
    if known is None:
        targets = list(dict.fromkeys(link.target for link in walk.links if link.target))
        shown = ", ".join(targets[: values.SHOWN]) + (", …" if len(targets) > values.SHOWN else "")
        coded.problems.append(Problem(column.name, NOT_IN_STANDARD, shown, {"cell": value}))
        return
    ours = walk.exact(known) or next(iter(walk.back(known)), None)
    if ours:
        coded.facts.setdefault(column.fact, []).append(ours)


def name_of(column: Column, value: str) -> str:
    """What the standard calls a value, or the value as it stands."""
    known = _known(column, value)
    walk = vocabulary.crosswalk(column.code_list, column.standard)
    return domain(walk.domain).get(known, known) if known and walk.domain else known or value


def _known(column: Column, value: str) -> str | None:
    return _standard_value(column.code_list, column.standard, value)


@cache
def _targets(code_list: str, standard: str) -> dict[str, str]:
    walk = vocabulary.crosswalk(code_list, standard)
    return {link.target.lower(): link.target for link in walk.links if link.target}


@lru_cache(maxsize=4096)
def _standard_value(code_list: str, standard: str, value: str) -> str | None:
    """The standard's value that a cell means: by its code, its name, or one of our names of the same code."""
    walk = vocabulary.crosswalk(code_list, standard)
    if walk.domain:
        return vocabulary.standard_value(walk.domain, value)
    if value.lower() in _targets(code_list, standard):
        return _targets(code_list, standard)[value.lower()]
    ours = vocabulary.codes(code_list).find(value)
    return next(iter(walk.forward(ours)), None) if ours else None


# A general form goes where the finer one that belongs to it is said too.
_FINER_SEXUAL = {"sexual_prostitution", "sexual_pornography", "sexual_online", "sexual_private"}
_FROM_SECTOR = {"begging": "forced_begging", "illicit": "forced_criminality"}


def _refine(coded: Coded) -> None:
    """What two cells say together: where it happened, and the form of exploitation as finely as the row says it.

    HTCDS has one country and the stage that it belongs to; CTDC counts begging and crime as sectors of labour.
    """
    if coded.facts.get("trafficking_stage", [EXPLOITATION]) != [EXPLOITATION]:
        coded.facts.pop("countries", None)
    found = dict.fromkeys(coded.all("forms_of_exploitation"))
    if _FINER_SEXUAL & found.keys():
        found.pop("sexual_other", None)
    sectors = coded.all("labour_sector")
    finer = [_FROM_SECTOR[sector] for sector in sectors if sector in _FROM_SECTOR]
    if finer and "forced_labour" in found:
        if len(finer) == len(sectors):
            del found["forced_labour"]
        found |= dict.fromkeys(finer)
    if found:
        coded.facts["forms_of_exploitation"] = list(found)


def band_years(band: str) -> tuple[int, int]:
    """The first and last year of a broad age; 0 where it has no end."""
    entry = vocabulary.codes("age_band")
    return int(entry.fact(band, "from", 0)), int(entry.fact(band, "to", 0))
