"""What does somebody hand in who writes down help that was given?"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID


@dataclass(frozen=True)
class NewService:
    """One service: for whom, what, when, by whom. A case with one client needs no person."""

    case_id: UUID
    kind: str
    given_on: date
    person_id: UUID | None = None
    provider: UUID | None = None
    organisation_id: UUID | None = None
    minutes: int | None = None
    units: int = 1
    cost: Decimal | None = None
    funded_by: str = ""
    tier: str = ""
    remark: str = ""


@dataclass(frozen=True)
class Attendance:
    """Somebody who came to a group: her file, and which of its clients she is if there are several."""

    case_id: UUID
    person_id: UUID | None = None
