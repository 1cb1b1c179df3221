"""The hotline's tables: contacts, what is promised, and conversations with whoever writes to us."""

from astra.hotline.models.calls import Call, CallEvent, LineNumber, Telephone
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

__all__ = [
    "ACTION",
    "TOPIC",
    "Call",
    "CallEvent",
    "Callback",
    "CallbackAttempt",
    "Contact",
    "ContactCode",
    "ContactPerson",
    "Conversation",
    "ConversationVisit",
    "Draft",
    "LineNumber",
    "Talk",
    "Telephone",
]
