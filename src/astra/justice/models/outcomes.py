"""How did a proceeding end, and what was she paid? Decisions, penalties by accused, claims and payments."""

from django.db import models

from astra.justice.models.filed import Filed
from astra.justice.models.proceedings import Proceeding
from astra.justice.rules.lifecycles import CLAIMED


class Decision(Filed):
    """A decision at an instance; its reasoning in our words is sealed."""

    proceeding = models.ForeignKey(Proceeding, on_delete=models.CASCADE, related_name="decisions")
    instance = models.CharField(max_length=40)
    outcome = models.CharField(max_length=40)
    is_plea = models.BooleanField(default=False)
    decided_on = models.DateField()
    received_on = models.DateField(null=True)
    final_on = models.DateField(null=True)
    appealed_on = models.DateField(null=True)
    appealed_by = models.CharField(max_length=40, blank=True)

    def __str__(self) -> str:
        return self.outcome


class Penalty(models.Model):
    """What one accused was sentenced to: the part, never the name."""

    decision = models.ForeignKey(Decision, on_delete=models.CASCADE, related_name="penalties")
    accused = models.CharField(max_length=40)
    kind = models.CharField(max_length=40)
    years = models.PositiveSmallIntegerField(default=0)
    months = models.PositiveSmallIntegerField(default=0)
    fine = models.DecimalField(max_digits=14, decimal_places=2, null=True)
    currency = models.CharField(max_length=3, blank=True)

    def __str__(self) -> str:
        return self.kind


class Claim(Filed):
    """Compensation: what was claimed and what was ordered, in one currency."""

    proceeding = models.ForeignKey(Proceeding, on_delete=models.CASCADE, related_name="claims")
    kind = models.CharField(max_length=40)
    state = models.CharField(max_length=16, default=CLAIMED)
    currency = models.CharField(max_length=3)
    claimed = models.DecimalField(max_digits=14, decimal_places=2)
    claimed_on = models.DateField()
    ordered = models.DecimalField(max_digits=14, decimal_places=2, null=True)
    ordered_on = models.DateField(null=True)
    enforced_on = models.DateField(null=True)

    def __str__(self) -> str:
        return self.kind


class Payment(models.Model):
    """One payment on a claim, in the claim's currency."""

    claim = models.ForeignKey(Claim, on_delete=models.CASCADE, related_name="payments")
    amount = models.DecimalField(max_digits=14, decimal_places=2)
    paid_on = models.DateField()
    payer = models.CharField(max_length=40)

    def __str__(self) -> str:
        return f"payment {self.pk}"
