"""How is an interpreter booked for a case, and called off? Never twice for the same hour, whoever was faster."""

from datetime import datetime
from uuid import UUID

from django.db import IntegrityError
from django.utils.timezone import localtime

from astra import vocabulary
from astra.assistance.models import BookedQuarter, Booking
from astra.assistance.rules import bookings as rules
from astra.assistance.sections import BOOKING, BookingWords
from astra.assistance.selectors.bookings import get_booking
from astra.cases.selectors import get_case
from astra.cases.services import Filing
from astra.hotline import services as hotline
from astra.kernel.clock import now
from astra.kernel.errors import Conflict, Invalid, Problem
from astra.kernel.words import msg
from astra.vault.actor import Actor
from astra.vault.services.sealing import SOMEBODY_SAVED

TAKEN = msg(
    "This interpreter is booked already from %(begins)s to %(ends)s on that day. Choose another hour or interpreter."
)
WHOM = msg("Choose an interpreter.")


def book_interpreter(
    *,
    actor: Actor,
    case_id: UUID,
    interpreter_id: UUID | None,
    language: str,
    conflict: str,
    purpose: str,
    begins: datetime,
    ends: datetime,
    place: str = "",
) -> UUID:
    """Book an interpreter; what has to be asked before is asked as on the line."""
    case = get_case(actor, case_id)
    vocabulary.check("interpreting_for", purpose, field="purpose")
    rules.check_time(begins, ends, now())
    if interpreter_id is None:
        raise Invalid(Problem("interpreter_id", WHOM))
    hotline.check_engaging(actor=actor, interpreter_id=interpreter_id, language=language, conflict=conflict)
    _check_free(interpreter_id, begins, ends)
    filing = Filing(actor, case)
    record_id = filing.seal("interpreter_booking", BOOKING, BookingWords(place.strip()))
    filing.line("interpreter", subject=record_id, code=rules.BOOKED)
    row = Booking(record_id=record_id, case=case, interpreter_id=interpreter_id, language=language, conflict=conflict)
    row.purpose, row.begins, row.ends, row.by = purpose, begins, ends, actor.id
    quarters = [
        BookedQuarter(interpreter_id=interpreter_id, at=at, booking=row) for at in rules.quarters_between(begins, ends)
    ]
    try:
        with filing.transaction("assistance.book_interpreter"):
            row.save(force_insert=True)
            BookedQuarter.objects.bulk_create(quarters)
            hotline.note_engaged(interpreter_id=interpreter_id, on=localtime(begins).date())
    except IntegrityError:
        _check_free(interpreter_id, begins, ends)
        raise
    return row.pk


def call_off_interpreter(*, actor: Actor, booking_id: UUID) -> None:
    """The interpreter is not needed; the time is free again."""
    row = get_booking(actor, booking_id)
    target = rules.BOOKING.check(row.state, "call_off_interpreter")
    filing = Filing(actor, row.case)
    filing.line("interpreter", subject=row.record_id, code=target)
    with filing.transaction("assistance.call_off_interpreter", subject=row.record_id):
        if not Booking.objects.filter(pk=booking_id, state=row.state).update(state=target):
            raise Conflict(SOMEBODY_SAVED)
        BookedQuarter.objects.filter(booking=row).delete()


def _check_free(interpreter_id: UUID, begins: datetime, ends: datetime) -> None:
    """Which hours are taken; never for whom."""
    wanted = list(rules.quarters_between(begins, ends))
    taken = BookedQuarter.objects.filter(interpreter=interpreter_id, at__in=wanted).select_related("booking")
    first = taken.order_by("at").first()
    if first is not None:
        begins, ends = localtime(first.booking.begins), localtime(first.booking.ends)
        raise Invalid(Problem("begins", TAKEN, parts={"begins": f"{begins:%H:%M}", "ends": f"{ends:%H:%M}"}))
