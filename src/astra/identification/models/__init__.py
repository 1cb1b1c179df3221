"""The tables of the identification room: coded facts only. Words are sealed sections of the records they point to."""

from astra.identification.models.facts import Choice, Decision, OwnAssessment
from astra.identification.models.kept import KeptAssessment, KeptChoice, KeptDecision
from astra.identification.models.screening import Risk, Screening

__all__ = [
    "Choice",
    "Decision",
    "KeptAssessment",
    "KeptChoice",
    "KeptDecision",
    "OwnAssessment",
    "Risk",
    "Screening",
]
