"""How do the commands speak? One moving line for progress, and every problem with what would be right."""

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

import click

from astra.kernel.errors import Invalid

EVERY_SECONDS = 0.5
DONE = {"check": "read", "write": "imported", "export": "looked through"}


@contextmanager
def problems_said() -> Iterator[None]:
    """Say every problem of the file or its mapping, with what would be right."""
    try:
        yield
    except Invalid as error:
        for problem in error.problems:
            click.echo(
                f"{problem.field}: {problem.message % problem.parts if problem.parts else problem.message}", err=True
            )
            if problem.allowed:
                click.echo(f"    allowed: {problem.allowed}", err=True)
        raise click.exceptions.Exit(1) from None


@dataclass
class Progress:
    """How far it is, on one line of the terminal; in a file or a pipe nothing moves."""

    _shown_at: float = 0.0
    _width: int = 0
    _begun_at: float = field(default_factory=time.monotonic)

    def show(self, what: str, done: int, total: int) -> None:
        """Say how many rows are done."""
        moment = time.monotonic()
        if not sys.stderr.isatty() or (moment - self._shown_at < EVERY_SECONDS and done != total):
            return
        self._shown_at = moment
        of_all = f" of {total:,}" if total else ""
        line = f"{done:,}{of_all} rows {DONE[what]}, {moment - self._begun_at:.0f} s"
        click.echo("\r" + line.ljust(self._width), nl=False, err=True)
        self._width = len(line)

    def clear(self) -> None:
        """Make room for other lines."""
        if self._width:
            click.echo("\r" + " " * self._width + "\r", nl=False, err=True)
            self._width = 0
