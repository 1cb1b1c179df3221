"""How does somebody import, export and print at the terminal?"""

from pathlib import Path

import click

from astra.accounts.terminal import sign_in
from astra.kernel.errors import Invalid
from astra.sites.exchange.importing import Importer, Report, RowProblem
from astra.sites.exchange.mapping import ColumnMapping, check_mapping, guess_mapping, read_mapping, write_mapping
from astra.sites.exchange.tables import Table, open_table
from astra.sites.exchange.targets import KINDS
from astra.vault.services.trail import reading

SHOWN = 40


def _progress(what: str, rows: int) -> None:
    words = {"check": "read", "write": "imported"}[what]
    click.echo(f"\r  {rows} rows {words}", nl=False, err=True)


@click.command("import")
@click.argument("kind", type=click.Choice(KINDS))
@click.argument("table", type=click.Path(path_type=Path))
@click.option("--mapping", "mapping_path", type=click.Path(path_type=Path), help="Which column fills which field.")
@click.option("--guess", "guess_path", type=click.Path(path_type=Path), help="Write a mapping to start from, and stop.")
@click.option("--dry-run", is_flag=True, help="Report every row that cannot be read; write nothing.")
@click.option("--without-unreadable", is_flag=True, help="Import the rows that can be read and leave the others out.")
@click.option("--as", "username", help="Your sign-in name; you are asked for your words.")
def import_command(
    kind: str,
    table: Path,
    mapping_path: Path | None,
    guess_path: Path | None,
    dry_run: bool,
    without_unreadable: bool,
    username: str | None,
) -> None:
    """Bring in people, contacts or cases from a spreadsheet (CSV, XLSX) or from a HTCDS or CTDC table.

    Begin with --guess FILE, mend the mapping, try it with --dry-run, then import. Running it twice changes nothing.
    """
    try:
        opened = open_table(table)
        mapping = read_mapping(mapping_path, opened, kind) if mapping_path else guess_mapping(opened, kind)
        if guess_path:
            write_mapping(mapping, guess_path)
            click.echo(
                f"Written: {guess_path}. Columns that nothing fills yet: {', '.join(mapping.left_out(opened)) or 'none'}"
            )
            return
        check_mapping(mapping, opened)
        _import(opened, mapping, dry_run, without_unreadable, username)
    except Invalid as error:
        for problem in error.problems:
            click.echo(
                f"{problem.field}: {problem.message % problem.parts if problem.parts else problem.message}", err=True
            )
            if problem.allowed:
                click.echo(f"    allowed: {problem.allowed}", err=True)
        raise click.exceptions.Exit(1) from None


def _import(
    table: Table, mapping: ColumnMapping, dry_run: bool, without_unreadable: bool, username: str | None
) -> None:
    importer = Importer(table, mapping, _progress)
    if dry_run:
        _say(importer.check(), table)
        return
    actor = sign_in(username)
    checked = importer.check()
    if checked.unreadable and not without_unreadable:
        _say(checked, table)
        raise click.ClickException("Nothing was imported. Mend the rows, or add --without-unreadable.")
    with reading(actor, "exchange.imported"):
        report = importer.run(actor, without_unreadable=without_unreadable)
    _say(report, table)


def _say(report: Report, table: Table) -> None:
    click.echo(err=True)
    for found in report.problems[:SHOWN]:
        _say_problem(found)
    if len(report.problems) > SHOWN:
        rest = table.path.with_suffix(".problems.csv")
        click.echo(f"... and {len(report.problems) - SHOWN} more; --dry-run > FILE keeps the whole list ({rest.name}).")
    if report.left_out:
        click.echo(f"Columns left out: {', '.join(report.left_out)}")
    click.echo(
        f"Rows: {report.rows}, readable: {report.readable}, not readable: {report.unreadable}, "
        f"imported before: {report.known}, imported now: {report.imported}"
    )


def _say_problem(found: RowProblem) -> None:
    problem = found.problem
    message = problem.message % problem.parts if problem.parts else problem.message
    click.echo(f"line {found.line}, {problem.field}: {message}")
    if problem.allowed:
        click.echo(f"    allowed: {problem.allowed}")
