"""Is anybody in danger now, who has been told, and who must see it? Coded facts; the words open for readers alone."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from astra.accounts import selectors as accounts
from astra.hotline.models import Contact, Danger
from astra.hotline.rules import danger as rules
from astra.hotline.rules import rota
from astra.hotline.sections import DANGER, DangerWords
from astra.hotline.selectors.contacts import ContactLine, lines
from astra.hotline.selectors.rota import on_shift_members
from astra.kernel.clock import now
from astra.kernel.errors import NotFound
from astra.vault import selectors as vault
from astra.vault.actor import Actor
from astra.vault.prepared import PreparedRows

RECENT = timedelta(hours=24)
_OPEN = PreparedRows(Danger, lambda: Danger.objects.filter(state__in=rules.OPEN).order_by("opened_at"))


@dataclass(frozen=True)
class DangerLine:
    """One emergency by its coded facts."""

    id: UUID
    situation: str
    line: str
    state: str
    opened_by: UUID | None
    opened_at: datetime
    alerted_at: datetime
    acknowledged_by: UUID | None
    acknowledged_at: datetime | None
    closed_by: UUID | None
    closed_at: datetime | None
    outcome: str
    contact_id: UUID | None
    conversation_id: UUID | None


def dangers_for(actor: Actor) -> list[DangerLine]:
    """What is open and hers to see at the top of every page: her own, and for whoever is alerted everybody's."""
    if not actor.has_desk("hotline"):
        return []
    found = [_line(row) for row in _OPEN()]
    return [one for one in found if actor.id in (one.opened_by, one.acknowledged_by) or _is_for(actor, one)]


def _is_for(actor: Actor, one: DangerLine) -> bool:
    return actor.has_desk("coordination") or actor.id in who_is_alerted(one.opened_by)


def is_alerted(actor: Actor) -> bool:
    """Whether alerts may go to the actor at this hour: her page then listens for them."""
    return actor.has_desk("coordination") or actor.id in on_shift_members()


def who_is_alerted(opener: UUID | None) -> set[UUID]:
    """On call by the rota, and the coordinators; whoever is on shift where nobody else would be told."""
    coordinators = {one.member_id for one in accounts.colleagues(desks=["coordination"])}
    called = on_shift_members(roles=(rota.ON_CALL, rota.SUPERVISOR))
    told = (coordinators | (called or on_shift_members())) - {opener}
    return {one for one in told or on_shift_members() if one != opener}


def danger(actor: Actor, danger_id: UUID) -> tuple[DangerLine, DangerWords | None]:
    """One emergency with its words, as far as they open."""
    vault.check_reach(actor, danger_id)
    row = Danger.objects.filter(pk=danger_id).first()
    if row is None:
        raise NotFound
    opened = vault.find_section(actor, danger_id, DANGER)
    return _line(row), opened.content if opened else None


def dangers_of_contact(actor: Actor, contact_id: UUID) -> list[DangerLine]:
    """The emergencies that belong to a contact."""
    rows = list(Danger.objects.filter(contact=contact_id).order_by("opened_at"))
    hers = vault.reachable_among(actor, [row.pk for row in rows]) if rows else set()
    return [_line(row) for row in rows if row.pk in hers]


def own_recent_contacts(actor: Actor) -> list[ContactLine]:
    """The contacts that she wrote down in the last day, to say to which one an emergency belongs."""
    recent = Contact.objects.filter(entered_by=actor.id, saved_at__gt=now() - RECENT).order_by("-saved_at")
    return lines(actor, list(recent.values_list("pk", flat=True)[:20])) if actor.id else []


def _line(row: Danger) -> DangerLine:
    return DangerLine(
        row.pk,
        row.situation,
        row.line,
        row.state,
        row.opened_by_id,
        row.opened_at,
        row.alerted_at,
        row.acknowledged_by_id,
        row.acknowledged_at,
        row.closed_by_id,
        row.closed_at,
        row.outcome,
        row.contact_id,
        row.conversation_id,
    )
