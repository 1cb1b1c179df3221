"""Which steps may a case file and a task take? One table each; services, buttons and diagrams are made from them."""

from astra.kernel.errors import Invalid, Problem
from astra.kernel.transitions import Lifecycle, Step
from astra.kernel.words import msg

ACTIVE, ON_HOLD, FOLLOW_UP = "active", "on_hold", "follow_up"
CLOSED, CLOSED_REFERRED = "closed", "closed_referred"

# The states are those of HTCDS (vocabulary list `case_status`), so that a file can be exported as it stands.
CASE = Lifecycle(
    "case",
    ACTIVE,
    [
        Step(ACTIVE, "pause", ON_HOLD),
        Step(ACTIVE, "follow_up", FOLLOW_UP),
        Step(ACTIVE, "close", CLOSED),
        Step(ACTIVE, "refer_out", CLOSED_REFERRED),
        Step(ON_HOLD, "resume", ACTIVE),
        Step(ON_HOLD, "follow_up", FOLLOW_UP),
        Step(ON_HOLD, "close", CLOSED),
        Step(ON_HOLD, "refer_out", CLOSED_REFERRED),
        Step(FOLLOW_UP, "resume", ACTIVE),
        Step(FOLLOW_UP, "close", CLOSED),
        Step(FOLLOW_UP, "refer_out", CLOSED_REFERRED),
        Step(CLOSED, "reopen", ACTIVE),
        Step(CLOSED_REFERRED, "reopen", ACTIVE),
    ],
)
CLOSED_STATES = (CLOSED, CLOSED_REFERRED)
LIVING_STATES = (ACTIVE, ON_HOLD, FOLLOW_UP)

# Which line of the timeline (vocabulary list `event_kind`) a step leaves.
EVENTS = {
    "pause": "case_on_hold",
    "follow_up": "case_follow_up",
    "resume": "case_reopened",
    "reopen": "case_reopened",
    "close": "case_closed",
    "refer_out": "case_closed",
}

TO_DO, DONE, DROPPED = "to_do", "done", "dropped"

TASK = Lifecycle(
    "case_task",
    TO_DO,
    [
        Step(TO_DO, "finish_task", DONE),
        Step(TO_DO, "drop_task", DROPPED),
        Step(DONE, "redo_task", TO_DO),
        Step(DROPPED, "redo_task", TO_DO),
    ],
)

WAITING, ACCEPTED = "waiting", "accepted"

HANDOVER = Lifecycle("case_handover", WAITING, [Step(WAITING, "accept_handover", ACCEPTED)])

LIFECYCLES = (CASE, TASK, HANDOVER)

TASK_STATE_NAMES = {TO_DO: msg("To do"), DONE: msg("Done"), DROPPED: msg("No longer needed")}

VERB_NAMES = {
    "pause": msg("Put on hold"),
    "follow_up": msg("Move to follow-up"),
    "resume": msg("Take up again"),
    "close": msg("Close the case"),
    "refer_out": msg("Close and hand on"),
    "reopen": msg("Reopen the case"),
    "finish_task": msg("Done"),
    "drop_task": msg("No longer needed"),
    "redo_task": msg("Put back"),
    "accept_handover": msg("Take over"),
}

CLOSING_VERBS = ("close", "refer_out")
REFERRED_OUTCOME = "referred"
OUTCOME_NEEDED = msg("Say how the work ended; the figures of the year are made from it.")


def audit_verb(verb: str) -> str:
    """The name of a step in the audit log."""
    return f"cases.{verb}"


def is_living(state: str) -> bool:
    """Whether work on a case in this state goes on."""
    return state not in CLOSED_STATES


def check_closing(state: str, verb: str, outcome: str) -> str:
    """Return the state after closing, or say why not: a file is closed with its outcome."""
    target = CASE.check(state, verb)
    if not outcome:
        raise Invalid(Problem("outcome", OUTCOME_NEEDED))
    return target


def closing_verb(outcome: str) -> str:
    """How a file with this outcome is closed: somebody else goes on with it, or nobody has to."""
    return "refer_out" if outcome == REFERRED_OUTCOME else "close"
