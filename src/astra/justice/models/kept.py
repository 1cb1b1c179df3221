"""What stays of a person's proceedings after an erasure? Codes and months beside a random number, for figures alone."""

from django.db import models


class Kept(models.Model):
    """A row that leads to nobody: no record, no case, no day."""

    mark = models.UUIDField(db_index=True)
    """Drawn at random in the file's place, so that files can still be counted."""

    class Meta:
        abstract = True


class KeptProceeding(Kept):
    """A proceeding with what was counted in it."""

    kind = models.CharField(max_length=40)
    roles = models.JSONField(default=list)
    state = models.CharField(max_length=16)
    begun_on = models.DateField()
    ended_on = models.DateField(null=True)
    articles = models.JSONField(default=list)
    hearings_held = models.PositiveSmallIntegerField()
    hearings_postponed = models.PositiveSmallIntegerField()
    measures_asked = models.JSONField(default=list)
    measures_granted = models.JSONField(default=list)
    harms = models.JSONField(default=list)

    def __str__(self) -> str:
        return self.kind


class KeptDecision(Kept):
    """A decision and what the accused were sentenced to."""

    proceeding_kind = models.CharField(max_length=40)
    instance = models.CharField(max_length=40)
    outcome = models.CharField(max_length=40)
    is_plea = models.BooleanField()
    is_final = models.BooleanField()
    decided_on = models.DateField()
    penalties = models.JSONField(default=list)
    """Pairs of kind and months; fines are not kept."""

    def __str__(self) -> str:
        return self.outcome


class KeptClaim(Kept):
    """A claim with its sums, rounded."""

    kind = models.CharField(max_length=40)
    proceeding_kind = models.CharField(max_length=40)
    state = models.CharField(max_length=16)
    currency = models.CharField(max_length=3)
    claimed = models.DecimalField(max_digits=14, decimal_places=2)
    claimed_on = models.DateField()
    ordered = models.DecimalField(max_digits=14, decimal_places=2, null=True)
    ordered_on = models.DateField(null=True)
    paid = models.DecimalField(max_digits=14, decimal_places=2)
    payments = models.PositiveSmallIntegerField()
    last_paid_on = models.DateField(null=True)

    def __str__(self) -> str:
        return self.kind


class KeptRight(Kept):
    """A right that was asked for."""

    kind = models.CharField(max_length=40)
    state = models.CharField(max_length=16)
    asked_on = models.DateField()
    answered_on = models.DateField(null=True)

    def __str__(self) -> str:
        return self.kind


class KeptDemand(Kept):
    """A demand for a file and how it ended."""

    asker = models.CharField(max_length=40)
    right = models.CharField(max_length=40)
    state = models.CharField(max_length=16)
    received_on = models.DateField()
    is_told = models.BooleanField()

    def __str__(self) -> str:
        return self.asker


class KeptLetter(models.Model):
    """A number of the register whose letter is erased: the register has no gap, and nobody is named by it."""

    year = models.PositiveSmallIntegerField()
    running = models.PositiveIntegerField()
    direction = models.CharField(max_length=8)
    subject = models.CharField(max_length=40)
    dated_on = models.DateField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["year", "running"], name="one_kept_letter_a_number")]

    def __str__(self) -> str:
        return f"{self.running}/{self.year}"
