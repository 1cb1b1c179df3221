"""How does a document come into a file? Sealed while it arrives; clean and blacked-out copies come beside it.

Every copy is a document of its own, with its own record and key: granting, walls, holds and erasure know no difference.
"""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from django.db import transaction
from django.db.models import Model

from astra import vocabulary
from astra.audit import services as audit
from astra.cases.models import Document, TimelineEntry
from astra.cases.rules import documents as rules
from astra.cases.rules.tiers import TEAM
from astra.cases.sections import BLACKED, DOCUMENT, Blacked, DocumentWords
from astra.cases.selectors.access import get_case
from astra.cases.selectors.single import get_document
from astra.cases.services.holds import hold_new
from astra.cases.services.timeline import entry
from astra.cases.services.walls import wall_new
from astra.cases.services.writing import Writing
from astra.kernel.errors import Invalid, NotAllowedNow
from astra.kernel.ids import new_id
from astra.kernel.words import msg
from astra.vault import selectors as vault
from astra.vault.actor import Actor
from astra.vault.services.attachments import FileFacts, Kept, attach, open_file, read_pieces
from astra.vault.services.cleaning import clean_copy, seal_clean
from astra.vault.services.viewing import PAGES, Clean, black_out, count_pages, shape_of

LARGEST_CLEANED = 40 * 1024 * 1024
"""A copy is made in memory; what is larger is kept as it came, so that no process grows with it."""
IS_COPY = msg("This is a copy made from another document. Put the new version beside the original.")
IS_OLD = msg("There is a newer version of this document already. Open that one first.")


class _Putting:
    """Documents that are put into one tier of one file in one act."""

    def __init__(self, actor: Actor, case_id: UUID, tier: str, about: Sequence[UUID]) -> None:
        vocabulary.check("case_tier", tier, field="tier")
        self.actor = actor
        self.writing = Writing(actor, get_case(actor, case_id))
        self.tier = tier
        self.circle = self.writing.circle(tier)
        self.owners = about or self.writing.owners
        self._rows: list[tuple[Model, Document]] = []

    def put(self, kept: Kept, facts: FileFacts, words: DocumentWords, row: Document) -> UUID:
        """Seal a file and its words; the row gets its record."""
        to, sealing = [self.circle], self.writing.sealing
        attachment = attach(sealing=sealing, incoming=kept, facts=facts, to=to, owners=self.owners)
        sealing.seal(kept.record_id, DOCUMENT, words, to=to, owners=self.owners)
        row.record_id, row.case, row.tier, row.added_at = kept.record_id, self.writing.case, self.tier, sealing.at
        self._rows.append((attachment, row))
        return kept.record_id

    def save(self, verb: str, lines: Sequence[TimelineEntry], detail: dict[str, str | int | bool]) -> None:
        """Write everything."""
        ids = [row.record_id for _, row in self._rows]
        with self.writing.transaction(verb, lines=lines, subjects=ids, detail=detail):
            for attachment, row in self._rows:
                attachment.save(force_insert=True)
                row.save(force_insert=True)
            wall_new(self.actor, self.writing.case.pk, ids)
            hold_new(self.writing.case, ids)


class _Copy:
    """A copy that was made here, sealed in its place."""

    def __init__(self, clean: Clean) -> None:
        self.record_id = new_id()
        self.facts = seal_clean(clean, self.record_id)


def add_document(
    *,
    actor: Actor,
    case_id: UUID,
    incoming: Kept,
    facts: FileFacts,
    kind: str,
    tier: str = TEAM,
    title: str = "",
    remark: str = "",
    dated_on: date | None = None,
    about: Sequence[UUID] = (),
    replaces: UUID | None = None,
    origin: str = rules.RECEIVED,
) -> UUID:
    """Put a file that has arrived and been sealed into a tier of a case, with a clean copy where there can be one.

    `replaces` names the document of which this is the next version; it goes into the same tier.
    """
    vocabulary.check("document_kind", kind, field="kind")
    before = _to_replace(actor, replaces) if replaces else None
    putting = _Putting(actor, case_id, before.tier if before else tier, about)
    head = next(read_pieces(incoming.record_id, facts.key))
    shape = shape_of(head)
    clean = _clean_of(incoming.record_id, facts) if shape == PAGES else None
    row = Document(kind=kind, dated_on=dated_on, origin=origin, shape=shape, replaces=before)
    row.version = before.version + 1 if before else 1
    document_id = putting.put(incoming, facts, DocumentWords(title, remark), row)
    if clean is not None:
        row.pages = count_pages(clean.data)
        copy = _Copy(clean)
        made = Document(kind=kind, origin=rules.CLEAN, shape=PAGES, pages=row.pages, made_from_id=document_id)
        putting.put(copy, copy.facts, DocumentWords(title), made)
    line = entry(actor, case_id, "document_added", subject_id=document_id, tier=putting.tier, code=kind)
    putting.save("cases.add_document", [line], {"kind": kind, "tier": putting.tier, "is_clean": clean is not None})
    return document_id


def _to_replace(actor: Actor, document_id: UUID) -> Document:
    before = get_document(actor, document_id)
    if before.made_from_id is not None:
        raise NotAllowedNow(IS_COPY)
    if before.newer.exists():
        raise NotAllowedNow(IS_OLD)
    return before


def _clean_of(file_id: UUID, facts: FileFacts) -> Clean | None:
    """The clean copy, or none where the file cannot be read or is too large; the original is kept all the same."""
    if facts.size > LARGEST_CLEANED:
        return None
    try:
        return clean_copy(read_pieces(file_id, facts.key))
    except Invalid:
        return None


def add_version(
    *, actor: Actor, document_id: UUID, incoming: Kept, facts: FileFacts, remark: str = "", dated_on: date | None = None
) -> UUID:
    """Put the next version of a document in; the older ones stay, and open from its page."""
    before = get_document(actor, document_id)
    title = vault.open_section(actor, document_id, DOCUMENT).content.title
    return add_document(
        actor=actor,
        case_id=before.case_id,
        incoming=incoming,
        facts=facts,
        kind=before.kind,
        title=title,
        remark=remark,
        dated_on=dated_on,
        about=vault.owners_of(document_id),
        replaces=document_id,
    )


def black_out_document(
    *, actor: Actor, document_id: UUID, areas: Sequence[rules.Area], words: Sequence[str], title: str = ""
) -> UUID:
    """Make a copy without these areas and words, built from points alone; what it came from stays as it is."""
    source = get_document(actor, document_id)
    rules.check_something(areas, words)
    if source.shape != PAGES:
        raise NotAllowedNow(rules.NO_PAGES)
    clean_id = _clean_id(source)
    _facts, pieces = open_file(actor, clean_id)
    made = black_out(pieces, [area.parts for area in areas], words)
    putting = _Putting(actor, source.case_id, source.tier, vault.owners_of(document_id))
    copy = _Copy(made.clean)
    row = Document(kind=source.kind, origin=rules.BLACKED, shape=PAGES, pages=source.pages, made_from=source)
    row.dated_on = source.dated_on
    title = title or vault.open_section(actor, document_id, DOCUMENT).content.title
    copy_id = putting.put(copy, copy.facts, DocumentWords(title), row)
    not_found = tuple(word for word in words if word not in made.words_found)
    told = Blacked(made.places, len(areas), not_found, made.without_letters)
    putting.writing.sealing.seal(copy_id, BLACKED, told, to=[putting.circle], owners=putting.owners)
    line = entry(actor, source.case_id, "document_blacked", subject_id=copy_id, tier=source.tier, code=source.kind)
    putting.save("cases.black_out", [line], {"kind": source.kind, "areas": len(areas), "words": len(words)})
    return copy_id


def _clean_id(source: Document) -> UUID:
    if source.origin in (rules.CLEAN, rules.BLACKED):
        return UUID(str(source.pk))
    found = source.copies.filter(origin=rules.CLEAN).first()
    if found is None:
        raise NotAllowedNow(rules.NO_CLEAN)
    clean_id: UUID = found.pk
    return clean_id


def add_made_document(
    *, actor: Actor, case_id: UUID, clean: Clean, kind: str, tier: str, title: str, about: Sequence[UUID] = ()
) -> UUID:
    """Put in what a later room has made, a letter for example; it is clean already and gets no copy."""
    vocabulary.check("document_kind", kind, field="kind")
    putting = _Putting(actor, case_id, tier, about)
    copy, shape = _Copy(clean), shape_of(clean.data[:1024])
    row = Document(kind=kind, origin=rules.LETTER, shape=shape, dated_on=putting.writing.sealing.at.date())
    document_id = putting.put(copy, copy.facts, DocumentWords(title), row)
    if shape == PAGES:
        row.pages = count_pages(clean.data)
    line = entry(actor, case_id, "document_added", subject_id=document_id, tier=tier, code=kind)
    putting.save("cases.add_document", [line], {"kind": kind, "tier": tier, "is_clean": True})
    return document_id


def note_opened(*, actor: Actor, document_id: UUID, is_original: bool = False) -> None:
    """Write down that somebody looks at a document, or took the original with all that it tells."""
    get_document(actor, document_id)
    verb = "cases.open_original" if is_original else "cases.open_document"
    with transaction.atomic():
        audit.record(actor_id=actor.id, verb=verb, subjects=list(vault.pseudonyms([document_id]).values()))
