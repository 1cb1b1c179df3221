"""Who is on at the invented organisation around today? Hours, a fortnight of shifts with one gap, and a hand-over."""

from collections.abc import Mapping
from datetime import date, time, timedelta
from typing import Any

from astra.demo.cast import Employed
from astra.hotline import services as hotline
from astra.hotline.rules import handover
from astra.hotline.rules import rota as rules
from astra.hotline.services import NewShift
from astra.kernel.clock import now

SOS, CHILDREN = "sos_trafficking", "missing_116000"
DAY, EVENING, NIGHT = (time(8), time(16)), (time(16), time(0)), (time(0), time(8))
TURNS = (("mira", DAY), ("sanja", EVENING), ("milena", NIGHT))
SPOKEN = {
    "mira": ("sr", "en"),
    "sanja": ("sr", "hu", "ru"),
    "milena": ("sr", "rom", "en"),
    "jelena": ("sr", "en", "ar"),
}


def plan(employed: Mapping[str, Employed], told: Mapping[str, Any], today: date) -> None:  # Any: texts by section
    """Last week and the next, by the people of the organisation themselves."""
    jelena = employed["jelena"].actor()
    hotline.set_opening_hours(actor=jelena, line=SOS, hours=rules.always())
    monday = today - timedelta(days=today.weekday())
    shifts = []
    for ahead in range(-7, 14):
        day = monday + timedelta(days=ahead)
        shifts += [
            NewShift(employed[who].id, rules.ON_LINE, (SOS, CHILDREN), rules.span_of(day, *hours))
            for who, hours in TURNS
            # One evening next week is still to be given to somebody: the rota shows it.
            if not (ahead == 10 and hours is EVENING)
        ]
        on_call = rules.span_of(day, time(8), time(8))
        shifts.append(NewShift(employed["jelena"].id, rules.ON_CALL, (SOS, CHILDREN), on_call))
    made = hotline.plan_shifts(actor=jelena, shifts=shifts)
    for who, languages in SPOKEN.items():
        hotline.say_languages(actor=employed[who].actor(), languages=languages)
    _begin(employed, dict(zip(made, shifts, strict=True)))
    _hand_over(employed, told)


def _begin(employed: Mapping[str, Employed], made: Mapping[Any, NewShift]) -> None:  # Any: ids
    """Whoever should be there has begun."""
    names = {one.id: name for name, one in employed.items()}
    at = now()
    for shift_id, shift in made.items():
        if shift.role == rules.ON_LINE and shift.span.has(at):
            hotline.begin_shift(actor=employed[names[shift.member_id]].actor(), shift_id=shift_id)
    mira, hers = employed["mira"], [pk for pk, one in made.items() if names[one.member_id] == "mira"]
    coming = [pk for pk in hers if made[pk].span.begins > at + timedelta(days=2)]
    hotline.ask_swap(actor=mira.actor(), shift_id=coming[0], member_id=employed["sanja"].id)


def _hand_over(employed: Mapping[str, Employed], told: Mapping[str, Any]) -> None:  # Any: texts by section
    """What the night left to the day; the day has still to say that it has read it."""
    sanja, said = employed["sanja"].actor(), told["shifts"]
    for kind in (handover.AT_RISK, handover.MAY_CALL, handover.FLAGGED):
        hotline.add_point(actor=sanja, kind=kind, line=SOS, words=said[kind])
    hotline.hand_over(actor=sanja, lines=[SOS, CHILDREN])
