"""How is a record opened when its team cannot? Two officers, one record, one hour."""

from django.db import models

from astra.kernel.clock import now
from astra.kernel.ids import new_id
from astra.vault.models.circles import Member


class EmergencyShare(models.Model):
    """An officer's piece of the emergency secret, sealed to her personal circle."""

    member = models.OneToOneField(Member, on_delete=models.CASCADE, related_name="emergency_share")
    generation = models.PositiveIntegerField()
    sealed = models.BinaryField()
    at = models.DateTimeField(default=now)

    def __str__(self) -> str:
        return f"share of {self.member_id}"


class EmergencyRequest(models.Model):
    """One officer asks to open one record for one person; a second officer must agree before it lapses."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    record = models.ForeignKey("vault.Record", on_delete=models.PROTECT, related_name="emergencies")
    asked_by = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    reader = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(max_length=32)
    shares = models.JSONField(default=dict)
    """The asking officer's share, sealed again to each other officer; removed when used or lapsed."""
    at = models.DateTimeField(default=now)
    lapses_at = models.DateTimeField()
    granted_by = models.ForeignKey(Member, null=True, on_delete=models.PROTECT, related_name="+")
    granted_at = models.DateTimeField(null=True)
    ends_at = models.DateTimeField(null=True)
    reviewed_by = models.ForeignKey(Member, null=True, on_delete=models.PROTECT, related_name="+")
    reviewed_at = models.DateTimeField(null=True)
    outcome = models.CharField(max_length=16, blank=True)

    def __str__(self) -> str:
        return f"emergency {self.pk}"
