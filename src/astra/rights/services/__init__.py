"""Who writes here? Somebody about her own data, and the colleagues who give her that page and answer her."""

from astra.rights.services.giving import close_page, give_page, new_code
from astra.rights.services.owning import (
    CALM,
    ask_online,
    leave,
    open_own,
    resume,
    sweep_visits,
    take_back,
    withdraw_online,
)
from astra.rights.services.requests import answer, lengthen, note_request, take, take_back_request

__all__ = [
    "CALM",
    "answer",
    "ask_online",
    "close_page",
    "give_page",
    "leave",
    "lengthen",
    "new_code",
    "note_request",
    "open_own",
    "resume",
    "sweep_visits",
    "take",
    "take_back",
    "take_back_request",
    "withdraw_online",
]
