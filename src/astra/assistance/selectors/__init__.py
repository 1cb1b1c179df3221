"""What may this actor see of help given? Files by reach, words by key, tiers that are not hers not at all."""

from astra.assistance.selectors.field import FieldLine, alarms, field_action, field_actions_of, out_now

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
from astra.assistance.selectors.page import (
    AssistancePage,
    GoalLine,
    PlanLine,
    RatingLine,
    ServiceLine,
    assistance_page,
    current_plan,
    goal,
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

# work, school, child, receipts
from astra.assistance.selectors.work import (
    ChildPage,
    Line,
    SchoolLine,
    WorkPage,
    WorkStanding,
    check_workplace,
    child_page,
    cv_words,
    employer_names,
    employers,
    get_cv,
    of_the_case,
    receipt,
    receipts_page,
    school_page,
    work_page,
    work_standing,
)

__all__ = [
    "AssistancePage",
    "ChildPage",
    "FieldLine",
    "GoalLine",
    "Line",
    "PlanLine",
    "RatingLine",
    "SchoolLine",
    "ServiceLine",
    "WorkPage",
    "WorkStanding",
    "alarms",
    "answers_of",
    "assistance_page",
    "blocks_of",
    "check_workplace",
    "child_page",
    "confirmers",
    "current_plan",
    "cv_words",
    "employer_names",
    "employers",
    "field_action",
    "field_actions_of",
    "get_cv",
    "get_letter",
    "get_sheet",
    "goal",
    "letter_words",
    "letters_of",
    "of_the_case",
    "offered_values",
    "out_now",
    "own_templates",
    "question_sets",
    "receipt",
    "receipts_page",
    "school_page",
    "sheets_of",
    "source_of",
    "template_in_use",
    "version_in_use",
    "work_page",
    "work_standing",
]
