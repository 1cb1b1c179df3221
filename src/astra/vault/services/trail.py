"""How does reading get on the log? One entry for everything a page opened, before the answer leaves."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import transaction

from astra.audit import services as audit
from astra.audit.services import NewEntry
from astra.vault.actor import Actor
from astra.vault.selectors.owned import spoken_about


def write_trail(actor: Actor, verb: str = "vault.read", *, reason: str = "") -> None:
    """Write what the actor opened, asked for, was refused or found broken, in one transaction; then start afresh."""
    entries = [*actor.trail.asked, *_read(actor, verb, reason)]
    if not entries:
        return
    with transaction.atomic():
        audit.record_many(entries)
    actor.trail.clear()


def _read(actor: Actor, verb: str, reason: str) -> Iterator[NewEntry]:
    trail = actor.trail
    if trail.opened:
        opened: dict[str, list[str]] = {}
        for pseudonym, kind in sorted(trail.opened):
            opened.setdefault(kind, []).append(pseudonym)
        # A note that is opened by its own address is a reading of hers: she asks who opened what speaks about her.
        subjects = sorted({pseudonym for pseudonym, _ in trail.opened} | spoken_about(trail.about))
        sections = {kind: len(found) for kind, found in opened.items()}
        yield NewEntry(actor.id, verb, subjects, reason, sections)
    for pseudonym, kind in sorted(trail.refused):
        yield NewEntry(actor.id, "vault.refused", [pseudonym], detail={"section": kind})
    for what in sorted(trail.broken):
        yield NewEntry(actor.id, "vault.broken_seal", detail={"what": what})


@contextmanager
def reading(actor: Actor, verb: str = "vault.read", *, reason: str = "") -> Iterator[None]:
    """Commands and tests read inside this block; whatever was opened is on the log when it ends, come what may."""
    try:
        yield
    finally:
        write_trail(actor, verb, reason=reason)
