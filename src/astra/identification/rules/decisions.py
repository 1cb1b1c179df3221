"""How does the formal procedure go, and how do a year's reports add up? Three facts, each with who and when.

Our assessment, the decision of the competent body and the person's choice are kept apart: none follows from another.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from astra import vocabulary
from astra.kernel.errors import Invalid, Problem
from astra.kernel.words import msg

PENDING, IDENTIFIED, NOT_IDENTIFIED = "pending", "identified", "not_identified"
DISCONTINUED, REJECTED = "discontinued", "rejected"
OUTCOMES = (IDENTIFIED, NOT_IDENTIFIED, DISCONTINUED, REJECTED)

NO_DAY = msg("A decision has a day; a pending one has none yet.")
BEFORE_REPORT = msg("It was decided before it was reported. One of the two days is wrong.")
FUTURE = msg("This day lies in the future.")
APPEAL_TO_WHAT = msg("Only a decision can be appealed against.")
NOT_OURS = msg("This is decided by somebody else; our own assessment stands apart.")


def check_decision(
    *, decision: str, body: str, reported_on: date, decided_on: date | None, appeal: str, today: date
) -> None:
    """Say everything that is wrong with a decision of the competent body."""
    vocabulary.check("formal_decision", decision, field="decision")
    vocabulary.check("decided_by", body, field="body")
    vocabulary.check("decision_appeal", appeal, field="appeal")
    problems = []
    if body == "own_organisation":
        problems.append(Problem("body", NOT_OURS))
    if (decision == PENDING) != (decided_on is None):
        problems.append(Problem("decided_on", NO_DAY))
    if decided_on is not None and decided_on < reported_on:
        problems.append(Problem("decided_on", BEFORE_REPORT))
    problems += [
        Problem(field, FUTURE)
        for field, day in (("reported_on", reported_on), ("decided_on", decided_on))
        if day is not None and day > today
    ]
    if appeal != "none" and decision == PENDING:
        problems.append(Problem("appeal", APPEAL_TO_WHAT))
    if problems:
        raise Invalid(*problems)


@dataclass(frozen=True)
class Procedure:
    """One report to the competent body and how it ended, by days."""

    reported_on: date
    decision: str
    decided_on: date | None


@dataclass(frozen=True)
class Account:
    """A year's procedures. What came in during the year, plus what was carried in, is decided or carried over."""

    year: int
    reports: int
    """Reports of the year."""
    of_reports: dict[str, int]
    """How the reports of the year stood at its end, `pending` for those carried over."""
    carried_in: dict[str, int]
    """How those of earlier years that were still open at its beginning stood at its end."""

    @property
    def decided(self) -> dict[str, int]:
        """Decisions of the year by outcome, whenever they were reported."""
        return {one: self.of_reports.get(one, 0) + self.carried_in.get(one, 0) for one in OUTCOMES}

    @property
    def carried_over(self) -> int:
        """What goes on into the next year."""
        return self.of_reports.get(PENDING, 0) + self.carried_in.get(PENDING, 0)

    @property
    def adds_up(self) -> bool:
        """Whether everything that came in or was carried in is accounted for."""
        came = self.reports + sum(self.carried_in.values())
        return came == sum(self.decided.values()) + self.carried_over


def account(procedures: Iterable[Procedure], year: int) -> Account:
    """The account of one year, counted on its last day: unit procedures, period by report and by decision."""
    first, last = date(year, 1, 1), date(year, 12, 31)
    own: Counter[str] = Counter()
    carried: Counter[str] = Counter()
    for one in procedures:
        if one.reported_on > last or (one.decided_on is not None and one.decided_on < first):
            continue
        stood = one.decision if one.decided_on is not None and one.decided_on <= last else PENDING
        (own if one.reported_on >= first else carried)[stood] += 1
    return Account(year, sum(own.values()), dict(own), dict(carried))
