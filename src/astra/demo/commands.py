"""What can be done with the invented organisation from the terminal? Give it a past, and read its codes."""

import click
from django.conf import settings

from astra.accounts.rules.roles import ROLES
from astra.accounts.services import signing
from astra.demo.cast import EVERYBODY, Employed, Person
from astra.demo.filling import SIZES
from astra.demo.filling import fill as invent
from astra.demo.second_factors import present_code, set_up
from astra.kernel.clock import today
from astra.kernel.errors import NotAllowedNow
from astra.kernel.words import msg

REAL_PLACE = msg("This is not a demo. Nobody is invented among real people.")
NOT_HERS = msg("%(name)s does not sign in with the words of the demo any more.")


@click.group()
def demo() -> None:
    """The invented organisation: its past, and the codes of its people."""


@demo.command()
@click.option("--size", type=click.Choice(list(SIZES)), default="office", show_default=True, help="How much.")
@click.option("--seed", default=1, show_default=True, help="The same seed invents the same people.")
def fill(*, size: str, seed: int) -> None:
    """Invent more people, files and contacts."""
    check_invented()
    employed = {person.key: sign_in(person) for person in EVERYBODY}
    invent(employed, SIZES[size], seed=seed, today=today(), progress=show_progress)


@demo.command()
def codes() -> None:
    """Print who can sign in, and the present code of each."""
    check_invented()
    set_up(person.key for person in EVERYBODY)
    click.echo(who_can_sign_in())
    for person in EVERYBODY:
        code = present_code(person.key)
        click.echo(f"  {person.key:<{WIDEST}}  {code.digits}  for {code.seconds_left} s more")


WIDEST = max(len(person.key) for person in EVERYBODY)


def who_can_sign_in() -> str:
    """Everybody's sign-in name and words, and where the code comes from."""
    wide = max(len(person.passphrase) for person in EVERYBODY)
    lines = [
        f"  {person.key:<{WIDEST}}  {person.passphrase:<{wide}}  {', '.join(ROLES[role].name for role in person.roles)}"
        for person in EVERYBODY
    ]
    return "\n".join(
        [
            "Everybody in this demo is invented. Sign in with a name and its six words:",
            *lines,
            "The code that is asked for next stands on the page; in the terminal: astra demo codes",
        ]
    )


def check_invented() -> None:
    """Refuse to invent anybody where people are real."""
    if settings.INSTALLATION_KIND not in ("demo", "practice"):
        raise NotAllowedNow(REAL_PLACE)


def sign_in(person: Person) -> Employed:
    """Open the key of one invented person with her words."""
    found = signing.open_with_passphrase(username=person.key, passphrase=person.passphrase)
    if found is None:
        raise NotAllowedNow(NOT_HERS, name=person.key)
    return Employed(person, found.user.id, found.opened)


def show_progress(what: str, done: int, total: int) -> None:
    """One line that counts up."""
    click.echo(f"\r{what}: {done:,} of {total:,}", nl=done >= total, err=True)
