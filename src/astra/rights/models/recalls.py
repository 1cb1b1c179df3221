"""What came of asking others to give back what they had received on a consent that has ended?"""

from django.db import models


class Recalled(models.Model):
    """The end of one line of the worklist: how whoever had received something answered."""

    consent_id = models.UUIDField(primary_key=True)
    """The consent; no key, as consents go before this line does when the person is erased."""
    person = models.ForeignKey("vault.Record", on_delete=models.PROTECT, related_name="+")
    outcome = models.CharField(max_length=24)
    ended_on = models.DateField()
    by = models.UUIDField(null=True)

    def __str__(self) -> str:
        return f"recalled {self.pk}"
