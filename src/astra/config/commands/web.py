"""How are the pages served? One gunicorn worker with threads, on the loopback address, without an access log.

The application is loaded before the worker forks: what is not set up is said in one sentence and nothing
starts; the worker shares the loaded memory; and one that dies is back in a moment. One process, since an
open visit's keys live in its memory; a country runs several machines, each with its own visits.
"""

import gc
import importlib
import os
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click
from gunicorn.app.base import BaseApplication

from astra.config.installation import check_keys
from astra.config.supervisor import end_with_parent

DESK = "desk"
SHARED_MEMORY = Path("/dev/shm")  # noqa: S108  (gunicorn keeps its heartbeat file in memory, nothing of ours)


ONE_AFTER_THE_OTHER_S = 0.02
"""Pages of about this length are made one after the other: if they took turns every few milliseconds, all of them
would be ready late instead of the first one early."""


class Pages(BaseApplication):
    """Gunicorn with Astra's options; no configuration file and no environment variable changes them."""

    def __init__(self, host: str, port: int, threads: int, door: str = DESK) -> None:
        self.options = {
            "bind": f"{host}:{port}",
            "workers": 1,
            "worker_class": "gthread",
            "threads": threads,
            "preload_app": True,
            "timeout": 60,
            "graceful_timeout": 30,
            "worker_tmp_dir": str(SHARED_MEMORY) if SHARED_MEMORY.is_dir() else tempfile.gettempdir(),
            "control_socket_disable": True,
            "accesslog": None,
            "loglevel": "warning",
            "proc_name": "astra",
            "pre_fork": lambda arbiter, worker: gc.freeze(),
            "post_worker_init": lambda worker: begin_work(port, door),
        }
        super().__init__()

    def load_config(self) -> None:
        """Take the options above."""
        for name, value in self.options.items():
            self.cfg.set(name, value)

    def load(self) -> Callable[..., Any]:
        """Load the pages, after a look at the databases they stand on; nothing erased is served from a backup."""
        application: Callable[..., Any] = importlib.import_module("astra.config.wsgi").application
        databases = importlib.import_module("astra.config.checks.databases")
        databases.check_databases()
        importlib.import_module("astra.config.databases").take_ledger_again()
        databases.close_databases()
        return application


def begin_work(port: int, door: str = DESK) -> None:
    """What the process that makes the pages begins with: it watches that its search index outlives no visit."""
    sys.setswitchinterval(ONE_AFTER_THE_OTHER_S)
    if door == DESK:
        importlib.import_module("astra.people.keeper").start()
        click.echo(f"Astra is at http://localhost:{port}")
    else:
        click.echo(f"The public pages are at http://localhost:{port}")


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen on.")
@click.option("--port", default=8000, show_default=True, help="The port to listen on.")
@click.option("--threads", default=8, show_default=True, help="How many pages are made at the same time.")
@click.option("--door", type=click.Choice([DESK, "public"]), default=DESK, show_default=True, help="For whom.")
@click.option("--supervised", is_flag=True, hidden=True)
def web(host: str, port: int, threads: int, door: str, *, supervised: bool) -> None:
    """Serve the pages; `astra serve` starts this for both doors, together with the worker."""
    os.umask(0o077)
    os.environ["ASTRA_DOOR"] = door
    check_keys()
    if supervised:
        end_with_parent()
    Pages(host, port, threads, door).run()
