"""How does a table leave the page? As a file, noted in the log; it holds numbers of codes, nothing about anybody."""

from django.db import transaction

from astra.audit import services as audit
from astra.vault.actor import Actor


def note_table_taken(*, actor: Actor, name: str, years: range, is_rounded: bool) -> None:
    """Somebody takes a table with her: on the log before she has it."""
    actor.check_desk("coordination", "research")
    if not is_rounded:
        actor.check_desk("coordination")
    detail: dict[str, str | int | bool] = {
        "what": name,
        "since": f"{years[0]}-01-01",
        "until": f"{years[-1]}-12-31",
        "rounded": is_rounded,
    }
    with transaction.atomic():
        audit.record(actor_id=actor.id, verb="research.table_taken", detail=detail)
