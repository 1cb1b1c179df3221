"""How is something written into a file? A note is a record of its own: sealed to one tier, owned by its people."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from astra import vocabulary
from astra.cases.models import CasePerson, Note
from astra.cases.rules.tiers import TEAM
from astra.cases.sections import NOTES, NoteWords
from astra.cases.selectors.access import get_case
from astra.cases.selectors.single import get_note
from astra.cases.services.holds import hold_new
from astra.cases.services.timeline import entry
from astra.cases.services.walls import wall_new
from astra.cases.services.writing import Writing
from astra.kernel.errors import Invalid, Problem
from astra.kernel.words import msg
from astra.vault.actor import Actor

NOTHING_WRITTEN = msg("Write what is to be kept.")
NOT_IN_FILE = msg("This person is not in the case.")


def add_note(
    *,
    actor: Actor,
    case_id: UUID,
    text: str,
    title: str = "",
    kind: str = "note",
    tier: str = TEAM,
    happened_at: datetime | None = None,
    about: Sequence[UUID] = (),
) -> UUID:
    """Write a note into a tier of a file; `about` names whom it speaks about (nobody named: the file's clients)."""
    case = get_case(actor, case_id)
    _check_words(title, text)
    vocabulary.check("event_kind", kind, field="kind")
    vocabulary.check("case_tier", tier, field="tier")
    _check_in_file(case_id, about)
    writing = Writing(actor, case)
    note_id = writing.new_record("case_note", tier)
    writing.sealing.seal(
        note_id, NOTES[tier], NoteWords(title, text), to=[writing.circle(tier)], owners=about or writing.owners
    )
    at = happened_at or writing.sealing.at
    line = entry(actor, case_id, kind, happened_at=at, subject_id=note_id, tier=tier)
    with writing.transaction("cases.add_note", lines=[line], subjects=[note_id], detail={"tier": tier}):
        Note.objects.create(record_id=note_id, case=case, kind=kind, tier=tier, happened_at=at)
        wall_new(actor, case_id, [note_id])
        hold_new(case, [note_id])
    return note_id


def revise_note(*, actor: Actor, note_id: UUID, title: str, text: str, revision: int) -> None:
    """Write a note anew; the earlier words stay readable to those who could read them."""
    note = get_note(actor, note_id)
    _check_words(title, text)
    writing = Writing(actor, note.case)
    writing.sealing.revise(note_id, NOTES[note.tier], NoteWords(title, text), revision=revision)
    with writing.transaction("cases.revise_note", subjects=[note_id]):
        pass


def _check_words(title: str, text: str) -> None:
    if not (title.strip() or text.strip()):
        raise Invalid(Problem("text", NOTHING_WRITTEN))


def _check_in_file(case_id: UUID, about: Sequence[UUID]) -> None:
    known = set(CasePerson.objects.filter(case=case_id).values_list("person", flat=True))
    if not set(about) <= known:
        raise Invalid(Problem("about", NOT_IN_FILE))
