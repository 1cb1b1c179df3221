"""Who pauses, what did the organisation decide about looking on, and who looks on? Looking on is never unseen by us."""

from datetime import date
from uuid import UUID

from django.db import transaction

from astra.audit import services as audit
from astra.hotline.models import Conversation, Pause, WatchDecision, Watching
from astra.hotline.rules import live as rules
from astra.hotline.selectors.conversations import conversation
from astra.hotline.selectors.live import watch_decision
from astra.hotline.selectors.rota import on_shift_now
from astra.hotline.services.audience import Audience
from astra.hotline.services.waking import wake
from astra.kernel.clock import now, today
from astra.kernel.errors import NotAllowedNow, NotFound
from astra.vault import selectors as vault
from astra.vault.actor import Actor


def pause(*, actor: Actor, is_pausing: bool) -> None:
    """Say that one takes a break, or is back; it ends nothing and hides nothing from her."""
    actor.check_desk("hotline")
    if actor.id is None:
        raise NotFound
    if is_pausing and actor.id not in {one.member_id for one in on_shift_now(actor).present}:
        raise NotAllowedNow(rules.NOT_ON_SHIFT)
    with transaction.atomic():
        if is_pausing:
            Pause.objects.get_or_create(member_id=actor.id)
        else:
            Pause.objects.filter(member=actor.id).delete()
        audit.record(actor_id=actor.id, verb="hotline.paused" if is_pausing else "hotline.back_from_pause")


def decide_watching(*, actor: Actor, is_allowed: bool, decided_on: date | None) -> None:
    """Record what the organisation decided about looking on at conversations; the newest decision holds."""
    actor.check_desk("coordination")
    Audience(actor).check_senior()
    rules.check_decision(decided_on, today())
    if actor.id is None:
        raise NotFound
    with transaction.atomic():
        WatchDecision.objects.create(is_allowed=is_allowed, decided_on=decided_on or today(), written_by_id=actor.id)
        if not is_allowed:
            Watching.objects.update(looked_at=now() - rules.LOOKS_FOR)
        audit.record(actor_id=actor.id, verb="hotline.watching_decided", detail={"allowed": is_allowed})


def look_on(*, actor: Actor, conversation_id: UUID) -> Conversation:
    """Look on at a conversation: only where it is allowed, on the log, and seen by whoever answers.

    Where the organisation has not decided so the door does not exist.
    """
    actor.check_desk("coordination")
    if not watch_decision().is_allowed or actor.id is None:
        raise NotFound
    Audience(actor).check_senior()
    row = conversation(actor, conversation_id)
    rules.check_may_watch(is_her_own=row.taken_by_id == actor.id)
    at = now()
    with transaction.atomic():
        found, is_new = Watching.objects.get_or_create(conversation=row, member_id=actor.id)
        is_fresh = is_new or at - found.looked_at >= rules.LOOKS_FOR
        began = at if is_fresh else found.began_at
        Watching.objects.filter(pk=found.pk).update(looked_at=at, began_at=began)
        if is_fresh:  # a page that looks again by itself is one entry, not one every ten seconds
            subjects = list(vault.pseudonyms([conversation_id]).values())
            audit.record(actor_id=actor.id, verb="hotline.conversation_watched", subjects=subjects)
            wake()
    return row
