"""How does somebody connect e-mail, SMS and others from the command line, and know that they work?"""

import os
import signal
import threading
from collections.abc import Callable

import click

from astra.config.checks.databases import check_databases
from astra.config.installation import check_keys
from astra.config.supervisor import end_with_parent
from astra.kernel.errors import AstraError
from astra.sites.channels.checking import check_channel
from astra.sites.channels.settings import read_settings
from astra.sites.channels.working import work


class NotWell(AstraError):
    """A channel does not work; what was said before tells which and why."""


@click.group(invoke_without_command=True)
@click.option("--supervised", is_flag=True, hidden=True)
@click.pass_context
def channels(context: click.Context, *, supervised: bool) -> None:
    """Listen and send through the channels of channels.toml (serve starts this)."""
    if context.invoked_subcommand is None:
        _work(supervised=supervised)


def _work(*, supervised: bool) -> None:
    os.umask(0o077)
    check_keys()
    check_databases()
    ending = threading.Event()
    if supervised:
        end_with_parent()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: ending.set())
    work(ending)


@channels.command()
@click.argument("names", nargs=-1)
@click.option("--wait", default=120, show_default=True, help="Seconds to wait for the message that comes back.")
def check(names: tuple[str, ...], wait: int) -> None:
    """Send a message through each channel to ourselves and wait until it is back. Only then is the channel offered."""
    os.umask(0o077)
    check_keys()
    check_databases()
    told = [one for one in read_settings().channels if not names or one.channel in names]
    if not told:
        raise NotWell("No such channel is connected; docs/howto/channels.md says how.")
    say: Callable[[str], None] = click.echo
    failed = [one.channel for one in told if not check_channel(one, wait_s=wait, say=say)]
    if failed:
        raise NotWell(f"Not proved: {', '.join(failed)}")
