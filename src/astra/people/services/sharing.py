"""Whose circles may open a person's file? A team comes in; the hotline lets go and keeps what keeps her safe."""

from collections.abc import Collection
from datetime import datetime
from typing import Any
from uuid import UUID

from astra.audit import services as audit
from astra.people.sections import CARD, CONTACT_DETAILS, IDENTITY, SAFETY, WHEREABOUTS
from astra.people.selectors import circles_of, living_person
from astra.vault import selectors as vault
from astra.vault.actor import Actor
from astra.vault.sections import SectionKind
from astra.vault.services.sealing import Sealing
from astra.vault.services.withdrawal import withdraw

FILE: tuple[SectionKind[Any], ...] = (IDENTITY, CONTACT_DETAILS, WHEREABOUTS)  # Any: kinds of different contents
KEPT: tuple[SectionKind[Any], ...] = (SAFETY, CARD)
"""What a circle keeps when it lets a person go: enough to recognise her and not to endanger her."""


def share_with(*, actor: Actor, person_id: UUID, circles: Collection[UUID], until: datetime | None = None) -> None:
    """Let circles (a case's team) open and list a person; the actor shares what she can open herself."""
    if not circles:
        return
    living_person(actor, person_id)
    sealing = Sealing(actor)
    sealing.grant(person_id, openable(actor, person_id, (*FILE, *KEPT)), to=circles, until=until)
    sealing.list_for(person_id, circles, until=until)
    with sealing.transaction():
        audit.record(
            actor_id=actor.id,
            verb="people.shared",
            subjects=[sealing.pseudonym(person_id)],
            detail={"circles": len(circles), "is_limited": until is not None},
        )


def let_circle_go(*, actor: Actor, person_id: UUID, circle_id: UUID, until: datetime | None = None) -> None:
    """End a circle's right to a person's file, at once or at a time; the last circle that can open her stays."""
    living_person(actor, person_id)
    if not circles_of(person_id) - {circle_id}:
        return
    if until is None:
        withdraw(actor=actor, record_id=person_id, circle_id=circle_id, kinds=FILE)
        return
    sealing = Sealing(actor)
    sealing.grant(person_id, openable(actor, person_id, FILE), to=[circle_id], until=until)
    sealing.list_for(person_id, [circle_id], until=until)
    with sealing.transaction():
        audit.record(actor_id=actor.id, verb="people.let_go", subjects=[sealing.pseudonym(person_id)])


def openable(actor: Actor, person_id: UUID, kinds: tuple[SectionKind[Any], ...]) -> list[SectionKind[Any]]:
    """Those parts of a person's file that the actor can open, and so share."""
    found = vault.keyed_sections(actor, [person_id], [kind.name for kind in kinds])
    return [kind for kind in kinds if (person_id, kind.name) in found]
