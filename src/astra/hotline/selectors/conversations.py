"""What stands in the conversations? The queue for whoever is on shift, and the messages for each side."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Q

from astra.hotline.models import Conversation, ConversationVisit, Correspondent, Outgoing, Talk
from astra.hotline.rules.channels import FAILED
from astra.hotline.rules.conversations import ENDED, PARKED, TAKEN, WAITING
from astra.hotline.sections import MESSAGES, US, SentFile
from astra.kernel.clock import now
from astra.kernel.errors import NotFound
from astra.vault import selectors as vault
from astra.vault.actor import Actor
from astra.vault.prepared import Prepared, PreparedRows

MOST, ENDED_SHOWN = 200, 20
NOT_ASKED = "not_asked"
_ROWS = PreparedRows(Conversation, lambda record: Conversation.objects.filter(pk=record))
_TYPING = Prepared(
    lambda conversation, at: ConversationVisit.objects.filter(
        conversation=conversation, typing_until__gt=at
    ).values_list("pk")[:1]
)
_WAITING = Prepared(
    lambda member: (
        Conversation.objects.filter(state__in=[WAITING, TAKEN], waiting_since__isnull=False)
        .filter(Q(state=WAITING) | Q(taken_by=member) | Q(offered_to=member))
        .values_list("pk")[:MOST]
    )
)
_TALKS = PreparedRows(Talk, lambda conversation: Talk.objects.filter(conversation=conversation).order_by("number"))
A_SITTING = 1_000_000
"""A cursor counts sittings in millions: one number that only grows says how far somebody has read."""


@dataclass(frozen=True)
class Visiting:
    """A visitor with her conversation open in one browser."""

    actor: Actor
    conversation: Conversation
    visit_id: UUID
    secret: bytes
    """The private half of her key pair; for this request only."""
    code: str = ""
    """Her code, until she says that she has noted it."""


@dataclass(frozen=True)
class QueueLine:
    """One conversation in the queue, by coded facts only."""

    id: UUID
    line: str
    channel: str
    language: str
    state: str
    waiting_since: datetime | None
    last_at: datetime
    taken_by_id: UUID | None
    offered_to_id: UUID | None
    is_open_there: bool
    """Whether the visitor has the conversation open in a browser."""
    unsent: str = ""
    """Where a provider brings her messages: our last answer failed to go out, or nothing may go out yet."""


@dataclass(frozen=True)
class Said:
    """A message as either side sees it."""

    cursor: int
    side: str
    text: str
    event: str
    at: datetime
    author_id: UUID | None
    is_seen: bool
    """Whether the other side has it on the screen or had."""
    talk_id: UUID
    number: int
    file: SentFile | None = None

    @property
    def is_ours(self) -> bool:
        """Whether it comes from us."""
        return self.side == US


@dataclass(frozen=True)
class Exchange:
    """The messages behind a cursor, and what else has changed since."""

    messages: list[Said]
    cursor: int
    seen: int
    """How far the other side has read, as a cursor."""
    is_typing: bool
    state: str
    shown: int = 0
    """How far this side has read, as a cursor."""
    contact_id: UUID | None = None
    """The contact that the newest sitting became, if it did."""


def talks_of(conversation_id: UUID) -> list[Talk]:
    """Every sitting of a conversation, the first one first; for whoever may know of it."""
    return _TALKS(conversation=conversation_id)


def queue(actor: Actor) -> list[QueueLine]:
    """The conversations that go on: those who wait first, the longest at the top, then hers, then the rest."""
    actor.check_desk("hotline")
    going_on = Conversation.objects.filter(state__in=[WAITING, TAKEN, PARKED]).exclude(talks=None)
    rows = list(going_on.order_by("waiting_since", "last_at")[:MOST])
    return sorted(_lines(actor, rows), key=lambda one: _rank(one, actor.id))


def ended_lately(actor: Actor) -> list[QueueLine]:
    """The conversations that ended last."""
    actor.check_desk("hotline")
    return _lines(actor, list(Conversation.objects.filter(state=ENDED).order_by("-ended_at")[:ENDED_SHOWN]))


def count_waiting(actor: Actor) -> int:
    """How many visitors wait for her or for anybody: not answered yet, hers, or offered to her; beside the tab."""
    waiting = [pk for (pk,) in _WAITING(member=actor.id)] if actor.id else []
    return len(vault.reachable_among(actor, waiting)) if waiting else 0


def conversation(actor: Actor, conversation_id: UUID) -> Conversation:
    """One conversation that the actor may know of."""
    actor.check_desk("hotline")
    vault.check_reach(actor, conversation_id)
    rows = _ROWS(record=conversation_id)
    if not rows:
        raise NotFound
    return rows[0]


def exchange(actor: Actor, conversation_id: UUID, *, after: int = 0) -> Exchange:
    """What was written behind a cursor, for a colleague: every sitting that she has keys to."""
    return exchange_in(actor, conversation(actor, conversation_id), after=after)


def exchange_in(actor: Actor, row: Conversation, *, after: int = 0) -> Exchange:
    """The same, in a conversation that was looked up for her a moment ago."""
    is_typing = bool(_TYPING(conversation=row.pk, at=now()))
    return _exchange(actor, row, talks_of(row.pk), after, is_typing=is_typing, hers=False)


def exchange_for_visitor(visiting: Visiting, *, after: int = 0) -> Exchange:
    """The same for the visitor: what she has not hidden."""
    row = visiting.conversation
    talks = [talk for talk in talks_of(row.pk) if not talk.is_hidden]
    is_typing = row.typing_until is not None and row.typing_until > now()
    return _exchange(visiting.actor, row, talks, after, is_typing=is_typing, hers=True)


def contact_of(conversation_id: UUID) -> UUID | None:
    """The contact that the newest sitting became, if it did."""
    newest = Talk.objects.filter(conversation=conversation_id).order_by("-number")
    return newest.values_list("contact", flat=True).first()


def _exchange(
    actor: Actor, row: Conversation, talks: list[Talk], after: int, *, is_typing: bool, hers: bool
) -> Exchange:
    said: list[Said] = []
    for talk in talks:
        begins = talk.number * A_SITTING
        if begins + talk.last > after:
            said += read_talk(actor, talk, max(after - begins, 0), hers=hers)
    if not talks:
        return Exchange(said, after, 0, is_typing, row.state)
    newest = talks[-1]
    begins = newest.number * A_SITTING
    ours, theirs = begins + newest.seen_by_us, begins + newest.seen_by_her
    seen, shown = (ours, theirs) if hers else (theirs, ours)
    cursor = max(begins + newest.last, after)
    return Exchange(said, cursor, seen, is_typing, row.state, shown, newest.contact_id)


def read_talk(actor: Actor, talk: Talk, after: int, *, hers: bool) -> Iterable[Said]:
    """The messages of one sitting behind a number, as the visitor sees them or as we do; none without its keys."""
    try:
        items = vault.read_stream(actor, talk.pk, MESSAGES, after=after)
    except NotFound:  # a sitting whose keys a case's team has alone by now
        return
    for item in items:
        other_side = talk.seen_by_us if hers else talk.seen_by_her
        content = item.content
        yield Said(
            talk.number * A_SITTING + item.number,
            content.side,
            content.text,
            content.event,
            item.at,
            item.author_id,
            is_seen=item.number <= other_side,
            talk_id=talk.pk,
            number=item.number,
            file=content.file,
        )


def _lines(actor: Actor, rows: list[Conversation]) -> list[QueueLine]:
    hers = vault.reachable_among(actor, [row.pk for row in rows]) if rows else set()
    unsent = _unsent(hers)
    there = set(ConversationVisit.objects.filter(conversation__in=hers).values_list("conversation", flat=True))
    return [
        QueueLine(
            row.pk,
            row.line,
            row.channel,
            row.language,
            row.state,
            row.waiting_since,
            row.last_at,
            row.taken_by_id,
            row.offered_to_id,
            row.pk in there,
            unsent.get(row.pk, "") if row.answered_at else "",
        )
        for row in rows
        if row.pk in hers
    ]


def _unsent(conversations: Collection[UUID]) -> dict[UUID, str]:
    """Of which conversations our answers have not gone out: the last one failed, or nobody has said that it is safe."""
    open_question = Correspondent.objects.filter(conversation__in=conversations, reply="")
    found = dict.fromkeys(open_question.values_list("conversation", flat=True), NOT_ASKED)
    newest = Outgoing.objects.filter(conversation__in=conversations).order_by("made_at")
    for conversation_id, state in newest.values_list("conversation", "state"):
        if state == FAILED:
            found[conversation_id] = FAILED
        elif found.get(conversation_id) == FAILED:
            del found[conversation_id]
    return found


def _rank(line: QueueLine, member_id: UUID | None) -> tuple[int, datetime]:
    """Whoever is offered or waits comes first, then her own, then those of others."""
    if line.offered_to_id == member_id and member_id is not None:
        return 0, line.waiting_since or line.last_at
    if line.state == WAITING:
        return 1, line.waiting_since or line.last_at
    if line.taken_by_id == member_id:
        return 2, line.waiting_since or line.last_at
    return 3, line.last_at
