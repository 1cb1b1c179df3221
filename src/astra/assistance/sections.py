"""Which words does the assistance room hold, each sealed by itself?"""

from dataclasses import dataclass

from astra.cases.rules.tiers import HEALTH, LEGAL, TEAM
from astra.vault.sections import declare


@dataclass(frozen=True)
class NeedsWords:
    """What she says she needs, in her words first."""

    her_words: str = ""
    remark: str = ""


@dataclass(frozen=True)
class PlanWords:
    """What the person said to the plan as a whole."""

    her_words: str = ""


@dataclass(frozen=True)
class GoalWords:
    """A goal as she says it."""

    her_words: str = ""


@dataclass(frozen=True)
class ServiceWords:
    """What was done."""

    remark: str = ""


@dataclass(frozen=True)
class FieldWords:
    """Where a colleague goes, why, and what may be dangerous."""

    place: str = ""
    purpose: str = ""
    risk: str = ""


@dataclass(frozen=True)
class WelfareWords:
    """What harm a welfare check could do, and what speaks for it."""

    harm: str = ""
    reasons: str = ""


@dataclass(frozen=True)
class StayWords:
    """What was agreed about a stay, and what to look after."""

    remark: str = ""


@dataclass(frozen=True)
class ReferralWords:
    """What those are told to whom somebody is referred, and what they answered."""

    told: str = ""
    answer: str = ""


@dataclass(frozen=True)
class BookingWords:
    """Where an interpreter is needed, and whom to ask for."""

    place: str = ""


@dataclass(frozen=True)
class SessionWords:
    """What a group did together; nobody who came is named."""

    topic: str = ""


NEEDS = declare("assistance.needs", NeedsWords, retention="case")
PLAN = declare("assistance.plan", PlanWords, retention="case")
GOAL = declare("assistance.goal", GoalWords, retention="case")
HEALTH_GOAL = declare("assistance.health_goal", GoalWords, retention="health")
LEGAL_GOAL = declare("assistance.legal_goal", GoalWords, retention="legal")
SERVICE = declare("assistance.service", ServiceWords, retention="case")
HEALTH_SERVICE = declare("assistance.health_service", ServiceWords, retention="health")
LEGAL_SERVICE = declare("assistance.legal_service", ServiceWords, retention="legal")
FIELD = declare("assistance.field", FieldWords, retention="case")
WELFARE = declare("assistance.welfare", WelfareWords, retention="case")
STAY = declare("assistance.stay", StayWords, retention="case")
REFERRAL = declare("assistance.referral", ReferralWords, retention="case")
BOOKING = declare("assistance.booking", BookingWords, retention="case")
SESSION = declare("assistance.session", SessionWords, retention="case")

GOALS = {TEAM: GOAL, HEALTH: HEALTH_GOAL, LEGAL: LEGAL_GOAL}
SERVICES = {TEAM: SERVICE, HEALTH: HEALTH_SERVICE, LEGAL: LEGAL_SERVICE}
