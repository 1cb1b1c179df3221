"""Which sittings has a conversation had, what did each become, and who could answer the next message?"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Q

from astra.accounts import selectors as accounts
from astra.hotline.models import Conversation, Talk
from astra.hotline.rules.contacts import MAX_MINUTES, reading_desks
from astra.hotline.rules.lifecycles import WITHDRAWN
from astra.hotline.selectors.contacts import ContactLine, contact, lines
from astra.hotline.selectors.conversations import Said, conversation, read_talk
from astra.vault import selectors as vault
from astra.vault.actor import Actor


@dataclass(frozen=True)
class ToLog:
    """The sittings that no contact stands for yet, as one."""

    number: int
    began_at: datetime
    minutes: int


def to_log(actor: Actor, conversation_id: UUID) -> ToLog | None:
    """When what is not logged yet began and how long it has lasted; None where everything is."""
    row = conversation(actor, conversation_id)
    unlogged = Q(contact=None) | Q(contact__standing=WITHDRAWN)
    talks = list(Talk.objects.filter(unlogged, conversation=row.pk).order_by("number"))
    if not talks:
        return None
    lasted = (row.ended_at or row.last_at) - talks[0].began_at
    minutes = -(-max(lasted, timedelta(0)) // timedelta(minutes=1))
    return ToLog(talks[-1].number, talks[0].began_at, min(minutes, MAX_MINUTES))


def contacts_of_conversation(actor: Actor, conversation_id: UUID) -> list[ContactLine]:
    """The contacts that its sittings became, the newest first."""
    row = conversation(actor, conversation_id)
    logged = Talk.objects.filter(conversation=row.pk, contact__isnull=False).values_list("contact", flat=True)
    return lines(actor, set(logged))


def has_closed_sittings(actor: Actor, conversation_id: UUID) -> bool:
    """Whether earlier sittings are with a case's team alone by now."""
    row = conversation(actor, conversation_id)
    talks = set(Talk.objects.filter(conversation=row.pk, record__erased_at=None).values_list("pk", flat=True))
    return bool(talks - vault.reachable_among(actor, talks)) if talks else False


def said_in_contact(actor: Actor, contact_id: UUID) -> list[Said]:
    """What was written in the sittings that a contact stands for, for whoever has their keys."""
    found = contact(actor, contact_id)
    talks = list(Talk.objects.filter(contact=found.id).order_by("conversation", "number"))
    hers = vault.reachable_among(actor, [talk.pk for talk in talks]) if talks else set()
    return [said for talk in talks if talk.pk in hers for said in read_talk(actor, talk, 0, hers=False)]


def conversation_of(actor: Actor, contact_id: UUID) -> UUID | None:
    """The conversation that a contact stands for, where the actor answers conversations and may know of it."""
    found = Talk.objects.filter(contact=contact_id).values_list("conversation", flat=True).first()
    return found if found and actor.has_desk("hotline") and vault.can_reach(actor, found) else None


def who_may_answer(row: Conversation) -> list[accounts.Colleague]:
    """The colleagues who read this line, by work name."""
    readers = set[UUID]().union(*(vault.workers_in(vault.desk_circle(name)) for name in reading_desks(row.line)))
    return [one for one in accounts.colleagues(desks=["hotline"]) if one.member_id in readers]
