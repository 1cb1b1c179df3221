"""Which column fills which field? A small file that the organisation reads, mends and keeps beside its spreadsheet.

kind = "contacts"
standard = "plain"
[columns]
"Datum poziva" = "received_at"
"Interna oznaka" = ""            # left out on purpose
[constants]
line = "sos_trafficking"
[values.kind]
"info poziv" = "information"
"""

import os
import tomllib
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import Any

from astra import vocabulary
from astra.kernel.errors import Invalid, Problem
from astra.kernel.words import msg
from astra.science.script import normalise
from astra.sites.exchange import standards, values
from astra.sites.exchange.standards import PLAIN, TITLES
from astra.sites.exchange.tables import Table
from astra.sites.exchange.targets import CODE, CODES, CONTACTS, KINDS, Target, guess, targets, words_of

NUMBER = "number"
NOT_TOML = msg("The mapping file is not readable (line %(line)s). It is TOML, as Astra wrote it.")
NOT_WORDS = msg("This part of the mapping file must hold words in quotation marks.")
OTHER_KIND = msg("The mapping file is for %(given)s, not for %(wanted)s.")
NO_STANDARD = msg("There is no such standard.")
NOT_FOR_CONTACTS = msg("A row of this standard is a person with her file. Import it as people.")
NO_COLUMN = msg("The mapping names a column that the table does not have.")
NOT_MENTIONED = msg('The mapping does not say what this column means. Leave it out on purpose with a blank: "".')
NO_FIELD = msg("There is no such field.")
TWO_COLUMNS = msg("Two columns fill the field %(field)s.")
MISSING_FIELD = msg("No column fills this field, and it must be filled.")
MOST_WORDS, ROWS_LOOKED_AT, ROWS_THAT_DECIDE = 40, 20_000, 50


@dataclass(frozen=True)
class ColumnMapping:
    """What the columns of a table mean."""

    kind: str
    standard: str = PLAIN
    columns: Mapping[str, str] = field(default_factory=dict)
    """The field of each column (for a standard: the standard's name of it); a blank leaves the column out."""
    values: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    """What the table's own words mean, field by field; a blank leaves the field open."""
    constants: Mapping[str, str] = field(default_factory=dict)

    def left_out(self, table: Table) -> tuple[str, ...]:
        """Columns of the table that nobody reads."""
        return tuple(name for name in table.columns if not self.columns.get(name))


def guess_mapping(table: Table, kind: str) -> ColumnMapping:
    """A mapping to start from: standards by their column names, other columns by what they are usually called."""
    standard = standards.recognise(table.columns, (row.cells for row in islice(table.rows(), ROWS_THAT_DECIDE)))
    if standard != PLAIN:
        return ColumnMapping(kind, standard, dict(_standard_columns(table, standard)))
    taken: set[str] = set()
    columns = {}
    for name in table.columns:
        found = guess(kind, name)
        is_free = found is not None and (found.gathers or found.name not in taken)
        columns[name] = found.name if found is not None and is_free else ""
        taken.add(columns[name])
    return ColumnMapping(kind, PLAIN, columns)


def _standard_columns(table: Table, standard: str) -> Iterator[tuple[str, str]]:
    known = standards.columns_of(standard)
    numbers = targets("people")[NUMBER].headers
    has_number = False
    for name in table.columns:
        if name.lower() in known:
            yield name, known[name.lower()].name
        elif not has_number and normalise(name) in numbers:
            has_number = True
            yield name, NUMBER
        else:
            yield name, ""


def unknown_words(table: Table, mapping: ColumnMapping) -> dict[str, Counter[str]]:
    """The words of coded columns that no list knows, by field, for whoever mends the mapping.

    A column with very many of them is no coded column: names and stories are not copied into a mapping file.
    """
    coded = {name: target for name, target in targets(mapping.kind).items() if target.has_codes and target.code_list}
    columns = [(name, coded[to]) for name, to in mapping.columns.items() if to in coded]
    found: dict[str, Counter[str]] = {target.name: Counter() for _, target in columns}
    for row in islice(table.rows(), ROWS_LOOKED_AT):
        for name, target in columns:
            cell = row.cells[name]
            if cell and not _is_known(target, cell):
                parts = values.parts_of(cell) if target.reads == CODES else [cell]
                found[target.name].update(part for part in parts if not _is_known(target, part))
    return {name: words for name, words in found.items() if 0 < len(words) <= MOST_WORDS}


def _is_known(target: Target, word: str) -> bool:
    return normalise(word) in words_of(target.code_list) or bool(vocabulary.codes(target.code_list).find(word))


def write_mapping(mapping: ColumnMapping, path: Path, words: Mapping[str, Counter[str]] | None = None) -> None:
    """Write a mapping for a person to read and mend; only this user may read it, as it repeats words of the table."""
    lines = [f"kind = {_quote(mapping.kind)}", f"standard = {_quote(mapping.standard)}", ""]
    lines += ["# What each column means. A blank leaves the column out.", "[columns]"]
    lines += [f"{_quote(column)} = {_quote(name)}" for column, name in mapping.columns.items()]
    if mapping.standard == PLAIN:
        lines += ["", "# Fields that a column can fill, and how such columns are usually called:"]
        lines += [_field_line(found) for found in targets(mapping.kind).values()]
    lines += ["", "# What fills a field in every row where its column is blank or absent, for example:"]
    lines += ['# line = "sos_trafficking"'] if mapping.kind == CONTACTS else []
    lines += ["[constants]", *(f"{name} = {_quote(value)}" for name, value in mapping.constants.items())]
    lines += [*_value_lines(mapping, words or {})]
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write("\n".join(lines) + "\n")


def _field_line(target: Target) -> str:
    must = " (must be filled)" if target.is_required else ""
    several = " (several columns may fill it)" if target.gathers else ""
    return f"#   {target.name}: {', '.join(target.headers[:3])}{must}{several}"


def _value_lines(mapping: ColumnMapping, words: Mapping[str, Counter[str]]) -> Iterator[str]:
    for name in dict.fromkeys([*mapping.values, *words]):
        yield ""
        target = targets(mapping.kind).get(name)
        if target is not None and target.code_list:
            yield "# Write behind each word the code that it means; a blank leaves the field open."
            yield f"# Allowed: {', '.join(vocabulary.codes(target.code_list).offered)}"
        yield f"[values.{_quote(name)}]"
        given = mapping.values.get(name, {})
        yield from (f"{_quote(word)} = {_quote(code)}" for word, code in given.items())
        fresh = words[name].most_common() if name in words else []
        yield from (f'{_quote(word)} = ""  # in {count} rows' for word, count in fresh if word not in given)


def _quote(text: str) -> str:
    """A text as a basic string of TOML."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return '"' + "".join(letter if letter.isprintable() else f"\\U{ord(letter):08x}" for letter in escaped) + '"'


def read_mapping(path: Path, table: Table, kind: str) -> ColumnMapping:
    """Read a mapping and check it against its table; raises `Invalid` with every problem."""
    try:
        raw = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        line = str(error).rpartition("line ")[2].split(",")[0]
        raise Invalid(Problem("mapping", NOT_TOML, parts={"line": line if line.isdecimal() else "?"})) from None
    except OSError:
        raise Invalid(Problem("mapping", msg("There is no mapping file of this name."))) from None
    if raw.get("kind") != kind:
        raise Invalid(Problem("mapping", OTHER_KIND, ", ".join(KINDS), {"given": raw.get("kind"), "wanted": kind}))
    valued = _part(raw, "values")
    mapping = ColumnMapping(
        kind,
        str(raw.get("standard", PLAIN)),
        _words("columns", _part(raw, "columns")),
        {name: _words(f"values.{name}", given) for name, given in valued.items()},
        _words("constants", _part(raw, "constants")),
    )
    check_mapping(mapping, table)
    return mapping


def _part(raw: dict[str, Any], name: str) -> dict[str, Any]:  # Any: TOML
    found = raw.get(name, {})
    if not isinstance(found, dict):
        raise Invalid(Problem(name, NOT_WORDS))
    return found


def _words(where: str, given: Any) -> dict[str, str]:  # Any: TOML
    if not isinstance(given, dict) or not all(isinstance(value, str) for value in given.values()):
        raise Invalid(Problem(where, NOT_WORDS))
    return {str(name): str(value).strip() for name, value in given.items()}


def check_mapping(mapping: ColumnMapping, table: Table) -> None:
    """Raise `Invalid` unless the mapping names only what there is, and every required field is filled."""
    there = ", ".join(table.columns)
    problems = [Problem(column, NO_COLUMN, there) for column in mapping.columns if column not in table.columns]
    problems += [Problem(column, NOT_MENTIONED) for column in table.columns if column not in mapping.columns]
    if mapping.standard not in (PLAIN, *TITLES):
        problems.append(Problem("standard", NO_STANDARD, ", ".join((PLAIN, *TITLES))))
    elif mapping.standard == PLAIN:
        problems += _plain_problems(mapping)
    else:
        problems += _standard_problems(mapping)
    if problems:
        raise Invalid(*problems)


def _twice(mapping: ColumnMapping, may_repeat: frozenset[str]) -> Iterator[Problem]:
    used = Counter(name for name in mapping.columns.values() if name and name not in may_repeat)
    for column, name in mapping.columns.items():
        if used[name] > 1:
            yield Problem(column, TWO_COLUMNS, parts={"field": name})


def _plain_problems(mapping: ColumnMapping) -> Iterator[Problem]:
    known = targets(mapping.kind)
    named = {*filter(None, mapping.columns.values()), *mapping.constants, *mapping.values}
    yield from (Problem(name, NO_FIELD, ", ".join(known)) for name in sorted(named - known.keys()))
    yield from _twice(mapping, frozenset(name for name, target in known.items() if target.gathers))
    filled = {*mapping.columns.values(), *(name for name, value in mapping.constants.items() if value)}
    for target in known.values():
        if target.is_required and target.name not in filled:
            yield Problem(target.name, MISSING_FIELD, "; ".join(target.headers[:6]))
        if target.reads in (CODE, CODES) and mapping.constants.get(target.name):
            yield from _constant_problems(target, mapping)
        for word, code in mapping.values.get(target.name, {}).items():
            if target.reads in (CODE, CODES) and code and code not in vocabulary.codes(target.code_list):
                allowed = values.some_of(target.code_list)
                yield Problem(f"values.{target.name}: {word}", values.NOT_A_CODE, allowed, {"cell": code})


def _constant_problems(target: Target, mapping: ColumnMapping) -> Iterator[Problem]:
    own = {**words_of(target.code_list), **values.folded(mapping.values.get(target.name, {}))}
    try:
        values.read_codes(mapping.constants[target.name], target.code_list, own)
    except values.Unreadable as error:
        yield Problem(f"constants.{target.name}", error.message, error.allowed, dict(error.parts))


def _standard_problems(mapping: ColumnMapping) -> Iterator[Problem]:
    if mapping.kind == CONTACTS:
        yield Problem("standard", NOT_FOR_CONTACTS)
    known = {column.name for column in standards.columns_of(mapping.standard).values()} | {NUMBER}
    named = set(filter(None, mapping.columns.values()))
    yield from (Problem(name, NO_FIELD, TITLES[mapping.standard]) for name in sorted(named - known))
    yield from _twice(mapping, frozenset())
