"""What do the standards of others contain, as far as Astra reads and writes them? Lean copies, as data.

HTCDS 2.0 (IOM, CC BY 4.0) with its fields and pick-lists; the columns and values of the CTDC datasets (facts about a
published format; no CTDC data).
"""

from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Literal

from astra.science.script import normalise
from astra.vocabulary.lists import codes
from astra.vocabulary.tables import read_table

CtdcDataset = Literal["synthetic", "kanonymised"]


@dataclass(frozen=True)
class HtcdsField:
    """One of the 84 fields of HTCDS 2.0; `code_list` and `standard` name the crosswalk that carries its values."""

    section: str
    name: str
    label: str
    type: str
    is_core: bool
    is_deprecated: bool
    code_list: str = ""
    standard: str = ""

    @property
    def is_multiple(self) -> bool:
        """Whether several values may stand in the field, parted by semicolons."""
        return self.type.startswith("Multiselect")


@dataclass(frozen=True)
class CtdcColumn:
    """One column of a CTDC dataset: the group it belongs to and how it is filled (flag, value, number, joined)."""

    name: str
    group: str
    kind: str
    code_list: str = ""
    standard: str = ""


@lru_cache(maxsize=1)
def htcds_fields() -> tuple[HtcdsField, ...]:
    """The fields of HTCDS 2.0 in the order of the standard."""
    return tuple(
        HtcdsField(
            section=row["section"],
            name=row["field"],
            label=row["label"],
            type=row["type"],
            is_core=row["core"] == "yes",
            is_deprecated=row["status"] == "DEPRECATED",
            code_list=row["code_list"],
            standard=row["standard"],
        )
        for row in read_table("standards/htcds_fields.csv").rows
    )


@lru_cache(maxsize=2)
def ctdc_columns(dataset: CtdcDataset = "synthetic") -> tuple[CtdcColumn, ...]:
    """The columns of a CTDC dataset, in its order."""
    return tuple(
        CtdcColumn(row["column"], row["group"], row["kind"], row["code_list"], row["standard"])
        for row in read_table("standards/ctdc_columns.csv").rows
        if row["dataset"] == dataset
    )


@cache
def domain(name: str) -> dict[str, str]:
    """The values that a crosswalk may lead to, with their names in the standard.

    `htcds:<field>` and `ctdc_<dataset>:<column>` are the values of a field; `ctdc_<dataset>.columns:<group>` are the
    columns of a group of flags; `list:<name>` is another code list of ours.
    """
    standard, _, part = name.partition(":")
    if standard == "list":
        return {entry.code: entry.labels["en"] for entry in codes(part)}
    if standard == "htcds":
        rows = read_table("standards/htcds_values.csv").rows
        return {row["code"]: row["label"] for row in rows if row["field"] == part}
    dataset, _, columns = standard.removeprefix("ctdc_").partition(".")
    if columns:
        table = read_table("standards/ctdc_columns.csv").rows
        return {row["column"]: row["column"] for row in table if row["dataset"] == dataset and row["group"] == part}
    values = read_table("standards/ctdc_values.csv").rows
    return {row["value"]: row["label"] for row in values if row["dataset"] == dataset and row["column"] == part}


def standard_value(name: str, text: str) -> str | None:
    """The value of a domain that a file means, read tolerantly (code or name, case, hyphens); None when unknown."""
    return _spellings(name).get(normalise(text).replace(" ", ""))


@cache
def _spellings(name: str) -> dict[str, str]:
    values = domain(name)
    spellings = [(label, value) for value, label in values.items()] + [(value, value) for value in values]
    return {normalise(spelling).replace(" ", ""): value for spelling, value in spellings}
