"""Which interpreter comes when, and for which of the actor's cases? Others' bookings are hours that are taken."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID

from django.utils.timezone import localtime

from astra.assistance.models import Booking
from astra.assistance.rules.bookings import BOOKED
from astra.assistance.sections import BOOKING
from astra.cases import selectors as cases
from astra.hotline import selectors as hotline
from astra.kernel.clock import LOCAL, now
from astra.kernel.dues import Due
from astra.kernel.errors import NotFound
from astra.kernel.words import msg
from astra.vault import selectors as vault
from astra.vault.actor import Actor

A_WEEK = timedelta(days=7)
COMES = msg("An interpreter comes")


@dataclass(frozen=True)
class BookingLine:
    """One booking; case, purpose and place only where the actor reaches the file."""

    id: UUID
    case_id: UUID | None
    number: str
    interpreter: str
    language: str
    purpose: str
    begins: datetime
    ends: datetime
    state: str
    place: str
    is_over: bool


def get_booking(actor: Actor, booking_id: UUID) -> Booking:
    """A booking for a case that the actor reaches, or `NotFound`."""
    actor.check_desk("cases")
    found = Booking.objects.select_related("case").filter(pk=booking_id).first()
    if found is None:
        raise NotFound
    cases.get_case(actor, found.case_id)
    return found


def bookings_of(actor: Actor, case_id: UUID) -> list[BookingLine]:
    """The bookings for a case, the latest first."""
    cases.get_case(actor, case_id)
    return _lines(actor, Booking.objects.filter(case=case_id).select_related("case").order_by("-begins"))


def week(actor: Actor, monday: date) -> list[BookingLine]:
    """Who is booked in a week, by hour: so that it is seen who is free."""
    actor.check_desk("cases")
    begins = datetime.combine(monday, time(), LOCAL)
    rows = Booking.objects.filter(state=BOOKED, begins__gte=begins, begins__lt=begins + A_WEEK)
    return _lines(actor, rows.select_related("case").order_by("begins", "pk"))


def coming(actor: Actor, day: date) -> list[Due]:
    """Bookings of the actor's own for a day, and those of the cases that she leads."""
    if not actor.has_desk("cases"):
        return []
    begins = datetime.combine(day, time(), LOCAL)
    rows = Booking.objects.filter(state=BOOKED, begins__gte=begins, ends__gt=now(), begins__lt=begins + A_WEEK / 7)
    hers = [row for row in rows.select_related("case").order_by("begins") if actor.id in (row.by, row.case.lead_id)]
    reached = vault.reachable_among(actor, {row.case_id for row in hers})
    return [
        Due(localtime(row.begins).date(), "assistance.interpreter", row.case_id, COMES)
        for row in hers
        if row.case_id in reached
    ]


def _lines(actor: Actor, rows: Iterable[Booking]) -> list[BookingLine]:
    found = list(rows)
    reached = vault.reachable_among(actor, {row.case_id for row in found})
    words = vault.open_sections(actor, [row.record_id for row in found if row.case_id in reached], BOOKING)
    names = {one.id: one.words.name for one in hotline.interpreters(actor, with_ended=True)} if found else {}
    return [
        BookingLine(
            id=row.pk,
            case_id=row.case_id if row.case_id in reached else None,
            number=row.case.number if row.case_id in reached else "",
            interpreter=names.get(row.interpreter_id, ""),
            language=row.language,
            purpose=row.purpose if row.case_id in reached else "",
            begins=localtime(row.begins),
            ends=localtime(row.ends),
            state=row.state,
            place=words[row.record_id].content.place if row.record_id in words else "",
            is_over=row.ends <= now(),
        )
        for row in found
    ]
