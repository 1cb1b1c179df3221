"""What waits for her today? The deadlines of every room as one list, and beside it what came without a deadline.

Each room says what is due in `kernel.dues`; callbacks and tasks are shown with their own words where she may open them.
The lists are cut: the page is for the next hours, the rooms have pages for all of it.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext

from astra.assistance import selectors as assistance
from astra.cases import selectors as cases
from astra.cases.views.panels import day_panel
from astra.consent import selectors as consent
from astra.consent.showing import PLACES as CONSENT_PLACES
from astra.hotline import selectors as hotline
from astra.hotline.rules.contacts import FOLLOW_UP, KIND, Coded
from astra.hotline.views import rota_shown
from astra.hotline.views.saying import callback_rows
from astra.identification import selectors as identification
from astra.justice import selectors as justice
from astra.kernel.clock import LOCAL, now
from astra.kernel.dues import Due
from astra.people import selectors as people
from astra.rights import selectors as rights
from astra.vault.actor import Actor
from astra.vocabulary.naming import label

MOST, FEW = 25, 8
SOON = timedelta(days=3)
"""So far ahead she sees what follows from her contacts."""
LEFT_AFTER = timedelta(hours=1)
"""So long after its last save a colleague's draft counts as left behind."""
PLACES = {
    "hotline.follow_up": "hotline:contact",
    "hotline.returned": "hotline:change",
    "hotline.offer_check": "hotline:offer",
    "hotline.caller_plan": "hotline:regular",
    "hotline.meeting_point": "desk:meeting_point",
    "people.of_age": "people:person",
    **CONSENT_PLACES,
    "assistance.stay": "assistance:case",
    "assistance.interpreter": "assistance:case",
    "rights.answer": "rights:request",
    "rights.recall": "rights:recall",
    "identification.risk": "people:person",
    "justice.term": "justice:record",
}
LISTS = {"justice.office_letter": "justice:letters"}
"""What stands on a list and has no page of its own."""


@dataclass(frozen=True)
class Item:
    """One line of the list, as the task list draws it, and by what it is put in order."""

    day: date
    at: time | None
    is_late: bool
    row: dict[str, Any]
    is_standing: bool = False
    """A deadline of the file, not of somebody who waits: years late, it must not stand above a call of yesterday."""

    @property
    def order(self) -> tuple[bool, date, bool, time]:
        """By day; within a day what has an hour comes first, by the hour."""
        return self.is_late and self.is_standing, self.day, self.at is None, self.at or time.min


@dataclass(frozen=True)
class Waiting:
    """A queue that is not hers alone: what it is, how much waits, where it is."""

    label: str
    count: int
    url: str


@dataclass
class Day:
    """What the page shows."""

    overdue: list[dict[str, Any]] = field(default_factory=list)
    today: list[dict[str, Any]] = field(default_factory=list)
    soon: list[dict[str, Any]] = field(default_factory=list)
    more: int = 0
    """How much more is due than the page shows."""
    handed: Sequence[Any] = ()
    fresh: list[dict[str, Any]] = field(default_factory=list)
    drafts: list[dict[str, Any]] = field(default_factory=list)
    queues: list[Waiting] = field(default_factory=list)
    """What waits for whoever has a moment."""

    @property
    def is_quiet(self) -> bool:
        """Whether nothing waits at all."""
        return not (self.overdue or self.today or self.soon or self.handed or self.fresh or self.drafts)


def day_of(actor: Actor, today: date) -> Day:
    """Gather what waits for this actor on a day."""
    known = cases.my_day(actor, today)
    shown = day_panel(known)
    tasks = [
        Item(line.due_on, None, line.due_on < today, row)
        for line, row in zip(known.tasks, shown["tasks"], strict=True)
        if line.due_on
    ]
    items = [*_callbacks(actor, today), *tasks, *_others(actor, today), *_shifts(actor, today)]
    items.sort(key=lambda item: item.order)
    cut = items[:MOST]
    unfinished = hotline.unfinished(actor) if actor.has_desk("hotline") else []
    return Day(
        overdue=[item.row for item in cut if item.is_late],
        today=[item.row for item in cut if not item.is_late and item.day == today],
        soon=[item.row for item in cut if not item.is_late and item.day > today],
        more=len(items) - len(cut),
        handed=shown["handed"],
        fresh=shown["fresh"],
        drafts=_drafts(unfinished),
        queues=_queues(actor, unfinished),
    )


def _callbacks(actor: Actor, today: date) -> list[Item]:
    if not actor.has_desk("hotline"):
        return []
    ending = datetime.combine(today + timedelta(days=1), time.min, LOCAL)
    lines = [
        line
        for line in hotline.callbacks(actor, until=ending)
        if line.may_be_called and line.assigned_to in (None, actor.id)
    ]
    return [_callback(row) for row in callback_rows(actor, lines[:MOST], now())]


def _callback(row: Any) -> Item:  # Any: hotline's row of a promise
    at = localtime(row.line.due_at, LOCAL)
    hints = [row.why, gettext("has rules for contacting") if row.rules else "", row.desk]
    return Item(
        at.date(),
        at.time(),
        row.is_overdue,
        {
            "title": gettext("Call back: %(who)s") % {"who": row.name},
            "url": row.url,
            "hint": " · ".join(part for part in hints if part),
            "due": date_format(at, "NEAR_DATETIME_FORMAT"),
            "status": _overdue() if row.is_overdue else None,
        },
    )


def _shifts(actor: Actor, today: date) -> list[Item]:
    """Her own shifts of today and tomorrow that she has not ended."""
    if not actor.has_desk("hotline"):
        return []
    after = datetime.combine(today + timedelta(days=2), time.min, LOCAL)
    found = []
    for line in hotline.shifts_of(actor.id, now(), after):
        begins, shown = localtime(line.begins_at, LOCAL), rota_shown.row(line, actor.id, names={})
        row = {
            "title": gettext("Your shift %(hours)s") % {"hours": shown.hours},
            "url": reverse("hotline:shifts"),
            "hint": f"{shown.role_name} · {shown.lines}",
            "due": date_format(begins, "SHORT_DATE_FORMAT"),
            "status": None,
        }
        if line.ended_at is None:
            found.append(Item(max(begins.date(), today), begins.time(), False, row))
    return found


def _others(actor: Actor, today: date) -> list[Item]:
    """Deadlines that are said in a few neutral words, with the person's name where there is one."""
    offers = hotline.due_offers(actor, today + SOON)
    whither = {line.id: line for line in hotline.offers_to_do(actor)} if offers else {}
    contacts = hotline.due(actor, today + SOON) if actor.has_desk("hotline") else []
    promised = [one.record_id for one in contacts if one.kind == "hotline.follow_up"]
    said = {line.id: line.coded for line in hotline.lines(actor, promised)}
    of_age = people.due(actor, today, limit=FEW) if actor.has_desk("people") else []
    consents = consent.due(actor, today)[:MOST] if actor.has_desk("consent") else []
    risks = identification.due(actor, today) if actor.has_desk("cases") else []
    terms = justice.due(actor, today)[:FEW] if actor.has_desk("cases") else []
    silent = justice.office_due(actor, today)[:FEW] if actor.has_desk("cases") else []
    files = justice.files_of([one.record_id for one in terms]) if terms else {}
    whose = consent.persons_behind(one.record_id for one in consents) if consents else {}
    whose |= {one.record_id: one.record_id for one in (*of_age, *risks)}
    names = people.display_names(actor, set(whose.values())) if whose else {}
    asked = rights.due(actor, today) if actor.has_desk("cases", "data_protection") else []
    held = rights.recalls_due(actor, today) if actor.has_desk("cases") else []
    return [
        *(
            _item(one, today)
            for one in (*asked, *held, *silent, *assistance.due(actor, today), *assistance.coming(actor, today))
        ),
        *(_item(one, today, files[one.record_id]) for one in terms),
        *(
            _item(one, today, _what_follows(said.get(one.record_id)) if one.kind == "hotline.follow_up" else "")
            for one in contacts
        ),
        *(_item(one, today) for one in (*hotline.plans_due(actor, today), *hotline.decisions_due(actor, today + SOON))),
        *(_item(one, today, _which_offer(whither.get(one.record_id))) for one in offers),
        *(_item(one, today, names.get(whose[one.record_id], "")) for one in (*of_age, *risks, *consents)),
    ]


def _which_offer(line: hotline.OfferLine | None) -> str:
    """The country of an offer and who offers, where the register knows it; no word of the person's."""
    if line is None:
        return ""
    named = [each.entry.name for each in (line.employer, line.agency) if each is not None]
    return ", ".join(part for part in (label("country", line.coded.country), *named) if part)


def _what_follows(contact: Coded | None) -> str:
    """What was promised and after which contact, so that nobody has to open it to know."""
    if contact is None or not contact.follow_up:
        return ""
    kind, day = label(FOLLOW_UP, contact.follow_up), localtime(contact.received_at, LOCAL)
    return f"{kind}: {label(KIND, contact.kind)}, {date_format(day, 'SHORT_DATE_FORMAT')}"


def _item(due: Due, today: date, who: str = "") -> Item:
    is_late = due.day < today
    row = {
        "title": who or gettext(due.label),
        "url": reverse(PLACES[due.kind], args=[due.record_id]) if due.kind in PLACES else reverse(LISTS[due.kind]),
        "hint": gettext(due.label) if who else "",
        "due": date_format(due.day, "SHORT_DATE_FORMAT"),
        "status": _overdue() if is_late else None,
    }
    return Item(due.day, None, is_late, row, is_standing=not due.kind.startswith("hotline."))


def _overdue() -> dict[str, str]:
    return {"text": gettext("Overdue"), "tone": "danger"}


def _drafts(unfinished: Sequence[hotline.DraftLine]) -> list[dict[str, Any]]:
    """Her own unfinished contacts; those that colleagues left are a queue."""
    mine = [draft for draft in unfinished if draft.is_mine]
    return [
        {
            "title": gettext("Contact begun %(at)s") % {"at": _moment(draft.began_at)},
            "url": reverse("hotline:resume", args=[draft.id]),
            "due": gettext("saved %(at)s") % {"at": _moment(draft.saved_at)},
        }
        for draft in mine[:FEW]
    ]


def _moment(at: datetime) -> str:
    return date_format(localtime(at, LOCAL), "NEAR_DATETIME_FORMAT")


def _queues(actor: Actor, unfinished: Sequence[hotline.DraftLine]) -> list[Waiting]:
    """Only queues in which something waits."""
    joinings = people.waiting_joinings(actor) if actor.has_desk("people") else []
    others = sum(one.by != actor.id for one in joinings)  # nobody confirms what she said herself
    files = Waiting(gettext("Joined files, for a second person"), others, reverse("people:duplicates"))
    silent = Waiting(
        gettext("In the field without a sign of life"), len(assistance.alarms(actor)), reverse("assistance:out")
    )
    queues = (silent, *_of_the_hotline(actor, unfinished), files, *keeping_queues(actor))
    return [queue for queue in queues if queue.count]


def keeping_queues(actor: Actor) -> tuple[Waiting, ...]:
    """What waits for a second person, and of what the time is over; also for data protection, who has no day."""
    return (
        Waiting(gettext("To be destroyed, for a second person"), rights.count_to_decide(actor), _retention()),
        Waiting(gettext("Kept for longer than its time"), rights.count_over(actor), _retention()),
        Waiting(
            gettext("Exports, for a second person"), rights.count_exports_to_decide(actor), reverse("rights:exports")
        ),
    )


def _retention() -> str:
    return reverse("rights:retention")


def _of_the_hotline(actor: Actor, unfinished: Sequence[hotline.DraftLine]) -> Sequence[Waiting]:
    if not actor.has_desk("hotline"):
        return ()
    waiting = hotline.waiting(actor)
    coordinates = actor.has_desk("coordination")
    uncovered = len(hotline.lines_uncovered()) if coordinates else 0
    unread = len(hotline.overdue_handovers()) if coordinates else hotline.count_unread_handovers(actor) or 0
    left = [one for one in unfinished if not one.is_mine and now() - one.saved_at > LEFT_AFTER]
    calls = hotline.calls_now(actor)
    return (
        _queue(gettext("Telephones that ring"), sum(one.is_ringing for one in calls.going_on), "calls"),
        _queue(gettext("Missed calls"), len(hotline.missed_calls(actor)), "calls"),
        _queue(gettext("Calls to log"), len(calls.to_log), "calls"),
        _queue(gettext("Conversations that wait for an answer"), hotline.count_waiting(actor), "conversations"),
        _queue(gettext("Changes of shifts that wait for you"), hotline.swaps_waiting(actor), "shifts"),
        _queue(gettext("Hand-overs that nobody has read"), unread, "handover"),
        _queue(gettext("Open lines without anybody"), uncovered, "shifts"),
        _queue(gettext("Left unfinished by colleagues"), len(left), "drafts"),
        _queue(gettext("Volunteers' entries to review"), waiting.review or 0, "review"),
        _queue(gettext("Logged without keys, to vouch for"), waiting.confirm or 0, "vouch"),
    )


def _queue(label: str, count: int, page: str) -> Waiting:
    return Waiting(label, count, reverse(f"hotline:{page}"))


def everybodys_overdue(actor: Actor, today: date) -> list[dict[str, Any]]:
    """For whoever coordinates: colleagues' tasks that are late, the most overdue first."""
    if not actor.has_desk("coordination"):
        return []
    own: UUID | None = actor.id
    late = [task for task in cases.overdue(actor, today, limit=FEW) if task.assigned_id != own]
    return list(day_panel(cases.MyDay(late, [], []))["tasks"])
