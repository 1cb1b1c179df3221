"""Which row of which spreadsheet became which record? So that importing twice changes nothing."""

from django.db import models

from astra.kernel.clock import now


class ImportedRow(models.Model):
    """One imported row, by a keyed hash of the organisation's own number (or of the row, where it has none).

    The key is the index circle's: without it nobody can try numbers out, whatever he holds of the database.
    """

    key = models.CharField(max_length=32, primary_key=True)
    kind = models.CharField(max_length=10)
    content = models.CharField(max_length=32)
    """A keyed hash of what the row said: a row that was changed since is told apart from one that was not."""
    record = models.ForeignKey("vault.Record", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=now)

    def __str__(self) -> str:
        return f"imported {self.kind}"
