"""How does somebody give files on in a standard? Two people, a reason, on the log first; `astra export ...`."""

from pathlib import Path

import click

from astra import vocabulary
from astra.accounts.terminal import open_on_terminal
from astra.sites.exchange.commands.saying import Progress, problems_said
from astra.sites.exchange.exporting import Giving
from astra.sites.exchange.exporting import export as give_on
from astra.sites.exchange.gathering import Two
from astra.sites.exchange.standards import CTDC, CTDC_2020, HTCDS, TITLES

FILE = click.Path(path_type=Path, dir_okay=False)
REASONS = vocabulary.codes("export_reason")
REASON = click.option("--reason", required=True, type=click.Choice(REASONS.offered), help="Why; it is kept in the log.")
AS = click.option("--as", "acting", metavar="NAME", help="The first sign-in name; asked for otherwise.")
WITH = click.option("--with", "second", metavar="NAME", help="The second person's sign-in name; asked for otherwise.")
DATASETS = {"synthetic": CTDC, "kanonymised": CTDC_2020}


@click.group()
def export() -> None:
    """Give files on in a standard: two people, a reason, and only what both may open.

    Cells that were imported go back exactly as they came, unless somebody has changed in Astra what they say.
    """


@export.command()
@click.argument("path", type=FILE)
@REASON
@AS
@WITH
def htcds(path: Path, reason: str, acting: str | None, second: str | None) -> None:
    """Write HTCDS 2.0 into a new CSV file, one row a person."""
    _give(HTCDS, path, reason, (acting, second))


@export.command()
@click.argument("path", type=FILE)
@click.option("--dataset", type=click.Choice(list(DATASETS)), default="synthetic", help="Which of CTDC's two forms.")
@REASON
@AS
@WITH
def ctdc(path: Path, dataset: str, reason: str, acting: str | None, second: str | None) -> None:
    """Write the columns of a CTDC dataset into a new CSV file, one row a person."""
    _give(DATASETS[dataset], path, reason, (acting, second))


def _give(standard: str, path: Path, reason: str, names: tuple[str | None, str | None]) -> None:
    click.echo(f"{TITLES[standard]}. What leaves this way is no longer protected by Astra's keys.")
    with problems_said():
        click.echo("First person")
        first = open_on_terminal(names[0])
        click.echo("Second person")
        two = Two(first, open_on_terminal(names[1]))
        progress = Progress()
        done = give_on(Giving(two, standard, reason, progress.show), path)
        progress.clear()
    click.echo(f"Written: {path}, {done.people} people, {done.as_imported} of them imported in this standard.")
    click.echo("Only you may read it. Hand it over sealed, and delete it as soon as it has arrived.")
