"""May this actor know of a record of this room? Only who reaches its file and sits in its tier."""

from typing import TypeVar
from uuid import UUID

from astra.cases import selectors as cases
from astra.justice.models.filed import Filed
from astra.kernel.errors import NotFound
from astra.vault import selectors as vault
from astra.vault.actor import Actor

F = TypeVar("F", bound=Filed)


def get_part(actor: Actor, model: type[F], record_id: UUID) -> F:
    """A record of a file in a tier that the actor sits in, or `NotFound`; what is absent is asked for like the rest."""
    actor.check_desk("cases")
    found: F | None = model._default_manager.select_related("case").filter(pk=record_id).first()
    if found is None:
        vault.check_reach(actor, record_id)
        raise NotFound
    cases.get_case(actor, found.case_id)
    if found.tier not in cases.tiers_of(actor, found.case_id):
        raise NotFound
    return found
