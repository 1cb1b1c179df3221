"""How does a real organisation begin at the terminal? The first account, then the proof that recovery works.

What is shown here is shown once and kept nowhere: the passphrase of the first colleague and the three shares for
paper. Founding and proof are two steps of set-up: an interrupted proof is asked for again, the founding is not.
"""

import click

from astra.accounts.services.setup import Founded, found_organisation
from astra.kernel.errors import Invalid
from astra.vault.crypto import shamir
from astra.vault.crypto.passphrase import fold_passphrase, new_passphrase
from astra.vault.services import lastresort
from astra.vault.services.paper import read_paper_share, write_paper_share

TAKE_DOWN = """
Write the three shares of the recovery key on three sheets of paper and keep them in three places, with three
people. Any two of them open everything when nobody can sign in any more; one alone opens nothing.
"""


def found() -> None:
    """Make the organisation and its first account; show the passphrase and the shares for paper."""
    click.echo("\nThe first colleague invites and admits the others. She is asked for a name to sign in with and")
    click.echo("the name under which she works; neither needs to be her own.")
    username = click.prompt("Sign-in name")
    work_name = click.prompt("Work name")
    founded = _found_with_a_known_passphrase(username, work_name)
    click.echo(TAKE_DOWN)
    for number, share in enumerate(founded.recovery_shares, start=1):
        click.echo(f"Share {number}:  {write_paper_share(share)}")
    click.pause("\nPress a key when the three shares are on paper ...")
    click.clear()


def _found_with_a_known_passphrase(username: str, work_name: str) -> Founded:
    """Give her six words, let her type them once, and only then make the organisation."""
    passphrase = new_passphrase()
    click.echo(f"\nHer passphrase, chosen by the machine and never shown again:\n\n    {passphrase}\n")
    while fold_passphrase(click.prompt("Type it, to know that you have it")) != fold_passphrase(passphrase):
        click.echo("That is not the passphrase above; every word counts, capital letters and accents do not.")
    return found_organisation(username=username, work_name=work_name, passphrase=passphrase)


def prove_recovery() -> None:
    """Ask for two of the three shares as they stand on paper, until they open what they must."""
    click.echo("\nNow prove that recovery works: type two of the three shares from the paper.")
    while True:
        try:
            lastresort.recover(shares=[read_paper_share(click.prompt(f"Share {number} of 2")) for number in (1, 2)])
        except shamir.BadShare:
            click.echo("That is not a whole share. Check the groups for a typing mistake and begin again.")
        except Invalid as error:
            click.echo(str(error))
        else:
            click.echo("They open every circle. Recovery works.")
            return
