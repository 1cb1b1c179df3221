"""Which files has nobody a reason to open, and who opened one all the same?"""

import uuid

from django.db import models

from astra.vault.models.circles import Member
from astra.vault.models.records import Record


class Decoy(models.Model):
    """A record that looks like any other and is about nobody. It stands in no figure."""

    record = models.OneToOneField(Record, primary_key=True, on_delete=models.CASCADE, related_name="decoy")
    laid_by = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+", db_index=False)
    laid_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"decoy {self.pk}"


class DecoyAlarm(models.Model):
    """Somebody opened a decoy, or tried to; those who must know see it until one of them has looked into it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    record = models.ForeignKey(Record, on_delete=models.CASCADE, related_name="+", db_index=False)
    opened_by = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+", db_index=False)
    at = models.DateTimeField()
    was_refused = models.BooleanField(default=False)
    seen_by = models.ForeignKey(Member, null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    seen_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["seen_at", "at"], name="decoy_alarms_unseen")]

    def __str__(self) -> str:
        return f"alarm {self.pk}"
