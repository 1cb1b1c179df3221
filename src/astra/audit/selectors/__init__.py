"""Which questions does the log answer? Searching it and proving from it."""

from astra.audit.selectors.proving import (
    consistency_proof,
    inclusion_proof,
    latest_checkpoint,
    root_at,
    verifier_keys,
)
from astra.audit.selectors.searching import (
    EntryPage,
    LoggedEntry,
    entries,
    pending_count,
    pending_since,
    tail,
)

__all__ = [
    "EntryPage",
    "LoggedEntry",
    "consistency_proof",
    "entries",
    "inclusion_proof",
    "latest_checkpoint",
    "pending_count",
    "pending_since",
    "root_at",
    "tail",
    "verifier_keys",
]
