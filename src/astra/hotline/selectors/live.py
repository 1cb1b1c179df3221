"""What goes on at this moment? Who is on and does what, who waits how long, and who looks on; by coded facts alone."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from astra.hotline.models import Call, Pause, WatchDecision, Watching
from astra.hotline.rules import calls as call_rules
from astra.hotline.rules import live as rules
from astra.hotline.rules.contacts import day_begins
from astra.hotline.rules.conversations import TAKEN, WAITING
from astra.hotline.selectors.calls import calls_now
from astra.hotline.selectors.conversations import queue
from astra.hotline.selectors.rota import on_shift_now
from astra.kernel.clock import now, today
from astra.vault.actor import Actor


@dataclass(frozen=True)
class OnNow:
    """A colleague on shift, or one who is at work without having begun."""

    member_id: UUID
    lines: tuple[str, ...]
    began_at: datetime | None
    doing: rules.Doing


@dataclass(frozen=True)
class LineNow:
    """How it stands with one line."""

    line: str
    ringing: int = 0
    ringing_since: datetime | None = None
    waiting: int = 0
    waiting_since: datetime | None = None
    missed: int = 0
    """Today."""
    to_log: int = 0


@dataclass(frozen=True)
class Live:
    """The whole room at a glance."""

    people: tuple[OnNow, ...]
    lines: tuple[LineNow, ...]
    longest_since: datetime | None
    """Since when whoever has waited longest waits, on the telephone or in writing."""


@dataclass(frozen=True)
class Decision:
    """What the organisation decided about looking on."""

    is_allowed: bool = False
    decided_on: date | None = None
    written_by: UUID | None = None
    written_at: datetime | None = None


def live(actor: Actor) -> Live:
    """Who is on, what each does, and the queues of each line; for whoever coordinates."""
    actor.check_desk("coordination")
    calls, talks = calls_now(actor), queue(actor)
    speaking = {one.answered_by: one.answered_at or one.rang_at for one in calls.going_on if one.answered_by}
    writing = Counter(one.taken_by_id for one in talks if one.state == TAKEN and one.taken_by_id)
    pauses = dict(Pause.objects.values_list("member", "since"))
    present = {one.member_id: one for one in on_shift_now(actor).present}
    members = list(dict.fromkeys([*present, *speaking, *writing]))
    people = tuple(
        OnNow(
            member,
            present[member].lines if member in present else (),
            present[member].began_at if member in present else None,
            rules.doing(
                call_since=speaking.get(member),
                conversations=writing[member],
                paused_since=pauses.get(member) if member in present else None,
            ),
        )
        for member in members
        if member is not None
    )
    ringing = [(one.line, one.rang_at) for one in calls.going_on if one.is_ringing]
    waiting = [(one.line, one.waiting_since) for one in talks if one.state == WAITING and one.waiting_since]
    to_log = Counter(one.line for one in calls.to_log)
    since = day_begins(today())
    missed = Counter(Call.objects.filter(state=call_rules.MISSED, rang_at__gte=since).values_list("line", flat=True))
    on_lines = [line for one in people for line in one.lines]
    names = dict.fromkeys([*on_lines, *(line for line, _ in (*ringing, *waiting)), *to_log, *missed])
    lines = tuple(
        LineNow(
            line,
            sum(one == line for one, _ in ringing),
            min((at for one, at in ringing if one == line), default=None),
            sum(one == line for one, _ in waiting),
            min((at for one, at in waiting if one == line), default=None),
            missed[line],
            to_log[line],
        )
        for line in names
    )
    return Live(people, lines, min((at for _, at in (*ringing, *waiting)), default=None))


def paused_since(actor: Actor) -> datetime | None:
    """Since when the actor takes a break."""
    return Pause.objects.filter(member=actor.id).values_list("since", flat=True).first() if actor.id else None


def watch_decision() -> Decision:
    """What holds; while nobody has decided anything, nobody looks on."""
    row = WatchDecision.objects.order_by("-written_at", "-pk").first()
    return Decision(row.is_allowed, row.decided_on, row.written_by_id, row.written_at) if row else Decision()


def watchers(conversation_id: UUID) -> dict[UUID, bool]:
    """Who looks on at a conversation or did lately, and whether at this moment; for whoever answers it."""
    at = now()
    rows = Watching.objects.filter(conversation=conversation_id, looked_at__gt=at - rules.STAYS_SAID)
    return {member: at - looked < rules.LOOKS_FOR for member, looked in rows.values_list("member", "looked_at")}


def waits(since: datetime | None, at: datetime) -> timedelta | None:
    """How long somebody has waited."""
    return at - since if since else None
