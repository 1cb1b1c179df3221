"""How does somebody give files on in a standard? Two people, a reason, on the log first; `astra export ...`."""

import click


@click.group()
def export() -> None:
    """Give files on."""
