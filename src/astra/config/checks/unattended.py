"""Is the unattended work done? Entries numbered, erasures finished, and nothing back that a ledger says is gone."""

from django.conf import settings
from django.db import DatabaseError

from astra.audit import selectors as log
from astra.config.checks.findings import Finding, good, missing
from astra.kernel.clock import now
from astra.vault.services import erasure, restoring

LATE_S = 60.0
"""The worker numbers within a second and finishes what was interrupted within a minute."""
START_THE_WORKER = "Run: astra serve (its worker does it; alone: astra worker)"
LOOK_AT_THE_LOG = "if it runs, it waits for a person: astra audit verify, after a restored backup astra audit restored"


def unattended_findings() -> list[Finding]:
    """Look at what the worker leaves behind, not at the worker: it may run on another machine."""
    try:
        return [_numbering(), _erasures(), _ledger()]
    except DatabaseError as error:
        return [missing("unattended work", f"cannot be looked at ({type(error).__name__})", "Run: astra setup")]


def _numbering() -> Finding:
    """Entries wait for their number no longer than a second."""
    since = log.pending_since()
    waited_s = 0.0 if since is None else (now() - since).total_seconds()
    if waited_s <= LATE_S:
        return good("audit log", "numbered")
    waiting = f"{log.pending_count()} entries wait for their number, the first for {waited_s / 60:.0f} minutes"
    return missing("audit log", waiting, f"{START_THE_WORKER}; {LOOK_AT_THE_LOG}")


def _erasures() -> Finding:
    """Erasures are finished, their bytes pressed out of the databases' logs."""
    waiting = erasure.unfinished(older_than_s=LATE_S)
    if waiting:
        return missing("erasure", f"{waiting} are ordered and not finished", START_THE_WORKER)
    return good("erasure", "finished")


def _ledger() -> Finding:
    """What the ledger beside the databases says is known to them: no older backup was put back unnoticed."""
    if restoring.is_older_than_ledger():
        detail = f"{settings.ENV.home / 'ledger'} knows of erasures and withdrawals that the database does not"
        return missing("restored backup", detail, "Run: astra setup (astra serve does the same before the first page)")
    return good("ledger", "known to the database")
