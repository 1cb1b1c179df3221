"""What may this actor see of the hotline? Lists by reach, words by key."""

from astra.hotline.selectors.callbacks import CallbackLine, callback, callbacks, callbacks_about, count_due_now
from astra.hotline.selectors.contacts import (
    ContactLine,
    Filters,
    contact,
    contacts_of_person,
    contacts_page,
    last_line_of,
    lines,
    open_words,
    received_at,
    repeats,
)
from astra.hotline.selectors.queues import (
    DayCounts,
    Waiting,
    counts_today,
    due,
    is_reader,
    is_senior,
    to_confirm,
    to_review,
    waiting,
)
from astra.hotline.selectors.sheets import ContactSheet, sheet
from astra.hotline.selectors.typing import DraftLine, DraftSheet, draft, unfinished

__all__ = [
    "CallbackLine",
    "ContactLine",
    "ContactSheet",
    "DayCounts",
    "DraftLine",
    "DraftSheet",
    "Filters",
    "Waiting",
    "callback",
    "callbacks",
    "callbacks_about",
    "contact",
    "contacts_of_person",
    "contacts_page",
    "count_due_now",
    "counts_today",
    "draft",
    "due",
    "is_reader",
    "is_senior",
    "last_line_of",
    "lines",
    "open_words",
    "received_at",
    "repeats",
    "sheet",
    "to_confirm",
    "to_review",
    "unfinished",
    "waiting",
]
