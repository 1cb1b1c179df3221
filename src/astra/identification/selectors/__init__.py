"""What is known of somebody's identification, as far as the actor may open it?"""

from astra.identification.selectors.standing import (
    AssessmentLine,
    ChoiceLine,
    DecisionLine,
    RiskLine,
    ScreeningLine,
    Standing,
    due,
    screening,
    standing_of,
)

__all__ = [
    "AssessmentLine",
    "ChoiceLine",
    "DecisionLine",
    "RiskLine",
    "ScreeningLine",
    "Standing",
    "due",
    "screening",
    "standing_of",
]
