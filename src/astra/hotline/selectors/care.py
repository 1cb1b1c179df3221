"""What has a colleague written of her work, for whom, and how hard were the weeks?"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from astra.hotline.models import Debrief, HardContact
from astra.hotline.rules import care as rules
from astra.hotline.rules.contacts import day_begins
from astra.hotline.sections import DEBRIEF, FOR_COORDINATION
from astra.kernel.clock import now
from astra.vault import selectors as vault
from astra.vault.actor import Actor

MOST = 100


@dataclass(frozen=True)
class DebriefLine:
    """A note as far as it opens for whoever reads it."""

    id: UUID
    kind: str
    writer_id: UUID
    readers: tuple[UUID, ...]
    written_at: datetime
    contact_id: UUID | None
    words: str
    for_coordination: str


def debriefs(actor: Actor) -> list[DebriefLine]:
    """Her own notes, those she was chosen to read, and what was meant for her as a coordinator; the newest first."""
    actor.check_desk("hotline")
    reach = vault.reach_of(actor, kind="debrief")
    rows = list(Debrief.objects.filter(vault.within("pk", **reach)).order_by("-written_at")[:MOST])
    ids = [row.pk for row in rows]
    words, told = (vault.open_sections(actor, ids, kind) if ids else {} for kind in (DEBRIEF, FOR_COORDINATION))
    return [
        DebriefLine(
            row.pk,
            row.kind,
            row.writer_id,
            tuple(UUID(one) for one in row.readers),
            row.written_at,
            row.contact_id,
            words[row.pk].content.words if row.pk in words else "",
            told[row.pk].content.words if row.pk in told else "",
        )
        for row in rows
    ]


def is_hard(actor: Actor, contact_id: UUID) -> bool:
    """Whether a contact was hard for the actor, by her own word."""
    return HardContact.objects.filter(contact=contact_id, member=actor.id).exists() if actor.id else False


def load(actor: Actor) -> tuple[list[date], dict[UUID, dict[date, rules.Week]]]:
    """The last weeks, and each colleague's hard contacts in them: numbers only, for whoever coordinates."""
    actor.check_desk("coordination")
    first = rules.monday_of(now()) - timedelta(weeks=rules.SHOWN_WEEKS - 1)
    rows = HardContact.objects.filter(contact__received_at__gte=day_begins(first))
    given = rows.values_list("member", "contact__received_at", "contact__minutes")
    found = rules.load(rules.Hard(member, at, minutes or 0) for member, at, minutes in given)
    return [first + timedelta(weeks=ahead) for ahead in range(rules.SHOWN_WEEKS)], found
