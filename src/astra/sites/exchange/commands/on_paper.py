"""How are blank forms printed? `astra print forms ...`; made in good time, they lie in the drawer for the power cut."""

from pathlib import Path

import click

from astra.kernel.languages import LANGUAGES
from astra.sites.exchange.blank_forms import KINDS
from astra.sites.exchange.commands.saying import problems_said
from astra.sites.exchange.printing import can_make_pdf, print_sheet

FOLDER = click.Path(path_type=Path, file_okay=False)


@click.group("print")
def print_command() -> None:
    """Blank forms on paper, for power cuts."""


@print_command.command()
@click.option("--kind", "kinds", multiple=True, type=click.Choice(KINDS), help="Which form; all of them otherwise.")
@click.option("--language", "languages", multiple=True, type=click.Choice(LANGUAGES), help="sr-latn otherwise.")
@click.option("--out", "folder", required=True, type=FOLDER, help="The folder to write them into.")
@click.option("--name", default="", help="A neutral name for the head of the page; blank otherwise.")
def forms(kinds: tuple[str, ...], languages: tuple[str, ...], folder: Path, name: str) -> None:
    """Make A4 pages with the fields and codes of the screen, to be filled in by hand and typed in later."""
    with problems_said():
        for language in languages or ("sr-latn",):
            for kind in kinds or KINDS:
                click.echo(print_sheet(kind, language, folder, name=name).path)
    if can_make_pdf():
        click.echo("PDF pages, ready to be printed.")
    else:
        click.echo("Pango is missing here, so these are HTML pages: open them in a browser and print them.")
        click.echo("On Debian: apt install libpango-1.0-0 libpangoft2-1.0-0. Then again for PDF.")
    click.echo("Typed in later, a contact keeps the day and the time that stand on the paper.")
