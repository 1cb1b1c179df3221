"""How does a file go when its time is over? Its parts first, then itself; people and contacts have their own time."""

from uuid import UUID

from astra.cases.selectors.ended import own_records
from astra.vault import selectors as vault
from astra.vault.actor import Actor
from astra.vault.services import erasure, letting_go

WHOLE = "case"


def let_file_go(*, actor: Actor, case_id: UUID, retention: str, reason: str) -> int:
    """Erase one class of a file, or all of it; returns how many records it touched. May be begun again."""
    others = [one for one in own_records(case_id) if one != case_id]
    classes = vault.living_classes([*others, case_id])
    gone = 0
    for record_id in [*others, case_id]:
        held = classes.get(record_id, set())
        if retention == WHOLE and held:
            erasure.erase_record(actor=actor, record_id=record_id, reason=reason)
            gone += 1
        elif retention in held:
            gone += letting_go.erase_class(actor=actor, record_id=record_id, retention=retention, reason=reason)
    return gone
