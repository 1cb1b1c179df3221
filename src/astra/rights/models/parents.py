"""Which parent or guardian asked for a child's file, on what right, and what was decided?"""

from django.db import models

from astra.rights.rules.parents import ASKED


class ParentAccess(models.Model):
    """One request for a child's file and its decision; who asks and why it was so decided is sealed."""

    record = models.OneToOneField("vault.Record", primary_key=True, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey("vault.Record", on_delete=models.PROTECT, related_name="+")
    """The child."""
    case = models.ForeignKey("vault.Record", on_delete=models.PROTECT, related_name="+", db_index=False)
    right = models.CharField(max_length=24)
    child_view = models.CharField(max_length=16)
    state = models.CharField(max_length=16, default=ASKED)
    outcome = models.CharField(max_length=16, blank=True)
    received_on = models.DateField()
    decided_on = models.DateField(null=True)
    written_by = models.UUIDField(null=True)
    decided_by = models.UUIDField(null=True)
    task_id = models.UUIDField(null=True)

    def __str__(self) -> str:
        return f"parent access {self.pk}"
