"""How does somebody connect a telephone exchange from the command line?"""

import os
import signal
import threading

import click
from django.conf import settings

from astra.config.checks.databases import check_databases
from astra.config.environment import NotSetUp
from astra.config.installation import check_keys
from astra.config.supervisor import end_with_parent
from astra.sites.telephone.hook import SECRET_FILE, make_hook
from astra.sites.telephone.listening import exchange_at
from astra.sites.telephone.listening import listen as listen_to
from astra.vault.services.secret_files import read_secret, secret_path


@click.group(invoke_without_command=True)
@click.option("--supervised", is_flag=True, hidden=True)
@click.pass_context
def telephone(context: click.Context, *, supervised: bool) -> None:
    """Listen to the exchange that ASTRA_TELEPHONE names (serve starts this)."""
    if context.invoked_subcommand is None:
        _listen(supervised=supervised)


def _listen(*, supervised: bool) -> None:
    os.umask(0o077)
    check_keys()
    check_databases()
    if not settings.ENV.telephone:
        raise NotSetUp("Say which exchange, for example ASTRA_TELEPHONE=kamailio://127.0.0.1:8448")
    exchange, ending = exchange_at(settings.ENV.telephone), threading.Event()
    if supervised:
        end_with_parent()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: ending.set())
    listen_to(exchange, ending)


@telephone.command()
def webhook() -> None:
    """Open the door for exchanges that send their events over the web, and show the secret they sign with."""
    os.umask(0o077)
    make_hook()
    key = read_secret(SECRET_FILE)
    assert key is not None
    click.echo(f"The secret lies in {secret_path(SECRET_FILE)}. As hexadecimal digits:\n{key.hex()}")
