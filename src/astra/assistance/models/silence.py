"""How was somebody tried who does not answer, and what was weighed?"""

from django.db import models


class ContactAttempt(models.Model):
    """One try to reach a client, or her answer. Coded only."""

    case = models.ForeignKey("cases.Case", on_delete=models.PROTECT, related_name="+")
    on = models.DateField()
    way = models.CharField(max_length=40)
    result = models.CharField(max_length=40)
    by = models.UUIDField(null=True)

    def __str__(self) -> str:
        return self.result


class WelfareCheck(models.Model):
    """A welfare check that was weighed; its harm is written before the decision."""

    record = models.OneToOneField("vault.Record", primary_key=True, on_delete=models.PROTECT)
    case = models.ForeignKey("cases.Case", on_delete=models.PROTECT, related_name="+")
    weighed_on = models.DateField()
    is_wanted = models.BooleanField()
    by = models.UUIDField(null=True)

    def __str__(self) -> str:
        return f"weighed on {self.weighed_on}"
