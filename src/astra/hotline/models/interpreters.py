"""Whom can we call to interpret, and who did? Codes and times; names and numbers are sealed to all colleagues."""

from django.db import models

from astra.hotline.models.contacts import Contact
from astra.hotline.models.conversations import Conversation
from astra.kernel.clock import now
from astra.kernel.ids import new_id


class Interpreter(models.Model):
    """Somebody who interprets for us, by coded facts."""

    record = models.OneToOneField("vault.Record", primary_key=True, on_delete=models.PROTECT, related_name="+")
    languages = models.JSONField(default=list)
    sex = models.CharField(max_length=40, blank=True)
    is_sworn = models.BooleanField(default=False)
    signed_on = models.DateField(null=True)
    """When she signed that she keeps everything to herself; without it nobody calls her."""
    ended_on = models.DateField(null=True)
    used_on = models.DateField(null=True)
    """When somebody last chose her; the calls themselves are kept for less long."""

    def __str__(self) -> str:
        return f"interpreter {self.pk}"


class Interpreting(models.Model):
    """That an interpreter was chosen for a call or a conversation, and from when until when she was in it."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    interpreter = models.ForeignKey(Interpreter, on_delete=models.PROTECT, related_name="calls")
    contact = models.ForeignKey(Contact, null=True, on_delete=models.PROTECT, related_name="+")
    conversation = models.ForeignKey(Conversation, null=True, on_delete=models.PROTECT, related_name="+")
    language = models.CharField(max_length=40)
    conflict = models.CharField(max_length=16)
    chosen_by = models.ForeignKey("vault.Member", null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    chosen_at = models.DateTimeField(default=now)
    joined_at = models.DateTimeField(null=True)
    left_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["left_at", "chosen_at"], name="interpreting_open")]

    def __str__(self) -> str:
        return f"interpreting {self.pk}"
