"""How does an installation begin, and how is it brought up to date? The same steps in order, each done once.

Steps are named in a table and loaded when their turn comes: the first ones must be done before Django can be.
"""

import importlib
import os
import time
from dataclasses import dataclass
from pathlib import Path

import click

from astra.config.environment import NotSetUp, read_environment
from astra.config.installation import (
    DEMO,
    ORGANISATION,
    PRACTICE,
    Installation,
    check_keys,
    make_home,
    read_installation,
    write_installation,
)


@dataclass(frozen=True)
class Step:
    """One step of set-up: the function that does it, for which kind of installation, and whether ever again."""

    name: str
    label: str
    target: str
    kinds: tuple[str, ...] = (DEMO, PRACTICE, ORGANISATION)
    is_repeated: bool = False

    def do(self) -> None:
        """Load the function and call it."""
        module, _, name = self.target.partition(":")
        getattr(importlib.import_module(module), name)()


STEPS = (
    Step("databases", "Databases", "astra.config.databases:migrate", is_repeated=True),
    Step("ledger", "Ledger of what stays erased", "astra.config.databases:take_ledger_again", is_repeated=True),
    Step("log", "Audit log", "astra.config.databases:make_log_key", is_repeated=True),
    Step("organisation", "Organisation", "astra.config.commands.founding:found", (ORGANISATION,)),
    Step("directory", "Institutions for the directory", "astra.directory.commands:load", (ORGANISATION,)),
    Step("recovery", "Recovery", "astra.config.commands.founding:prove_recovery", (ORGANISATION,)),
    Step("demo", "Invented organisation", "astra.config.commands.demo_office:load", (DEMO, PRACTICE)),
    Step("demo_directory", "Institutions for the directory", "astra.directory.commands:load", (DEMO, PRACTICE)),
)


@click.command()
@click.option("--demo", is_flag=True, help="An invented organisation with invented people, to look around.")
@click.option("--practice", is_flag=True, hidden=True, help="An invented organisation to practise in (astra practice).")
def setup(*, demo: bool, practice: bool) -> None:
    """Make the installation in ASTRA_HOME, or bring it up to date after an update.

    Safe to run again: what is done is not done twice, what was interrupted goes on.
    """
    os.umask(0o077)
    check_keys()
    env = read_environment()
    installation = begin(env.home, DEMO if demo else PRACTICE if practice else None)
    make_home(env)
    write_installation(env.home, installation)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "astra.config.settings")
    importlib.import_module("django").setup()
    for step in STEPS:
        if installation.kind not in step.kinds or (step.name in installation.done and not step.is_repeated):
            continue
        started = time.monotonic()
        step.do()
        installation = installation.with_step(step.name)
        write_installation(env.home, installation)
        click.echo(f"{step.label}: done in {time.monotonic() - started:.1f} s")
    click.echo("The installation is ready. Next: astra serve")


def begin(home: Path, wanted: str | None) -> Installation:
    """Return the installation to go on with; a real one never becomes another kind, nor another kind a real one."""
    found = read_installation(home)
    if found is None:
        return Installation(wanted or ORGANISATION)
    if wanted is not None and wanted != found.kind:
        raise NotSetUp(f"{home} holds an installation of another kind ({found.kind}). Choose another ASTRA_HOME.")
    return found
