"""What do those look at first who keep the house in order? Colleagues who wait, and what the log says of trouble."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.utils.translation import gettext

from astra.accounts import selectors as accounts
from astra.accounts.rules.roles import ROLES
from astra.audit import selectors as log_of
from astra.audit.selectors import LoggedEntry
from astra.kernel.clock import now
from astra.sites.desk import log_shown, log_words
from astra.vault.actor import Actor
from astra.vault.services import worklist

FEW = 6
AT_ONCE = 200_000
"""So many entries are verified while somebody waits; a longer log is verified from the terminal."""
LATE_S = 30
"""Entries are numbered within a second; after so long nobody numbers them."""
KEEPING = ("coordination", "administration")


def colleagues_waiting(actor: Actor) -> list[dict[str, Any]]:
    """Colleagues who have joined and cannot work yet, for those who can help them."""
    if not actor.has_desk(*KEEPING):
        return []
    waiting = [one for one in accounts.colleagues() if one.state in ("waiting", "again")]
    return [
        {
            "member_id": one.member_id,
            "work_name": one.work_name,
            "why": gettext("waits to be admitted") if one.state == "waiting" else gettext("has new words"),
        }
        for one in waiting[:FEW]
    ]


def log_state() -> dict[str, Any]:
    """How far the log is numbered and signed, and when it was verified last."""
    head, since = log_of.latest_checkpoint(), log_of.pending_since()
    return {
        "head": head,
        "pending": log_of.pending_count(),
        "is_late": since is not None and (now() - since).total_seconds() > LATE_S,
        "verified": next(iter(log_of.entries(verb="desk.log_verified", limit=1).rows), None),
        "can_verify": head is not None and head.size <= AT_ONCE,
    }


def alarming() -> list[log_shown.Row]:
    """The newest entries that an officer should look at, of every kind a few."""
    found: list[LoggedEntry] = []
    for verb in sorted(log_words.ALARMING):
        found += log_of.entries(verb=verb, limit=FEW).rows
    found.sort(key=lambda entry: entry.sequence, reverse=True)
    return log_shown.rows(found[:FEW])


def rewrites_waiting() -> int:
    """How many shared parts wait to be rewritten without somebody erased."""
    return len(worklist.to_rewrite())


def roles_of(member_id: UUID | None) -> list[tuple[str, str]]:
    """Her roles with their tasks, in words."""
    held: Iterable[str] = accounts.roles_of_member(member_id)
    return [(gettext(ROLES[code].name), gettext(ROLES[code].task)) for code in ROLES if code in set(held)]
