"""Which verbs does the consent room offer? The only writers of the ledger."""

from astra.consent.services.overriding import (
    agree_override,
    ask_override,
    cancel_override,
    refuse_override,
    review_override,
    share_in_danger,
)
from astra.consent.services.recording import keep_from, note_asked, record_consent, record_consents, share_ledger
from astra.consent.services.sharing import ask_ledger, end_guardians_say
from astra.consent.services.withdrawing import finish_recalls, note_granted, withdraw_consent, withdraw_own

__all__ = [
    "agree_override",
    "ask_ledger",
    "ask_override",
    "cancel_override",
    "end_guardians_say",
    "finish_recalls",
    "keep_from",
    "note_asked",
    "note_granted",
    "record_consent",
    "record_consents",
    "refuse_override",
    "review_override",
    "share_in_danger",
    "share_ledger",
    "withdraw_consent",
    "withdraw_own",
]
