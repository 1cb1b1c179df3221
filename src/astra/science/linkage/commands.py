"""`astra match`, `astra dedupe`, `astra link`: who is who in tables, on the terminal."""

import csv
import importlib
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TextIO

import click

from astra.science.linkage.engines.missing import EngineMissing
from astra.science.linkage.normalise.births import Unreadable
from astra.science.linkage.pairs import Pair, dedupe, link
from astra.science.linkage.record import Record
from astra.science.linkage.registry import Registry
from astra.science.linkage.tables import Table
from astra.science.linkage.weighing.weights import Weights, load_weights

BATCH = 50_000
EVERY_SECONDS = 2.0
SHOWN_BAD_ROWS = 20
_TABLE = click.Path(exists=True, dir_okay=False, path_type=Path)
_OUT = click.Path(dir_okay=False, writable=True, path_type=Path)


class _Progress:
    """Says every two seconds how far long work has come, on the error stream."""

    def __init__(self, what: str) -> None:
        self._what, self._begun, self._said = what, time.monotonic(), time.monotonic()

    def __call__(self, done: int, among: int | None = None) -> None:
        """Note that so many are done, of all if that is known."""
        now = time.monotonic()
        if now - self._said < EVERY_SECONDS:
            return
        self._said = now
        rate = done / max(now - self._begun, 1e-9)
        rest = f" of {among:,}, about {(among - done) / rate:,.0f} s left" if among else ""
        click.echo(f"{self._what}: {done:,}{rest}", err=True)


def _read(table: Table) -> Iterator[Record]:
    progress = _Progress(f"reading {table.path.name}")
    for number, record in enumerate(table.records(), start=1):
        progress(number)
        yield record


def _report(*tables: Table) -> None:
    """Name what was left out: columns that are not known, rows that cannot be read."""
    for table in tables:
        if table.unknown_columns:
            click.echo(f"{table.path.name}: columns not known, left out: {', '.join(table.unknown_columns)}", err=True)
        for bad in table.bad_rows[:SHOWN_BAD_ROWS]:
            click.echo(f"{table.path.name}, line {bad.line}: {bad.reason}; the row is left out", err=True)
        if len(table.bad_rows) > SHOWN_BAD_ROWS:
            click.echo(f"{table.path.name}: {len(table.bad_rows) - SHOWN_BAD_ROWS} more rows are left out", err=True)


def _registry(table: Table, weights: Weights) -> Registry:
    registry, batch = Registry(weights=weights), []
    for record in _read(table):
        batch.append(record)
        if len(batch) == BATCH:
            registry.add(batch)
            batch = []
    registry.add(batch)
    return registry


def _rows(out: TextIO, heading: str, rows: Iterable[tuple[object, ...]]) -> int:
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(heading.split())
    number = 0
    for row in rows:
        writer.writerow(row)
        number += 1
    return number


def _why(reasons: Iterable[object]) -> str:
    return "; ".join(str(reason) for reason in reasons)


@contextmanager
def _plainly() -> Iterator[None]:
    """End the command with a sentence where a table cannot be read at all, or an engine is not there."""
    try:
        yield
    except (Unreadable, EngineMissing) as error:
        raise click.ClickException(str(error)) from error


@contextmanager
def _whole(out: Path) -> Iterator[TextIO]:
    """Open a table that appears only when it is complete."""
    unfinished = out.with_name(out.name + ".part")
    with unfinished.open("w", encoding="utf-8", newline="") as file:
        yield file
    unfinished.replace(out)


_rules_option = click.option("--rules", is_flag=True, help="Weigh with the rules set by hand, not the learned weights.")
_threshold_option = click.option(
    "--threshold", type=click.FloatRange(0, 1), default=0.5, show_default=True, help="The least probability of a pair."
)
_out_option = click.option("--out", type=_OUT, required=True, help="The table to write.")
_engine_option = click.option(
    "--engine",
    type=click.Choice(["local", "duckdb", "spark"]),
    default="local",
    show_default=True,
    help="What compares the rows: this program, or Splink on DuckDB or on Spark (make install EXTRAS=linkage).",
)


def _elsewhere() -> Any:
    """What finds pairs on other engines; it is read only when asked for. Any: a module that is named at run time."""
    return importlib.import_module("astra.science.linkage.engines.running")


@click.command()
@click.argument("registry", type=_TABLE)
@click.argument("queries", type=_TABLE)
@click.option("--limit", type=click.IntRange(1, 1000), default=10, show_default=True, help="Candidates for each query.")
@_out_option
@_rules_option
def match(registry: Path, queries: Path, limit: int, out: Path, *, rules: bool) -> None:
    """Find in REGISTRY.csv who is meant by each row of QUERIES.csv.

    Writes query_id, rank, record_id, probability and reasons. Nothing is merged: a person decides.
    """
    known, asked = Table(registry), Table(queries)
    with _plainly():
        on_record = _registry(known, load_weights(is_by_rules=rules))
        progress = _Progress("asking")

        def answers() -> Iterator[tuple[object, ...]]:
            for number, query in enumerate(asked.records(), start=1):
                for rank, found in enumerate(on_record.search(query, limit), start=1):
                    yield query.id, rank, found.record_id, f"{found.probability:.6f}", _why(found.reasons)
                progress(number)

        with _whole(out) as file:
            _rows(file, "query_id rank record_id probability reasons", answers())
    _report(known, asked)


@click.command("dedupe")
@click.argument("registry", type=_TABLE)
@_out_option
@_threshold_option
@_rules_option
@_engine_option
def dedupe_command(registry: Path, out: Path, threshold: float, engine: str, *, rules: bool) -> None:
    """Find the rows of REGISTRY.csv that are of one person.

    A column `address` (street and number; several parted by semicolons) is compared like the others.
    Writes record_id_a, record_id_b, probability and reasons, the likeliest pair first.
    """
    table = Table(registry)
    with _plainly():
        on_record = _registry(table, load_weights(is_by_rules=rules))
        if engine == "local":
            pairs = dedupe(on_record, threshold=threshold, progress=_Progress("comparing"))
        else:
            pairs = _elsewhere().dedupe_on(engine, on_record, threshold=threshold)
        _write_pairs(out, pairs)
    _report(table)


@click.command("link")
@click.argument("first", type=_TABLE)
@click.argument("second", type=_TABLE)
@_out_option
@_threshold_option
@_rules_option
@_engine_option
def link_command(first: Path, second: Path, out: Path, threshold: float, engine: str, *, rules: bool) -> None:
    """Find the rows of A.csv and B.csv that are of one person.

    Writes record_id_a, record_id_b, probability and reasons, the likeliest pair first.
    """
    tables = Table(first), Table(second)
    with _plainly():
        weights = load_weights(is_by_rules=rules)
        lists = map(_read, tables)
        if engine == "local":
            pairs = link(*lists, threshold=threshold, weights=weights, progress=_Progress("comparing"))
        else:
            pairs = _elsewhere().link_on(engine, *lists, threshold=threshold, weights=weights)
        _write_pairs(out, pairs)
    _report(*tables)


def _write_pairs(out: Path, pairs: Iterable[Pair]) -> None:
    with _whole(out) as file:
        number = _rows(
            file,
            "record_id_a record_id_b probability reasons",
            ((pair.first, pair.second, f"{pair.probability:.6f}", _why(pair.reasons)) for pair in pairs),
        )
    click.echo(f"{number:,} pairs in {out}", err=True)
