"""Who does the unattended work? One process with one thread per lane of the schedule."""

import os
import signal
import sys
import threading

import click

from astra.config.checks.databases import check_databases
from astra.config.commands.web import check_keys
from astra.config.schedule import LANES, Lane
from astra.config.supervisor import end_with_parent


@click.command()
@click.option("--supervised", is_flag=True, hidden=True)
def worker(*, supervised: bool) -> None:
    """Number and seal the audit log, finish erasures, sweep what has expired."""
    os.umask(0o077)
    check_keys()
    check_databases()
    if supervised:
        end_with_parent()
    ending = threading.Event()
    asked_to: list[int] = []

    def end(number: int, frame: object) -> None:
        asked_to.append(number)
        ending.set()

    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, end)
    lanes = [Lane(name, jobs, ending) for name, jobs in LANES.items() if jobs]
    for lane in lanes:
        lane.start()
    ending.wait()
    for lane in lanes:
        lane.join()
    sys.exit(0 if asked_to else 1)
