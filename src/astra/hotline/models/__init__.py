"""The hotline's tables: contacts, what is promised, and conversations with whoever writes to us."""

from astra.hotline.models.calls import Call, CallEvent, LineNumber, Telephone
from astra.hotline.models.care import Debrief, HardContact
from astra.hotline.models.channels import Correspondent, Outgoing, Postman, ProvedChannel, Receipt
from astra.hotline.models.contacts import (
    ACTION,
    TOPIC,
    Callback,
    CallbackAttempt,
    Contact,
    ContactCode,
    ContactPerson,
    Draft,
)
from astra.hotline.models.conversations import Conversation, ConversationVisit, Talk
from astra.hotline.models.danger import Danger
from astra.hotline.models.handover import Handover, HandoverPoint
from astra.hotline.models.interpreters import Interpreter, Interpreting
from astra.hotline.models.live import Pause, WatchDecision, Watching
from astra.hotline.models.meeting import Meeting, MeetingPoint
from astra.hotline.models.offers import (
    OFFER_FLAG,
    OFFER_NOT_FLAG,
    OFFER_PAPER,
    OFFER_TERM,
    CheckedOrganisation,
    OfferCheck,
    OfferCode,
    RegisterFinding,
    RegisterFlag,
)
from astra.hotline.models.quality import QualityReview
from astra.hotline.models.regulars import CallerPlan
from astra.hotline.models.shifts import OnRota, OpeningException, OpeningHours, Shift, ShiftSwap
from astra.hotline.models.supervision import Supervision, SupervisionNote

__all__ = [
    "ACTION",
    "OFFER_FLAG",
    "OFFER_NOT_FLAG",
    "OFFER_PAPER",
    "OFFER_TERM",
    "TOPIC",
    "Call",
    "CallEvent",
    "Callback",
    "CallbackAttempt",
    "CallerPlan",
    "CheckedOrganisation",
    "Contact",
    "ContactCode",
    "ContactPerson",
    "Conversation",
    "ConversationVisit",
    "Correspondent",
    "Danger",
    "Debrief",
    "Draft",
    "Handover",
    "HandoverPoint",
    "HardContact",
    "Interpreter",
    "Interpreting",
    "LineNumber",
    "Meeting",
    "MeetingPoint",
    "OfferCheck",
    "OfferCode",
    "OnRota",
    "OpeningException",
    "OpeningHours",
    "Outgoing",
    "Pause",
    "Postman",
    "ProvedChannel",
    "QualityReview",
    "Receipt",
    "RegisterFinding",
    "RegisterFlag",
    "Shift",
    "ShiftSwap",
    "Supervision",
    "SupervisionNote",
    "Talk",
    "Telephone",
    "WatchDecision",
    "Watching",
]
