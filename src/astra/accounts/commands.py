"""What can be done about colleagues at the terminal? `astra user ...`, each time with somebody's own keys."""

from uuid import UUID

import click

from astra.accounts import selectors
from astra.accounts.rules.roles import ROLES
from astra.accounts.services import changing, invitations, joining, officers, second_factors
from astra.accounts.terminal import ask_share, open_on_terminal
from astra.kernel.errors import NotFound

AS = click.option("--as", "acting", metavar="NAME", help="Your own sign-in name; asked for otherwise.")


@click.group()
def user() -> None:
    """Colleagues: who works here, inviting, letting in, helping back, leaving."""


def _member(name: str) -> UUID:
    member_id = selectors.member_called(name)
    if member_id is None:
        raise NotFound
    return member_id


@user.command("list")
@click.option("--departed", is_flag=True, help="Also those who have left.")
def list_users(*, departed: bool) -> None:
    """Name everybody who works here, with roles; needs no keys."""
    for one in selectors.colleagues(with_departed=departed):
        roles = ", ".join(sorted(one.roles)) or "-"
        click.echo(f"{one.work_name:<24} {one.state:<8} {roles}")


@user.command()
@click.argument("role", type=click.Choice(sorted(ROLES)))
@AS
def invite(role: str, acting: str | None) -> None:
    """Invite a colleague for ROLE; prints the last part of the one-time address."""
    link = invitations.invite(actor=open_on_terminal(acting), role=role)
    click.echo(f"/join/{link.token}/")


@user.command()
@click.argument("name")
@click.option("--role", "roles", multiple=True, type=click.Choice(sorted(ROLES)), help="Instead of the invited role.")
@AS
def admit(name: str, roles: tuple[str, ...], acting: str | None) -> None:
    """Let NAME in, after comparing her fingerprint by voice."""
    member_id, actor = _member(name), open_on_terminal(acting)
    fingerprint = _compared(member_id)
    wanted = roles or tuple(selectors.asked_roles(member_id))
    joining.admit(actor=actor, member_id=member_id, roles=wanted, fingerprint=fingerprint)
    click.echo("She works with you now.")


def _compared(member_id: UUID) -> str:
    fingerprint = selectors.fingerprint(member_id)
    click.echo(f"Call her. Her screen must show exactly these words:\n\n    {fingerprint}\n")
    click.confirm("Did you hear her voice, and did she read you these words?", abort=True)
    return fingerprint


@user.command()
@click.argument("name")
@AS
def again(name: str, acting: str | None) -> None:
    """Help NAME, who forgot her passphrase; prints the last part of the one-time address."""
    link = invitations.invite_again(actor=open_on_terminal(acting), member_id=_member(name))
    click.echo(f"/again/{link.token}/")


@user.command()
@click.argument("name")
@AS
def vouch(name: str, acting: str | None) -> None:
    """Vouch for NAME, who has new words: opens to her again what you both share."""
    member_id, actor = _member(name), open_on_terminal(acting)
    opened = changing.vouch(actor=actor, member_id=member_id, fingerprint=_compared(member_id))
    click.echo(f"Circles opened again: {opened}")


@user.command()
@click.argument("name")
@AS
def leave(name: str, acting: str | None) -> None:
    """NAME no longer works here: keys, roles and visits end now."""
    member_id, actor = _member(name), open_on_terminal(acting)
    click.confirm("Her keys are deleted and cannot be given back. Go on?", abort=True)
    changing.leave(actor=actor, member_id=member_id)
    click.echo("She can no longer open anything. Hand her cases over next.")


@user.command("reset-second-factor")
@click.argument("name")
@AS
def reset_second_factor(name: str, acting: str | None) -> None:
    """NAME lost passkey, phone and codes: she sets up new ones at her next sign-in."""
    second_factors.reset(actor=open_on_terminal(acting), member_id=_member(name))
    click.echo("At her next sign-in she sets up a new second factor.")


@user.command("revoke-all")
@click.argument("name", required=False)
@AS
def revoke_all(name: str | None, acting: str | None) -> None:
    """End every visit of NAME, or of everybody, at once."""
    actor = open_on_terminal(acting)
    ended = changing.end_visits(actor=actor, member_id=_member(name) if name else None)
    click.echo(f"Visits ended: {ended}")


@user.command("share-emergency")
def share_emergency() -> None:
    """Give every officer of today a share of the emergency key; needs two of the three recovery pages."""
    shares = [ask_share("First recovery page"), ask_share("Another recovery page")]
    names = selectors.work_names(officers.share_out(shares=shares))
    click.echo(f"Officers with a share: {', '.join(sorted(names.values()))}. Any two of them can open one record.")
