"""What does the identification room write? Laid down inside a case's own act, or from a contact by itself."""

from astra.identification.services.laying import (
    Laid,
    lay_assessment,
    lay_choice,
    lay_decision,
    lay_risk,
    lay_screening,
)
from astra.identification.services.screening import bring_along, screen_contact

__all__ = [
    "Laid",
    "bring_along",
    "lay_assessment",
    "lay_choice",
    "lay_decision",
    "lay_risk",
    "lay_screening",
    "screen_contact",
]
