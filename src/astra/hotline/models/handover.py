"""What does the server know of a hand-over? Who wrote, about which record, whether it was read; words are sealed."""

from django.db import models

from astra.kernel.clock import now
from astra.kernel.ids import new_id


class HandoverPoint(models.Model):
    """One thing that the next shift has to know, until somebody says that it is done."""

    record = models.OneToOneField("vault.Record", primary_key=True, on_delete=models.PROTECT, related_name="+")
    line = models.CharField(max_length=40)
    kind = models.CharField(max_length=16)
    subject = models.ForeignKey("vault.Record", null=True, on_delete=models.PROTECT, related_name="+")
    """The person, contact, conversation or case that it is about."""
    written_by = models.ForeignKey(
        "vault.Member", null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    written_at = models.DateTimeField(default=now)
    done_by = models.ForeignKey("vault.Member", null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    done_at = models.DateTimeField(null=True)
    is_shredded = models.BooleanField(default=False)

    class Meta:
        indexes = [models.Index(fields=["done_at", "is_shredded"], name="handover_points_open")]

    def __str__(self) -> str:
        return f"point {self.pk}"


class Handover(models.Model):
    """That one shift has handed over to the next, and who of the next has read it."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    lines = models.JSONField(default=list)
    written_by = models.ForeignKey("vault.Member", on_delete=models.PROTECT, related_name="+", db_index=False)
    written_at = models.DateTimeField(default=now)
    acknowledged_by = models.ForeignKey(
        "vault.Member", null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    acknowledged_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["acknowledged_at", "written_at"], name="handovers_unread")]

    def __str__(self) -> str:
        return f"hand-over {self.pk}"
