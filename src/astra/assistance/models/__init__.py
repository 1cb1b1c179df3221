"""The tables of the assistance room: coded facts only. Words are sealed sections of the records they point to."""

from astra.assistance.models.letters import Letter, LetterTemplate

__all__ = ["Letter", "LetterTemplate"]
