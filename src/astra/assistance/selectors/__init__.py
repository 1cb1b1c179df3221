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

__all__ = [
    "blocks_of",
    "confirmers",
    "get_letter",
    "letter_words",
    "letters_of",
    "offered_values",
    "own_templates",
    "template_in_use",
]
