"""Which files were prepared for whom they speak about, who checked them, and when were they handed over?"""

from django.db import models

from astra.rights.rules.taking import LIVING, PREPARED


class TakenFile(models.Model):
    """One file to take along: which parts it holds is sealed, the parts themselves stay where they are."""

    record = models.OneToOneField("vault.Record", primary_key=True, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey("vault.Record", on_delete=models.PROTECT, related_name="+")
    case = models.ForeignKey("vault.Record", on_delete=models.PROTECT, related_name="+", db_index=False)
    state = models.CharField(max_length=16, default=PREPARED)
    prepared_by = models.UUIDField(null=True)
    prepared_at = models.DateTimeField()
    checked_by = models.UUIDField(null=True)
    checked_at = models.DateTimeField(null=True)
    handed_at = models.DateTimeField(null=True)
    task_id = models.UUIDField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person"], condition=models.Q(state__in=LIVING), name="one_file_to_take_a_person"
            )
        ]

    def __str__(self) -> str:
        return f"taken file {self.pk}"
