"""What does the server know of somebody who calls again and again? That a plan exists, who leads it, when it is due."""

from django.db import models

from astra.hotline.models.contacts import Contact
from astra.hotline.rules.regulars import ACTIVE
from astra.kernel.clock import now


class CallerPlan(models.Model):
    """How every shift answers one regular caller; the plan itself is sealed."""

    record = models.OneToOneField("vault.Record", primary_key=True, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey("vault.Record", null=True, on_delete=models.PROTECT, related_name="+")
    contact = models.ForeignKey(Contact, null=True, on_delete=models.PROTECT, related_name="+")
    """The first contact of a caller without a name; later ones point to it."""
    state = models.CharField(max_length=12, default=ACTIVE)
    led_by = models.ForeignKey("vault.Member", null=True, on_delete=models.PROTECT, related_name="+")
    review_on = models.DateField(null=True)
    made_by = models.ForeignKey("vault.Member", null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    made_at = models.DateTimeField(default=now)
    ended_at = models.DateTimeField(null=True)
    reason = models.CharField(max_length=40, blank=True)

    class Meta:
        indexes = [models.Index(fields=["state", "review_on"], name="caller_plans_due")]

    def __str__(self) -> str:
        return f"caller plan {self.pk}"
