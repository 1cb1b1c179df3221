"""What runs, and is killed, in the drill? Each step is a process on a home of its own."""

# ruff: noqa: I001  (ready comes first: it sets Django up before a model is imported)

from astra.audit.bench import ready

import sys
from threading import Event

from django.conf import settings
from django.core.management import call_command

from astra.audit import selectors, sequencer, services
from astra.audit.verify import verify

__all__ = ["ready"]


def prepare() -> None:
    """Make the tables and the key."""
    call_command("migrate", "audit", verbosity=0)
    services.ensure_signing_key(settings.ENV.home)


def write(first: int) -> None:
    """Record one numbered entry after the other, and tell each that is committed; until killed."""
    while True:
        services.record(actor_id=None, verb="demo.made", detail={"n": first})
        print(first, flush=True)
        first += 1


def number() -> None:
    """Number without a pause; until killed."""
    sequencer.INTERVAL_SECONDS = 0.0
    sequencer.run(Event())


def check() -> None:
    """Verify as it was left, number the rest, verify again, tell what the log holds."""
    first = verify()
    assert first.is_sound, str(first.finding)
    while services.sequence_pending():
        pass
    second = verify()
    assert second.is_sound, str(second.finding)
    assert second.size == second.outside
    for row in selectors.entries(limit=second.size).rows:
        print(row.detail["n"])


if __name__ == "__main__":
    step = {"prepare": prepare, "number": number, "check": check}.get(sys.argv[1])
    if step is None:
        write(int(sys.argv[2]))
    else:
        step()
