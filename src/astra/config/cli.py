"""Which commands does `astra` have, and where does each live?

The table is all that `astra --help` reads: a command's module is imported when the command is called, and
Django only for the commands that need it. So help is instant, and the science commands never load Django.
"""

import importlib
import os
import sys
from dataclasses import dataclass
from importlib import metadata

import click

from astra.kernel.errors import AstraError

FAILED = 1


@dataclass(frozen=True)
class Entry:
    """Where a command lives, what it is for, and whether Django must be ready before it is imported."""

    target: str
    help: str
    needs_django: bool = True
    is_hidden: bool = False


COMMANDS: dict[str, Entry] = {
    "setup": Entry("astra.config.commands.setup:setup", "Make or update the installation in ASTRA_HOME.", False),
    "serve": Entry("astra.config.commands.serve:serve", "Be at work: the pages and the worker, supervised.", False),
    "web": Entry("astra.config.commands.web:web", "Only the pages (serve starts this).", False),
    "bell": Entry("astra.config.commands.bell:bell", "Only the sockets (serve starts this).", False),
    "worker": Entry("astra.config.commands.worker:worker", "Only the unattended work (serve starts this)."),
    "telephone": Entry("astra.config.commands.telephone:telephone", "Hear of calls (serve starts this); webhooks."),
    "channels": Entry(
        "astra.config.commands.channels:channels", "E-mail, SMS and others (serve starts this); check them."
    ),
    "doctor": Entry("astra.config.commands.doctor:doctor", "Say what is missing and which command mends it.", False),
    "user": Entry("astra.accounts.commands:user", "Colleagues: invite, admit, help back, leave."),
    "import": Entry("astra.sites.exchange.commands:import_command", "Bring in the spreadsheets that you already have."),
    "export": Entry("astra.sites.exchange.commands:export", "Give files on in a standard: two people and a reason."),
    "print": Entry("astra.sites.exchange.commands:print_command", "Blank forms on paper, for power cuts."),
    "match": Entry("astra.science.linkage.commands:match", "Find in one table who is meant in another.", False),
    "dedupe": Entry("astra.science.linkage.commands:dedupe_command", "Find the rows that are of one person.", False),
    "link": Entry("astra.science.linkage.commands:link_command", "Find the people whom two tables share.", False),
    "directory": Entry("astra.directory.commands:directory", "Bring along institutions to whom people are referred."),
    "audit": Entry("astra.audit.commands:audit", "The log: verify it, prove an entry, witness for others."),
    "vault": Entry("astra.vault.commands:vault", "Keys: rotation, recovery, restored backups."),
    "practice": Entry("astra.config.commands.practice:practice", "Practise, in an installation of its own.", False),
    "demo": Entry("astra.demo.commands:demo", "The invented organisation: give it a past, print its codes."),
    "version": Entry("astra.config.cli:version", "Say which Astra this is.", False),
}


class LazyGroup(click.Group):
    """A group that knows its commands from the table and imports only the one that is called."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Name every command, in the order of the table."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import the command that was called, after Django if it needs Django."""
        entry = COMMANDS.get(cmd_name)
        return load(entry) if entry else None

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the commands without importing any."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, entry.help) for name, entry in COMMANDS.items() if not entry.is_hidden])


def load(entry: Entry) -> click.Command:
    """Import one command; Django is made ready first when the table says so."""
    if entry.needs_django:
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "astra.config.settings")
        importlib.import_module("django").setup()
    module, _, name = entry.target.partition(":")
    command = getattr(importlib.import_module(module), name)
    assert isinstance(command, click.Command), entry.target
    return command


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
def astra() -> None:
    """Astra, the information system of an anti-trafficking organisation.

    ASTRA_HOME says where the data lives; without it, the folder var/ beside the program.
    """


@click.command()
def version() -> None:
    """Say which Astra this is, on which Python."""
    click.echo(f"Astra {metadata.version('astra')} on Python {sys.version.split()[0]}")


def main() -> None:
    """Run the command line; what a person can mend is said in one sentence, without a traceback."""
    try:
        astra(prog_name="astra")
    except AstraError as error:
        click.echo(f"astra: {error}", err=True)
        sys.exit(getattr(error, "exit_status", FAILED))
