"""Which verbs does the assistance room offer? The only writers of plans, services given and ways out."""

from astra.assistance.services.field import plan_field_action, raise_alarms, step_field_action
from astra.assistance.services.forgetting import forget
from astra.assistance.services.giving import give_service, give_services, hold_group
from astra.assistance.services.outcomes import begin_aftercare, rate
from astra.assistance.services.plans import add_goal, add_step, assess_needs, make_plan, review_plan, step_goal
from astra.assistance.services.silence import note_attempt, weigh_welfare_check

__all__ = [
    "add_goal",
    "add_step",
    "assess_needs",
    "begin_aftercare",
    "forget",
    "give_service",
    "give_services",
    "hold_group",
    "make_plan",
    "note_attempt",
    "plan_field_action",
    "raise_alarms",
    "rate",
    "review_plan",
    "step_field_action",
    "step_goal",
    "weigh_welfare_check",
]
