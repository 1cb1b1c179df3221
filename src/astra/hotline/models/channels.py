"""What does the server know of those who write through a provider? Codes and times; never an address or a word.

An address is sealed in a record of its own. The same sender is found again by a digest that is stretched with a secret
of this installation, which lies in no database.
"""

from django.db import models
from django.db.models import Q

from astra.hotline.models.conversations import Conversation, Talk
from astra.hotline.rules.channels import WAITING
from astra.kernel.clock import now
from astra.kernel.ids import new_id


class Correspondent(models.Model):
    """Who writes in a conversation that a provider brings, and how she may be answered there."""

    conversation = models.OneToOneField(
        Conversation, primary_key=True, on_delete=models.PROTECT, related_name="correspondent"
    )
    address = models.OneToOneField("vault.Record", null=True, on_delete=models.PROTECT, related_name="+")
    """Where her address is sealed, as long as it is."""
    digest = models.BinaryField(null=True, unique=True)
    """What finds her conversation when she writes again."""
    reply = models.CharField(max_length=12, blank=True)
    """How she may be written back to, as she said; nothing is sent while it is blank."""
    reply_by = models.ForeignKey("vault.Member", null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    reply_at = models.DateTimeField(null=True)
    forget_at = models.DateTimeField(null=True)
    """When her address is let go."""

    class Meta:
        indexes = [models.Index(fields=["forget_at"], condition=Q(address__isnull=False), name="addresses_to_forget")]

    def __str__(self) -> str:
        return f"correspondent of {self.conversation_id}"


class Receipt(models.Model):
    """That a provider's message is stored; what the provider calls it only as a keyed digest."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    digest = models.BinaryField(unique=True)
    channel = models.CharField(max_length=40)
    at = models.DateTimeField(default=now)

    class Meta:
        indexes = [models.Index(fields=["at"], name="receipts_to_prune")]

    def __str__(self) -> str:
        return f"receipt {self.pk}"


class Outgoing(models.Model):
    """One answer on its way to a provider. What is sent is sealed to the sending process and erased afterwards."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    conversation = models.ForeignKey(Conversation, on_delete=models.CASCADE, related_name="outgoing")
    talk = models.ForeignKey(Talk, on_delete=models.CASCADE, related_name="outgoing")
    number = models.PositiveIntegerField()
    """Which message of the sitting it is."""
    kind = models.CharField(max_length=12)
    state = models.CharField(max_length=12, default=WAITING)
    reason = models.CharField(max_length=20, blank=True)
    tries = models.PositiveSmallIntegerField(default=0)
    next_at = models.DateTimeField(default=now)
    made_at = models.DateTimeField(default=now)
    done_at = models.DateTimeField(null=True)
    by = models.ForeignKey("vault.Member", null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    postman = models.UUIDField(null=True)
    """Which life of the sending process can open it."""
    sealed = models.BinaryField(default=b"")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["talk", "number"], name="an_answer_is_sent_once")]
        indexes = [models.Index(fields=["state", "next_at"], name="outgoing_by_state")]

    def __str__(self) -> str:
        return f"outgoing {self.pk}"


class Postman(models.Model):
    """The process that sends: the public half of the key that it made when it began. One row."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    life = models.UUIDField()
    public = models.BinaryField()
    site = models.CharField(max_length=200, blank=True)
    """Where answers are read; stands in the notices."""
    seen_at = models.DateTimeField(default=now)

    def __str__(self) -> str:
        return f"postman {self.life}"


class ProvedChannel(models.Model):
    """A channel that was proved by a message sent and come back; none of ours is offered before."""

    channel = models.CharField(max_length=40, primary_key=True)
    settings = models.BinaryField(default=b"")
    """A digest of the settings that were proved: others have to be proved anew."""
    proved_at = models.DateTimeField(null=True)
    probe = models.BinaryField(default=b"")
    """A digest of the word that is awaited."""
    probe_until = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return self.channel
