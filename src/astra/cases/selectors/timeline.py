"""What happened in a file, in the order in which it happened? With the words that this actor may open.

Lines of a tier in which the actor does not sit are not hinted at: they are left out, like lines whose record she
cannot reach or that was erased.
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from astra.accounts import selectors as accounts
from astra.cases.models import CaseContact, Document, Note, Task, TimelineEntry
from astra.cases.sections import DOCUMENT, NOTES, TASK
from astra.cases.selectors.access import find_cases, get_case, tiers_of
from astra.hotline import selectors as hotline
from astra.hotline.selectors import ContactLine
from astra.kernel.errors import NotFound
from astra.people import selectors as people
from astra.vault import selectors as vault
from astra.vault.actor import Actor
from astra.vault.prepared import Prepared, PreparedRows

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MICROSECOND = timedelta(microseconds=1)
CONTACT, NOTE, DOCUMENT_, TASK_, CASE, OTHER = "contact", "note", "document", "task", "case", "other"


@dataclass(frozen=True)
class Told:
    """The words that a line stands for: a heading, a text, and which page shows more."""

    title: str = ""
    text: str = ""
    what: str = OTHER
    contact: ContactLine | None = None


Opener = Callable[[Actor, Collection[UUID]], Mapping[UUID, Told]]


@dataclass(frozen=True)
class Line:
    """One line of a timeline as this actor sees it."""

    id: int
    happened_at: datetime
    recorded_at: datetime
    kind: str
    code: str
    tier: str
    subject_id: UUID | None
    by: UUID | None
    by_name: str
    told: Told


@dataclass(frozen=True)
class Timeline:
    """One page of a file's timeline, newest first, and the cursor that continues it."""

    lines: list[Line]
    next_cursor: str


def _walk(case: UUID, tiers: Collection[str], kinds: Collection[str] = ()) -> QuerySet[TimelineEntry]:
    rows = TimelineEntry.objects.filter(case=case, tier__in=tiers).order_by("-happened_at", "-id")
    return rows.filter(kind__in=kinds) if kinds else rows


@cache
def _newest(limit: int) -> PreparedRows[TimelineEntry]:
    return PreparedRows(TimelineEntry, lambda **place: _walk(**place)[:limit])


def _after(last: tuple[datetime, int], place: dict[str, Any], limit: int) -> list[TimelineEntry]:  # Any: for `_walk`
    at, pk = last
    return list(_walk(**place).filter(Q(happened_at__lt=at) | Q(happened_at=at, id__lt=pk))[:limit])


_CONTACTS = Prepared(
    lambda subjects: CaseContact.objects.filter(contact__in=subjects).values_list("contact").distinct()
)
_NOTES = Prepared(lambda subjects: Note.objects.filter(pk__in=subjects).values_list("pk", "tier"))
_DOCUMENTS = Prepared(lambda subjects: Document.objects.filter(pk__in=subjects).values_list("pk"))
_TASKS = Prepared(lambda subjects: Task.objects.filter(pk__in=subjects).values_list("pk"))


def timeline(
    actor: Actor,
    case_id: UUID,
    *,
    limit: int = 25,
    after: str = "",
    kinds: Collection[str] = (),
    openers: Collection[Opener] = (),
    tiers: Collection[str] | None = None,
) -> Timeline:
    """One page of a file's timeline; a later room hands in `openers` for the records whose words are its own.

    Whoever has the file's page in hand already passes on its tiers: then nobody looks again whether it is hers.
    """
    if tiers is None:
        get_case(actor, case_id)
        tiers = tiers_of(actor, case_id)
    place: dict[str, Any] = {"case": case_id, "tiers": tiers}
    place |= {"kinds": kinds} if kinds else {}
    found = _after(_read_cursor(after), place, limit + 1) if after else _newest(limit + 1)(**place)
    shown = found[:limit]
    cursor = _write_cursor(shown[-1]) if len(found) > limit else ""
    subjects = {row.subject_id for row in shown if row.subject_id}
    reached = vault.reachable_among(actor, subjects) if subjects else set()
    told = _tell(actor, case_id, reached, openers)
    names = accounts.work_names(row.by for row in shown if row.by)
    return Timeline([_line(row, told, names) for row in shown if row.subject_id in {None, *reached}], cursor)


def _line(row: TimelineEntry, told: Mapping[UUID, Told], names: Mapping[UUID, str]) -> Line:
    return Line(
        id=row.pk,
        happened_at=row.happened_at,
        recorded_at=row.recorded_at,
        kind=row.kind,
        code=row.code,
        tier=row.tier,
        subject_id=row.subject_id,
        by=row.by,
        by_name=names.get(row.by, "") if row.by else "",
        told=told.get(row.subject_id, Told()) if row.subject_id else Told(),
    )


def _tell(actor: Actor, case_id: UUID, subjects: set[UUID], openers: Collection[Opener]) -> dict[UUID, Told]:
    """Open the words of everything on the page, one look-up a kind."""
    told: dict[UUID, Told] = {}
    for opener in (_contacts, _notes, _documents, _tasks, _cases, _people, *openers):
        rest = subjects - told.keys()
        if rest:
            told.update(opener(actor, rest))
    return told


def _contacts(actor: Actor, subjects: Collection[UUID]) -> dict[UUID, Told]:
    ids = [contact for (contact,) in _CONTACTS(subjects=subjects)]
    if not ids:
        return {}
    words = hotline.open_words(actor, ids)
    found = {}
    for line in hotline.lines(actor, ids):
        said = words[line.id].content if line.id in words else None
        text = "\n".join(part for part in (said.said, said.done) if part) if said else ""
        found[line.id] = Told(text=text, what=CONTACT, contact=line)
    return found


def _notes(actor: Actor, subjects: Collection[UUID]) -> dict[UUID, Told]:
    tiers: dict[UUID, str] = dict(_NOTES(subjects=subjects))
    found = {}
    for tier in sorted(set(tiers.values())):
        ids = [pk for pk, its in tiers.items() if its == tier]
        for pk, opened in vault.open_sections(actor, ids, NOTES[tier]).items():
            found[pk] = Told(opened.content.title, opened.content.text, NOTE)
    return found


def _documents(actor: Actor, subjects: Collection[UUID]) -> dict[UUID, Told]:
    ids = [pk for (pk,) in _DOCUMENTS(subjects=subjects)]
    opened = vault.open_sections(actor, ids, DOCUMENT) if ids else {}
    return {pk: Told(one.content.title, one.content.remark, DOCUMENT_) for pk, one in opened.items()}


def _tasks(actor: Actor, subjects: Collection[UUID]) -> dict[UUID, Told]:
    ids = [pk for (pk,) in _TASKS(subjects=subjects)]
    opened = vault.open_sections(actor, ids, TASK) if ids else {}
    return {pk: Told(opened[pk].content.title if pk in opened else "", "", TASK_) for pk in ids}


def _cases(actor: Actor, subjects: Collection[UUID]) -> dict[UUID, Told]:
    return {case.pk: Told(case.number, "", CASE) for case in find_cases(subjects)}


def _people(actor: Actor, subjects: Collection[UUID]) -> dict[UUID, Told]:
    return {pk: Told(name) for pk, name in people.display_names(actor, subjects).items()}


def _write_cursor(row: TimelineEntry) -> str:
    return f"{(row.happened_at - EPOCH) // MICROSECOND}_{row.pk}"


def _read_cursor(cursor: str) -> tuple[datetime, int]:
    moment, _, last = cursor.partition("_")
    try:
        return EPOCH + int(moment) * MICROSECOND, int(last)
    except (ValueError, OverflowError):
        raise NotFound from None
