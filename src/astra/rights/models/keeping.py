"""What comes to the end of its time, and who has proposed and agreed that it goes?"""

import uuid

from django.db import models

from astra.rights.rules.keeping import WAITING


class Disposal(models.Model):
    """One proposal: a class, how many, who proposed and who decided. What went is not named."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    category = models.CharField(max_length=20)
    reason = models.CharField(max_length=20)
    state = models.CharField(max_length=12, default=WAITING)
    asked = models.PositiveIntegerField()
    proposed_by = models.ForeignKey("vault.Member", on_delete=models.PROTECT, related_name="+", db_index=False)
    proposed_at = models.DateTimeField()
    decided_by = models.ForeignKey(
        "vault.Member", null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    decided_at = models.DateTimeField(null=True)
    gone = models.PositiveIntegerField(default=0)

    class Meta:
        indexes = [models.Index(fields=["state", "proposed_at"], name="disposals_by_state")]

    def __str__(self) -> str:
        return f"disposal of {self.category}"


class Ending(models.Model):
    """One record, or a class of a file, whose time ends soon; looked for anew every night."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    record = models.ForeignKey("vault.Record", on_delete=models.PROTECT, related_name="+")
    category = models.CharField(max_length=20)
    ends_on = models.DateField()
    kept_until = models.DateField(null=True)
    """Until when it is kept for longer than its time, because somebody said why."""
    kept_because = models.CharField(max_length=20, blank=True)
    kept_by = models.ForeignKey("vault.Member", null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    disposal = models.ForeignKey(Disposal, null=True, on_delete=models.SET_NULL, related_name="lines")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["record", "category"], name="one_ending_a_record_and_class")]
        indexes = [models.Index(fields=["category", "ends_on"], name="endings_by_class")]

    def __str__(self) -> str:
        return f"{self.category} until {self.ends_on}"
