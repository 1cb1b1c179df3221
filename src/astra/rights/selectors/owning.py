"""What does somebody see of her own file: what is held, who opened it, and on what her page rests?"""

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from astra.accounts.selectors import roles_of_member
from astra.audit.selectors import searching
from astra.kernel.clock import LOCAL
from astra.rights.models import OwnPage
from astra.rights.rules.owning import READERS_SHOWN
from astra.rights.sections import BASICS, Basics
from astra.vault import selectors as vault
from astra.vault.actor import Actor

READING = ("vault.read", "people.searched")


@dataclass(frozen=True)
class Owning:
    """Her page as it is open in a browser: what opens with her key alone."""

    actor: Actor
    page: OwnPage
    visit_id: UUID

    @property
    def basics(self) -> Basics:
        """What the page calls her."""
        opened = vault.find_section(self.actor, self.page.pk, BASICS)
        return opened.content if opened is not None else Basics()


@dataclass(frozen=True)
class OpenPage:
    """Somebody's page as colleagues see it: no code, only that there is one and what it shows."""

    id: UUID
    case_id: UUID
    parts: tuple[str, ...]
    given_on: date
    until_on: date | None


@dataclass(frozen=True)
class Held:
    """How much of one class of data is held, and how long it is kept."""

    retention: str
    count: int


@dataclass(frozen=True)
class Reader:
    """One day on which colleagues of one task opened her file, or changed it."""

    day: date
    roles: tuple[str, ...]
    was_changed: bool


def open_page(actor: Actor, person_id: UUID) -> OpenPage | None:
    """The page of a person whom the actor may know of, if there is one."""
    actor.check_desk("cases")
    vault.check_reach(actor, person_id)
    row = OwnPage.objects.filter(person=person_id, closed_on=None).first()
    if row is None:
        return None
    until = row.code_until.astimezone(LOCAL).date() if row.code_until else None
    return OpenPage(row.pk, row.case_id, tuple(row.parts), row.given_on, until)


def own_page(page_id: UUID) -> OwnPage | None:
    """The row of a page that is still open; whoever asks holds its key."""
    return OwnPage.objects.filter(pk=page_id, closed_on=None).first()


def held_of(person_id: UUID) -> list[Held]:
    """What is held about a person, by class: how many sealed parts speak about her."""
    counts = Counter(vault.parts_owned_by(person_id))
    return [Held(retention, count) for retention, count in sorted(counts.items())]


def readers_of(record_ids: Collection[UUID], *, limit: int = READERS_SHOWN) -> list[Reader]:
    """On which days colleagues opened or changed these records, by their tasks and never by name; the newest first."""
    days: dict[date, tuple[set[str], bool]] = {}
    for name in vault.pseudonyms(record_ids).values():
        for entry in searching.entries(subject=name, limit=limit * 5).rows:
            if entry.actor_id is None:
                continue
            day = entry.recorded_at.astimezone(LOCAL).date()
            roles, was_changed = days.get(day, (set(), False))
            roles |= roles_of_member(entry.actor_id)
            days[day] = (roles, was_changed or entry.verb not in READING)
    newest = sorted(days.items(), reverse=True)[:limit]
    return [Reader(day, tuple(sorted(roles)), was_changed) for day, (roles, was_changed) in newest]
