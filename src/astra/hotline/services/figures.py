"""How do figures leave the page? As a file, noted in the log; they hold numbers of codes, nothing about anybody."""

from django.db import transaction

from astra.audit import services as audit
from astra.hotline.rules.figures import Days
from astra.vault.actor import Actor


def note_figures_taken(*, actor: Actor, days: Days, line: str, is_rounded: bool) -> None:
    """Somebody takes the figures of a period with her: on the log before she has them."""
    actor.check_desk("coordination", "research")
    if not is_rounded:
        actor.check_desk("coordination")
    detail: dict[str, str | int | bool] = {
        "since": days.since.isoformat(),
        "until": days.until.isoformat(),
        "line": line,
        "rounded": is_rounded,
    }
    with transaction.atomic():
        audit.record(actor_id=actor.id, verb="hotline.figures_taken", detail=detail)
