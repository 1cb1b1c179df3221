"""What did somebody ask about her own data, and when must it be answered?"""

from django.db import models

from astra.rights.rules.requests import RECEIVED


class OwnRequest(models.Model):
    """One request: its kind, its clock, how it ended. What was asked and answered is sealed."""

    record = models.OneToOneField("vault.Record", primary_key=True, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey("vault.Record", on_delete=models.PROTECT, related_name="+")
    page = models.ForeignKey("rights.OwnPage", null=True, on_delete=models.SET_NULL, related_name="requests")
    kind = models.CharField(max_length=16)
    way = models.CharField(max_length=16)
    state = models.CharField(max_length=16, default=RECEIVED)
    received_on = models.DateField()
    due_on = models.DateField()
    handler = models.ForeignKey("vault.Member", null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    outcome = models.CharField(max_length=16, blank=True)
    ended_on = models.DateField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["state", "due_on"], name="own_requests_waiting"),
            models.Index(fields=["person", "received_on"], name="own_requests_of_a_person"),
        ]

    def __str__(self) -> str:
        return f"own request {self.pk}"
