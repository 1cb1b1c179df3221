"""Which files were given on in an export, and by which two people? For whom is sealed; the file lies here for days."""

from django.db import models

from astra.rights.rules.exports import WAITING, number_of


class Export(models.Model):
    """One export; whoever asked takes a file that only its recipient opens."""

    record = models.OneToOneField("vault.Record", primary_key=True, on_delete=models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField()
    running = models.PositiveIntegerField()
    reason = models.CharField(max_length=20)
    state = models.CharField(max_length=12, default=WAITING)
    asked_by = models.ForeignKey("vault.Member", on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    count = models.PositiveSmallIntegerField()
    decided_by = models.ForeignKey(
        "vault.Member", null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    decided_at = models.DateTimeField(null=True)
    expires_at = models.DateTimeField(db_index=True)
    taken_at = models.DateTimeField(null=True)
    file = models.BinaryField(default=b"")
    """Sealed for the recipient; nobody here can open it."""

    class Meta:
        constraints = [models.UniqueConstraint(fields=["year", "running"], name="one_export_a_number")]

    def __str__(self) -> str:
        return self.number

    @property
    def number(self) -> str:
        """What stands on every page of it."""
        return number_of(self.year, self.running)


class ExportedCase(models.Model):
    """One file in an export."""

    export = models.ForeignKey(Export, on_delete=models.CASCADE, related_name="cases")
    case = models.ForeignKey("vault.Record", on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["export", "case"], name="one_case_in_an_export")]

    def __str__(self) -> str:
        return f"case in export {self.export_id}"
