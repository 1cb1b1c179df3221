"""How do an interpreter's bookings look? A day under its name, an hour, and whose it is where that may be known."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from astra.assistance.rules.bookings import BOOKED, BOOKING_STATE_NAMES
from astra.assistance.selectors.bookings import A_WEEK, BookingLine
from astra.cases.views.shown import Tag
from astra.hotline.selectors import InterpreterLine
from astra.vocabulary.naming import day, label, labels

Row = dict[str, Any]  # Any: what templates take


def interpreter_choices(found: Iterable[InterpreterLine]) -> list[tuple[UUID, str]]:
    """Those who may be booked, with their languages."""
    return [(one.id, f"{one.words.name} ({labels('language', one.facts.languages)})") for one in found if _signed(one)]


def _signed(one: InterpreterLine) -> bool:
    return one.facts.signed_on is not None


def week_context(lines: Iterable[BookingLine], monday: date) -> Row:
    """Seven days with what is booked, and the ways to other weeks."""
    rows = booking_rows(lines)
    days = [monday + timedelta(days=number) for number in range(7)]
    return {
        "days": [
            {"name": date_format(one, "l, d.m."), "rows": [row for row in rows if row["line"].begins.date() == one]}
            for one in days
        ],
        "span": f"{day(days[0])} – {day(days[-1])}",
        "newer_url": f"?from={(monday - A_WEEK).isoformat()}",
        "older_url": f"?from={(monday + A_WEEK).isoformat()}",
    }


def booking_rows(lines: Iterable[BookingLine]) -> list[Row]:
    """Bookings in words."""
    return [
        {
            "line": one,
            "hours": f"{one.begins:%H:%M} – {one.ends:%H:%M}",
            "day": day(one.begins.date()),
            "language": label("language", one.language),
            "purpose": label("interpreting_for", one.purpose),
            "interpreter": one.interpreter or _("no longer on the register"),
            "state": Tag(_(BOOKING_STATE_NAMES[one.state]), "plum" if one.state == BOOKED and not one.is_over else ""),
            "case_url": reverse("assistance:case", args=[one.case_id]) if one.case_id else "",
            "may_call_off": one.state == BOOKED and not one.is_over and one.case_id is not None,
        }
        for one in lines
    ]
