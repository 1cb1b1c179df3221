"""The tables of the assistance room: coded facts only; words are sealed sections of the records they point to."""

from astra.assistance.models.beds import Bed, BedNight, House, Stay
from astra.assistance.models.bookings import BookedQuarter, Booking
from astra.assistance.models.field import FieldAction
from astra.assistance.models.given import GivenService, GroupSession
from astra.assistance.models.letters import Letter, LetterTemplate
from astra.assistance.models.outcomes import KeptProgress, Rating
from astra.assistance.models.plans import Goal, NeedsAssessment, Plan, Step
from astra.assistance.models.questions import AnswerSheet, CodedAnswer, QuestionSet, QuestionVersion
from astra.assistance.models.referrals import Referral, ReferralGround
from astra.assistance.models.silence import ContactAttempt, WelfareCheck

# work, school, child, receipts
from astra.assistance.models.work import (
    ChildEntry,
    Cv,
    Employer,
    Exam,
    JobApplication,
    Placement,
    Receipt,
    RetentionCheck,
    Scholarship,
    Schooling,
)

__all__ = [
    "AnswerSheet",
    "Bed",
    "BedNight",
    "BookedQuarter",
    "Booking",
    "ChildEntry",
    "CodedAnswer",
    "ContactAttempt",
    "Cv",
    "Employer",
    "Exam",
    "FieldAction",
    "GivenService",
    "Goal",
    "GroupSession",
    "House",
    "JobApplication",
    "KeptProgress",
    "Letter",
    "LetterTemplate",
    "NeedsAssessment",
    "Placement",
    "Plan",
    "QuestionSet",
    "QuestionVersion",
    "Rating",
    "Receipt",
    "Referral",
    "ReferralGround",
    "RetentionCheck",
    "Scholarship",
    "Schooling",
    "Stay",
    "Step",
    "WelfareCheck",
]
