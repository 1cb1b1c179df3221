"""What do the cells of one row say, field by field? What cannot be read becomes a problem and a blank."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TypeVar
from uuid import UUID

from astra.cases.entries import NewCase
from astra.hotline.entries import NewContact
from astra.kernel.errors import Problem
from astra.kernel.words import msg
from astra.people.rules.persons import NewPerson
from astra.science.script import normalise
from astra.sites.exchange import values
from astra.sites.exchange.mapping import ColumnMapping
from astra.sites.exchange.tables import Row
from astra.sites.exchange.targets import Target, targets, words_of

T = TypeVar("T")
NOT_A_COLLEAGUE = msg("“%(cell)s” is nobody's work name here.")
HAS_LEFT = msg("“%(cell)s” no longer works here and cannot be given files. Leave the field open, or name a colleague.")
REMEMBERED = 5_000


@dataclass
class Built:
    """One row, read: the numbers it goes by, what it becomes, and what could not be read."""

    row: Row
    number: str = ""
    person_numbers: tuple[str, ...] = ()
    case_number: str = ""
    person: NewPerson | None = None
    contact: NewContact | None = None
    case: NewCase | None = None
    role: str = ""
    """Who the person is: in the contact (caller, concerned) or in the case (a code of `case_role`)."""
    problems: list[Problem] = field(default_factory=list)

    @property
    def line(self) -> int:
        """The row as the spreadsheet numbers it."""
        return self.row.line


@dataclass(frozen=True)
class Worker:
    """Somebody who works here, or did."""

    member_id: UUID
    is_here: bool


class Columns:
    """The columns of one table by the field that they fill; what was read once is remembered for coded fields."""

    def __init__(self, mapping: ColumnMapping, colleagues: Mapping[str, Worker]) -> None:
        self.kind = mapping.kind
        self.colleagues = colleagues
        self.targets: Mapping[str, Target] = targets(mapping.kind)
        self.constants = mapping.constants
        self._columns: dict[str, list[str]] = {}
        for column, name in mapping.columns.items():
            self._columns.setdefault(name, []).append(column)
        self._own = {
            name: {**words_of(target.code_list), **values.folded(mapping.values.get(name, {}))}
            for name, target in self.targets.items()
        }
        self._known: dict[tuple[str, str], tuple[str, ...]] = {}

    def of(self, name: str) -> list[str]:
        """The columns that fill a field, first the first."""
        return self._columns.get(name, [])

    def own(self, name: str) -> Mapping[str, str]:
        """What the table's own words mean in a field."""
        return self._own.get(name, {})

    def codes(self, name: str, cell: str) -> tuple[str, ...]:
        """The codes that a cell means; the same words mean the same in every row."""
        key = (name, cell)
        if key not in self._known:
            target = self.targets[name]
            if target.reads == "codes":
                found = values.read_codes(cell, target.code_list, self.own(name))
            else:
                found = (values.read_code(cell, target.code_list, self.own(name)),)
            if len(self._known) > REMEMBERED:
                self._known.clear()
            self._known[key] = tuple(filter(None, found))
        return self._known[key]


class Cells:
    """One row's cells by field."""

    def __init__(self, columns: Columns, built: Built) -> None:
        self._columns, self._row, self._built = columns, built.row, built

    def text(self, name: str) -> str:
        """What the row says in a field, or the constant of the mapping."""
        columns = self._columns.of(name)
        if len(columns) > 1:
            said = [(column, self._row.cells[column]) for column in columns if self._row.cells[column]]
            found = "\n".join(f"{column}: {cell}" for column, cell in said)
        else:
            found = self._row.cells[columns[0]] if columns else ""
        return found or self._columns.constants.get(name, "")

    def columns_of(self, name: str) -> list[str]:
        """The columns that fill a field, or its own name where none does."""
        return self._columns.of(name) or [name]

    def read(self, name: str, how: Callable[[str], T], blank: T) -> T:
        """Read a field in its way; a blank cell stays blank, an unreadable one is named."""
        cell = self.text(name)
        if not cell:
            return blank
        try:
            return how(cell)
        except values.Unreadable as error:
            self.complain(name, error.message, error.allowed, **error.parts)
            return blank

    def complain(self, name: str, message: str, allowed: str = "", **parts: object) -> None:
        """Note what is wrong with a field."""
        self._built.problems.append(Problem(self.columns_of(name)[0], message, allowed, dict(parts)))

    def code(self, name: str) -> str:
        """One code of the field's list, or a blank."""
        return next(iter(self.codes(name)), "")

    def codes(self, name: str) -> tuple[str, ...]:
        """The codes of the field's list."""
        blank: tuple[str, ...] = ()
        return self.read(name, lambda cell: self._columns.codes(name, cell), blank)

    def day(self, name: str) -> date | None:
        """A whole day."""
        return self.read(name, values.read_day, None)

    def numbers(self, name: str) -> tuple[str, ...]:
        """Numbers of persons in the organisation's older records."""
        return values.read_numbers(self.text(name))

    def colleague(self, name: str, *, must_be_here: bool) -> UUID | None:
        """The member whose work name stands in the cell; past calls may have been taken by somebody who has left."""
        return self.read(name, lambda cell: self._colleague(name, cell, must_be_here), None)

    def _colleague(self, name: str, cell: str, must_be_here: bool) -> UUID | None:
        word = normalise(cell)
        known = self._columns.own(name)
        meant = normalise(known.get(word, cell))
        if not meant:
            return None
        if meant not in self._columns.colleagues:
            raise values.Unreadable(NOT_A_COLLEAGUE, cell, ", ".join(sorted(self._columns.colleagues)))
        worker = self._columns.colleagues[meant]
        if must_be_here and not worker.is_here:
            raise values.Unreadable(HAS_LEFT, cell, "")
        return worker.member_id
