"""What is missing, and which command mends it? `astra doctor` looks at everything and changes nothing.

It must answer on a machine where almost nothing works. So each group of checks is loaded by name, and a group
that cannot be loaded is itself a finding.
"""

import dataclasses
import importlib
import json
import os
import sys
from collections.abc import Callable

import click

from astra.config.checks.findings import Finding, State, missing
from astra.config.environment import NotSetUp

GROUPS = (
    "astra.config.checks.machine:machine_findings",
    "astra.config.checks.home:home_findings",
    "astra.config.checks.databases:database_findings",
    "astra.config.checks.unattended:unattended_findings",
    "astra.config.checks.connected:connected_findings",
)
NEED_DJANGO = (
    "astra.config.checks.databases",
    "astra.config.checks.unattended",
    "astra.config.checks.connected",
)
MARKS = {State.GOOD: "good", State.MISSING: "MISSING", State.NOTE: "note"}


@click.command()
@click.option("--json", "as_json", is_flag=True, help="The same for a program: a list of findings.")
def doctor(*, as_json: bool) -> None:
    """Say what is missing and which command mends it. Exit status 1 when something essential is missing."""
    findings = [finding for group in GROUPS for finding in look(group)]
    click.echo(as_text(findings) if not as_json else json.dumps([dataclasses.asdict(each) for each in findings]))
    sys.exit(any(finding.state is State.MISSING for finding in findings))


def look(group: str) -> list[Finding]:
    """Load one group of checks and let it look."""
    module, _, name = group.partition(":")
    try:
        if module in NEED_DJANGO:
            os.environ.setdefault("DJANGO_SETTINGS_MODULE", "astra.config.settings")
            importlib.import_module("django").setup()
        findings: Callable[[], list[Finding]] = getattr(importlib.import_module(module), name)
        return findings()
    except ImportError as error:
        return [missing("program", f"{error.name or 'a part'} cannot be loaded", "Run: make install")]
    except NotSetUp:
        return [missing("databases", "there is no installation to hold them", "Run: astra setup (or: make run)")]


def as_text(findings: list[Finding]) -> str:
    """One line per finding, and one more with the command that mends it."""
    lines = []
    for finding in findings:
        lines.append(f"{MARKS[finding.state]:>8}  {finding.what}: {finding.detail}".rstrip(": "))
        if finding.mend and finding.state is not State.GOOD:
            lines.append(f"{'':>10}{finding.mend}")
    ill = sum(finding.state is State.MISSING for finding in findings)
    lines.append("Nothing essential is missing." if not ill else f"Essential and missing: {ill}.")
    return "\n".join(lines)
