"""How are blank forms printed? `astra print forms ...`."""

import click


@click.group("print")
def print_command() -> None:
    """Print."""
