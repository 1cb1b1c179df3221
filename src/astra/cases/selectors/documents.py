"""What is there of one document: versions, copies, pages; and who has opened it?"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from astra.accounts import selectors as accounts
from astra.audit import selectors as audit
from astra.cases.models import Document
from astra.cases.rules.documents import BLACKED as BLACKED_COPY
from astra.cases.rules.documents import CLEAN, LETTER
from astra.cases.sections import BLACKED, DOCUMENT, Blacked
from astra.cases.selectors.single import get_document
from astra.kernel.errors import NotFound
from astra.vault import selectors as vault
from astra.vault.actor import Actor
from astra.vault.services.attachments import FILE, FileFacts, open_file, read_from
from astra.vault.services.viewing import SOUND, draw_page, sound_type

OPENINGS_SHOWN = 50
OPENED = "cases.open_document"
"""The beginning of its verb is that of taking the original, too."""


@dataclass(frozen=True)
class Version:
    """One version of a document."""

    id: UUID
    number: int
    added_at: datetime


@dataclass(frozen=True)
class Copied:
    """A copy without parts of it."""

    id: UUID
    added_at: datetime


@dataclass(frozen=True)
class DocumentPage:
    """One document with everything that hangs on it."""

    id: UUID
    case_id: UUID
    kind: str
    tier: str
    dated_on: date | None
    added_at: datetime
    origin: str
    shape: str
    pages: int
    title: str
    remark: str
    file: FileFacts
    shown_id: UUID | None
    """The clean copy, whose pages are shown; itself where it was made here."""
    version: int
    versions: tuple[Version, ...]
    copies: tuple[Copied, ...]
    made_from: UUID | None
    blacked: Blacked | None
    may_see_openings: bool

    @property
    def is_newest(self) -> bool:
        """Whether no later version is there."""
        return not any(one.number > self.version for one in self.versions)


@dataclass(frozen=True)
class Opening:
    """Somebody opened it."""

    at: datetime
    who: str
    is_original: bool


def document_page(actor: Actor, document_id: UUID) -> DocumentPage:
    """A document with its versions and copies, or `NotFound`."""
    found = get_document(actor, document_id)
    if found.origin == CLEAN and found.made_from_id is not None:
        found = get_document(actor, found.made_from_id)
    words = vault.open_section(actor, found.pk, DOCUMENT).content
    told = vault.open_section(actor, found.pk, BLACKED).content if found.origin == BLACKED_COPY else None
    copies = found.copies.exclude(origin=CLEAN).order_by("added_at").values_list("pk", "added_at")
    return DocumentPage(
        id=found.pk,
        case_id=found.case_id,
        kind=found.kind,
        tier=found.tier,
        dated_on=found.dated_on,
        added_at=found.added_at,
        origin=found.origin,
        shape=found.shape,
        pages=found.pages,
        title=words.title,
        remark=words.remark,
        file=vault.open_section(actor, found.pk, FILE).content,
        shown_id=_shown_id(found),
        version=found.version,
        versions=tuple(Version(row.pk, row.version, row.added_at) for row in _chain(found)),
        copies=tuple(Copied(pk, at) for pk, at in copies),
        made_from=found.made_from_id,
        blacked=told,
        may_see_openings=_may_see_openings(actor, found),
    )


def _shown_id(found: Document) -> UUID | None:
    if found.origin in (CLEAN, BLACKED_COPY, LETTER):
        return UUID(str(found.pk))
    clean: Document | None = found.copies.filter(origin=CLEAN).first()
    if clean is None:
        return None
    shown: UUID = clean.pk
    return shown


def _chain(found: Document) -> list[Document]:
    """Every version, oldest first."""
    first = found
    while first.replaces is not None:
        first = first.replaces
    chain = [first]
    while (following := chain[-1].newer.order_by("added_at").first()) is not None:
        chain.append(following)
    return chain


def _may_see_openings(actor: Actor, found: Document) -> bool:
    return actor.has_desk("coordination", "data_protection") or found.case.lead_id == actor.id


def openings(actor: Actor, document_id: UUID) -> list[Opening]:
    """Who opened it, newest first, from the log; for whoever leads the file, and for coordinators."""
    found = get_document(actor, document_id)
    if not _may_see_openings(actor, found):
        raise NotFound
    subject = vault.pseudonyms([found.pk])[found.pk]
    rows = audit.entries(verb=OPENED.removesuffix("document"), subject=subject, limit=OPENINGS_SHOWN).rows
    members = {row.actor_id for row in rows if row.actor_id}
    names = accounts.work_names(members)
    return [
        Opening(row.recorded_at, names.get(row.actor_id, "") if row.actor_id else "", row.verb.endswith("original"))
        for row in rows
    ]


def page_picture(actor: Actor, document_id: UUID, number: int) -> tuple[str, bytes] | None:
    """One page of the clean copy as a picture, its type and its bytes; nothing where there is no such page."""
    found = get_document(actor, document_id)
    shown = _shown_id(found)
    if shown is None or not 1 <= number <= found.pages:
        return None
    drawn = draw_page(open_file(actor, shown)[1], number)
    return drawn.content_type, drawn.data


def sound(actor: Actor, document_id: UUID, start: int) -> tuple[str, int, Iterator[bytes]] | None:
    """A sound from a byte on: its type, its whole size, its pieces; nothing where it is none."""
    found = get_document(actor, document_id)
    if found.shape != SOUND:
        return None
    facts = vault.open_section(actor, document_id, FILE).content
    kind = sound_type(next(read_from(document_id, facts, 0)))
    return kind, facts.size, read_from(document_id, facts, min(start, facts.size - 1))
