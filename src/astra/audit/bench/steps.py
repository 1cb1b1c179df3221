"""What is measured? Each step runs alone and prints its figures as JSON."""

# ruff: noqa: I001  (ready comes first: it sets Django up before a model is imported)

from astra.audit.bench import ready

import json
import random
import resource
import sys
import time
from collections.abc import Callable, Iterator
from uuid import UUID

from django.conf import settings
from django.core.management import call_command
from django.db import transaction

from astra.audit import selectors, services
from astra.audit.services import NewEntry
from astra.audit.verify import verify

__all__ = ["ready"]

_BATCH = 5000
_ACTORS = [UUID(int=number + 1) for number in range(40)]
_VERBS = ("vault.read", "people.searched", "hotline.contact_recorded", "cases.opened", "vault.refused")


def _entries(count: int) -> Iterator[NewEntry]:
    """A year of an organisation: most entries name one record, a page names 25, some have sealed words."""
    dice = random.Random(2026)  # noqa: S311  (invented data)
    for _number in range(count):
        named = dice.choices((1, 3, 25), (70, 20, 10))[0]
        yield NewEntry(
            dice.choice(_ACTORS),
            dice.choice(_VERBS),
            [f"{dice.getrandbits(17):032x}" for _subject in range(named)],
            detail={"people.identity": named},
            sealed=dice.randbytes(300) if dice.random() < 0.02 else b"",
            commitment=b"",
        )


def fill(count: int) -> dict[str, float]:
    """Record and number a whole log."""
    call_command("migrate", "audit", verbosity=0)
    services.ensure_signing_key(settings.ENV.home)
    new = _entries(count)
    recording = numbering = 0.0
    for _batch in range(0, count, _BATCH):
        rows = [entry for _place, entry in zip(range(_BATCH), new, strict=False)]
        began = time.perf_counter()
        with transaction.atomic():
            services.record_many(rows)
        recorded = time.perf_counter()
        while services.sequence_pending():
            pass
        recording += recorded - began
        numbering += time.perf_counter() - recorded
    return {"entries recorded per second": count / recording, "entries numbered per second": count / numbering}


def check(count: int) -> dict[str, float]:
    """Verify it."""
    began = time.perf_counter()
    verdict = verify()
    seconds = time.perf_counter() - began
    if not verdict.is_sound or verdict.size != count:
        raise SystemExit(f"{verdict.finding} ({verdict.size})")
    # Linux counts in KiB.
    megabytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 / 1e6
    return {"seconds to verify": seconds, "megabytes to verify": megabytes}


def ask(count: int) -> dict[str, float]:
    """Search it and prove from it."""
    day = selectors.tail(1)[0].recorded_at.date()
    questions: dict[str, Callable[[], object]] = {
        "newest page": selectors.entries,
        "page of one actor": lambda: selectors.entries(actor_id=_ACTORS[7]),
        "page of one verb on one day": lambda: selectors.entries(verb="vault.", day=day),
        "everything about one subject": lambda: selectors.entries(subject=f"{4711:032x}"),
        "everything about a subject that never was": lambda: selectors.entries(subject="f" * 32),
        "proof of inclusion": lambda: selectors.inclusion_proof(count // 3),
        "proof of consistency": lambda: selectors.consistency_proof(count // 3),
    }
    figures = {}
    for what, question in questions.items():
        question()
        began = time.perf_counter()
        question()
        figures[f"ms: {what}"] = (time.perf_counter() - began) * 1000
    return figures


if __name__ == "__main__":
    steps = {"fill": fill, "verify": check, "ask": ask}
    print(json.dumps(steps[sys.argv[1]](int(sys.argv[2]))))
