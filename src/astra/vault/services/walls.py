"""How does a wall come down again? Only rows go: what was withdrawn when it was built is not given back by itself."""

from collections.abc import Collection
from uuid import UUID

from astra.vault.models import Wall


def take_down(record_ids: Collection[UUID], member_id: UUID) -> int:
    """Take a member's walls before records down, within the caller's transaction and under its entry in the log."""
    return Wall.objects.filter(record__in=record_ids, member=member_id).delete()[0]
