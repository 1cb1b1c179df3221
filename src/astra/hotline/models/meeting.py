"""What does the server know of a team meeting? When it was, who was there, about which records; words are sealed."""

from django.db import models

from astra.hotline.rules.meeting import FLAGGED
from astra.kernel.clock import now
from astra.kernel.ids import new_id


class Meeting(models.Model):
    """One meeting of the team."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    held_on = models.DateField()
    present = models.JSONField(default=list)
    """The members who were there."""
    opened_by = models.ForeignKey("vault.Member", on_delete=models.PROTECT, related_name="+", db_index=False)
    opened_at = models.DateTimeField(default=now)
    closed_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["held_on"], name="meetings_by_day")]

    def __str__(self) -> str:
        return f"meeting {self.pk}"


class MeetingPoint(models.Model):
    """Something that the team has to talk over, and what it decided."""

    record = models.OneToOneField("vault.Record", primary_key=True, on_delete=models.PROTECT, related_name="+")
    subject = models.ForeignKey("vault.Record", null=True, on_delete=models.PROTECT, related_name="+")
    """The case, contact, conversation or person that it is about."""
    state = models.CharField(max_length=12, default=FLAGGED)
    flagged_by = models.ForeignKey(
        "vault.Member", null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    flagged_at = models.DateTimeField(default=now)
    carried = models.PositiveSmallIntegerField(default=0)
    """At how many meetings there was no time for it."""
    meeting = models.ForeignKey(Meeting, null=True, on_delete=models.PROTECT, related_name="points")
    assigned_to = models.ForeignKey("vault.Member", null=True, on_delete=models.PROTECT, related_name="+")
    due_on = models.DateField(null=True)
    task = models.ForeignKey("vault.Record", null=True, on_delete=models.PROTECT, related_name="+")
    """The task in the case's own file that carries the decision out."""
    ended_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["state", "flagged_at"], name="meeting_points_open"),
            models.Index(fields=["assigned_to", "state", "due_on"], name="meeting_points_due"),
        ]

    def __str__(self) -> str:
        return f"meeting point {self.pk}"
