"""What may this actor see of help given? Files by reach, words by key, tiers that are not hers not at all."""

from astra.assistance.selectors.beds import bed, due, free_beds, house, houses, overdue_stays, stay, stays_of
from astra.assistance.selectors.bookings import BookingLine, bookings_of, coming, get_booking, week
from astra.assistance.selectors.earlier import Earlier, earlier
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
    GivenOfKind,
    GoalLine,
    PlanLine,
    RatingLine,
    ServiceLine,
    assistance_page,
    current_plan,
    given_by_kind,
    goal,
)

# extra questions
from astra.assistance.selectors.questions import (
    answers_of,
    get_sheet,
    newest_version,
    question_sets,
    sheets_of,
    source_of,
    version_in_use,
)

__all__ = [
    "AssistancePage",
    "BookingLine",
    "Earlier",
    "FieldLine",
    "GivenOfKind",
    "GoalLine",
    "PlanLine",
    "RatingLine",
    "ServiceLine",
    "alarms",
    "answers_of",
    "assistance_page",
    "bed",
    "blocks_of",
    "bookings_of",
    "coming",
    "confirmers",
    "current_plan",
    "due",
    "earlier",
    "field_action",
    "field_actions_of",
    "free_beds",
    "get_booking",
    "get_letter",
    "get_sheet",
    "given_by_kind",
    "goal",
    "house",
    "houses",
    "letter_words",
    "letters_of",
    "newest_version",
    "offered_values",
    "out_now",
    "overdue_stays",
    "own_templates",
    "question_sets",
    "sheets_of",
    "source_of",
    "stay",
    "stays_of",
    "template_in_use",
    "version_in_use",
    "week",
]
