"""Which contacts were drawn to be read by a supervisor, and how were they judged? Codes; her words are sealed."""

from django.db import models

from astra.hotline.models.contacts import Contact
from astra.kernel.clock import now


class QualityReview(models.Model):
    """One contact of a sample, read by a supervisor and seen by whoever took it."""

    record = models.OneToOneField("vault.Record", primary_key=True, on_delete=models.PROTECT, related_name="+")
    contact = models.OneToOneField(Contact, on_delete=models.CASCADE, related_name="quality")
    reviewer = models.ForeignKey("vault.Member", on_delete=models.PROTECT, related_name="+")
    counsellor = models.ForeignKey("vault.Member", on_delete=models.PROTECT, related_name="+")
    seed = models.PositiveIntegerField()
    drawn_at = models.DateTimeField(default=now)
    scores = models.JSONField(default=dict)
    scored_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"quality review {self.pk}"
