"""Which verbs does the hotline offer? The only writers of this room."""

from astra.hotline.entries import NewCallback, NewContact, Seen, Typed
from astra.hotline.services.callbacks import add_callback, close_callback, note_attempt
from astra.hotline.services.calling import Registering, complete_file, open_file, record_call
from astra.hotline.services.drafts import discard_draft, save_draft, shred_drafts, take_over_draft
from astra.hotline.services.joining import collect_joins, join_case, mark_joined, mark_joins
from astra.hotline.services.links import link_person, unlink_person
from astra.hotline.services.recording import finish_draft, record_contact, record_contacts, record_non_data
from astra.hotline.services.reviewing import review_contact
from astra.hotline.services.revising import close_follow_up, restore_contact, revise_contact, withdraw
from astra.hotline.services.without_keys import confirm_logged, log_without_keys

__all__ = [
    "NewCallback",
    "NewContact",
    "Registering",
    "Seen",
    "Typed",
    "add_callback",
    "close_callback",
    "close_follow_up",
    "collect_joins",
    "complete_file",
    "confirm_logged",
    "discard_draft",
    "finish_draft",
    "join_case",
    "link_person",
    "log_without_keys",
    "mark_joined",
    "mark_joins",
    "note_attempt",
    "open_file",
    "record_call",
    "record_contact",
    "record_contacts",
    "record_non_data",
    "restore_contact",
    "review_contact",
    "revise_contact",
    "save_draft",
    "shred_drafts",
    "take_over_draft",
    "unlink_person",
    "withdraw",
]
