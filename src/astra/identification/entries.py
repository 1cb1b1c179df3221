"""What does one hand to the services of the identification room?"""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from astra.identification.rules.risk import Level
from astra.identification.rules.screening import Answer


@dataclass(frozen=True)
class NewScreening:
    """What was heard and denied on a day."""

    on: date
    answers: tuple[Answer, ...]
    acts: tuple[str, ...] = ()
    remark: str = ""
    contact_id: UUID | None = None


@dataclass(frozen=True)
class NewRisk:
    """How great the danger is under each heading, until when that holds, and who must know now."""

    on: date
    until: date
    levels: tuple[Level, ...]
    told: tuple[UUID, ...] = ()


@dataclass(frozen=True)
class NewAssessment:
    """What we think ourselves."""

    on: date
    status: str
    profile: str
    acts: tuple[str, ...] = ()
    means: tuple[str, ...] = ()
    forms: tuple[str, ...] = ()
    words: str = ""


@dataclass(frozen=True)
class NewDecision:
    """How the formal procedure stands."""

    body: str
    decision: str
    reported_on: date
    decided_on: date | None = None
    appeal: str = "none"
    words: str = ""
    who: str = ""
    procedure: UUID | None = None
    """The procedure that goes on; none for a new report."""


@dataclass(frozen=True)
class NewChoice:
    """What the person wants."""

    on: date
    choice: str
    words: str = ""
