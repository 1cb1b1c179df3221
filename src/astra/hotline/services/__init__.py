"""Which verbs does the hotline offer? The only writers of this room."""

from astra.hotline.entries import NewCallback, NewContact, Seen, Typed
from astra.hotline.services.answering import (
    became_contact,
    block_conversation,
    end_conversation,
    give_back,
    offer,
    park,
    take,
)
from astra.hotline.services.callbacks import add_callback, close_callback, note_attempt
from astra.hotline.services.calling import Registering, complete_file, open_file, record_call
from astra.hotline.services.calls import (
    forget_number,
    forget_numbers,
    log_call,
    prune_call_events,
    set_line_number,
    settle_missed,
    sit_at,
    take_call,
)
from astra.hotline.services.drafts import discard_draft, save_draft, shred_drafts, take_over_draft
from astra.hotline.services.hearing import close_lost, end_forgotten_calls, hear, tidy_calls
from astra.hotline.services.joining import collect_joins, join_case, mark_joined, mark_joins
from astra.hotline.services.links import link_person, unlink_person
from astra.hotline.services.messages import answer, mark_seen, mark_seen_by_visitor, note_answering, write
from astra.hotline.services.recording import finish_draft, record_contact, record_contacts, record_non_data
from astra.hotline.services.reviewing import review_contact
from astra.hotline.services.revising import close_follow_up, restore_contact, revise_contact, withdraw
from astra.hotline.services.visiting import (
    Ticket,
    begin_conversation,
    change_code,
    come_back,
    hide_earlier,
    leave,
    note_code,
    note_typing,
    read_ticket,
    resume,
    say_how_it_was,
    sweep_conversations,
)
from astra.hotline.services.waking import WAKE_CHANNEL
from astra.hotline.services.without_keys import confirm_logged, log_without_keys

__all__ = [
    "WAKE_CHANNEL",
    "NewCallback",
    "NewContact",
    "Registering",
    "Seen",
    "Ticket",
    "Typed",
    "add_callback",
    "answer",
    "became_contact",
    "begin_conversation",
    "block_conversation",
    "change_code",
    "close_callback",
    "close_follow_up",
    "close_lost",
    "collect_joins",
    "come_back",
    "complete_file",
    "confirm_logged",
    "discard_draft",
    "end_conversation",
    "end_forgotten_calls",
    "finish_draft",
    "forget_number",
    "forget_numbers",
    "give_back",
    "hear",
    "hide_earlier",
    "join_case",
    "leave",
    "link_person",
    "log_call",
    "log_without_keys",
    "mark_joined",
    "mark_joins",
    "mark_seen",
    "mark_seen_by_visitor",
    "note_answering",
    "note_attempt",
    "note_code",
    "note_typing",
    "offer",
    "open_file",
    "park",
    "prune_call_events",
    "read_ticket",
    "record_call",
    "record_contact",
    "record_contacts",
    "record_non_data",
    "restore_contact",
    "resume",
    "review_contact",
    "revise_contact",
    "save_draft",
    "say_how_it_was",
    "set_line_number",
    "settle_missed",
    "shred_drafts",
    "sit_at",
    "sweep_conversations",
    "take",
    "take_call",
    "take_over_draft",
    "tidy_calls",
    "unlink_person",
    "withdraw",
    "write",
]
