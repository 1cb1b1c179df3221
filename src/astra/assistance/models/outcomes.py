"""How far is somebody on the way to a life of her own, as she and as her worker see it?"""

from django.db import models


class Rating(models.Model):
    """One value of the reintegration scale on one day. Coded only."""

    case = models.ForeignKey("cases.Case", on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey("vault.Record", null=True, on_delete=models.PROTECT, related_name="+")
    """Whose way; blank for what was rated before a case could have several."""
    rated_on = models.DateField()
    rated_by = models.CharField(max_length=16)
    domain = models.CharField(max_length=40)
    value = models.PositiveSmallIntegerField()
    by = models.UUIDField(null=True)

    def __str__(self) -> str:
        return f"{self.domain} {self.value}"


class KeptProgress(models.Model):
    """After an erasure: how the scale of somebody had changed in the end, as figures count it."""

    month = models.DateField()
    rated_by = models.CharField(max_length=16)
    change = models.CharField(max_length=8)

    def __str__(self) -> str:
        return f"a change of {self.month:%Y}"
