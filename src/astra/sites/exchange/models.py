"""Which row of which spreadsheet became which record? So that importing twice changes nothing."""

from django.db import models

from astra.kernel.clock import now


class ImportedRow(models.Model):
    """One imported row. The key is a keyed hash of the organisation's own number, so it says nothing by itself."""

    key = models.BinaryField(max_length=16, primary_key=True)
    kind = models.CharField(max_length=10)
    record = models.ForeignKey("vault.Record", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=now)

    def __str__(self) -> str:
        return f"imported {self.kind}"
