"""What has every record of the room in common? Its file, and the tier of the file that may know of it."""

from django.db import models

from astra.kernel.clock import now


class Filed(models.Model):
    """A record of the vault that belongs to one tier of one file."""

    record = models.OneToOneField("vault.Record", primary_key=True, on_delete=models.PROTECT, related_name="+")
    case = models.ForeignKey("cases.Case", on_delete=models.PROTECT, related_name="+")
    tier = models.CharField(max_length=8)
    added_at = models.DateTimeField(default=now)

    class Meta:
        abstract = True
