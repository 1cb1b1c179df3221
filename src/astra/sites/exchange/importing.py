"""How does a spreadsheet come in? Read whole first; then, if every row can be read, 500 rows at a time.

Each batch is one transaction together with the note of which row became which record, so an import that was
interrupted goes on where it stopped, and one that is run twice changes nothing.
"""

import hashlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from itertools import islice
from uuid import UUID

from django.conf import settings
from django.db import transaction

from astra.cases import services as cases
from astra.cases.rules.tiers import TEAM
from astra.hotline import services as hotline
from astra.hotline.rules.contacts import CONCERNED, Link
from astra.kernel.errors import Invalid, Problem
from astra.kernel.words import msg
from astra.people import services as people
from astra.sites.exchange.building import Builder, Built
from astra.sites.exchange.mapping import PLAIN, ColumnMapping
from astra.sites.exchange.models import ImportedRow
from astra.sites.exchange.tables import Row, Table
from astra.sites.exchange.targets import CASES, CONTACTS, PEOPLE
from astra.vault import selectors as vault
from astra.vault.actor import Actor
from astra.vault.crypto import aead

BATCH = 500
KEPT_PROBLEMS = 1000
CLIENT = "client"
UNREADABLE_ROWS = msg(
    "%(count)s rows cannot be read, so nothing was imported. Mend them, or leave them out on purpose."
)
TWICE_IN_FILE = msg("This number stands twice in the table, first in line %(line)s.")
UNKNOWN_PERSON = msg("Nobody with this number has been imported. Import the people first.")
UNKNOWN_CASE = msg("No file with this number has been imported. Import the files first.")

Progress = Callable[[str, int], None]


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
    imported: int = 0
    known: int = 0
    """Rows that were imported before."""
    unreadable: int = 0
    problems: list[RowProblem] = field(default_factory=list)
    left_out: tuple[str, ...] = ()

    def note(self, built: Built) -> None:
        """Count a row that has been read."""
        self.rows += 1
        if not built.problems:
            self.readable += 1
            return
        self.unreadable += 1
        room = KEPT_PROBLEMS - len(self.problems)
        self.problems += [RowProblem(built.line, problem) for problem in built.problems[: max(0, room)]]


@dataclass(frozen=True)
class _Keyed:
    """A row with the keys it and what it refers to go by."""

    built: Built
    key: bytes
    person_key: bytes | None
    case_key: bytes | None

    @property
    def keys(self) -> Iterator[bytes]:
        """Every key that must be looked up."""
        yield from (key for key in (self.key, self.person_key, self.case_key) if key)


class Importer:
    """One table with its mapping, on its way in."""

    def __init__(self, table: Table, mapping: ColumnMapping, progress: Progress) -> None:
        self._table, self._mapping, self._progress = table, mapping, progress
        self._builder = Builder(mapping)
        self._secret = aead.derive(settings.SECRET_KEY.encode(), b"astra.import.row.v1")

    def check(self) -> Report:
        """Read every row and say what cannot be read; nothing is written."""
        report = Report(left_out=self._mapping.left_out(self._table))
        for batch in self._batches():
            known = _known(batch)
            for keyed in batch:
                self._check_references(keyed, known)
                report.note(keyed.built)
                report.known += keyed.key in known
            self._progress("check", report.rows)
        return report

    def run(self, actor: Actor, *, team: tuple[UUID, ...] = (), without_unreadable: bool = False) -> Report:
        """Check everything, then write it; raises `Invalid` if a row cannot be read and that was not agreed to."""
        report = self.check()
        if report.unreadable and not without_unreadable:
            raise Invalid(Problem("rows", UNREADABLE_ROWS, parts={"count": report.unreadable}))
        written = 0
        for batch in self._batches():
            known = _known(batch)
            for keyed in batch:
                self._check_references(keyed, known)
            fresh = [keyed for keyed in batch if not keyed.built.problems and keyed.key not in known]
            if fresh:
                with transaction.atomic():
                    report.imported += self._write(actor, fresh, known, team)
            written += len(batch)
            self._progress("write", written)
        return report

    def _batches(self) -> Iterator[list[_Keyed]]:
        first_line: dict[bytes, int] = {}
        rows = self._table.rows()
        while batch := list(islice(rows, BATCH)):
            yield [self._keyed(row, first_line) for row in batch]

    def _keyed(self, row: Row, first_line: dict[bytes, int]) -> _Keyed:
        built = self._builder.build(row)
        kind = self._mapping.kind
        if built.number:
            key = self._key(kind, built.number)
            if key in first_line:
                column = self._builder.column("number")
                built.problems.append(Problem(column, TWICE_IN_FILE, parts={"line": first_line[key]}))
            first_line.setdefault(key, built.line)
        else:
            key = self._unnumbered_key(kind, row, first_line)
        person_key = self._key(PEOPLE, built.person_number) if built.person_number else None
        case_key = self._key(CASES, built.case_number) if built.case_number else None
        return _Keyed(built, key, person_key, case_key)

    def _key(self, kind: str, number: str) -> bytes:
        return aead.mac(self._secret, aead.context("number", kind, number.strip().casefold()))[:16]

    def _unnumbered_key(self, kind: str, row: Row, first_line: dict[bytes, int]) -> bytes:
        """A row without a number goes by its content; the same content again is the next one of its kind."""
        content = hashlib.sha256("\0".join(f"{name}={cell}" for name, cell in sorted(row.cells.items())).encode())
        again = 0
        while True:
            key = aead.mac(self._secret, aead.context("content", kind, content.digest(), again))[:16]
            if key not in first_line:
                first_line[key] = row.line
                return key
            again += 1

    def _check_references(self, keyed: _Keyed, known: dict[bytes, UUID]) -> None:
        if keyed.person_key and keyed.person_key not in known:
            keyed.built.problems.append(Problem(self._builder.column("person_number"), UNKNOWN_PERSON))
        if keyed.case_key and keyed.case_key not in known:
            keyed.built.problems.append(Problem(self._builder.column("case_number"), UNKNOWN_CASE))

    def _write(self, actor: Actor, fresh: list[_Keyed], known: dict[bytes, UUID], team: tuple[UUID, ...]) -> int:
        if self._mapping.standard != PLAIN:
            records = _write_standard(actor, fresh, team)
        elif self._mapping.kind == CONTACTS:
            records = _write_contacts(actor, fresh, known)
        elif self._mapping.kind == CASES:
            records = _write_cases(actor, fresh, known, team)
        else:
            records = people.register_people(actor=actor, people=[k.built.person for k in fresh if k.built.person])
        rows = zip(fresh, records, strict=True)
        ImportedRow.objects.bulk_create(
            ImportedRow(key=keyed.key, kind=self._mapping.kind, record_id=record) for keyed, record in rows
        )
        return len(records)


def _known(batch: Iterable[_Keyed]) -> dict[bytes, UUID]:
    keys = {key for keyed in batch for key in keyed.keys}
    rows = ImportedRow.objects.filter(key__in=keys).values_list("key", "record")
    return {bytes(key): record for key, record in rows}


def _write_contacts(actor: Actor, fresh: list[_Keyed], known: dict[bytes, UUID]) -> list[UUID]:
    case_ids = {known[keyed.case_key] for keyed in fresh if keyed.case_key}
    circles = {case_id: vault.case_circle(case_id, TEAM) for case_id in case_ids}
    contacts = []
    for keyed in fresh:
        contact = keyed.built.contact
        if contact is None:
            continue
        links = (Link(known[keyed.person_key], CONCERNED),) if keyed.person_key else ()
        circle = circles.get(known[keyed.case_key]) if keyed.case_key else None
        contacts.append(replace(contact, links=links, team_circle_id=circle, counsellor_id=actor.id))
    records = hotline.record_contacts(actor=actor, contacts=contacts)
    joined = [(known[k.case_key], record) for k, record in zip(fresh, records, strict=True) if k.case_key]
    if joined:
        cases.link_contacts(actor=actor, contacts_of=joined)
    return records


def _write_cases(actor: Actor, fresh: list[_Keyed], known: dict[bytes, UUID], team: tuple[UUID, ...]) -> list[UUID]:
    opened = []
    for keyed in fresh:
        if keyed.built.case is not None:
            linked = ((known[keyed.person_key], CLIENT),) if keyed.person_key else ()
            opened.append(replace(keyed.built.case, people=linked, team=team or None))
    return cases.open_cases(actor=actor, cases=opened)


def _write_standard(actor: Actor, fresh: list[_Keyed], team: tuple[UUID, ...]) -> list[UUID]:
    """One row of a standard is a person and her file."""
    made = people.register_people(actor=actor, people=[k.built.person for k in fresh if k.built.person])
    opened = [
        replace(keyed.built.case, people=((person, CLIENT),), team=team or None)
        for keyed, person in zip(fresh, made, strict=True)
        if keyed.built.case is not None
    ]
    cases.open_cases(actor=actor, cases=opened)
    return made
