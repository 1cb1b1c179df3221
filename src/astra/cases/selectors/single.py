"""What does one note, task or document say? Each only to who sits in its tier of its file."""

import mimetypes
import re
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from astra.cases.models import CaseContact, Document, Handover, Note, Task
from astra.cases.rules.documents import RECEIVED
from astra.cases.sections import COMMON, NOTES, Common, NoteWords
from astra.cases.selectors.access import check_tier, get_case
from astra.cases.selectors.work import TaskLine, task_lines
from astra.kernel.clock import today
from astra.kernel.errors import NotFound
from astra.vault import selectors as vault
from astra.vault.actor import Actor
from astra.vault.sections import Opened
from astra.vault.services.attachments import FILE

_SUFFIX = re.compile(r"\.[a-z0-9]{1,5}")


@dataclass(frozen=True)
class NoteSheet:
    """A note and where it stands."""

    id: UUID
    case_id: UUID
    kind: str
    tier: str
    happened_at: datetime
    words: Opened[NoteWords]


@dataclass(frozen=True)
class DocumentSheet:
    """A document and where it stands."""

    id: UUID
    case_id: UUID
    case_number: str
    kind: str
    tier: str
    suffix: str
    """How its name ends, for the machine that opens it; nothing else of the name leaves the vault."""


def get_note(actor: Actor, note_id: UUID) -> Note:
    """A note in a tier of a file that the actor sits in, or `NotFound`."""
    found = Note.objects.select_related("case").filter(pk=note_id).first()
    if found is None:
        raise _absent(actor, note_id)
    get_case(actor, found.case_id)
    check_tier(actor, found.case_id, found.tier)
    return found


def get_task(actor: Actor, task_id: UUID) -> Task:
    """A task in a tier of a file that the actor sits in, or `NotFound`."""
    found = Task.objects.select_related("case").filter(pk=task_id).first()
    if found is None:
        raise _absent(actor, task_id)
    get_case(actor, found.case_id)
    check_tier(actor, found.case_id, found.tier)
    return found


def get_document(actor: Actor, document_id: UUID) -> Document:
    """A document in a tier of a file that the actor sits in, or `NotFound`."""
    found = Document.objects.select_related("case").filter(pk=document_id).first()
    if found is None:
        raise _absent(actor, document_id)
    get_case(actor, found.case_id)
    check_tier(actor, found.case_id, found.tier)
    return found


def _absent(actor: Actor, record_id: UUID) -> NotFound:
    """What is not there is asked for and refused on the log like what is not hers."""
    actor.check_desk("cases")
    vault.check_reach(actor, record_id)
    return NotFound()


def note(actor: Actor, note_id: UUID) -> NoteSheet:
    """A note with its words, or `NotFound`."""
    found = get_note(actor, note_id)
    words = vault.open_section(actor, note_id, NOTES[found.tier])
    return NoteSheet(found.pk, found.case_id, found.kind, found.tier, found.happened_at, words)


def task(actor: Actor, task_id: UUID) -> TaskLine:
    """A task with its words, or `NotFound`."""
    return task_lines(actor, [get_task(actor, task_id)], today())[0]


def document(actor: Actor, document_id: UUID) -> DocumentSheet:
    """A document, or `NotFound`; its bytes come from `vault.services.attachments.open_file`."""
    found = get_document(actor, document_id)
    file = vault.open_section(actor, document_id, FILE).content
    name = file.name.lower()
    ending = _SUFFIX.search(name[name.rfind(".") :]) if "." in name else None
    made_here = "" if found.origin == RECEIVED else mimetypes.guess_extension(file.content_type) or ""
    suffix = ending.group() if ending else made_here
    return DocumentSheet(found.pk, found.case_id, found.case.number, found.kind, found.tier, suffix)


def own_common(actor: Actor, case_id: UUID) -> Opened[Common] | None:
    """What a group's own file says that its members share."""
    get_case(actor, case_id)
    return vault.find_section(actor, case_id, COMMON)


def contacts_in(actor: Actor, case_id: UUID) -> set[UUID]:
    """The contacts that belong to a file."""
    get_case(actor, case_id)
    return set(CaseContact.objects.filter(case=case_id).values_list("contact", flat=True))


def is_waiting_for(actor: Actor, handover_id: UUID) -> bool:
    """Whether the actor is the one who can take this hand-over on."""
    return Handover.objects.filter(pk=handover_id, receiver=actor.id, accepted_at=None).exists()
