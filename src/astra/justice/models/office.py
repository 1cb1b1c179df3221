"""Which letters of the office belong to no case? The register's number, coded; no words that could name anybody."""

from django.db import models

from astra.justice.rules.lifecycles import FILED
from astra.justice.rules.registers import format_letter
from astra.kernel.clock import now


class OfficeLetter(models.Model):
    """One letter of the register outside any case."""

    year = models.PositiveSmallIntegerField()
    running = models.PositiveIntegerField()
    direction = models.CharField(max_length=8)
    dated_on = models.DateField()
    subject = models.CharField(max_length=40)
    institution = models.ForeignKey("directory.Organisation", on_delete=models.PROTECT, related_name="+")
    proof = models.CharField(max_length=40, blank=True)
    delivered_on = models.DateField(null=True)
    answer_due_on = models.DateField(null=True)
    state = models.CharField(max_length=16, default=FILED)
    state_on = models.DateField(null=True)
    added_by = models.ForeignKey("vault.Member", on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField(default=now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["year", "running"], name="one_office_letter_a_number")]

    def __str__(self) -> str:
        return format_letter(self.running, self.year)
