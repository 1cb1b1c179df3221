"""Which letters went out and came in, and who demanded something of a file? The register, coded; words are sealed."""

from django.db import models

from astra.justice.models.filed import Filed
from astra.justice.rules.lifecycles import FILED, RECEIVED
from astra.justice.rules.registers import format_letter


class LetterCounter(models.Model):
    """The last running number of a year; its row is locked while a number is given out, so none is given twice."""

    year = models.PositiveSmallIntegerField(primary_key=True)
    last = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return format_letter(self.last, self.year)


class Letter(Filed):
    """One letter of the register."""

    year = models.PositiveSmallIntegerField()
    running = models.PositiveIntegerField()
    direction = models.CharField(max_length=8)
    dated_on = models.DateField()
    subject = models.CharField(max_length=40)
    institution = models.ForeignKey(
        "directory.Organisation", null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    proof = models.CharField(max_length=40, blank=True)
    delivered_on = models.DateField(null=True)
    answer_due_on = models.DateField(null=True)
    state = models.CharField(max_length=16, default=FILED)
    state_on = models.DateField()
    answers = models.ForeignKey("self", null=True, on_delete=models.SET_NULL, related_name="answered_by")
    task_id = models.UUIDField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["year", "running"], name="one_letter_a_number")]

    def __str__(self) -> str:
        return self.number

    @property
    def number(self) -> str:
        """The number in the register as people say it."""
        return format_letter(self.running, self.year)


class Demand(Filed):
    """Somebody demands something of the file: who, on what right, what we did, and whether she was told."""

    asker = models.CharField(max_length=40)
    right = models.CharField(max_length=40)
    received_on = models.DateField()
    due_on = models.DateField(null=True)
    state = models.CharField(max_length=16, default=RECEIVED)
    checked_by = models.ForeignKey("vault.Member", null=True, on_delete=models.PROTECT, related_name="+")
    checked_on = models.DateField(null=True)
    right_holds = models.CharField(max_length=8, blank=True)
    answered_on = models.DateField(null=True)
    told_on = models.DateField(null=True)
    untold_because = models.CharField(max_length=40, blank=True)
    task_id = models.UUIDField(null=True)

    def __str__(self) -> str:
        return self.asker
