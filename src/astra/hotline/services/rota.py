"""How does the rota come about? Coordinators plan, colleagues change shifts between them and say when they begin."""

import secrets
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID

from django.db import transaction

from astra import vocabulary
from astra.accounts import selectors as accounts
from astra.audit import services as audit
from astra.hotline.models import OnRota, OpeningException, OpeningHours, Shift, ShiftSwap
from astra.hotline.rules import rota as rules
from astra.hotline.services.waking import wake
from astra.kernel.clock import now
from astra.kernel.errors import Denied, Invalid, NotAllowedNow, NotFound, Problem
from astra.kernel.words import msg
from astra.vault.actor import Actor

COORDINATORS_ONLY = msg("The coordinator plans the rota.")
NOT_HERS = msg("This is not a colleague of the hotline.")
NOT_YET = msg("You can begin a shift from an hour before it until it ends.")
HAS_BEGUN = msg("This shift has begun. Let whoever has it end it instead.")
NOT_YOURS = msg("Only whoever has this shift, or a coordinator, can do this.")
NOT_IN_RETURN = msg("Choose one of the colleague's own shifts, or none.")
MOST_WEEKS = 8
TOO_MANY_WEEKS = msg("Copy to at most %(most)s weeks at a time.")
TOKEN_BYTES = 32


@dataclass(frozen=True)
class NewShift:
    """A shift as it is to be planned."""

    member_id: UUID
    role: str
    lines: tuple[str, ...]
    span: rules.Span


def set_opening_hours(*, actor: Actor, line: str, hours: Collection[rules.Hours]) -> None:
    """Say anew when a line is answered in an ordinary week."""
    _check_planner(actor)
    vocabulary.check("hotline_line", line, field="line")
    rules.check_hours(hours)
    with transaction.atomic():
        OpeningHours.objects.filter(line=line).delete()
        OpeningHours.objects.bulk_create(
            OpeningHours(line=line, weekday=one.weekday, opens=one.opens, closes=one.closes) for one in hours
        )
        _note(actor, "hotline.opening_hours_set", line=line)


def set_day_apart(*, actor: Actor, line: str, day: date, opens: time | None, closes: time | None) -> None:
    """Say that other hours hold on a date; none: the line is closed."""
    _check_planner(actor)
    vocabulary.check("hotline_line", line, field="line")
    if (opens is None) != (closes is None):
        raise Invalid(Problem("closes", msg("Give both hours, or none for a day on which the line is closed.")))
    with transaction.atomic():
        OpeningException.objects.update_or_create(line=line, day=day, defaults={"opens": opens, "closes": closes})
        _note(actor, "hotline.day_apart_set", line=line, day=str(day))


def drop_day_apart(*, actor: Actor, line: str, day: date) -> None:
    """Let the ordinary hours hold again on a date."""
    _check_planner(actor)
    with transaction.atomic():
        OpeningException.objects.filter(line=line, day=day).delete()
        _note(actor, "hotline.day_apart_dropped", line=line, day=str(day))


def plan_shifts(*, actor: Actor, shifts: Iterable[NewShift]) -> list[UUID]:
    """Put shifts on the rota; double bookings and gaps are shown there, not forbidden."""
    _check_planner(actor)
    colleagues = {one.member_id for one in accounts.colleagues(desks=["hotline"])}
    rows = []
    for one in shifts:
        if one.member_id not in colleagues:
            raise Invalid(Problem("member", NOT_HERS))
        rules.check_shift(one.role, one.lines, one.span)
        row = Shift(member_id=one.member_id, role=one.role, lines=list(one.lines), planned_by_id=actor.id)
        row.begins_at, row.ends_at = one.span.begins, one.span.ends
        rows.append(row)
    with transaction.atomic():
        Shift.objects.bulk_create(rows)
        _note(actor, "hotline.shifts_planned", shifts=len(rows))
    return [row.pk for row in rows]


def change_shift(*, actor: Actor, shift_id: UUID, to: NewShift) -> None:
    """Plan a shift anew; who asked to swap it has to ask again."""
    _check_planner(actor)
    rules.check_shift(to.role, to.lines, to.span)
    if to.member_id not in {one.member_id for one in accounts.colleagues(desks=["hotline"])}:
        raise Invalid(Problem("member", NOT_HERS))
    with transaction.atomic():
        row = _find(shift_id)
        row.member_id, row.role, row.lines = to.member_id, to.role, list(to.lines)
        row.begins_at, row.ends_at = to.span.begins, to.span.ends
        row.save()
        _end_asked([row.pk])
        _note(actor, "hotline.shift_changed", member=str(to.member_id))


def remove_shift(*, actor: Actor, shift_id: UUID) -> None:
    """Take a shift off the rota, as long as nobody has begun it."""
    _check_planner(actor)
    with transaction.atomic():
        row = _find(shift_id)
        if row.began_at is not None:
            raise NotAllowedNow(HAS_BEGUN)
        member = row.member_id
        row.delete()
        _note(actor, "hotline.shift_removed", member=str(member))


def copy_week(*, actor: Actor, monday: date, weeks: int) -> int:
    """Plan the shifts that begin in a week again in the weeks after it; what is there already is not planned twice."""
    _check_planner(actor)
    if not 1 <= weeks <= MOST_WEEKS:
        raise Invalid(Problem("weeks", TOO_MANY_WEEKS, parts={"most": MOST_WEEKS}))
    begins, ends = (rules.first_moment(day, rules.MIDNIGHT) for day in (monday, monday + timedelta(days=7)))
    copied = 0
    with transaction.atomic():
        rows = list(Shift.objects.filter(begins_at__gte=begins, begins_at__lt=ends))
        here = {one.member_id for one in accounts.colleagues(desks=["hotline"])}
        fresh = []
        for row in rows:
            for ahead in range(1, weeks + 1):
                span = rules.moved(rules.Span(row.begins_at, row.ends_at), 7 * ahead)
                there = {"member": row.member_id, "role": row.role, "begins_at": span.begins}
                if row.member_id in here and not Shift.objects.filter(**there).exists():
                    one = Shift(member_id=row.member_id, role=row.role, lines=row.lines, planned_by_id=actor.id)
                    one.begins_at, one.ends_at = span.begins, span.ends
                    fresh.append(one)
        copied = len(Shift.objects.bulk_create(fresh))
        _note(actor, "hotline.week_copied", day=str(monday), shifts=copied)
    return copied


def ask_swap(*, actor: Actor, shift_id: UUID, member_id: UUID, in_return: UUID | None = None) -> UUID:
    """Ask a colleague to take a shift of one's own, perhaps for one of hers."""
    actor.check_desk("hotline")
    with transaction.atomic():
        row = _find(shift_id)
        if row.member_id != actor.id or row.ends_at <= now():
            raise Denied(NOT_YOURS)
        if member_id == actor.id or member_id not in {one.member_id for one in accounts.colleagues(desks=["hotline"])}:
            raise Invalid(Problem("colleague", NOT_HERS))
        other = _find(in_return) if in_return else None
        if other is not None and (other.member_id != member_id or other.ends_at <= now()):
            raise Invalid(Problem("in_return", NOT_IN_RETURN))
        _end_asked([row.pk])
        swap = ShiftSwap.objects.create(shift=row, in_return=other, asked_by_id=actor.id, asked_of_id=member_id)
        _note(actor, "hotline.swap_asked", to=str(member_id))
    swap_id: UUID = swap.pk
    return swap_id


def answer_swap(*, actor: Actor, swap_id: UUID, verb: str) -> None:
    """Agree, refuse, or take back what one asked; an agreement changes the rota at once."""
    actor.check_desk("hotline")
    with transaction.atomic():
        swap = ShiftSwap.objects.select_for_update(of=("self",)).filter(pk=swap_id).first()
        if swap is None or actor.id != (swap.asked_by_id if verb == "take_back" else swap.asked_of_id):
            raise NotFound
        state = rules.SWAP.check(swap.state, verb)
        if state == rules.AGREED:
            _check_unchanged(swap)
            Shift.objects.filter(pk=swap.shift_id).update(member=swap.asked_of_id)
            if swap.in_return_id:
                Shift.objects.filter(pk=swap.in_return_id).update(member=swap.asked_by_id)
            _end_asked([swap.shift_id, swap.in_return_id], but=swap.pk)
        ShiftSwap.objects.filter(pk=swap.pk).update(state=state, answered_at=now())
        _note(actor, "hotline.swap_answered", result=verb)
        wake()


def note_swap(*, actor: Actor, swap_id: UUID) -> None:
    """A coordinator has taken note of a swap."""
    _check_planner(actor)
    with transaction.atomic():
        if not ShiftSwap.objects.filter(pk=swap_id, seen_at=None).update(seen_at=now()):
            raise NotFound
        _note(actor, "hotline.swap_seen")


def begin_shift(*, actor: Actor, shift_id: UUID) -> None:
    """Say that one is there now."""
    actor.check_desk("hotline")
    with transaction.atomic():
        row = _find(shift_id)
        if row.member_id != actor.id:
            raise Denied(NOT_YOURS)
        if not rules.may_begin(rules.Span(row.begins_at, row.ends_at), now()):
            raise NotAllowedNow(NOT_YET)
        if not Shift.objects.filter(pk=row.pk, began_at=None).update(began_at=now()):
            return
        _note(actor, "hotline.shift_begun")
        wake()


def step_in(*, actor: Actor, lines: tuple[str, ...], role: str, ends_at: datetime) -> UUID:
    """Begin a shift that stands on no plan: somebody fell ill, and she sat down instead."""
    actor.check_desk("hotline")
    at = now()
    rules.check_shift(role, lines, rules.Span(at, ends_at))
    with transaction.atomic():
        row = Shift(member_id=_self(actor), role=role, lines=list(lines), begins_at=at, ends_at=ends_at)
        row.planned_by_id, row.began_at = actor.id, at
        row.save(force_insert=True)
        _note(actor, "hotline.shift_begun", is_limited=True)
        wake()
    shift_id: UUID = row.pk
    return shift_id


def end_shift(*, actor: Actor, shift_id: UUID) -> None:
    """Say that one goes; a coordinator may say it for somebody who forgot."""
    actor.check_desk("hotline")
    with transaction.atomic():
        row = _find(shift_id)
        if row.member_id != actor.id and not actor.has_desk("coordination"):
            raise Denied(NOT_YOURS)
        if not Shift.objects.filter(pk=row.pk, ended_at=None).exclude(began_at=None).update(ended_at=now()):
            return
        _note(actor, "hotline.shift_ended")
        wake()


def say_languages(*, actor: Actor, languages: Collection[str]) -> None:
    """Which languages a colleague speaks with those who call, as codes."""
    actor.check_desk("hotline")
    for code in languages:
        vocabulary.check("language", code, field="languages")
    with transaction.atomic():
        OnRota.objects.update_or_create(member_id=_self(actor), defaults={"languages": list(dict.fromkeys(languages))})
        _note(actor, "hotline.languages_said")


def new_feed(*, actor: Actor) -> str:
    """Make the secret of one's own calendar address anew and return it; what was there before leads nowhere."""
    actor.check_desk("hotline")
    token = secrets.token_urlsafe(TOKEN_BYTES)
    given = {"feed_hash": rules.hash_of(token), "feed_made_at": now()}
    with transaction.atomic():
        OnRota.objects.update_or_create(member_id=_self(actor), defaults=given)
        _note(actor, "hotline.feed_made")
    return token


def end_feed(*, actor: Actor) -> None:
    """The address of one's calendar leads nowhere from now on."""
    actor.check_desk("hotline")
    with transaction.atomic():
        OnRota.objects.filter(member_id=_self(actor)).update(feed_hash=None, feed_made_at=None)
        _note(actor, "hotline.feed_ended")


def _check_planner(actor: Actor) -> None:
    actor.check_desk("hotline")
    if not actor.has_desk("coordination"):
        raise Denied(COORDINATORS_ONLY)


def _self(actor: Actor) -> UUID:
    if actor.id is None:
        raise NotFound
    return actor.id


def _find(shift_id: UUID | None) -> Shift:
    row = Shift.objects.filter(pk=shift_id).first() if shift_id else None
    if row is None:
        raise NotFound
    return row


def _check_unchanged(swap: ShiftSwap) -> None:
    """Both shifts are still whose they were, and have not passed."""
    for shift, member in ((swap.shift, swap.asked_by_id), (swap.in_return, swap.asked_of_id)):
        if shift is not None and (shift.member_id != member or shift.ends_at <= now() or shift.began_at is not None):
            raise NotAllowedNow(msg("The rota has changed meanwhile. Ask again."))


def _end_asked(shifts: Iterable[UUID | None], *, but: UUID | None = None) -> None:
    """A shift that changes hands in another way is not asked about any more."""
    asked = ShiftSwap.objects.filter(shift__in=[one for one in shifts if one], state=rules.ASKED)
    (asked.exclude(pk=but) if but else asked).update(state=rules.TAKEN_BACK, answered_at=now())


def _note(actor: Actor, verb: str, **detail: str | int | bool) -> None:
    audit.record(actor_id=actor.id, verb=verb, detail=detail)
