"""What does somebody's story say, which of its texts is approved, and what do parents ask?"""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from astra.consent import selectors as consent
from astra.consent.rules import ledger
from astra.kernel.dues import Due
from astra.kernel.words import msg
from astra.rights.models import ParentAccess, Recalled, Story
from astra.rights.rules import recalls as recalling
from astra.rights.sections import (
    PARENT_ASKS,
    PARENT_DECIDED,
    STORY,
    STORY_APPROVED,
    ParentAsks,
    ParentDecided,
)
from astra.rights.selectors.access import get_row
from astra.vault import selectors as vault
from astra.vault.actor import Actor

ASK_BACK = msg("Ask for what others received on a consent that was taken back")


@dataclass(frozen=True)
class StoryLine:
    """Somebody's story: the newest text, the approved one, and what she allowed."""

    row: Story
    text: str
    revision: int
    approved: str

    @property
    def is_approved(self) -> bool:
        """Whether the newest text is the one that she approved."""
        return self.row.approved_revision == self.revision


@dataclass(frozen=True)
class ParentLine:
    """One request of a parent or guardian with the words that the reader may open."""

    row: ParentAccess
    asked: ParentAsks
    decided: ParentDecided | None


@dataclass(frozen=True)
class Recall:
    """A consent that was taken back and on which somebody outside may have received something."""

    line: consent.LedgerLine
    ended: Recalled | None


def story_of(actor: Actor, person_id: UUID) -> StoryLine | None:
    """The story of a person whom the actor may know of, if she has one and the actor may open it."""
    actor.check_desk("cases")
    vault.check_reach(actor, person_id)
    row = Story.objects.filter(person=person_id).first()
    return _line(actor, row) if row is not None and vault.can_reach(actor, row.pk) else None


def story(actor: Actor, story_id: UUID) -> StoryLine:
    """One story, or `NotFound`."""
    return _line(actor, get_row(actor, Story, story_id))


def _line(actor: Actor, row: Story) -> StoryLine:
    opened = vault.open_section(actor, row.pk, STORY)
    approved = vault.find_section(actor, row.pk, STORY_APPROVED) if row.approved_on else None
    return StoryLine(
        row,
        opened.content.text,
        opened.revision,
        approved.content.text if approved else "",
    )


def parents_of(actor: Actor, person_id: UUID) -> list[ParentLine]:
    """What parents and guardians asked about a child, as far as the actor may know of it; the newest first."""
    actor.check_desk("cases")
    vault.check_reach(actor, person_id)
    rows = list(ParentAccess.objects.filter(person=person_id).order_by("-received_on", "-pk"))
    reached = vault.reachable_among(actor, [row.pk for row in rows]) if rows else set()
    return _parent_lines(actor, [row for row in rows if row.pk in reached])


def parent_access(actor: Actor, access_id: UUID) -> ParentLine:
    """One request of a parent, or `NotFound`."""
    return _parent_lines(actor, [get_row(actor, ParentAccess, access_id)])[0]


def _parent_lines(actor: Actor, rows: list[ParentAccess]) -> list[ParentLine]:
    ids = [row.pk for row in rows]
    asked = vault.open_sections(actor, ids, PARENT_ASKS)
    decided = vault.open_sections(actor, ids, PARENT_DECIDED)
    return [
        ParentLine(
            row,
            asked[row.pk].content if row.pk in asked else ParentAsks(),
            decided[row.pk].content if row.pk in decided else None,
        )
        for row in rows
    ]


def recalls_of(actor: Actor, person_id: UUID) -> list[Recall]:
    """Consents to share with others that were taken back, and what came of asking them."""
    actor.check_desk("cases")
    lines = [line for line in consent.lines(actor, person_id) if _went_out(line)]
    ended = Recalled.objects.in_bulk([line.row.pk for line in lines])
    return [Recall(line, ended.get(line.row.pk)) for line in lines]


def _went_out(line: consent.LedgerLine) -> bool:
    row = line.row
    return row.answer == ledger.GIVEN and row.withdrawn_on is not None and row.recipient != recalling.OWN_TEAM


def recalls_due(actor: Actor, day: date) -> list[Due]:
    """Whom to ask by this day for what was received on a consent that was taken back."""
    found = consent.taken_back(actor, day, besides=recalling.OWN_TEAM)
    ended = set(Recalled.objects.filter(pk__in=[pk for pk, _, _ in found]).values_list("pk", flat=True))
    return [Due(recalling.ask_by(on), "rights.recall", pk, ASK_BACK) for pk, _, on in found if pk not in ended]
