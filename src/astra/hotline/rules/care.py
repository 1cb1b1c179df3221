"""How hard was the work, in numbers that say nothing of what was said?"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from astra.kernel.clock import LOCAL
from astra.kernel.errors import Invalid, Problem
from astra.kernel.words import msg

OWN, SUPERVISION = "own", "supervision"
KINDS = (OWN, SUPERVISION)
HEAVY_HOURS = 3.0
"""So many hours of hard contacts in a week, and the coordinator should ask how she is."""
SHOWN_WEEKS = 8

NOTHING_WRITTEN = msg("There is nothing in the note yet.")
ONE_SUPERVISOR = msg("Choose the one person who supervises you: nobody else reads this note.")


@dataclass(frozen=True)
class Hard:
    """One contact that was hard for somebody."""

    member_id: UUID
    at: datetime
    minutes: int


@dataclass(frozen=True)
class Week:
    """One colleague's hard contacts in one week."""

    contacts: int = 0
    minutes: int = 0

    @property
    def hours(self) -> float:
        """To a tenth."""
        return round(self.minutes / 60, 1)

    @property
    def is_heavy(self) -> bool:
        """Whether somebody should ask her."""
        return self.minutes >= HEAVY_HOURS * 60


def monday_of(at: datetime) -> date:
    """The Monday of the week in which a moment lies, by the clock on the wall."""
    day = at.astimezone(LOCAL).date()
    return day - timedelta(days=day.weekday())


def load(hard: Iterable[Hard]) -> dict[UUID, dict[date, Week]]:
    """The hard contacts of each colleague, week by week."""
    found: dict[UUID, dict[date, Week]] = defaultdict(lambda: defaultdict(Week))
    for one in hard:
        week = found[one.member_id][monday_of(one.at)]
        found[one.member_id][monday_of(one.at)] = Week(week.contacts + 1, week.minutes + one.minutes)
    return found


def check_note(kind: str, words: str, for_coordination: str, readers: int) -> None:
    """Raise `Invalid` when a note says nothing, or supervision has not exactly one reader."""
    if kind not in KINDS:
        raise Invalid(Problem("kind", NOTHING_WRITTEN, ", ".join(KINDS)))
    if kind == SUPERVISION and readers != 1:
        raise Invalid(Problem("supervisor", ONE_SUPERVISOR))
    if not (words.strip() or for_coordination.strip()):
        raise Invalid(Problem("words", NOTHING_WRITTEN))
