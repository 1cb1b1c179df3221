"""Who does the unattended work? One process, with a thread for each loop of the schedule."""

import os
import signal
import sys
import threading

import click

from astra.config.checks.databases import check_databases
from astra.config.installation import check_keys
from astra.config.schedule import CHORES, LOOPS, Chores, in_thread
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
    threads = [in_thread(loop, ending) for loop in (*LOOPS, Chores(CHORES).run)]
    ending.wait()
    for thread in threads:
        thread.join()
    sys.exit(0 if asked_to else 1)
