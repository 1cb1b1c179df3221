"""Two people who resemble each other: how is remembered that they are two, so that a stolen disk says nothing?"""

from uuid import UUID

from django.db import transaction

from astra.audit import services as audit
from astra.kernel.errors import NotAllowedNow
from astra.kernel.words import msg
from astra.people import index
from astra.people.models import HeldApart
from astra.people.sections import CARD
from astra.people.selectors import living_person
from astra.people.selectors.duplicates import marks_of
from astra.vault import selectors as vault
from astra.vault.actor import Actor
from astra.vault.services.notes import seal_note

NOT_YOUR_CARDS = msg("Your role does not read search cards, so this cannot be remembered. Ask a counsellor.")
SAME_FILE = msg("This is one and the same file.")


def hold_apart(*, actor: Actor, one_id: UUID, other_id: UUID) -> None:
    """They are two people: not offered again, until one of them has other names or another birth.

    Two people beside each other in the log would say that they resemble each other; so which two is sealed there for
    data protection, and closed under the keys of both.
    """
    living_person(actor, one_id)
    living_person(actor, other_id)
    if one_id == other_id:
        raise NotAllowedNow(SAME_FILE)
    if not index.may_read(actor):
        raise NotAllowedNow(NOT_YOUR_CARDS)
    both = (one_id, other_id)
    cards = {one: opened.content for one, opened in vault.open_sections(actor, both, CARD).items()}
    ((generation, mark),) = marks_of(actor, both, cards).items()
    words = " ".join(sorted(vault.pseudonyms(both).values()))
    sealed, commitment = seal_note(actor, words, about=both)
    with transaction.atomic():
        HeldApart.objects.get_or_create(mark=mark, defaults={"generation": generation, "held_by": actor.id})
        audit.record(actor_id=actor.id, verb="people.held_apart", sealed=sealed, commitment=commitment)
