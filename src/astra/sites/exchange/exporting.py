"""How are files given on in a standard? By two people, for a reason, and on the log before the file exists.

Only what both may open leaves. The rows are opened, logged and written in small lots, so that nothing is in the file
that is not on the log, and nothing more than a lot lies open in memory.
"""

import csv
import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from astra import vocabulary
from astra.kernel.errors import Invalid, Problem
from astra.kernel.words import msg
from astra.sites.exchange import standards
from astra.sites.exchange.gathering import LOT, Listed, Subject, Two, everybody, subjects
from astra.sites.exchange.known import fresh_row, give_back
from astra.sites.exchange.neutral import check_file_name

EXISTS = msg("A file of this name exists already. Nothing is written over it.")
NOBODY = msg("There is nobody whose file you both may open and whom this standard describes.")

Progress = Callable[[str, int, int], None]


@dataclass(frozen=True)
class Exported:
    """What an export gave on."""

    people: int
    as_imported: int
    """How many of them were imported in this very standard."""


@dataclass(frozen=True)
class Giving:
    """Who gives on what, in which standard and why."""

    two: Two
    standard: str
    reason: str
    progress: Progress


def export(giving: Giving, path: Path) -> Exported:
    """Write everybody whom both may open into a new file that only this user may read."""
    two = giving.two
    two.check()
    vocabulary.check("export_reason", giving.reason, field="reason")
    check_file_name(path)
    if path.exists():
        raise Invalid(Problem("file", EXISTS))
    found = everybody(two)
    two.log("exchange.export_begun", giving.reason, standard=giving.standard, people=len(found))
    if not found:
        raise Invalid(Problem("people", NOBODY))
    done = _write_file(giving, path, found)
    two.log("exchange.exported", giving.reason, standard=giving.standard, people=done.people)
    return done


def _write_file(giving: Giving, path: Path, found: Sequence[Listed]) -> Exported:
    """Write beside the place first: whatever breaks off leaves no half file behind."""
    part = path.with_name(f"{path.name}.part")
    descriptor = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(descriptor, "w", encoding="utf-8-sig", newline="") as file:
            done = _write_rows(giving, file, found)
        os.link(part, path)  # unlike a rename, this refuses to write over what came up meanwhile
    finally:
        part.unlink()
    return done


def _write_rows(giving: Giving, file: IO[str], found: Sequence[Listed]) -> Exported:
    table = csv.DictWriter(file, [column.name for column in standards.columns_of(giving.standard).values()])
    table.writeheader()
    written = as_imported = 0
    for start in range(0, len(found), LOT):
        lot = list(subjects(giving.two, found[start : start + LOT]))
        giving.two.log_opened(giving.reason)
        for subject in lot:
            table.writerow(_row(giving.standard, subject))
            written += 1
            as_imported += _is_of(subject, giving.standard)
        giving.progress("export", min(start + LOT, len(found)), len(found))
    return Exported(written, as_imported)


def _is_of(subject: Subject, standard: str) -> bool:
    return subject.imported is not None and subject.imported.standard == standard


def _row(standard: str, subject: Subject) -> dict[str, str]:
    """The row of one person: as it came where nothing changed, as Astra knows her otherwise."""
    if subject.imported is not None and subject.imported.standard == standard:
        return give_back(standard, subject.imported.raw, subject.was, subject.now)
    return fresh_row(standard, subject.now)
