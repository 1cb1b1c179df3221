"""How does somebody act from the command line? With her own keys: a command asks for her passphrase."""

import click

from astra.accounts import selectors
from astra.accounts.services import signing
from astra.kernel.errors import Denied
from astra.kernel.words import msg
from astra.vault.actor import Actor, staff
from astra.vault.crypto import shamir
from astra.vault.services.paper import read_paper_share

NOT_OPENED = msg("The sign-in name and the passphrase do not belong together.")


def open_on_terminal(username: str | None = None) -> Actor:
    """Ask who acts and for her passphrase; returns her with open keys, or raises `Denied`."""
    name = username or click.prompt("Your sign-in name", err=True)
    words = click.prompt("Your passphrase", hide_input=True, err=True)
    found = signing.open_with_passphrase(username=name, passphrase=words)
    if found is None:
        raise Denied(NOT_OPENED)
    return staff(found.opened.member_id, selectors.desks_for(found.user), found.opened.keyring())


def ask_share(title: str) -> bytes:
    """Ask for one paper share; a mistyped one is asked for again at once."""
    while True:
        try:
            return read_paper_share(click.prompt(title, hide_input=True))
        except shamir.BadShare:
            click.echo("That is not a whole share: check for typing mistakes.")
