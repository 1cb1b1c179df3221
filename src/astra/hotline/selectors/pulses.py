"""Has anything changed in these conversations? Numbers only, for a process that holds no key and opens nothing."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from astra.hotline.models import Conversation, ConversationVisit, Danger, Talk
from astra.hotline.rules.conversations import ENDED, is_visit_over
from astra.hotline.rules.danger import OPEN
from astra.hotline.selectors.conversations import A_SITTING
from astra.vault.prepared import Prepared

_ROWS = Prepared(
    lambda conversations: Conversation.objects.filter(pk__in=conversations).values_list(
        "pk", "typing_until", "state", "taken_by", "offered_to", "blocked_until"
    )
)
_TALKS = Prepared(
    lambda conversations: (
        Talk.objects.filter(conversation__in=conversations)
        .order_by("conversation", "number")
        .values_list("conversation", "number", "last", "seen_by_us", "seen_by_her", "is_hidden", "contact")
    )
)
_TYPING = Prepared(
    lambda conversations, at: ConversationVisit.objects.filter(
        conversation__in=conversations, typing_until__gt=at
    ).values_list("conversation")
)


@dataclass(frozen=True)
class Pulse:
    """How far a conversation has got; two that differ are worth a look."""

    cursor: int = 0
    seen_by_us: int = 0
    seen_by_her: int = 0
    are_we_typing: bool = False
    is_she_typing: bool = False
    state: str = ""
    standing: int = 0
    """Changes with everything else that a page shows: who has it, a block, what it became."""


def pulses(conversations: Collection[UUID], at: datetime) -> dict[UUID, Pulse]:
    """The pulse of each conversation that there is."""
    sittings: dict[UUID, list[tuple[object, ...]]] = {}
    newest: dict[UUID, tuple[int, int, int, int]] = {}
    for record, number, last, by_us, by_her, is_hidden, contact in _TALKS(conversations=conversations):
        sittings.setdefault(record, []).append((number, is_hidden, contact))
        newest[record] = (number, last, by_us, by_her)
    typing = {record for (record,) in _TYPING(conversations=conversations, at=at)}
    found = {}
    for record, typing_until, state, *standing in _ROWS(conversations=conversations):
        number, last, by_us, by_her = newest.get(record, (0, 0, 0, 0))
        begins = number * A_SITTING
        are_we_typing, is_she_typing = typing_until is not None and typing_until > at, record in typing
        changing = hash((state, *standing, *sittings.get(record, ())))
        found[record] = Pulse(
            begins + last, begins + by_us, begins + by_her, are_we_typing, is_she_typing, state, changing
        )
    return found


def queue_pulse() -> Pulse:
    """The pulse of everything that goes on, for those who watch the queue or are alerted."""
    going_on = Conversation.objects.exclude(state=ENDED).order_by("pk")
    rows = tuple(going_on.values_list("pk", "state", "waiting_since", "taken_by", "offered_to"))
    # The same bell calls whoever is alerted: who opened it and who has seen it, nothing of what it is.
    in_danger = Danger.objects.filter(state__in=OPEN).order_by("pk")
    alerts = tuple(in_danger.values_list("pk", "state", "alerted_at"))
    return Pulse(standing=hash((rows, alerts)))


_VISITS = Prepared(
    lambda visits: ConversationVisit.objects.filter(pk__in=visits).values_list(
        "pk", "conversation", "began_at", "seen_at"
    )
)


def open_in(visits: Collection[UUID], at: datetime) -> dict[UUID, UUID]:
    """Which conversation each of these visitors' browsers has open; those that have left are absent."""
    rows = _VISITS(visits=visits) if visits else []
    return {visit: record for visit, record, began_at, seen_at in rows if not is_visit_over(began_at, seen_at, at)}
