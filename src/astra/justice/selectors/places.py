"""On which page of the room does a record stand?"""

from dataclasses import dataclass
from uuid import UUID

from astra.justice.models import Claim, Decision, Demand, Hearing, Incident, Letter, Proceeding, Right, Suspect, Term
from astra.justice.models.filed import Filed
from astra.justice.selectors.access import get_part
from astra.kernel.errors import NotFound
from astra.vault import selectors as vault
from astra.vault.actor import Actor

IN_A_PROCEEDING: dict[str, type[Filed]] = {
    "hearings": Hearing,
    "decisions": Decision,
    "incidents": Incident,
    "claims": Claim,
    "terms": Term,
}
IN_A_FILE: dict[str, type[Filed]] = {
    "rights": Right,
    "letters": Letter,
    "demands": Demand,
    "suspects": Suspect,
}


@dataclass(frozen=True)
class Place:
    """The file of a record, its proceeding if it stands in one, and the part of that page."""

    case_id: UUID
    proceeding_id: UUID | None
    anchor: str


def place_of(actor: Actor, record_id: UUID) -> Place:
    """Where a record stands, or `NotFound` as everywhere in the room."""
    for anchor, model in ({"main": Proceeding} | IN_A_PROCEEDING | IN_A_FILE).items():
        if model._default_manager.filter(pk=record_id).exists():
            row = get_part(actor, model, record_id)
            inside = getattr(row, "proceeding_id", None) if anchor in IN_A_PROCEEDING else None
            return Place(row.case_id, row.pk if model is Proceeding else inside, anchor)
    vault.check_reach(actor, record_id)
    raise NotFound
