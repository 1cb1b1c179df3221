"""Who pauses, and who was allowed to look at whose conversation? Coded facts; no word of anything."""

from django.db import models

from astra.hotline.models.conversations import Conversation
from astra.kernel.clock import now
from astra.kernel.ids import new_id


class Pause(models.Model):
    """That a colleague on shift takes a break."""

    member = models.OneToOneField("vault.Member", primary_key=True, on_delete=models.PROTECT, related_name="+")
    since = models.DateTimeField(default=now)

    def __str__(self) -> str:
        return f"pause {self.pk}"


class WatchDecision(models.Model):
    """That the organisation allows or forbids its supervisors to look at conversations that go on; the newest holds."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    is_allowed = models.BooleanField()
    decided_on = models.DateField()
    written_by = models.ForeignKey("vault.Member", on_delete=models.PROTECT, related_name="+", db_index=False)
    written_at = models.DateTimeField(default=now)

    class Meta:
        indexes = [models.Index(fields=["written_at"], name="watch_decisions")]

    def __str__(self) -> str:
        return f"decision {self.pk}"


class Watching(models.Model):
    """That a supervisor looks at a conversation; whoever answers it sees that she does."""

    conversation = models.ForeignKey(Conversation, on_delete=models.CASCADE, related_name="watchings")
    member = models.ForeignKey("vault.Member", on_delete=models.PROTECT, related_name="+", db_index=False)
    began_at = models.DateTimeField(default=now)
    looked_at = models.DateTimeField(default=now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["conversation", "member"], name="hotline_one_watching")]

    def __str__(self) -> str:
        return f"watching {self.pk}"
