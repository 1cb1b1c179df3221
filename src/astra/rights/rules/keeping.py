"""Until when is each class of data kept, on what ground, and what happens then? Declared in data/retention.toml.

Nothing that speaks about a person goes because a clock ran out: one colleague proposes, another agrees.
"""

import tomllib
from calendar import monthrange
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from importlib.resources import files
from typing import Any
from uuid import UUID

from astra import vocabulary
from astra.kernel.errors import Denied, Invalid, NotAllowedNow, Problem
from astra.kernel.transitions import Lifecycle, Step
from astra.kernel.words import msg

TWO_PEOPLE, BY_ITSELF, WITH_CASE, WITH_PERSON, REVIEW = "two_people", "by_itself", "with_case", "with_person", "review"
CASE, IDENTITY, CONTACT, OWN_REQUEST = "case", "identity", "contact", "own_request"
PARTS = ("health", "document", "legal", "reported_person")
"""Parts of a file that may go before the file does."""
CATEGORIES = (CASE, *PARTS, IDENTITY, CONTACT, OWN_REQUEST)
"""What two people decide about, in the order in which a page shows it."""
CHILD_UNTIL = 28
"""A child's file is kept at least until this birthday: claims of a child lapse late."""
OF_AGE = 18
AT_ONCE = 200
LONGEST_DELAY = timedelta(days=2 * 365)

WAITING, AGREED, REFUSED, TAKEN_BACK, GONE = "waiting", "agreed", "refused", "taken_back", "gone"
DISPOSAL = Lifecycle(
    "disposal",
    WAITING,
    [
        Step(WAITING, "agree", AGREED),
        Step(WAITING, "refuse", REFUSED),
        Step(WAITING, "take_back", TAKEN_BACK),
        Step(AGREED, "finish", GONE),
    ],
)
"""A proposal that something goes: somebody else agrees or refuses, then the keys are destroyed."""

NOTHING_CHOSEN = msg("Choose at least one line whose time is over.")
TOO_MANY = msg("Propose at most %(most)s at once.")
SECOND_PERSON = msg("Somebody else has to decide: nobody agrees to her or his own proposal.")
NOT_HERS = msg("Only the colleague who proposed it takes it back.")
NOT_YET = msg("The time of this is not over yet.")
IS_HELD = msg("A legal hold is on this. Nothing of it goes until the hold is lifted in the case.")
IN_PROPOSAL = msg("Somebody has proposed this already.")
DAY_WRONG = msg("Choose a day after today and within two years. It can be put off again then.")


@dataclass(frozen=True)
class Rule:
    """What is declared for one class."""

    category: str
    ground: str
    deed: str
    after: tuple[str, ...]

    @property
    def months(self) -> int:
        """How long it is kept, as the list of the organisation says."""
        return months_of(self.category)

    @property
    def starts(self) -> str:
        """What starts its clock."""
        return str(vocabulary.codes("retention_class").fact(self.category, "starts"))


@cache
def rules() -> Mapping[str, Rule]:
    """Every declared rule by its class."""
    told: dict[str, Any] = tomllib.loads(files("astra.rights").joinpath("data/retention.toml").read_text("utf-8"))
    return {
        category: Rule(category, one["ground"], one["deed"], tuple(one.get("after", ())))
        for category, one in told["rules"].items()
    }


def months_of(category: str) -> int:
    """How many months a class is kept."""
    return int(vocabulary.codes("retention_class").fact(category, "months"))


def later(day: date, months: int) -> date:
    """The same day so many months later; the last of a shorter month."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def end_of_next_month(day: date) -> date:
    """The last day that the preview shows."""
    return later(day.replace(day=1), 2) - timedelta(days=1)


@dataclass(frozen=True)
class Clock:
    """When the clocks of a file began; a class whose clock still stands has no end."""

    closed_on: date | None
    final_on: date | None = None
    """The last day on which a judgment in the file became final."""
    is_pending: bool = False
    """Whether proceedings of the file go on."""
    of_age_on: date | None = None
    """The latest coming of age among its clients, where one of them was a child."""

    def ends(self, category: str) -> date | None:
        """The last day on which a class of this file is kept, or none as long as that is open."""
        if self.closed_on is None or self.is_pending:
            return None
        own = rules()[category]
        begun = (
            max(self.closed_on, self.final_on or self.closed_on) if own.starts == "final_judgment" else self.closed_on
        )
        found = [later(begun, own.months)]
        if category in (CASE, IDENTITY):
            found += [later(max(begun, self.final_on or begun), months_of(one)) for one in own.after]
            if self.of_age_on is not None:
                found.append(later(self.of_age_on, 12 * (CHILD_UNTIL - OF_AGE)))
        return max(found)


@dataclass(frozen=True)
class Standing:
    """How far one line is, as a proposal asks it."""

    id: UUID
    ends_on: date
    kept_until: date | None
    is_held: bool
    is_proposed: bool

    def is_over(self, day: date) -> bool:
        """Whether its time is over, later day included."""
        return max(self.ends_on, self.kept_until or self.ends_on) < day


def check_proposal(lines: Collection[Standing], reason: str, day: date) -> None:
    """Raise unless every chosen line can be proposed today."""
    vocabulary.check("retention_reason", reason, field="reason")
    if not lines:
        raise Invalid(Problem("lines", NOTHING_CHOSEN))
    if len(lines) > AT_ONCE:
        raise Invalid(Problem("lines", TOO_MANY, parts={"most": AT_ONCE}))
    for line in lines:
        if line.is_held:
            raise NotAllowedNow(IS_HELD)
        if line.is_proposed:
            raise NotAllowedNow(IN_PROPOSAL)
        if not line.is_over(day):
            raise NotAllowedNow(NOT_YET)


def check_second(proposed_by: UUID, actor_id: UUID | None) -> None:
    """Raise unless somebody else than the proposer decides."""
    if actor_id is None or actor_id == proposed_by:
        raise Denied(SECOND_PERSON)


def check_delay(reason: str, until: date | None, day: date) -> date:
    """Return the day until which something is kept for longer, or say what is wrong with it."""
    vocabulary.check("retention_longer", reason, field="reason")
    if until is None or not day < until <= day + LONGEST_DELAY:
        raise Invalid(Problem("until", DAY_WRONG))
    return until
