"""How does a document come into a file? Sealed while it arrives; here it gets its kind, its tier and its place."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from astra import vocabulary
from astra.cases.models import Document
from astra.cases.rules.tiers import TEAM
from astra.cases.sections import DOCUMENT, DocumentWords
from astra.cases.selectors.access import get_case
from astra.cases.services.holds import hold_new
from astra.cases.services.timeline import entry
from astra.cases.services.walls import wall_new
from astra.cases.services.writing import Writing
from astra.vault.actor import Actor
from astra.vault.services.attachments import FileFacts, Incoming, attach


def add_document(
    *,
    actor: Actor,
    case_id: UUID,
    incoming: Incoming,
    facts: FileFacts,
    kind: str,
    tier: str = TEAM,
    title: str = "",
    remark: str = "",
    dated_on: date | None = None,
    about: Sequence[UUID] = (),
) -> UUID:
    """Put a file that has arrived and been sealed into a tier of a case."""
    case = get_case(actor, case_id)
    vocabulary.check("document_kind", kind, field="kind")
    vocabulary.check("case_tier", tier, field="tier")
    writing = Writing(actor, case)
    circle, owners = writing.circle(tier), about or writing.owners
    attachment = attach(sealing=writing.sealing, incoming=incoming, facts=facts, to=[circle], owners=owners)
    document_id: UUID = attachment.record_id
    writing.sealing.seal(document_id, DOCUMENT, DocumentWords(title, remark), to=[circle], owners=owners)
    line = entry(actor, case_id, "document_added", subject_id=document_id, tier=tier, code=kind)
    detail: dict[str, str | int | bool] = {"kind": kind, "tier": tier}
    with writing.transaction("cases.add_document", lines=[line], subjects=[document_id], detail=detail):
        attachment.save(force_insert=True)
        Document.objects.create(
            record_id=document_id, case=case, kind=kind, tier=tier, dated_on=dated_on, added_at=writing.sealing.at
        )
        wall_new(actor, case_id, [document_id])
        hold_new(case, [document_id])
    return document_id
