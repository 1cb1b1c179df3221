"""What may this actor see of the assistance room?"""

# letters
from astra.assistance.selectors.letters import (
    blocks_of,
    confirmers,
    get_letter,
    letter_words,
    letters_of,
    offered_values,
    own_templates,
    template_in_use,
)

# extra questions
from astra.assistance.selectors.questions import (
    answers_of,
    get_sheet,
    question_sets,
    sheets_of,
    source_of,
    version_in_use,
)

__all__ = [
    "answers_of",
    "blocks_of",
    "confirmers",
    "get_letter",
    "get_sheet",
    "letter_words",
    "letters_of",
    "offered_values",
    "own_templates",
    "question_sets",
    "sheets_of",
    "source_of",
    "template_in_use",
    "version_in_use",
]
