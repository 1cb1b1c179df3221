"""What has the invented team agreed on? A plan for a regular caller, a silent caller, points for the next meeting."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from astra.demo.cast import Employed
from astra.hotline import services as hotline
from astra.hotline.rules.calls import ANSWERED_BY, ENDS, RINGS, CallEvent
from astra.hotline.sections import PlanWords
from astra.vault.actor import system

SOS = "+381117850000"
FEW_S, MINUTES = 14, (88, 57, 31)


def agree(
    employed: Mapping[str, Employed], told: dict[str, Any], *, today: date, at: datetime, person_id: UUID
) -> None:  # Any: the texts of the data file
    """Through the room's own services, as the team would have done it."""
    mira, sanja = employed["mira"].actor(), employed["sanja"].actor()
    words = PlanWords(**told["plan"])
    planned = hotline.Planned(words, today + timedelta(days=20), employed["sanja"].id)
    hotline.make_plan(actor=sanja, planned=planned)
    for minutes in MINUTES:
        _silent(f"silent-{minutes}", at - timedelta(minutes=minutes))
    hotline.flag_point(actor=mira, words=told["point"])
    hotline.flag_point(actor=mira, words=told["point_of_person"], subject_id=person_id)


def _silent(name: str, at: datetime) -> None:
    for kind, after_s in ((RINGS, 0), (ANSWERED_BY, 6), (ENDS, 6 + FEW_S)):
        moment = at + timedelta(seconds=after_s)
        event = CallEvent("demo", name, kind, moment, dialled=SOS, number="+381640000111")
        hotline.hear(actor=system(), event=event)
