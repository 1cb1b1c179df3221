"""What can be done with the audit log from the terminal? Verify, prove, witness, look at its end."""

import sys
from pathlib import Path
from typing import TextIO

import click

from astra.audit import selectors, services
from astra.audit.errors import Unreadable
from astra.audit.findings import Verdict
from astra.audit.rules.notes import BadNote, VerifierKey
from astra.audit.rules.proofs import InclusionProof
from astra.audit.verify import verify as verify_log
from astra.kernel.words import msg

_FILE = click.File(encoding="utf-8")


@click.group()
def audit() -> None:
    """The log of who did what: verify it, prove from it, witness the logs of others."""


@audit.command()
@click.option("--against", multiple=True, type=_FILE, help="A checkpoint of this log that was kept elsewhere.")
def verify(*, against: tuple[TextIO, ...]) -> None:
    """Hash every entry again; name the first that is not what it was. Exit status 1 if there is one."""
    verdict = verify_log([file.read() for file in against], _show_progress if sys.stderr.isatty() else None)
    click.echo(as_text(verdict))
    sys.exit(not verdict.is_sound)


def _show_progress(done: int, size: int) -> None:
    click.echo(f"\r{done:,} of {size:,} entries", nl=done == size, err=True)


def as_text(verdict: Verdict) -> str:
    """The verdict in sentences."""
    lines = [f"Set aside after a restored backup: audit/{name}" for name in verdict.set_aside]
    if verdict.finding is None:
        lines.append(
            f"The audit log is sound: {verdict.size:,} entries, {verdict.checkpoints:,} signed checkpoints, "
            f"{verdict.outside:,} entries also recorded outside the database."
        )
        lines.append(f"Root: {verdict.root.hex()}")
    else:
        lines.append("THE AUDIT LOG IS NOT WHAT IT WAS.")
        if verdict.finding.sequence is not None:
            lines.append(f"First bad leaf: {verdict.finding.sequence}")
        lines.append(str(verdict.finding))
        lines.append("Change nothing, keep database and ASTRA_HOME/audit as they are, call data protection.")
    return "\n".join(lines)


@audit.command()
@click.option("-n", "count", default=20, show_default=True, help="How many entries.")
def tail(*, count: int) -> None:
    """Show the newest entries, in codes."""
    for row in selectors.tail(count):
        detail = " ".join(f"{key}={value}" for key, value in row.detail.items())
        actor = row.actor_id or "-"
        said = f"{row.sequence} {row.recorded_at:%Y-%m-%dT%H:%M:%SZ} {actor} {row.verb} {','.join(row.subjects)}"
        click.echo(f"{said} {row.reason} {detail}".rstrip())
    waiting = selectors.pending_count()
    if waiting:
        click.echo(f"{waiting} more wait for their number.")


@audit.command()
def checkpoint() -> None:
    """Keep the newest checkpoint and print it: to be put on paper, mailed, given to a witness."""
    text = services.keep_checkpoint()
    if not text:
        raise Unreadable(msg("The audit log is still empty."))
    click.echo(text, nl=False)


@audit.command()
def key() -> None:
    """Print the public key of this log, to be compared by voice."""
    for verifier in selectors.verifier_keys():
        click.echo(verifier.text())


@audit.group()
def proof() -> None:
    """Proofs that others can check without seeing the log."""


@proof.command()
@click.argument("sequence", type=click.IntRange(min=0))
@click.option("--with-entry", is_flag=True, help="Let the reader see the entry (codes and pseudonyms), not its hash.")
def inclusion(*, sequence: int, with_entry: bool) -> None:
    """Prove that an entry is in the log."""
    click.echo(selectors.inclusion_proof(sequence, has_entry=with_entry).text(), nl=False)


@proof.command()
@click.argument("old_size", type=click.IntRange(min=0))
@click.argument("new_size", type=click.IntRange(min=0), required=False)
def consistency(*, old_size: int, new_size: int | None) -> None:
    """Prove that the log only grew since it had OLD_SIZE entries; this is what a witness asks for."""
    click.echo(selectors.consistency_proof(old_size, new_size).text(), nl=False)


@proof.command()
@click.argument("file", type=_FILE)
@click.option("--key", "key_text", required=True, help="The public key of the log, as `astra audit key` prints it.")
def check(*, file: TextIO, key_text: str) -> None:
    """Check a proof of inclusion, of this log or another."""
    try:
        told = InclusionProof.parse(file.read())
        head = told.check([VerifierKey.parse(key_text)])
    except BadNote as error:
        raise Unreadable(msg("The proof does not hold: %(why)s."), why=error) from error
    click.echo(f"Entry {told.index} is in the log {head.origin} of {head.size} entries: {told.leaf_hash.hex()}")


@audit.command()
@click.argument("file", type=_FILE)
@click.option("--key", "key_text", default="", help="The public key of the other log; needed once.")
@click.option("--out", type=click.Path(path_type=Path), help="Where to write the cosigned checkpoint.")
def witness(*, file: TextIO, key_text: str, out: Path | None) -> None:
    """Cosign another organisation's checkpoint, if it continues the last one that was cosigned here."""
    signed = services.cosign(actor_id=None, request=file.read(), key=key_text)
    if out is None:
        click.echo(signed, nl=False)
    else:
        out.write_text(signed, encoding="utf-8")
        click.echo(f"Cosigned: {out}")


@audit.command()
@click.confirmation_option(prompt="Was the database or ASTRA_HOME restored from a backup, and do you know by whom?")
def restored() -> None:
    """Let the log go on after a restored backup; the log says that it was restored."""
    if services.accept_restored(actor_id=None):
        click.echo("The outside record told of entries that the backup lacks; it was set aside as evidence.")
    click.echo("The log goes on, and says so.")
