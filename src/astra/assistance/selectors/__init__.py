"""What may this actor see of help given? Files by reach, words by key, tiers that are not hers not at all."""

from astra.assistance.selectors.field import FieldLine, alarms, field_action, field_actions_of, out_now
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

__all__ = [
    "AssistancePage",
    "FieldLine",
    "GoalLine",
    "PlanLine",
    "RatingLine",
    "ServiceLine",
    "alarms",
    "assistance_page",
    "current_plan",
    "field_action",
    "field_actions_of",
    "goal",
    "out_now",
]
