"""Which steps may a proceeding and everything in it take? One table each; services, buttons and diagrams use them."""

from astra.kernel.transitions import Lifecycle, Step
from astra.kernel.words import msg

BEGUN, TRIAL, JUDGED, APPEALED, FINAL, STOPPED = "begun", "trial", "judged", "appealed", "final", "stopped"

PROCEEDING = Lifecycle(
    "proceeding",
    BEGUN,
    [
        Step(BEGUN, "open_trial", TRIAL),
        Step(BEGUN, "judge", JUDGED),
        Step(BEGUN, "stop", STOPPED),
        Step(TRIAL, "judge", JUDGED),
        Step(TRIAL, "stop", STOPPED),
        Step(JUDGED, "appeal", APPEALED),
        Step(JUDGED, "become_final", FINAL),
        Step(APPEALED, "send_back", TRIAL),
        Step(APPEALED, "become_final", FINAL),
        Step(STOPPED, "take_up", BEGUN),
        Step(FINAL, "retry", TRIAL),
    ],
)

PLANNED, HELD, POSTPONED, CANCELLED = "planned", "held", "postponed", "cancelled"

HEARING = Lifecycle(
    "hearing",
    PLANNED,
    [
        Step(PLANNED, "hold", HELD),
        Step(PLANNED, "postpone", POSTPONED),
        Step(PLANNED, "cancel", CANCELLED),
    ],
)

ASKED, GRANTED, REFUSED, ENDED = "asked", "granted", "refused", "ended"

MEASURE = Lifecycle(
    "protective_measure",
    ASKED,
    [
        Step(ASKED, "grant", GRANTED),
        Step(ASKED, "refuse", REFUSED),
        Step(REFUSED, "ask_again", ASKED),
        Step(GRANTED, "end", ENDED),
    ],
)

RENEWED = "renewed"

RIGHT = Lifecycle(
    "special_right",
    ASKED,
    [
        Step(ASKED, "grant", GRANTED),
        Step(ASKED, "refuse", REFUSED),
        Step(REFUSED, "ask_again", ASKED),
        Step(GRANTED, "renew", RENEWED),
        Step(GRANTED, "end", ENDED),
    ],
)

OPEN, MET, MISSED, DROPPED = "open", "met", "missed", "dropped"

TERM = Lifecycle("term", OPEN, [Step(OPEN, "meet", MET), Step(OPEN, "miss", MISSED), Step(OPEN, "drop", DROPPED)])

CLAIMED, ORDERED, TO_CIVIL, ENFORCED, PAID = "claimed", "ordered", "to_civil", "enforced", "paid"

CLAIM = Lifecycle(
    "claim",
    CLAIMED,
    [
        Step(CLAIMED, "order", ORDERED),
        Step(CLAIMED, "send_to_civil", TO_CIVIL),
        Step(CLAIMED, "refuse", REFUSED),
        Step(ORDERED, "enforce", ENFORCED),
        Step(ORDERED, "overturn", CLAIMED),
        Step(ORDERED, "pay_off", PAID),
        Step(ENFORCED, "pay_off", PAID),
    ],
)

SUSPECTED, CHARGED, CONVICTED, ACQUITTED = "suspected", "charged", "convicted", "acquitted"

SUSPECT = Lifecycle(
    "reported_person",
    SUSPECTED,
    [
        Step(SUSPECTED, "charge", CHARGED),
        Step(SUSPECTED, "clear", DROPPED),
        Step(CHARGED, "convict", CONVICTED),
        Step(CHARGED, "acquit", ACQUITTED),
        Step(CHARGED, "clear", DROPPED),
    ],
)

FILED, WAITING, REMINDED, COMPLAINED, WITH_OMBUDSMAN = "filed", "waiting", "reminded", "complained", "with_ombudsman"
ANSWERED, GIVEN_UP = "answered", "given_up"

LETTER = Lifecycle(
    "registered_letter",
    FILED,
    [
        Step(FILED, "await_answer", WAITING),
        Step(WAITING, "remind", REMINDED),
        Step(REMINDED, "complain", COMPLAINED),
        Step(COMPLAINED, "go_to_ombudsman", WITH_OMBUDSMAN),
        *(Step(state, "answer", ANSWERED) for state in (WAITING, REMINDED, COMPLAINED, WITH_OMBUDSMAN)),
        *(Step(state, "give_up", GIVEN_UP) for state in (WAITING, REMINDED, COMPLAINED, WITH_OMBUDSMAN)),
    ],
)
SILENT_STATES = (WAITING, REMINDED, COMPLAINED, WITH_OMBUDSMAN)

RECEIVED, CHECKED, GIVEN, GIVEN_PARTLY, TAKEN_BACK = "received", "checked", "given", "given_partly", "taken_back"

DEMAND = Lifecycle(
    "demand_for_file",
    RECEIVED,
    [
        Step(RECEIVED, "check", CHECKED),
        Step(RECEIVED, "take_back", TAKEN_BACK),
        Step(CHECKED, "give", GIVEN),
        Step(CHECKED, "give_partly", GIVEN_PARTLY),
        Step(CHECKED, "refuse", REFUSED),
        Step(CHECKED, "take_back", TAKEN_BACK),
    ],
)
DECIDED = (GIVEN, GIVEN_PARTLY, REFUSED)

LIFECYCLES = (PROCEEDING, HEARING, MEASURE, RIGHT, TERM, CLAIM, SUSPECT, LETTER, DEMAND)

STATE_NAMES = {
    "proceeding": {
        BEGUN: msg("Begun"),
        TRIAL: msg("On trial"),
        JUDGED: msg("Decided, not final"),
        APPEALED: msg("Under appeal"),
        FINAL: msg("Final"),
        STOPPED: msg("Discontinued"),
    },
    "hearing": {
        PLANNED: msg("Planned"),
        HELD: msg("Held"),
        POSTPONED: msg("Postponed"),
        CANCELLED: msg("Cancelled"),
    },
    "protective_measure": {
        ASKED: msg("Requested"),
        GRANTED: msg("Granted"),
        REFUSED: msg("Refused"),
        ENDED: msg("Ended"),
    },
    "special_right": {
        ASKED: msg("Requested"),
        GRANTED: msg("Granted"),
        REFUSED: msg("Refused"),
        RENEWED: msg("Renewed"),
        ENDED: msg("Ended"),
    },
    "term": {OPEN: msg("Running"), MET: msg("Met"), MISSED: msg("Missed"), DROPPED: msg("No longer needed")},
    "claim": {
        CLAIMED: msg("Claimed"),
        ORDERED: msg("Ordered"),
        TO_CIVIL: msg("Sent to a civil court"),
        REFUSED: msg("Refused"),
        ENFORCED: msg("In enforcement"),
        PAID: msg("Paid in full"),
    },
    "reported_person": {
        SUSPECTED: msg("Suspected"),
        CHARGED: msg("Charged, not convicted"),
        CONVICTED: msg("Convicted"),
        ACQUITTED: msg("Acquitted"),
        DROPPED: msg("Suspicion dropped"),
    },
    "registered_letter": {
        FILED: msg("Filed"),
        WAITING: msg("Waiting for an answer"),
        REMINDED: msg("Reminded"),
        COMPLAINED: msg("Complaint lodged"),
        WITH_OMBUDSMAN: msg("With the Ombudsman"),
        ANSWERED: msg("Answered"),
        GIVEN_UP: msg("Closed without an answer"),
    },
    "demand_for_file": {
        RECEIVED: msg("Waiting for the lawyer"),
        CHECKED: msg("Checked by the lawyer"),
        GIVEN: msg("Given as demanded"),
        GIVEN_PARTLY: msg("Given in part"),
        REFUSED: msg("Refused"),
        TAKEN_BACK: msg("Taken back"),
    },
}

VERB_NAMES = {
    "open_trial": msg("The trial begins"),
    "judge": msg("Decision"),
    "stop": msg("Discontinued"),
    "appeal": msg("Appeal lodged"),
    "become_final": msg("Became final"),
    "send_back": msg("Sent back for a new trial"),
    "take_up": msg("Taken up again"),
    "retry": msg("Reopened"),
    "hold": msg("It was held"),
    "postpone": msg("Postponed"),
    "cancel": msg("Cancelled"),
    "grant": msg("Granted"),
    "refuse": msg("Refused"),
    "ask_again": msg("Asked again"),
    "end": msg("Ended"),
    "renew": msg("Renew"),
    "meet": msg("Met"),
    "miss": msg("Term missed"),
    "drop": msg("No longer needed"),
    "clear": msg("No longer suspected"),
    "order": msg("Ordered"),
    "send_to_civil": msg("Sent to a civil court"),
    "enforce": msg("Enforcement begun"),
    "overturn": msg("Order overturned"),
    "pay_off": msg("Paid in full"),
    "charge": msg("Charged"),
    "convict": msg("Convicted"),
    "acquit": msg("Acquitted"),
    "await_answer": msg("Wait for an answer"),
    "remind": msg("Reminder sent"),
    "complain": msg("Complaint lodged"),
    "go_to_ombudsman": msg("Sent to the Ombudsman"),
    "answer": msg("Answered"),
    "give_up": msg("Close without an answer"),
    "check": msg("Lawyer's check"),
    "give": msg("Give as demanded"),
    "give_partly": msg("Give in part"),
    "take_back": msg("Taken back"),
}
