"""How is somebody screened from a contact, before there is a case, and how does that go along into one?"""

from collections.abc import Mapping
from dataclasses import replace
from uuid import UUID

from astra.audit import services as audit
from astra.hotline import selectors as hotline
from astra.identification.entries import NewScreening
from astra.identification.models import Screening
from astra.identification.sections import SCREENING
from astra.identification.services.laying import lay_screening
from astra.kernel.errors import NotAllowedNow
from astra.kernel.words import msg
from astra.vault import selectors as vault
from astra.vault.actor import Actor
from astra.vault.services.sealing import Sealing

NOT_LINKED = msg("Link the person to the contact first; a screening is about somebody.")


def screen_contact(*, actor: Actor, contact_id: UUID, person_id: UUID, new: NewScreening) -> UUID:
    """Write down what a contact tells about somebody linked to it; read by whoever reads that contact."""
    actor.check_desk("hotline", "cases")
    for record in (contact_id, person_id):
        vault.check_reach(actor, record)
    if person_id not in {link.person_id for link in hotline.contact(actor, contact_id).links}:
        raise NotAllowedNow(NOT_LINKED)
    sealing = Sealing(actor)
    readers = vault.circles_listing(contact_id)
    laid = lay_screening(sealing, person_id, replace(new, contact_id=contact_id), readers=readers, owners=[person_id])
    with sealing.transaction():
        laid.write()
        names = [sealing.pseudonym(laid.record_id), *vault.pseudonyms([person_id]).values()]
        audit.record(actor_id=actor.id, verb="identification.screened", subjects=names)
    return laid.record_id


def bring_along(sealing: Sealing, teams: Mapping[UUID, UUID]) -> None:
    """Give the teams of cases the screenings that rest on joining contacts, as far as the actor opens them."""
    rows = dict(Screening.objects.filter(contact__in=list(teams)).values_list("pk", "contact"))
    found = sealing.read_ahead(list(rows), [SCREENING.name]) if rows else set()
    for record, _kind in sorted(found):
        team = teams[rows[record]]
        sealing.grant(record, [SCREENING], to=[team])
        sealing.list_for(record, [team])
