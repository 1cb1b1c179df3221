"""What came of asking others to give back what they had received on a consent that has ended?"""

from django.db import models


class Recalled(models.Model):
    """The end of one line of the worklist: how whoever had received something answered."""

    consent = models.OneToOneField("consent.Consent", primary_key=True, on_delete=models.CASCADE, related_name="+")
    outcome = models.CharField(max_length=24)
    ended_on = models.DateField()
    by = models.UUIDField(null=True)

    def __str__(self) -> str:
        return f"recalled {self.pk}"
