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
    "CheckedOrganisation",
    "Contact",
    "ContactCode",
    "ContactPerson",
    "Conversation",
    "ConversationVisit",
    "Draft",
    "LineNumber",
    "OfferCheck",
    "OfferCode",
    "RegisterFinding",
    "RegisterFlag",
    "Talk",
    "Telephone",
]
