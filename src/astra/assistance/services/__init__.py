"""Which verbs does the assistance room offer? The only writers of its tables."""

# letters
from astra.assistance.services.letters import (
    as_docx,
    confirm_letter,
    hand_in_letter,
    issue_letter,
    replace_template,
    retire_template,
    return_letter,
    revise_letter,
    rework_letter,
    write_letter,
)

# extra questions
from astra.assistance.services.questions import (
    answer_questions,
    bring_question_set,
    retire_question_set,
    revise_answers,
)

__all__ = [
    "answer_questions",
    "as_docx",
    "bring_question_set",
    "confirm_letter",
    "hand_in_letter",
    "issue_letter",
    "replace_template",
    "retire_question_set",
    "retire_template",
    "return_letter",
    "revise_answers",
    "revise_letter",
    "rework_letter",
    "write_letter",
]
