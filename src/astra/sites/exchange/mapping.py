"""Which column fills which field? A small file that the organisation reads, mends and keeps beside its spreadsheet.

kind = "contacts"
[columns]
"Datum poziva" = "received_at"
"Interna oznaka" = ""            # left out on purpose
[values.line]
"SOS" = "sos_trafficking"
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from astra.kernel.errors import Invalid, Problem
from astra.kernel.words import msg
from astra.sites.exchange.standards import CTDC, HTCDS, recognise
from astra.sites.exchange.tables import Table
from astra.sites.exchange.targets import KINDS, TARGETS, guess, target

PLAIN = "plain"
STANDARDS = (PLAIN, HTCDS, CTDC)
NOT_TOML = msg("The mapping file is not readable (line %(line)s). It is TOML, as Astra wrote it.")
OTHER_KIND = msg("The mapping file is for %(given)s, not for %(wanted)s.")
NO_COLUMN = msg("The mapping names a column that the table does not have.")
NO_FIELD = msg("There is no such field.")
MISSING_FIELD = msg("No column fills this field, and it must be filled.")


@dataclass(frozen=True)
class ColumnMapping:
    """A mapping that fits its table."""

    kind: str
    standard: str = PLAIN
    columns: Mapping[str, str] = field(default_factory=dict)
    values: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    constants: Mapping[str, str] = field(default_factory=dict)

    def left_out(self, table: Table) -> tuple[str, ...]:
        """Columns of the table that nobody reads."""
        return tuple(name for name in table.columns if not self.columns.get(name))


def guess_mapping(table: Table, kind: str) -> ColumnMapping:
    """A mapping to start from: standards by their column names, other columns by what they are usually called."""
    standard = recognise(table.columns)
    if standard:
        return ColumnMapping(kind, standard, {name: name for name in table.columns})
    taken: set[str] = set()
    columns = {}
    for name in table.columns:
        found = guess(kind, name)
        if found is not None and found.name not in taken:
            taken.add(found.name)
            columns[name] = found.name
        else:
            columns[name] = ""
    return ColumnMapping(kind, PLAIN, columns)


def write_mapping(mapping: ColumnMapping, path: Path) -> None:
    """Write a mapping for a person to read and mend."""
    lines = [f'kind = "{mapping.kind}"', f'standard = "{mapping.standard}"', "", "[columns]"]
    lines += [f"{_quote(column)} = {_quote(name)}" for column, name in mapping.columns.items()]
    lines += ["", "# What fills a field in every row, where no column does:", "[constants]"]
    lines += [f"{name} = {_quote(value)}" for name, value in mapping.constants.items()]
    lines += ["", "# What a word in the table means, field by field:"]
    for name, values in mapping.values.items():
        lines += [f"[values.{name}]", *(f"{_quote(word)} = {_quote(code)}" for word, code in values.items())]
    if mapping.kind in TARGETS:
        lines += ["", "# Fields that a column can fill: " + ", ".join(found.name for found in TARGETS[mapping.kind])]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def _quote(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\t", "\\t")
    return f'"{escaped}"'


def read_mapping(path: Path, table: Table, kind: str) -> ColumnMapping:
    """Read a mapping and check it against its table; raises `Invalid` with every problem."""
    try:
        raw = tomllib.loads(path.read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as error:
        line = str(error).rpartition("line ")[2].split(",")[0]
        raise Invalid(Problem("mapping", NOT_TOML, parts={"line": line})) from None
    if raw.get("kind") != kind:
        raise Invalid(Problem("mapping", OTHER_KIND, " ".join(KINDS), {"given": raw.get("kind"), "wanted": kind}))
    mapping = ColumnMapping(
        kind, raw.get("standard", PLAIN), raw.get("columns", {}), raw.get("values", {}), raw.get("constants", {})
    )
    check_mapping(mapping, table)
    return mapping


def check_mapping(mapping: ColumnMapping, table: Table) -> None:
    """Raise `Invalid` unless the mapping names only what there is, and every required field is filled."""
    problems = [
        Problem(column, NO_COLUMN, ", ".join(table.columns))
        for column in mapping.columns
        if column not in table.columns
    ]
    if mapping.standard == PLAIN:
        allowed = ", ".join(found.name for found in TARGETS[mapping.kind])
        named = {*filter(None, mapping.columns.values()), *mapping.constants}
        problems += [Problem(name, NO_FIELD, allowed) for name in named if target(mapping.kind, name) is None]
        problems += [
            Problem(found.name, MISSING_FIELD, "; ".join(found.headers))
            for found in TARGETS[mapping.kind]
            if found.is_required and found.name not in named
        ]
    if problems:
        raise Invalid(*problems)
