"""What does the server know of supervision? Which circle it has, and whom a note is about; words are sealed."""

from django.db import models

from astra.kernel.clock import now


class Supervision(models.Model):
    """The circle of the supervisors; there is one."""

    record = models.OneToOneField("vault.Record", primary_key=True, on_delete=models.PROTECT, related_name="+")
    circle = models.OneToOneField("vault.Circle", on_delete=models.PROTECT, related_name="+")
    founded_by = models.ForeignKey("vault.Member", on_delete=models.PROTECT, related_name="+", db_index=False)
    founded_at = models.DateTimeField(default=now)

    def __str__(self) -> str:
        return f"supervision {self.pk}"


class SupervisionNote(models.Model):
    """A note on a sitting, for the supervisors and, if they share it, the colleague concerned."""

    record = models.OneToOneField("vault.Record", primary_key=True, on_delete=models.PROTECT, related_name="+")
    writer = models.ForeignKey("vault.Member", on_delete=models.PROTECT, related_name="+")
    about = models.ForeignKey("vault.Member", null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    """The colleague concerned; none for a sitting of several."""
    is_shared = models.BooleanField(default=False)
    written_at = models.DateTimeField(default=now)

    def __str__(self) -> str:
        return f"supervision note {self.pk}"
