"""Who supervises, and which notes open for whoever asks? By key alone: no role opens one."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from astra.hotline.models import Supervision, SupervisionNote
from astra.hotline.sections import SUPERVISION_NOTE
from astra.vault import selectors as vault
from astra.vault.actor import Actor

MOST = 200
DESKS = ("hotline", "cases")


@dataclass(frozen=True)
class SupervisionNow:
    """The circle, and whether the reader sits in it."""

    circle_id: UUID | None
    members: tuple[UUID, ...]
    is_member: bool


@dataclass(frozen=True)
class SupervisionLine:
    """A note that opens for whoever reads."""

    id: UUID
    writer_id: UUID
    about_id: UUID | None
    is_shared: bool
    written_at: datetime
    words: str


def supervision(actor: Actor) -> SupervisionNow:
    """Who sits in the circle: no secret, so that everybody knows whom to ask."""
    actor.check_desk(*DESKS)
    circle = Supervision.objects.values_list("circle", flat=True).first()
    if circle is None:
        return SupervisionNow(None, (), is_member=False)
    return SupervisionNow(circle, tuple(vault.members_of(circle)), is_member=actor.keyring.holds(circle))


def supervision_notes(actor: Actor) -> list[SupervisionLine]:
    """The notes of the circle for its members, and those shared with her; the newest first."""
    actor.check_desk(*DESKS)
    reach = vault.reach_of(actor, kind="supervision_note")
    rows = list(SupervisionNote.objects.filter(vault.within("pk", **reach)).order_by("-written_at")[:MOST])
    words = vault.open_sections(actor, [row.pk for row in rows], SUPERVISION_NOTE) if rows else {}
    return [
        SupervisionLine(row.pk, row.writer_id, row.about_id, row.is_shared, row.written_at, words[row.pk].content.words)
        for row in rows
        if row.pk in words
    ]
