"""The tables of the assistance room: coded facts only. Words are sealed sections of the records they point to."""

from astra.assistance.models.letters import Letter, LetterTemplate
from astra.assistance.models.questions import AnswerSheet, CodedAnswer, QuestionSet, QuestionVersion

__all__ = ["AnswerSheet", "CodedAnswer", "Letter", "LetterTemplate", "QuestionSet", "QuestionVersion"]
