"""The hotline's tables: contacts, what is promised, and conversations with whoever writes to us."""

from astra.hotline.models.care import Debrief, HardContact
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
from astra.hotline.models.quality import QualityReview
from astra.hotline.models.shifts import OnRota, OpeningException, OpeningHours, Shift, ShiftSwap

__all__ = [
    "ACTION",
    "TOPIC",
    "Callback",
    "CallbackAttempt",
    "Contact",
    "ContactCode",
    "ContactPerson",
    "Conversation",
    "ConversationVisit",
    "Danger",
    "Debrief",
    "Draft",
    "Handover",
    "HandoverPoint",
    "HardContact",
    "Interpreter",
    "Interpreting",
    "OnRota",
    "OpeningException",
    "OpeningHours",
    "QualityReview",
    "Shift",
    "ShiftSwap",
    "Talk",
]
