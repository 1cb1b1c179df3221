"""How is the rota said on a page? Days with their shifts, what is missing, what is twice; who is there now."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.dates import WEEKDAYS
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext

from astra.accounts.selectors import work_names
from astra.hotline import selectors
from astra.hotline.rules import rota
from astra.hotline.selectors import OnShiftNow, Rota, ShiftLine, SwapLine
from astra.kernel.clock import LOCAL, now, today
from astra.vault.actor import Actor
from astra.vocabulary.naming import label, labels, labels_within

LINE, LANGUAGE = "hotline_line", "language"
AHEAD = timedelta(days=60)
TONES = {rota.ON_LINE: "", rota.ON_CALL: "plum", rota.SUPERVISOR: "info"}


@dataclass(frozen=True)
class Asked:
    """Which days the page shows, and where it leads on."""

    first: date
    last: date
    is_month: bool
    earlier_url: str
    later_url: str

    @property
    def span(self) -> rota.Span:
        """From the first moment of the first day to the last of the last."""
        after = self.last + timedelta(days=1)
        return rota.Span(rota.first_moment(self.first, rota.MIDNIGHT), rota.last_moment(after, rota.MIDNIGHT))


@dataclass(frozen=True)
class Row:
    """One shift on a page."""

    id: UUID
    url: str
    who: str
    hours: str
    role: str
    role_name: str
    tone: str
    lines: str
    is_hers: bool
    is_twice: bool
    began: str
    ended: str
    day: date


@dataclass
class Day:
    """One day of the rota."""

    day: date
    is_today: bool
    rows: list[Row] = field(default_factory=list)
    gaps: list[str] = field(default_factory=list)


def asked(week: str, month: str) -> Asked:
    """The days of the week or the month that was asked for; this week where nothing sensible was."""
    here = reverse("hotline:shifts")
    given = _day(month or week) or today()
    if month:
        first = given.replace(day=1)
        after = (first + timedelta(days=32)).replace(day=1)
        before = (first - timedelta(days=1)).replace(day=1)
        return Asked(first, after - timedelta(days=1), True, f"{here}?month={before}", f"{here}?month={after}")
    first = given - timedelta(days=given.weekday())
    seven = timedelta(days=7)
    return Asked(
        first, first + timedelta(days=6), False, f"{here}?week={first - seven}", f"{here}?week={first + seven}"
    )


def _day(given: str) -> date | None:
    try:
        found = date.fromisoformat(given)
    except ValueError:
        return None
    return found if date(2000, 1, 31) < found < date(2200, 1, 1) else None


def days(found: Rota, asked_: Asked, own: UUID | None) -> list[Day]:
    """Every day with the shifts that begin on it and the hours in which a line has nobody."""
    names, usual = work_names({one.member_id for one in found.shifts}), set(selectors.planned_lines())
    shown = {
        asked_.first + timedelta(days=ahead): Day(asked_.first + timedelta(days=ahead), False)
        for ahead in range((asked_.last - asked_.first).days + 1)
    }
    for line in found.shifts:
        day = max(_local(line.begins_at).date(), asked_.first)
        if day in shown:
            shown[day].rows.append(_on_the_day(row(line, own, names=names, twice=found.twice), line, day, usual))
    for code, spans in found.gaps.items():
        for day, part in _by_day(spans):
            if day in shown:
                shown[day].gaps.append(f"{label(LINE, code)} {hours(part)}")
    for one in shown.values():
        one.is_today = one.day == today()
    return list(shown.values())


def _on_the_day(shown: Row, line: ShiftLine, day: date, usual: set[str]) -> Row:
    """Lines are named where they are not all of them; what began on the day before says only when it ends."""
    until = shown.hours.partition("–")[2]
    is_earlier = _local(line.begins_at).date() < day
    return replace(
        shown,
        lines="" if usual <= set(line.lines) else shown.lines,
        hours=gettext("until %(hour)s") % {"hour": until} if is_earlier else shown.hours,
    )


def _by_day(spans: Iterable[rota.Span]) -> Iterable[tuple[date, rota.Span]]:
    """A gap of several days stands on each of them."""
    for span in spans:
        day = _local(span.begins).date()
        while rota.first_moment(day, rota.MIDNIGHT) < span.ends:
            tomorrow = day + timedelta(days=1)
            whole = rota.Span(rota.first_moment(day, rota.MIDNIGHT), rota.first_moment(tomorrow, rota.MIDNIGHT))
            yield from ((day, part) for part in rota.cut([span], whole))
            day = tomorrow


def row(
    line: ShiftLine, own: UUID | None, *, names: dict[UUID, str] | None = None, twice: Collection[UUID] = ()
) -> Row:
    """One shift in words."""
    names = names if names is not None else work_names([line.member_id])
    return Row(
        id=line.id,
        url=reverse("hotline:shift", args=[line.id]),
        who=names.get(line.member_id, ""),
        hours=hours(line.planned.span),
        role=line.role,
        role_name=label(rota.ROLE, line.role),
        tone=TONES.get(line.role, ""),
        lines=labels(LINE, line.lines),
        is_hers=line.member_id == own,
        is_twice=line.id in twice,
        began=_hour(line.began_at) if line.began_at else "",
        ended=_hour(line.ended_at) if line.ended_at else "",
        day=_local(line.begins_at).date(),
    )


def hours(span: rota.Span) -> str:
    """From and until by the clock on the wall; the end of a day is its twenty-fourth hour."""
    begins, ends = _local(span.begins), _local(span.ends)
    until = "24:00" if ends.time() == time(0) else date_format(ends, "TIME_FORMAT")
    return f"{date_format(begins, 'TIME_FORMAT')}–{until}"


def week_of(given: Sequence[rota.Hours]) -> list[tuple[str, str]]:
    """Each weekday with its hours in words."""
    found = []
    for weekday, name in WEEKDAYS.items():
        hers = [one for one in given if one.weekday == weekday]
        said = [gettext("day and night") if one.opens == one.closes else _clock(one) for one in hers]
        found.append((str(name), ", ".join(said) or gettext("closed")))
    return found


def _clock(one: rota.Hours) -> str:
    return f"{one.opens:%H:%M}–{'24:00' if one.closes == rota.MIDNIGHT else format(one.closes, '%H:%M')}"


def as_typed(line: ShiftLine) -> dict[str, Any]:
    """A shift as a form shows it."""
    begins, ends = _local(line.begins_at), _local(line.ends_at)
    return {
        "member": str(line.member_id),
        "role": line.role,
        "lines": line.lines,
        "day": begins.date(),
        "opens": begins.time(),
        "closes": ends.time(),
    }


def usual(day: str) -> dict[str, Any]:
    """What a new shift most often is: on the line, on all the lines that are planned."""
    return {"day": _day(day) or today(), "role": rota.ON_LINE, "lines": selectors.planned_lines()}


def in_return(own: UUID | None) -> list[tuple[str, str]]:
    """Colleagues' coming shifts, to be taken in return."""
    at = now()
    window = rota.Span(at, at + AHEAD)
    coming = [one for one in selectors.coming_shifts(window) if one.member_id != own and one.began_at is None]
    names = work_names({one.member_id for one in coming})
    return [(str(one.id), f"{names.get(one.member_id, '')}, {when(one)}") for one in coming]


def when(line: ShiftLine) -> str:
    """Day and hours of a shift."""
    return f"{date_format(_local(line.begins_at), 'WEEKDAY_FORMAT')} {hours(line.planned.span)}"


def swap_rows(found: Sequence[SwapLine], actor: Actor) -> list[dict[str, Any]]:
    """Swaps in a sentence, with what she may do about each."""
    names = work_names({one for swap in found for one in (swap.asked_by, swap.asked_of)})
    rows = []
    for swap in found:
        parts = {"who": names.get(swap.asked_by, ""), "whom": names.get(swap.asked_of, ""), "shift": when(swap.shift)}
        verbs: list[tuple[str, str]] = []
        if swap.state == rota.AGREED:
            text = gettext("%(whom)s has taken this shift from %(who)s: %(shift)s") % parts
            verbs = [("note", gettext("I have seen it"))]
        elif swap.asked_of == actor.id:
            text = gettext("%(who)s asks you to take: %(shift)s") % parts
            verbs = [("agree", gettext("I agree")), ("refuse", gettext("I cannot"))]
        else:
            text = gettext("You have asked %(whom)s to take: %(shift)s") % parts
            verbs = [("take_back", gettext("Take it back"))]
        back = gettext("In return: %(shift)s") % {"shift": when(swap.in_return)} if swap.in_return else ""
        rows.append({"id": swap.id, "text": text, "back": back, "verbs": verbs})
    return rows


def own(actor: Actor) -> dict[str, Any]:
    """What stands on the page of her own shifts."""
    at = now()
    coming = selectors.shifts_of(actor.id, at, at + AHEAD)
    return {
        "rows": [row(one, actor.id) for one in coming],
        "feed_since": selectors.has_feed(actor),
        "paused_since": selectors.paused_since(actor),
        "swaps": swap_rows(selectors.swaps(actor), actor),
        "tabs": pages(actor, "own_shifts"),
    }


def pages(actor: Actor, current: str) -> list[dict[str, Any]]:
    """The pages of the rota."""
    given = [("shifts", gettext("Rota")), ("own_shifts", gettext("My shifts")), ("opening_hours", gettext("Hours"))]
    return [
        {"label": name, "url": reverse(f"hotline:{page}"), "is_current": page == current, "count": None, "key": ""}
        for page, name in given
    ]


def bar(actor: Actor) -> dict[str, Any] | None:
    """Who is on now, in one line; nothing for who is not at the hotline."""
    if not actor.has_desk("hotline"):
        return None
    found = selectors.on_shift_now(actor)
    groups = {
        "present": found.present,
        "on_call": [one for one in found.expected if one.role != rota.ON_LINE],
        "late": [one for one in found.expected if one.role == rota.ON_LINE],
        "next": found.next,
    }
    everybody = {one.member_id for ones in groups.values() for one in ones}
    names, spoken = work_names(everybody), selectors.languages_of(everybody)
    said = {group: [_said(one, names, spoken) for one in ones] for group, ones in groups.items()}
    nobody = [{"line": label(LINE, code), "since": _hour(since)} for code, since in found.uncovered.items()]
    return {**said, "uncovered": nobody, **_to_press(found, actor)}


def _said(one: ShiftLine, names: dict[UUID, str], spoken: dict[UUID, tuple[str, ...]]) -> dict[str, str]:
    return {
        "who": names.get(one.member_id, ""),
        "until": _hour(one.ends_at),
        "since": _hour(one.begins_at),
        "languages": labels_within(LANGUAGE, spoken.get(one.member_id, ())),
        "role": labels_within(rota.ROLE, [one.role]) if one.role != rota.ON_LINE else "",
    }


def _to_press(found: OnShiftNow, actor: Actor) -> dict[str, UUID | None]:
    """Which of her shifts she may begin or end now."""
    at = now()
    mine = [one for one in (*found.present, *found.expected) if one.member_id == actor.id]
    mine = mine or [one for one in found.next if one.member_id == actor.id and rota.may_begin(one.planned.span, at)]
    return {
        "to_begin": next((one.id for one in mine if one.began_at is None), None),
        "to_end": next((one.id for one in mine if one.began_at is not None and one.ended_at is None), None),
    }


def _hour(at: datetime) -> str:
    return date_format(_local(at), "TIME_FORMAT")


def _local(at: datetime) -> datetime:
    return localtime(at, LOCAL)
