"""Where do rows that cannot be read go? Each one to the terminal, and all of them into a table if one is asked for."""

import csv
import os
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import IO, Any

import click

from astra.kernel.errors import Problem

COLUMNS = ("row", "column", "cell", "what is wrong", "allowed")


class ProblemList:
    """Says each problem as it is found; what is allowed in a column is said once on the terminal.

    The table holds cells of the spreadsheet, so that only this user may read it.
    """

    def __init__(self, path: Path | None, clear: Callable[[], None]) -> None:
        self._path, self._clear = path, clear
        self._file: IO[str] | None = None
        self._table: Any = None  # Any: the csv module does not export the type of its writers
        self._said: set[tuple[str, str]] = set()
        self.count = 0

    def __enter__(self) -> "ProblemList":
        if self._path is not None:
            descriptor = os.open(self._path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
            os.fchmod(descriptor, 0o600)
            self._file = os.fdopen(descriptor, "w", encoding="utf-8-sig", newline="")
            self._table = csv.writer(self._file, delimiter=";")
            self._table.writerow(COLUMNS)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._file is not None:
            self._file.close()
            self._clear()
            click.echo(f"{self.count} problems are listed in {self._path}")

    def add(self, line: int, cell: str, problem: Problem) -> None:
        """Take down one problem."""
        self.count += 1
        words = problem.message % problem.parts if problem.parts else problem.message
        self._clear()
        click.echo(f"row {line}, {problem.field}: {words}")
        if problem.allowed and (problem.field, problem.allowed) not in self._said:
            self._said.add((problem.field, problem.allowed))
            click.echo(f"    allowed: {problem.allowed}")
        if self._table is not None:
            self._table.writerow([_harmless(part) for part in (line, problem.field, cell, words, problem.allowed)])


def _harmless(part: object) -> str:
    """A cell that no spreadsheet program takes for a formula."""
    text = str(part)
    return f"'{text}" if text[:1] in ("=", "+", "-", "@", "\t", "\r") else text
