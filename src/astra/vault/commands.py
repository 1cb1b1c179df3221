"""What can be done with keys from the terminal? Rotation, recovery, and what a restored backup needs."""

import click

from astra.kernel.errors import AstraError
from astra.vault.crypto import shamir
from astra.vault.services import erasure, lastresort, restoring, rotation
from astra.vault.services.paper import read_paper_share


@click.group()
def vault() -> None:
    """Keys: what is left to rotate, recovery, restored backups."""


@vault.command()
def status() -> None:
    """Say what still hangs on older keys."""
    for what, count in rotation.left_to_rotate().items():
        click.echo(f"{what}: {count}")


@vault.command("after-restore")
def after_restore() -> None:
    """Take the outside ledger again: who was erased, what was withdrawn and who left does not come back.

    `astra setup` and every start of the pages do the same by themselves.
    """
    taken = restoring.take_again()
    click.echo(
        f"Taken again: {taken.lines} lines that the database did not know, {taken.keys} destroyed keys; "
        f"{taken.erasures} erasures finished."
    )


@vault.command()
def sweep() -> None:
    """Remove keystore keys and sealed files that nothing uses; finish interrupted erasures."""
    click.echo(f"Erasures finished: {erasure.finish_erasures()}")
    click.echo(f"Orphaned keys removed: {erasure.sweep_orphans()}")
    click.echo(f"Orphaned files removed: {erasure.sweep_files()}")


@vault.command()
def recover() -> None:
    """Prove that two of the three paper shares open everything, or use them when nobody can sign in."""
    shares = []
    for number in (1, 2):
        typed = click.prompt(f"Share {number} of 2 (words or groups, as on the paper)", hide_input=True)
        try:
            shares.append(read_paper_share(typed))
        except shamir.BadShare:
            raise click.ClickException("That is not a whole share: check for typing mistakes.") from None
    try:
        lastresort.recover(shares=shares)
    except AstraError as error:
        raise click.ClickException(str(error)) from None
    click.echo("The shares are right: they open every circle.")
