"""Who is on, who takes over, where are the holes, and is a line open? Everybody at the hotline reads the rota."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from astra.hotline.models import OnRota, OpeningException, OpeningHours, Shift, ShiftSwap
from astra.hotline.rules import rota as rules
from astra.kernel.clock import LOCAL, now
from astra.vault.actor import Actor
from astra.vocabulary import codes

FEED_BACK, FEED_AHEAD = timedelta(days=14), timedelta(days=120)
AFTER_END = timedelta(hours=2)
"""So long after its planned end a shift that nobody ended still counts as going on."""


@dataclass(frozen=True)
class ShiftLine:
    """A shift as the rota shows it."""

    id: UUID
    member_id: UUID
    role: str
    lines: tuple[str, ...]
    begins_at: datetime
    ends_at: datetime
    began_at: datetime | None
    ended_at: datetime | None

    @property
    def planned(self) -> rules.Planned:
        """As the rules see it."""
        return rules.Planned(self.id, self.member_id, self.role, self.lines, rules.Span(self.begins_at, self.ends_at))


@dataclass(frozen=True)
class Rota:
    """What stands on the rota in a window, and what is wrong with it."""

    shifts: list[ShiftLine]
    gaps: dict[str, list[rules.Span]]
    twice: set[UUID]


@dataclass(frozen=True)
class OnShiftNow:
    """Who is there at this moment, who should be, and who comes next."""

    present: list[ShiftLine]
    expected: list[ShiftLine]
    """On the rota now, and not begun."""
    next: list[ShiftLine]
    uncovered: dict[str, datetime]
    """Lines that are open without anybody who began, and since when."""


@dataclass(frozen=True)
class SwapLine:
    """Somebody asks to change shifts."""

    id: UUID
    asked_by: UUID
    asked_of: UUID
    state: str
    shift: ShiftLine
    in_return: ShiftLine | None


def planned_lines() -> tuple[str, ...]:
    """The lines for which the rota is made: those with hours of their own, and those that are always answered."""
    with_hours = set(OpeningHours.objects.values_list("line", flat=True).distinct())
    return tuple(code for code in codes("hotline_line").codes if code in with_hours or rules.is_always_open(code))


def opening_hours(line: str) -> tuple[rules.Hours, ...]:
    """When a line is answered in an ordinary week; empty where nobody has said."""
    rows = OpeningHours.objects.filter(line=line).order_by("weekday", "opens")
    found = tuple(rules.Hours(row.weekday, row.opens, row.closes) for row in rows)
    return found or (rules.always() if rules.is_always_open(line) else ())


def days_apart(line: str, since: date | None = None) -> list[rules.DayApart]:
    """The dates on which other hours hold."""
    rows = OpeningException.objects.filter(line=line).order_by("day")
    rows = rows.filter(day__gte=since) if since else rows
    return [rules.DayApart(row.day, row.opens, row.closes) for row in rows]


def is_open(line: str, at: datetime) -> bool:
    """Whether a line is answered at a moment, by its hours; a line of which nobody has said them is not."""
    return bool(_open(line, rules.Span(at, at + timedelta(seconds=1))))


def opens_next(line: str, at: datetime) -> datetime | None:
    """When a line is answered next; the moment itself where it is open, None where nothing is known."""
    return rules.next_opening(opening_hours(line), days_apart(line, at.date() - timedelta(days=1)), at)


@dataclass(frozen=True)
class Answered:
    """Whether somebody answers a line at a moment, and from when on, as far as anybody has planned it."""

    is_now: bool
    next_at: datetime | None = None


def answered(line: str, at: datetime | None = None) -> Answered:
    """What may be promised in public: somebody who began and has not ended, else the next one on the rota.

    Opening hours alone promise nobody: they say when the next time is only where no rota is made at all.
    """
    at = at or now()
    around = _within(rules.Span(at - timedelta(hours=26), at + timedelta(days=rules.LOOK_AHEAD_DAYS)))
    hers = [one for one in around if line in one.lines and one.role == rules.ON_LINE]
    if any(_is_present(one, at) for one in hers):
        return Answered(is_now=True)
    coming = min((one.begins_at for one in hers if one.begins_at > at and one.ended_at is None), default=None)
    if coming is None and not _is_used(at) and not is_open(line, at):
        coming = opens_next(line, at)
    return Answered(is_now=False, next_at=coming)


def rota(actor: Actor, window: rules.Span) -> Rota:
    """The shifts of a window with gaps and double bookings."""
    actor.check_desk("hotline")
    shifts = _within(window)
    planned = [one.planned for one in shifts]
    gaps = {line: rules.gaps(_open(line, window), planned, line) for line in planned_lines()}
    return Rota(shifts, {line: found for line, found in gaps.items() if found}, rules.double_bookings(planned))


def shift(actor: Actor, shift_id: UUID) -> ShiftLine | None:
    """One shift."""
    actor.check_desk("hotline")
    row = Shift.objects.filter(pk=shift_id).first()
    return _line(row) if row else None


def shifts_of(member_id: UUID | None, since: datetime, until: datetime) -> list[ShiftLine]:
    """A colleague's shifts that are not over before the first moment and begin before the second."""
    rows = Shift.objects.filter(member=member_id, ends_at__gt=since, begins_at__lt=until).order_by("begins_at")
    return [_line(row) for row in rows]


def coming_shifts(window: rules.Span) -> list[ShiftLine]:
    """Everybody's shifts in a window: the rota is no secret among those who stand on it."""
    return _within(window)


def on_shift_now(actor: Actor, at: datetime | None = None) -> OnShiftNow:
    """Who began and has not ended, who should be there, who takes over next, which line has nobody."""
    actor.check_desk("hotline")
    at = at or now()
    around = _within(rules.Span(at - timedelta(hours=26), at + timedelta(hours=26)))
    present = [one for one in around if _is_present(one, at)]
    expected = [one for one in around if one.planned.span.has(at) and one.began_at is None and one.ended_at is None]
    coming = [one for one in around if one.begins_at > at and one.role == rules.ON_LINE]
    first = min((one.begins_at for one in coming), default=None)
    following = [one for one in coming if first is not None and one.begins_at - first < timedelta(minutes=30)]
    return OnShiftNow(present, expected, following, _uncovered(around, at))


def on_shift_members(at: datetime | None = None, *, roles: Collection[str] = ()) -> set[UUID]:
    """Who is on by what she said, or on call by the plan: whoever is on call need not sit down to begin."""
    at = at or now()
    around = _within(rules.Span(at - timedelta(hours=26), at + timedelta(minutes=1)))
    present = [one for one in around if _is_present(one, at) or (_is_on_call(one, at))]
    return {one.member_id for one in present if not roles or one.role in roles}


def languages_of(members: Collection[UUID]) -> dict[UUID, tuple[str, ...]]:
    """Which languages colleagues speak, as codes."""
    return {row.member_id: tuple(row.languages) for row in OnRota.objects.filter(member__in=members)}


def has_feed(actor: Actor) -> datetime | None:
    """Since when the actor's calendar has an address; None where it has none."""
    rows = OnRota.objects.filter(member=actor.id).exclude(feed_hash=None)
    return rows.values_list("feed_made_at", flat=True).first()


def shifts_behind(token: str) -> list[ShiftLine] | None:
    """The shifts of whoever has this secret in the address of her calendar; None where nobody has."""
    row = OnRota.objects.filter(feed_hash=rules.hash_of(token)).first()
    at = now()
    return shifts_of(row.member_id, at - FEED_BACK, at + FEED_AHEAD) if row else None


def swaps(actor: Actor) -> list[SwapLine]:
    """What she asked and was asked and nobody has answered; for a coordinator also what changed without her note."""
    rows = ShiftSwap.objects.select_related("shift", "in_return").order_by("asked_at")
    hers = rows.filter(state=rules.ASKED, shift__ends_at__gt=now())
    found = [row for row in hers if actor.id in (row.asked_by_id, row.asked_of_id)]
    if actor.has_desk("coordination"):
        found += rows.filter(state=rules.AGREED, seen_at=None)
    return [
        SwapLine(
            row.pk,
            row.asked_by_id,
            row.asked_of_id,
            row.state,
            _line(row.shift),
            _line(row.in_return) if row.in_return else None,
        )
        for row in found
    ]


def swaps_waiting(actor: Actor) -> int:
    """How many changes of shifts wait for her word: asked of her, or for a coordinator to be noted."""
    return sum(one.state == rules.AGREED or one.asked_of == actor.id for one in swaps(actor))


def lines_uncovered(at: datetime | None = None) -> dict[str, datetime]:
    """Lines that are open without anybody who began, and since when; for the coordinator's day."""
    at = at or now()
    return _uncovered(_within(rules.Span(at - timedelta(hours=26), at + timedelta(minutes=1))), at)


def _uncovered(around: Sequence[ShiftLine], at: datetime) -> dict[str, datetime]:
    """Only lines of which the rota is made at all: an office that plans nothing is not warned all day."""
    window = rules.Span(at - timedelta(hours=26), at + timedelta(minutes=1))
    found = {}
    for line in planned_lines() if _is_used(at) else ():
        hers = [one for one in around if line in one.lines and one.role == rules.ON_LINE and one.began_at]
        there = [rules.Span(one.began_at, one.ended_at or one.ends_at + AFTER_END) for one in hers if one.began_at]
        present = [span for span in there if span.begins < span.ends]
        since = rules.unanswered_since(_open(line, window), present, at)
        if since is not None:
            found[line] = since
    return found


def _is_used(at: datetime) -> bool:
    return Shift.objects.filter(ends_at__gt=at - timedelta(days=14), begins_at__lt=at + timedelta(days=14)).exists()


def _is_present(one: ShiftLine, at: datetime) -> bool:
    return one.began_at is not None and one.began_at <= at and one.ended_at is None and at < one.ends_at + AFTER_END


def _is_on_call(one: ShiftLine, at: datetime) -> bool:
    return one.role != rules.ON_LINE and one.ended_at is None and one.planned.span.has(at)


def _open(line: str, window: rules.Span) -> list[rules.Span]:
    first = window.begins.astimezone(LOCAL).date() - timedelta(days=1)
    return rules.open_spans(opening_hours(line), days_apart(line, first), window)


def _within(window: rules.Span) -> list[ShiftLine]:
    rows = Shift.objects.filter(ends_at__gt=window.begins, begins_at__lt=window.ends)
    return [_line(row) for row in rows.order_by("begins_at", "role", "pk")]


def _line(row: Shift) -> ShiftLine:
    return ShiftLine(
        row.pk, row.member_id, row.role, tuple(row.lines), row.begins_at, row.ends_at, row.began_at, row.ended_at
    )
