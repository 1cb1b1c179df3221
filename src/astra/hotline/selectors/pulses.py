"""Has anything changed in these conversations? Numbers only, for a process that holds no key and opens nothing."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from astra.hotline.models import Conversation, ConversationVisit, Talk
from astra.hotline.rules.conversations import ENDED, is_visit_over
from astra.vault.prepared import Prepared

Pulse = tuple[object, ...]
"""Two of them differ when there is something to look at."""

_ROWS = Prepared(
    lambda conversations: Conversation.objects.filter(pk__in=conversations).values_list(
        "pk", "state", "taken_by", "offered_to", "typing_until", "blocked_until"
    )
)
_TALKS = Prepared(
    lambda conversations: (
        Talk.objects.filter(conversation__in=conversations)
        .order_by("conversation", "number")
        .values_list("conversation", "number", "last", "seen_by_us", "seen_by_her", "is_hidden")
    )
)
_TYPING = Prepared(
    lambda conversations: (
        ConversationVisit.objects.filter(conversation__in=conversations)
        .order_by("conversation", "began_at")
        .values_list("conversation", "typing_until")
    )
)


def pulses(conversations: Collection[UUID], at: datetime) -> dict[UUID, Pulse]:
    """The pulse of each conversation that there is."""
    found: dict[UUID, list[object]] = {}
    for record, *facts, typing, blocked in _ROWS(conversations=conversations):
        found[record] = [*facts, blocked, typing is not None and typing > at]
    for record, *facts in _TALKS(conversations=conversations) if found else ():
        found[record] += facts
    for record, typing in _TYPING(conversations=conversations) if found else ():
        found[record].append(typing is not None and typing > at)
    return {record: tuple(facts) for record, facts in found.items()}


def queue_pulse() -> Pulse:
    """The pulse of everything that goes on, for those who watch the queue."""
    going_on = Conversation.objects.exclude(state=ENDED).order_by("pk")
    return tuple(going_on.values_list("pk", "state", "waiting_since", "taken_by", "offered_to"))


def conversation_open_in(visit_id: UUID, at: datetime) -> UUID | None:
    """Which conversation a visitor's browser has open; None when it has left."""
    row = ConversationVisit.objects.filter(pk=visit_id).first()
    return None if row is None or is_visit_over(row.began_at, row.seen_at, at) else row.conversation_id
