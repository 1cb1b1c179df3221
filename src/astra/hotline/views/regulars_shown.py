"""How is the plan for a regular caller said beside a call, a form, a conversation and in the list?"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext

from astra.accounts.selectors import work_names
from astra.hotline.selectors import RegularLine
from astra.kernel.clock import today
from astra.people import selectors as people
from astra.vault.actor import Actor


@dataclass(frozen=True)
class PlanRow:
    """A plan as a page shows it."""

    id: UUID
    url: str
    name: str
    helps: str
    not_helps: str
    how_long: str
    who: str
    """Who leads."""
    review_on: date | None
    is_due: bool
    contact_id: UUID | None
    """By which a caller without a name is recognised in a form."""
    person_id: UUID | None


def plan_rows(actor: Actor, lines: Sequence[RegularLine]) -> list[PlanRow]:
    """Plans with who it is, as far as the reader may know it."""
    if not lines:
        return []
    names = people.display_names(actor, [line.person_id for line in lines if line.person_id])
    staff = work_names({line.led_by for line in lines if line.led_by})
    return [
        PlanRow(
            id=line.id,
            url=reverse("hotline:regular", args=[line.id]),
            name=(names.get(line.person_id, "") if line.person_id else "")
            or line.words.nickname
            or gettext("A caller without a name"),
            helps=line.words.helps,
            not_helps=line.words.not_helps,
            how_long=line.words.how_long,
            who=staff.get(line.led_by, "") if line.led_by else "",
            review_on=line.review_on,
            is_due=line.review_on is not None and line.review_on <= today(),
            contact_id=line.contact_id,
            person_id=line.person_id,
        )
        for line in lines
    ]
