"""Which steps may a goal of a plan and a field action take? One table each."""

from astra.kernel.transitions import Lifecycle, Step
from astra.kernel.words import msg

OPEN, REACHED, DROPPED = "open", "reached", "dropped"

GOAL = Lifecycle(
    "plan_goal",
    OPEN,
    [
        Step(OPEN, "reach_goal", REACHED),
        Step(OPEN, "drop_goal", DROPPED),
        Step(REACHED, "take_up_goal", OPEN),
        Step(DROPPED, "take_up_goal", OPEN),
    ],
)

PLANNED, OUT, ENDED, CANCELLED = "planned", "out", "ended", "cancelled"

FIELD_ACTION = Lifecycle(
    "field_action",
    PLANNED,
    [
        Step(PLANNED, "set_out", OUT),
        Step(PLANNED, "cancel_field_action", CANCELLED),
        Step(OUT, "check_in", OUT),
        Step(OUT, "check_out", ENDED),
    ],
)

LIFECYCLES = (GOAL, FIELD_ACTION)

GOAL_STATE_NAMES = {OPEN: msg("In work"), REACHED: msg("Reached"), DROPPED: msg("No longer wanted")}
FIELD_STATE_NAMES = {
    PLANNED: msg("Planned"),
    OUT: msg("In the field"),
    ENDED: msg("Back again"),
    CANCELLED: msg("Called off"),
}
VERB_NAMES = {
    "reach_goal": msg("Reached"),
    "drop_goal": msg("No longer wanted"),
    "take_up_goal": msg("Take up again"),
    "set_out": msg("Set out"),
    "check_in": msg("I am all right"),
    "check_out": msg("Back safely"),
    "cancel_field_action": msg("Call it off"),
}


def audit_verb(verb: str) -> str:
    """The name of a step in the audit log."""
    return f"assistance.{verb}"
