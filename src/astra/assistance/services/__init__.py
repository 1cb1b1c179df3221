"""Which verbs does the assistance room offer? The only writers of plans, services given and ways out."""

from astra.assistance.services.beds import (
    add_bed,
    add_house,
    book_stay,
    change_bed,
    leave_bed,
    prolong_stay,
    step_stay,
)
from astra.assistance.services.bookings import book_interpreter, call_off_interpreter
from astra.assistance.services.field import plan_field_action, raise_alarms, step_field_action
from astra.assistance.services.forgetting import forget
from astra.assistance.services.giving import give_service, give_services, hold_group

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
from astra.assistance.services.outcomes import begin_aftercare, rate
from astra.assistance.services.plans import add_goal, add_step, assess_needs, make_plan, review_plan, step_goal

# extra questions
from astra.assistance.services.questions import (
    answer_questions,
    bring_question_set,
    note_taken_out,
    retire_question_set,
    revise_answers,
)
from astra.assistance.services.silence import note_attempt, weigh_welfare_check

__all__ = [
    "add_bed",
    "add_goal",
    "add_house",
    "add_step",
    "answer_questions",
    "as_docx",
    "assess_needs",
    "begin_aftercare",
    "book_interpreter",
    "book_stay",
    "bring_question_set",
    "call_off_interpreter",
    "change_bed",
    "confirm_letter",
    "forget",
    "give_service",
    "give_services",
    "hand_in_letter",
    "hold_group",
    "issue_letter",
    "leave_bed",
    "make_plan",
    "note_attempt",
    "note_taken_out",
    "plan_field_action",
    "prolong_stay",
    "raise_alarms",
    "rate",
    "replace_template",
    "retire_question_set",
    "retire_template",
    "return_letter",
    "review_plan",
    "revise_answers",
    "revise_letter",
    "rework_letter",
    "step_field_action",
    "step_goal",
    "step_stay",
    "weigh_welfare_check",
    "write_letter",
]
