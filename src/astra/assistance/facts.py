"""What may research see of the assistance room? De-identified rows: codes and dates, no words, no names."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from astra.assistance.models import CodedAnswer


@dataclass(frozen=True)
class AnswerFact:
    """One coded answer to a question that its set marks for statistics; the unit is one sheet of answers."""

    set_id: int
    version: int
    question: str
    code: str
    answered_on: date


def answer_facts() -> Iterator[AnswerFact]:
    """Every counted answer, oldest first."""
    rows = CodedAnswer.objects.order_by("id").values_list(
        "sheet__version__set", "sheet__version__number", "question", "code", "sheet__answered_at"
    )
    for set_id, version, question, code, at in rows.iterator():
        yield AnswerFact(set_id, version, question, code, at.date())
