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

# work, school, child, receipts
from astra.assistance.services.minors import note_child_entry
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
from astra.assistance.services.receipts import note_receipt_taken, sign_receipt, void_receipt, write_receipt
from astra.assistance.services.referrals import (
    answer_referral,
    complete_referral,
    recall_referral,
    refer,
    send_referral,
)
from astra.assistance.services.schooling import add_exam, end_schooling, enrol, grant_scholarship, note_result
from astra.assistance.services.silence import note_attempt, weigh_welfare_check
from astra.assistance.services.work import (
    add_employer,
    apply_for_job,
    check_retention,
    end_employer,
    end_placement,
    note_answer,
    note_cv_taken,
    place,
    revise_cv,
    write_cv,
)

__all__ = [
    "add_bed",
    "add_employer",
    "add_exam",
    "add_goal",
    "add_house",
    "add_step",
    "answer_questions",
    "answer_referral",
    "apply_for_job",
    "as_docx",
    "assess_needs",
    "begin_aftercare",
    "book_interpreter",
    "book_stay",
    "bring_question_set",
    "call_off_interpreter",
    "change_bed",
    "check_retention",
    "complete_referral",
    "confirm_letter",
    "end_employer",
    "end_placement",
    "end_schooling",
    "enrol",
    "forget",
    "give_service",
    "give_services",
    "grant_scholarship",
    "hand_in_letter",
    "hold_group",
    "issue_letter",
    "leave_bed",
    "make_plan",
    "note_answer",
    "note_attempt",
    "note_child_entry",
    "note_cv_taken",
    "note_receipt_taken",
    "note_result",
    "note_taken_out",
    "place",
    "plan_field_action",
    "prolong_stay",
    "raise_alarms",
    "rate",
    "recall_referral",
    "refer",
    "replace_template",
    "retire_question_set",
    "retire_template",
    "return_letter",
    "review_plan",
    "revise_answers",
    "revise_cv",
    "revise_letter",
    "rework_letter",
    "send_referral",
    "sign_receipt",
    "step_field_action",
    "step_goal",
    "step_stay",
    "void_receipt",
    "weigh_welfare_check",
    "write_cv",
    "write_letter",
    "write_receipt",
]
