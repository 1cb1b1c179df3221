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

__all__ = [
    "as_docx",
    "confirm_letter",
    "hand_in_letter",
    "issue_letter",
    "replace_template",
    "retire_template",
    "return_letter",
    "revise_letter",
    "rework_letter",
    "write_letter",
]
