"""What does the server know of a conversation? Codes, times and numbers; what is written is sealed.

A conversation belongs to whoever began it, as long as her code is good. Each sitting in it is a talk: a stream of
messages with keys of its own, and one contact in the statistics.
"""

from django.db import models
from django.db.models import Q

from astra.hotline.models.contacts import Contact
from astra.hotline.rules.conversations import WAITING
from astra.kernel.clock import now


class Conversation(models.Model):
    """One visitor's conversation with us, from her first message until its keys are destroyed."""

    record = models.OneToOneField("vault.Record", primary_key=True, on_delete=models.PROTECT, related_name="+")
    circle = models.OneToOneField("vault.Circle", null=True, on_delete=models.PROTECT, related_name="+")
    """The visitor's own key pair; none where a provider brings her messages."""
    line = models.CharField(max_length=40)
    channel = models.CharField(max_length=40)
    language = models.CharField(max_length=12)
    """In which language the pages spoke to her, script included."""
    state = models.CharField(max_length=12, default=WAITING)
    began_at = models.DateTimeField(default=now)
    waiting_since = models.DateTimeField(null=True)
    """When the visitor wrote what nobody has answered yet."""
    answered_at = models.DateTimeField(null=True)
    """The first answer of this sitting."""
    last_at = models.DateTimeField(default=now)
    ended_at = models.DateTimeField(null=True)
    outcome = models.CharField(max_length=40, blank=True)
    taken_by = models.ForeignKey("vault.Member", null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    taken_at = models.DateTimeField(null=True)
    offered_to = models.ForeignKey(
        "vault.Member", null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    """A colleague who was asked to take over; the one who asked stays until she has."""
    typing_until = models.DateTimeField(null=True)
    """Until when the visitor is shown that somebody is typing an answer."""
    blocked_until = models.DateTimeField(null=True)
    feedback = models.CharField(max_length=12, blank=True)
    """What the visitor said of the help she got, if she wanted to."""
    lookup = models.BinaryField(null=True, unique=True)
    wrapped = models.BinaryField(default=b"")
    """The private half of the visitor's key pair, sealed under what her code yields."""
    code_until = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["state", "waiting_since"], name="conversations_by_state"),
            models.Index(fields=["code_until"], condition=Q(lookup__isnull=False), name="codes_running_out"),
        ]

    def __str__(self) -> str:
        return f"conversation {self.pk}"


class Talk(models.Model):
    """One sitting: a stream of messages, and what it became in the statistics."""

    record = models.OneToOneField("vault.Record", primary_key=True, on_delete=models.PROTECT, related_name="+")
    conversation = models.ForeignKey(Conversation, on_delete=models.PROTECT, related_name="talks")
    number = models.PositiveIntegerField()
    began_at = models.DateTimeField(default=now)
    answered_at = models.DateTimeField(null=True)
    """The first answer of this sitting: the conversation itself only knows of its newest."""
    ended_at = models.DateTimeField(null=True)
    outcome = models.CharField(max_length=40, blank=True)
    contact = models.ForeignKey(Contact, null=True, on_delete=models.PROTECT, related_name="talks")
    last = models.PositiveIntegerField(default=0)
    """The number of its newest message; `seen_` how far each side has read."""
    seen_by_us = models.PositiveIntegerField(default=0)
    seen_by_her = models.PositiveIntegerField(default=0)
    is_hidden = models.BooleanField(default=False)
    """The visitor asked that it is not shown again to whoever comes with her code."""

    class Meta:
        indexes = [models.Index(fields=["began_at"], name="talks_by_beginning")]
        constraints = [models.UniqueConstraint(fields=["conversation", "number"], name="one_talk_a_number")]

    def __str__(self) -> str:
        return f"talk {self.number} of conversation {self.conversation_id}"


class ConversationVisit(models.Model):
    """One browser that has the conversation open, until it leaves or falls silent. Nothing says which or where."""

    id = models.UUIDField(primary_key=True, editable=False)
    conversation = models.ForeignKey(Conversation, on_delete=models.CASCADE, related_name="visits")
    wrapped = models.BinaryField()
    """The private half of the visitor's key pair, sealed under the key in her cookie."""
    code = models.BinaryField(default=b"")
    """Her code under the same key, until she says that she has noted it."""
    began_at = models.DateTimeField(default=now)
    seen_at = models.DateTimeField(default=now)
    typing_until = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["seen_at"], name="conversation_visits_seen")]

    def __str__(self) -> str:
        return f"visit {self.pk}"
