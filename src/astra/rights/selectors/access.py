"""Which row of this room about one person may this actor have? Asked first by every reading and writing."""

from typing import TypeVar
from uuid import UUID

from django.db.models import Model

from astra.cases import selectors as cases
from astra.kernel.errors import NotFound
from astra.vault import selectors as vault
from astra.vault.actor import Actor

M = TypeVar("M", bound=Model)


def get_row(actor: Actor, model: type[M], record_id: UUID) -> M:
    """Return the row of a record that the actor may know of, or raise `NotFound`, for absent and for not hers."""
    actor.check_desk("cases")
    vault.check_reach(actor, record_id)
    row = model._default_manager.filter(pk=record_id).first()
    if row is None:
        raise NotFound
    return row


def check_client(actor: Actor, case_id: UUID, person_id: UUID) -> None:
    """Raise `NotFound` unless the person is a client of a file that the actor may know of."""
    cases.get_case(actor, case_id)
    if person_id not in {card.id for card in cases.people_in(actor, case_id) if card.is_client}:
        raise NotFound
