"""What do the tests of the exchange share? Tables of invented people, written as offices write them."""

import csv
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest

from astra.people import index
from astra.sites.exchange.importing import Importer, Report
from astra.sites.exchange.mapping import ColumnMapping, guess_mapping
from astra.sites.exchange.tables import open_table
from astra.vault.actor import Actor

Sheet = Sequence[Sequence[str]]
Write = Callable[..., Path]
BringIn = Callable[..., Report]


@pytest.fixture(autouse=True)
def _empty_index() -> Iterator[None]:
    index._INDEX.wipe()
    yield
    index._INDEX.wipe()


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Write rows as a CSV file and return its path."""

    def _write(rows: Sheet, name: str = "book.csv", *, encoding: str = "utf-8", delimiter: str = ";") -> Path:
        path = tmp_path / name
        with path.open("w", encoding=encoding, newline="") as file:
            csv.writer(file, delimiter=delimiter).writerows(rows)
        return path

    return _write


@pytest.fixture
def bring_in(write: Write) -> BringIn:
    """Import rows of one kind as somebody, with the guessed mapping or a given one."""

    def _bring_in(
        actor: Actor, kind: str, rows: Sheet, *, mapping: ColumnMapping | None = None, without_unreadable: bool = False
    ) -> Report:
        table = open_table(write(rows))
        importer = Importer(table, mapping or guess_mapping(table, kind), actor)
        return importer.run(without_unreadable=without_unreadable)

    return _bring_in
