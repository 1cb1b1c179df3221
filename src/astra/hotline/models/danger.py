"""What does the server know when somebody is in danger now? Who opened it, who answered, how it ended; no word."""

from django.db import models

from astra.hotline.models.contacts import Contact
from astra.hotline.models.conversations import Conversation
from astra.hotline.rules.danger import ALERTED
from astra.kernel.clock import now


class Danger(models.Model):
    """One emergency on a line, from the key that opened it until it is closed with what was done."""

    record = models.OneToOneField("vault.Record", primary_key=True, on_delete=models.PROTECT, related_name="+")
    situation = models.CharField(max_length=40)
    line = models.CharField(max_length=40, blank=True)
    state = models.CharField(max_length=12, default=ALERTED)
    opened_by = models.ForeignKey("vault.Member", null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    opened_at = models.DateTimeField(default=now)
    alerted_at = models.DateTimeField(default=now)
    """When colleagues were alerted last."""
    acknowledged_by = models.ForeignKey(
        "vault.Member", null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    acknowledged_at = models.DateTimeField(null=True)
    closed_by = models.ForeignKey("vault.Member", null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    closed_at = models.DateTimeField(null=True)
    outcome = models.CharField(max_length=40, blank=True)
    contact = models.ForeignKey(Contact, null=True, on_delete=models.PROTECT, related_name="dangers")
    conversation = models.ForeignKey(Conversation, null=True, on_delete=models.PROTECT, related_name="dangers")

    class Meta:
        indexes = [models.Index(fields=["state", "opened_at"], name="dangers_by_state")]

    def __str__(self) -> str:
        return f"danger {self.pk}"
