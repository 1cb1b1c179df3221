"""How does reading get on the log? One entry for everything a page opened, before the answer leaves."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import transaction

from astra.audit import services as audit
from astra.vault.actor import Actor


def write_trail(actor: Actor, verb: str = "vault.read", *, reason: str = "") -> None:
    """Write what the actor opened, was refused, or found broken, in a transaction of its own; then start afresh."""
    trail = actor.trail
    if not (trail.opened or trail.refused or trail.broken):
        return
    with transaction.atomic():
        if trail.opened:
            opened: dict[str, list[str]] = {}
            for pseudonym, kind in sorted(trail.opened):
                opened.setdefault(kind, []).append(pseudonym)
            subjects = sorted({pseudonym for pseudonym, _ in trail.opened})
            sections = {kind: len(found) for kind, found in opened.items()}
            audit.record(actor_id=actor.id, verb=verb, subjects=subjects, reason=reason, detail=sections)
        for pseudonym, kind in sorted(trail.refused):
            audit.record(actor_id=actor.id, verb="vault.refused", subjects=[pseudonym], detail={"section": kind})
        for what in sorted(trail.broken):
            audit.record(actor_id=actor.id, verb="vault.broken_seal", detail={"what": what})
    trail.clear()


@contextmanager
def reading(actor: Actor, verb: str = "vault.read", *, reason: str = "") -> Iterator[None]:
    """Commands and tests read inside this block; whatever was opened is on the log when it ends, come what may."""
    try:
        yield
    finally:
        write_trail(actor, verb, reason=reason)
