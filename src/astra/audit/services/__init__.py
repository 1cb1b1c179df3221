"""Which verbs does the audit room offer? Recording for every room; numbering, keys and witnessing for its keepers."""

from astra.audit.keys import ensure_signing_key, replace_signing_key
from astra.audit.services.recording import NewEntry, record, record_many
from astra.audit.services.restoring import accept_restored
from astra.audit.services.sequencing import keep_checkpoint, sequence_pending
from astra.audit.services.witnessing import cosign

__all__ = [
    "NewEntry",
    "accept_restored",
    "cosign",
    "ensure_signing_key",
    "keep_checkpoint",
    "record",
    "record_many",
    "replace_signing_key",
    "sequence_pending",
]
