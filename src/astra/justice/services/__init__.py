"""Which verbs does the justice room offer? The only writers of proceedings, letters and judgments."""

from astra.justice.services.compensation import add_claim, order, pay, step_claim
from astra.justice.services.decisions import add_decision, add_penalty, appeal, make_final
from astra.justice.services.demands import add_demand, answer_demand, check_demand, tell_her
from astra.justice.services.forgetting import forget
from astra.justice.services.hearings import (
    add_hearing,
    end_feed,
    end_hearing,
    new_feed,
    postpone_hearing,
    prepare_hearing,
)
from astra.justice.services.letters import prove_delivery, register_letter, step_letter
from astra.justice.services.monitoring import NewAccused, NewJudgment, add_judgment, remove_judgment
from astra.justice.services.office import register_office_letter, step_office_letter
from astra.justice.services.parties import Roles, all_as
from astra.justice.services.proceedings import (
    add_incident,
    add_proceeding,
    ask_measure,
    qualify,
    revise_proceeding,
    step_measure,
    step_proceeding,
)
from astra.justice.services.rights import ask_right, grant_right, renew_right, step_right
from astra.justice.services.suspects import add_suspect, link_suspect, revise_suspect, step_suspect
from astra.justice.services.terms import add_term, end_term

__all__ = [
    "NewAccused",
    "NewJudgment",
    "Roles",
    "add_claim",
    "add_decision",
    "add_demand",
    "add_hearing",
    "add_incident",
    "add_judgment",
    "add_penalty",
    "add_proceeding",
    "add_suspect",
    "add_term",
    "all_as",
    "answer_demand",
    "appeal",
    "ask_measure",
    "ask_right",
    "check_demand",
    "end_feed",
    "end_hearing",
    "end_term",
    "forget",
    "grant_right",
    "link_suspect",
    "make_final",
    "new_feed",
    "order",
    "pay",
    "postpone_hearing",
    "prepare_hearing",
    "prove_delivery",
    "qualify",
    "register_letter",
    "register_office_letter",
    "remove_judgment",
    "renew_right",
    "revise_proceeding",
    "revise_suspect",
    "step_claim",
    "step_letter",
    "step_measure",
    "step_office_letter",
    "step_proceeding",
    "step_right",
    "step_suspect",
    "tell_her",
]
