"""How does somebody bring a spreadsheet in? Guess, mend the mapping, try it dry, import; `astra import ...`."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import UUID

import click

from astra.accounts import selectors as accounts
from astra.accounts.terminal import open_on_terminal
from astra.kernel.errors import AstraError, Invalid, NotFound
from astra.sites.exchange.commands.saying import Progress, problems_said
from astra.sites.exchange.importing import Importer, Report
from astra.sites.exchange.mapping import (
    ColumnMapping,
    check_mapping,
    guess_mapping,
    read_mapping,
    unknown_words,
    write_mapping,
)
from astra.sites.exchange.problem_list import ProblemList
from astra.sites.exchange.standards import PLAIN, TITLES, columns_of
from astra.sites.exchange.tables import ENCODINGS, Table, open_table
from astra.sites.exchange.targets import KINDS
from astra.vault.services.trail import reading

CHANGED = (
    "Change in Astra what has changed. If such a row is somebody else under the same number, as when numbers begin "
    "anew each year, write the year before the numbers of this table (2025/1) and import again: nobody is lost."
)
NOBODY_SIGNED_IN = (
    "Not signed in, so older numbers were not looked up. Add --as NAME to check references to people and files too."
)
FILE = click.Path(path_type=Path, dir_okay=False)


@dataclass(frozen=True)
class Wish:
    """What somebody typed."""

    kind: str
    table: Path
    guess: Path | None
    mapping: Path | None
    is_dry: bool
    report: Path | None
    without_unreadable: bool
    team: tuple[str, ...]
    encoding: str
    sheet: str
    header_row: int
    acting: str | None


@click.command("import")
@click.argument("kind", type=click.Choice(KINDS))
@click.argument("table", type=FILE)
@click.option("--guess", type=FILE, help="Write a mapping to start from into this file, and stop.")
@click.option("--mapping", type=FILE, help="The file that says which column fills which field.")
@click.option("--dry-run", "is_dry", is_flag=True, help="Name every row that cannot be read; write nothing.")
@click.option("--report", type=FILE, help="Write the rows that cannot be read into this CSV file.")
@click.option("--without-unreadable", is_flag=True, help="Leave out the rows that cannot be read; import the others.")
@click.option("--team", multiple=True, metavar="NAME", help="A colleague for the team of every imported file.")
@click.option("--encoding", default="", type=click.Choice(["", *ENCODINGS]), help="The letters of a CSV file.")
@click.option("--sheet", default="", help="Which sheet of a workbook; the first one otherwise.")
@click.option("--header-row", default=1, type=click.IntRange(1), help="The row that names the columns.")
@click.option("--as", "acting", metavar="NAME", help="Your own sign-in name; asked for otherwise.")
def import_command(**typed: Any) -> None:  # Any: what click hands over
    """Bring in contacts, people or cases from a table: CSV, XLSX, or HTCDS- and CTDC-coded files.

    Begin with --guess FILE, mend that file, try it with --mapping FILE --dry-run, then import. Nothing comes in unless
    every row can be read. Run twice, or again after an interruption, it brings in only what is not there yet.
    """
    wish = Wish(**typed)
    with problems_said():
        table = open_table(wish.table, encoding=wish.encoding, sheet=wish.sheet, header_row=wish.header_row)
        found = read_mapping(wish.mapping, table, wish.kind) if wish.mapping else guess_mapping(table, wish.kind)
        _introduce(table, found)
        if wish.guess:
            _write_guess(table, found, wish.guess)
            return
        _refuse_unread_columns(wish, table, found)
        check_mapping(found, table)
        _run(wish, table, found)


def _introduce(table: Table, mapping: ColumnMapping) -> None:
    """Say what the file is taken for."""
    click.echo(f"{table.path.name}: {table.form}, {len(table.columns)} columns.")
    if mapping.standard == PLAIN:
        click.echo(f"A table of your own, read as {mapping.kind}.")
    else:
        standard = columns_of(mapping.standard)
        known = sum(1 for name in mapping.columns.values() if name.lower() in standard)
        click.echo(f"Recognised: {TITLES[mapping.standard]}, {known} of its {len(standard)} columns.")
    for column, name in mapping.columns.items():
        if mapping.standard == PLAIN or name != column:
            click.echo(f"    {column}  ->  {name or '(left out)'}")


def _write_guess(table: Table, mapping: ColumnMapping, path: Path) -> None:
    if path.exists():
        click.confirm(f"{path} exists. Write over it?", abort=True)
    words = unknown_words(table, mapping) if mapping.standard == PLAIN else {}
    write_mapping(mapping, path, words)
    click.echo(f"Written: {path}. Look at it, mend it, then: --mapping {path} --dry-run")
    if mapping.left_out(table):
        click.echo(f"Columns that I do not recognise: {', '.join(mapping.left_out(table))}")
    for name, found in words.items():
        click.echo(f"Words in “{name}” that need a meaning: {len(found)}")


def _refuse_unread_columns(wish: Wish, table: Table, mapping: ColumnMapping) -> None:
    """What a guess leaves out is lost unnoticed; a mapping leaves it out on purpose."""
    if not wish.mapping and not wish.is_dry and mapping.left_out(table):
        missing = ", ".join(mapping.left_out(table))
        raise click.ClickException(f"Nobody reads these columns: {missing}. Write a mapping with --guess FILE.")


def _run(wish: Wish, table: Table, mapping: ColumnMapping) -> None:
    progress = Progress()
    with ProblemList(wish.report, progress.clear) as problems:
        if wish.is_dry and not wish.acting:
            checked = Importer(table, mapping, progress=progress.show).check(problems.add)
            _sum_up(checked, progress, is_dry=True)
            click.echo(NOBODY_SIGNED_IN)
            raise click.exceptions.Exit(1 if checked.unreadable else 0)
        actor = open_on_terminal(wish.acting)
        team = tuple(_member(name) for name in wish.team)
        with reading(actor, "exchange.read_for_import"):
            importer = Importer(table, mapping, actor, progress=progress.show)
            if wish.is_dry:
                checked = importer.check(problems.add)
                _sum_up(checked, progress, is_dry=True)
                raise click.exceptions.Exit(1 if checked.unreadable else 0)
            try:
                report = importer.run(team=team, without_unreadable=wish.without_unreadable, complain=problems.add)
            except Invalid:
                _sum_up(importer.checked, progress, is_dry=True)
                raise
            except (AstraError, KeyboardInterrupt):
                progress.clear()
                click.echo(importer.interrupted, err=True)
                raise
    _sum_up(report, progress, is_dry=False)


def _member(name: str) -> UUID:
    found = accounts.member_called(name)
    if found is None:
        raise NotFound
    return found


def _sum_up(report: Report, progress: Progress, *, is_dry: bool) -> None:
    progress.clear()
    if report.by_column:
        click.echo("Cells that cannot be read, by column:")
        for column, count in report.by_column.most_common():
            click.echo(f"    {count:>7}  {column}")
    if report.left_out:
        click.echo(f"Columns left out: {', '.join(report.left_out)}")
    click.echo(f"Rows: {report.rows}. Readable: {report.readable}. Not readable: {report.unreadable}.")
    if report.is_signed_in:
        click.echo(f"Imported before: {report.known}. Changed since: {report.changed}.")
    if report.changed:
        more = " and more" if report.changed > len(report.changed_lines) else ""
        click.echo(f"Changed since, so not imported again: row {', '.join(map(str, report.changed_lines))}{more}.")
        click.echo(CHANGED)
    if not is_dry:
        click.echo(f"Imported now: {report.imported}")
    elif not report.unreadable:
        click.echo("Every row can be read. Without --dry-run it is imported.")
