"""How does a spreadsheet come in? Read whole first; then, if every row can be read, 500 rows at a time.

Each batch is one transaction together with the note of which row became which record, so an import that was
interrupted goes on where it stopped, and one that is run twice changes nothing.
"""

import hashlib
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import islice
from uuid import UUID

from django.db import IntegrityError, transaction

from astra.accounts import selectors as accounts
from astra.audit import services as audit
from astra.kernel.errors import AstraError, Conflict, Denied, Invalid, Problem
from astra.kernel.words import msg
from astra.people.services.registering import taken_code_names
from astra.science.script import normalise
from astra.sites.exchange.building import Builder
from astra.sites.exchange.cells import Built, Worker
from astra.sites.exchange.coded_rows import CodedBuilder
from astra.sites.exchange.mapping import NUMBER, ColumnMapping, check_mapping
from astra.sites.exchange.references import Imported, Parts, References, number_parts, whole_parts
from astra.sites.exchange.standards import PLAIN
from astra.sites.exchange.tables import Row, Table
from astra.sites.exchange.targets import CASES, PEOPLE
from astra.sites.exchange.writing import Fresh, Writer
from astra.vault import selectors as vault
from astra.vault.actor import Actor

BATCH = 500
KEPT_CHANGED = 50
KEPT_PROBLEMS = 1000
UNREADABLE_ROWS = msg(
    "Rows that cannot be read: %(count)s. Nothing was imported. Mend them, or leave them out on purpose."
)
CHANGED_MEANWHILE = msg(
    "The table was changed while it was being imported. Run the import again: it goes on where it stopped."
)
SOMEBODY_IMPORTS = msg(
    "Somebody else is importing the same rows at this moment. Wait until she is done, then run it again."
)
TWICE_IN_FILE = msg("This number stands twice in the table, first in line %(line)s.")
UNKNOWN_PERSON = msg(
    "Nobody whom you may know of has been imported under the number “%(cell)s”. Import the people first."
)
UNKNOWN_CASE = msg(
    "No case that you may know of has been imported under the number “%(cell)s”. Import the cases first; "
    "if they are there, import as somebody who may open that case (--as NAME)."
)
CODE_NAME_TAKEN = msg("Somebody is known by this code name already.")
NOBODY = msg("Sign in first: a table is imported with somebody's keys.")

Progress = Callable[[str, int, int], None]
"""What is being done ("check", "write"), how many rows are done, how many there are (0: not known yet)."""
Complain = Callable[[int, str, Problem], None]
"""Line, cell and what is wrong with it, for every problem as it is found."""


@dataclass(frozen=True)
class RowProblem:
    """One cell that cannot be read: where, what is wrong, what would be right."""

    line: int
    problem: Problem


@dataclass
class Report:
    """What an import found and did."""

    rows: int = 0
    readable: int = 0
    unreadable: int = 0
    known: int = 0
    """Rows that were imported before."""
    changed: int = 0
    """Rows that were imported before and say something else now; Astra keeps what it has."""
    changed_lines: list[int] = field(default_factory=list)
    """Where the first of them stand: one may be somebody else under the same number."""
    imported: int = 0
    problems: list[RowProblem] = field(default_factory=list)
    """The first thousand; whoever needs all of them listens while they are found."""
    by_column: Counter[str] = field(default_factory=Counter)
    left_out: tuple[str, ...] = ()
    is_signed_in: bool = True
    """Whether older numbers could be looked up."""


@dataclass
class Keyed:
    """A row with what it is looked up by, and what it refers to."""

    built: Built
    digest: str
    parts: dict[str, Parts]
    """By what its record of each kind is looked up: a row of a standard is a person and a file."""
    known: dict[str, Imported] = field(default_factory=dict)
    people: tuple[UUID, ...] = ()
    case_id: UUID | None = None

    def is_known(self, kinds: tuple[str, ...]) -> bool:
        """Whether everything that the row becomes was imported before."""
        return all(kind in self.known for kind in kinds)


def _quiet(_what: str, _done: int, _all: int) -> None:
    """Show no progress."""


def _deaf(_line: int, _cell: str, _problem: Problem) -> None:
    """Listen to no complaint."""


class Importer:
    """One table with its mapping, on its way in; without an actor it can be checked, cell by cell."""

    def __init__(
        self, table: Table, mapping: ColumnMapping, actor: Actor | None = None, *, progress: Progress = _quiet
    ) -> None:
        check_mapping(mapping, table)
        self._table, self._mapping, self._actor, self._progress = table, mapping, actor, progress
        self._is_plain = mapping.standard == PLAIN
        self._builder = Builder(mapping, colleagues()) if self._is_plain else CodedBuilder(mapping)
        self.kinds = _kinds(mapping, self._builder)
        """What a row becomes: one record, or for a standard a person and her file."""
        self._references = References(actor) if actor is not None else None
        self.written = 0
        self.checked = Report()
        """What the last check found."""

    @property
    def interrupted(self) -> str:
        """What to say when it stops half-way."""
        return f"Stopped. Rows imported so far: {self.written}. Run the same command again: it goes on from there."

    def check(self, complain: Complain = _deaf) -> Report:
        """Read every row and say what cannot be read; nothing is written."""
        report = Report(left_out=self._mapping.left_out(self._table), is_signed_in=self._references is not None)
        for batch in self._batches():
            for keyed in batch:
                self._note(report, keyed, complain)
            self._progress("check", report.rows, 0)
        self.checked = report
        return report

    def run(
        self, *, team: tuple[UUID, ...] = (), without_unreadable: bool = False, complain: Complain = _deaf
    ) -> Report:
        """Check everything, then write it; raises `Invalid` if a row cannot be read and that was not agreed to."""
        if self._actor is None or self._references is None:
            raise Denied(NOBODY)
        writer = Writer(self._actor, self._references, self.kinds, team)
        writer.check_may()
        stamp = _stamp(self._table)
        report = self.check(complain)
        if report.unreadable and not without_unreadable:
            raise Invalid(Problem("rows", UNREADABLE_ROWS, parts={"count": report.unreadable}))
        self._write(writer, report, stamp)
        self._log(report)
        return report

    def _write(self, writer: Writer, report: Report, stamp: tuple[int, int]) -> None:
        done = 0
        for batch in self._batches():
            if _stamp(self._table) != stamp:
                raise Changed
            good = [one for one in batch if not one.built.problems and not one.is_known(self.kinds)]
            try:
                self.written += writer.write([_fresh(one) for one in good])
            except IntegrityError:
                raise Conflict(SOMEBODY_IMPORTS) from None
            report.imported = self.written
            done += len(batch)
            self._progress("write", done, report.rows)

    def _log(self, report: Report) -> None:
        assert self._actor is not None
        detail: dict[str, str | int | bool] = {
            "kind": self._mapping.kind,
            "standard": self._mapping.standard,
            "rows": report.rows,
            "imported": report.imported,
            "known": report.known,
            "left_out": report.unreadable,
        }
        with transaction.atomic():
            audit.record(actor_id=self._actor.id, verb="exchange.imported", detail=detail)

    # --- reading -----------------------------------------------------------------------------------------------------

    def _note(self, report: Report, keyed: Keyed, complain: Complain) -> None:
        report.rows += 1
        if keyed.is_known(self.kinds):
            report.known += 1
            if self._references and self._references.is_changed(next(iter(keyed.known.values())), keyed.digest):
                report.changed += 1
                report.changed_lines += [keyed.built.line] if len(report.changed_lines) < KEPT_CHANGED else []
        if not keyed.built.problems:
            report.readable += 1
            return
        report.unreadable += 1
        for problem in keyed.built.problems:
            report.by_column[problem.field] += 1
            if len(report.problems) < KEPT_PROBLEMS:
                report.problems.append(RowProblem(keyed.built.line, problem))
            complain(keyed.built.line, keyed.built.row.cells.get(problem.field, ""), problem)

    def _batches(self) -> Iterator[list[Keyed]]:
        seen = _Seen()
        rows = self._table.rows()
        while batch := [self._keyed(row, seen) for row in islice(rows, BATCH)]:
            if self._references is not None:
                self._look_up(self._references, batch)
            self._check_code_names(batch, seen)
            yield batch

    def _keyed(self, row: Row, seen: "_Seen") -> Keyed:
        built = self._builder.build(row)
        digest = hashlib.sha256("\0".join(f"{name}={cell}" for name, cell in sorted(row.cells.items())).encode())
        said = digest.hexdigest()
        if built.number:
            parts = {kind: number_parts(kind, built.number) for kind in self.kinds}
            first = seen.numbers.setdefault(parts[self.kinds[0]], built.line)
            if first != built.line:
                built.problems.append(Problem(self._builder.column(NUMBER), TWICE_IN_FILE, parts={"line": first}))
        else:
            again = seen.wholes[said]
            seen.wholes[said] += 1
            parts = {kind: whole_parts(kind, said, again) for kind in self.kinds}
        return Keyed(built, said, parts)

    def _look_up(self, references: References, batch: list[Keyed]) -> None:
        """Find what was imported before: the rows themselves, and the people and files that they refer to."""
        wanted = [parts for keyed in batch for parts in keyed.parts.values()]
        for keyed in batch:
            wanted += [number_parts(PEOPLE, number) for number in keyed.built.person_numbers]
            wanted += [number_parts(CASES, keyed.built.case_number)] if keyed.built.case_number else []
        found = references.find(wanted)
        meant = [one.record_id for parts, one in found.items() if parts[1] != self.kinds[0]]
        mine = vault.reachable_among(references.actor, meant) if meant else set()
        open_to_actor = {parts: one.record_id for parts, one in found.items() if one.record_id in mine}
        for keyed in batch:
            keyed.known = {kind: found[parts] for kind, parts in keyed.parts.items() if parts in found}
            self._refer(keyed, open_to_actor)

    def _refer(self, keyed: Keyed, found: Mapping[Parts, UUID]) -> None:
        built, people = keyed.built, []
        for number in built.person_numbers:
            person = found.get(number_parts(PEOPLE, number))
            if person is None:
                column = self._builder.column("person_number")
                built.problems.append(Problem(column, UNKNOWN_PERSON, parts={"cell": number}))
            else:
                people.append(person)
        keyed.people = tuple(dict.fromkeys(people))
        if built.case_number:
            keyed.case_id = found.get(number_parts(CASES, built.case_number))
            if keyed.case_id is None:
                column = self._builder.column("case_number")
                built.problems.append(Problem(column, UNKNOWN_CASE, parts={"cell": built.case_number}))

    def _check_code_names(self, batch: list[Keyed], seen: "_Seen") -> None:
        """A code name belongs to one person; rows that were imported before have theirs already."""
        named = [(keyed, keyed.built.person.code_name) for keyed in batch if keyed.built.person]
        fresh = [(keyed, name) for keyed, name in named if name and not keyed.is_known(self.kinds)]
        taken = taken_code_names([name for _, name in fresh]) if fresh else set()
        for keyed, name in fresh:
            if name in taken or normalise(name) in seen.code_names:
                keyed.built.problems.append(Problem(self._builder.column("code_name"), CODE_NAME_TAKEN))
            seen.code_names.add(normalise(name))


class Changed(AstraError):
    """Somebody saved the table between checking and writing."""

    def __init__(self) -> None:
        super().__init__(CHANGED_MEANWHILE)


@dataclass
class _Seen:
    """What the rows so far had, for finding what stands twice."""

    numbers: dict[Parts, int] = field(default_factory=dict)
    wholes: Counter[str] = field(default_factory=Counter)
    code_names: set[str] = field(default_factory=set)


def colleagues() -> dict[str, Worker]:
    """Everybody who works or worked here, by work name; whoever works here now comes before a namesake who left."""
    everybody = accounts.colleagues(with_departed=True)
    return {
        normalise(one.work_name): Worker(one.member_id, one.left_at is None)
        for one in sorted(everybody, key=lambda one: one.left_at is None)
    }


def _kinds(mapping: ColumnMapping, builder: Builder | CodedBuilder) -> tuple[str, ...]:
    if isinstance(builder, CodedBuilder):
        return (PEOPLE, CASES) if builder.opens_files else (PEOPLE,)
    return (mapping.kind,)


def _stamp(table: Table) -> tuple[int, int]:
    known = table.path.stat()
    return known.st_mtime_ns, known.st_size


def _fresh(keyed: Keyed) -> Fresh:
    return Fresh(
        built=keyed.built,
        digest=keyed.digest,
        parts=keyed.parts,
        known={kind: one.record_id for kind, one in keyed.known.items()},
        people=keyed.people,
        case_id=keyed.case_id,
    )
