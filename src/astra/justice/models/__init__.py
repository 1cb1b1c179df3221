"""The tables of the justice room: coded facts only. Words are sealed sections of the records they point to."""

from astra.justice.models.kept import (
    KeptClaim,
    KeptDecision,
    KeptDemand,
    KeptLetter,
    KeptProceeding,
    KeptRight,
)
from astra.justice.models.letters import Demand, Letter, LetterCounter
from astra.justice.models.monitoring import Judgment, JudgmentAccused
from astra.justice.models.office import OfficeLetter
from astra.justice.models.outcomes import Claim, Decision, Payment, Penalty
from astra.justice.models.proceedings import (
    CalendarAddress,
    Hearing,
    Incident,
    Measure,
    Party,
    Proceeding,
    Qualification,
    Right,
    Suspect,
    SuspectLink,
    Term,
)

__all__ = [
    "CalendarAddress",
    "Claim",
    "Decision",
    "Demand",
    "Hearing",
    "Incident",
    "Judgment",
    "JudgmentAccused",
    "KeptClaim",
    "KeptDecision",
    "KeptDemand",
    "KeptLetter",
    "KeptProceeding",
    "KeptRight",
    "Letter",
    "LetterCounter",
    "Measure",
    "OfficeLetter",
    "Party",
    "Payment",
    "Penalty",
    "Proceeding",
    "Qualification",
    "Right",
    "Suspect",
    "SuspectLink",
    "Term",
]
