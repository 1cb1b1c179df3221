"""What does the server know of a telephone call? When it rang, on which line, at which telephone; not from where.

The caller's number is sealed in a record of its own, whose key is destroyed after some days. What an exchange calls a
call may carry an address or a number, so only a keyed digest of it is kept.
"""

from django.db import models
from django.db.models import Q

from astra.hotline.models.contacts import Contact
from astra.hotline.rules.calls import OPEN_STATES, RINGING
from astra.kernel.clock import now


class Call(models.Model):
    """One telephone call, and the one contact that it is in the statistics."""

    record = models.OneToOneField("vault.Record", primary_key=True, on_delete=models.PROTECT, related_name="+")
    contact = models.OneToOneField(Contact, on_delete=models.PROTECT, related_name="call")
    number = models.OneToOneField("vault.Record", null=True, on_delete=models.PROTECT, related_name="+")
    """Where the caller's number is sealed, as long as it is."""
    provider = models.CharField(max_length=20)
    digest = models.BinaryField(unique=True)
    """What the exchange calls the call, as a keyed digest: the same call is one row however often it is told."""
    line = models.CharField(max_length=40)
    state = models.CharField(max_length=12, default=RINGING)
    caller_id = models.CharField(max_length=12, blank=True)
    """Whether the number was given, withheld, not told or let go; never the number."""
    rang_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    extension = models.CharField(max_length=64, blank=True)
    answered_by = models.ForeignKey(
        "vault.Member", null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    outcome = models.CharField(max_length=16, blank=True)
    """What was done about a missed call."""
    settled_by = models.ForeignKey(
        "vault.Member", null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    settled_at = models.DateTimeField(null=True)
    forget_at = models.DateTimeField(null=True)
    """When the number is let go."""

    class Meta:
        indexes = [
            models.Index(fields=["state", "rang_at"], name="calls_by_state"),
            models.Index(fields=["forget_at"], condition=Q(number__isnull=False), name="call_numbers_to_forget"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(ended_at=None, state__in=OPEN_STATES)
                | (Q(ended_at__isnull=False) & ~Q(state__in=OPEN_STATES)),
                name="hotline_call_over_has_end",
            ),
        ]

    def __str__(self) -> str:
        return f"call {self.pk}"


class CallEvent(models.Model):
    """One thing that an exchange said about a call; without a number, and only for some days."""

    call = models.ForeignKey(Call, on_delete=models.CASCADE, related_name="events", db_index=False)
    sequence = models.BigIntegerField()
    kind = models.CharField(max_length=12)
    at = models.DateTimeField()
    extension = models.CharField(max_length=64, blank=True)
    heard_at = models.DateTimeField(default=now)

    class Meta:
        constraints = [
            # What something is belongs to which event it is: an exchange that counts wrongly must not make the order in
            # which two events arrive decide which of them is known.
            models.UniqueConstraint(fields=["call", "sequence", "kind"], name="hotline_one_row_an_event")
        ]
        indexes = [models.Index(fields=["heard_at"], name="call_events_to_prune")]

    def __str__(self) -> str:
        return f"{self.kind} {self.sequence}"


class LineNumber(models.Model):
    """One of our own numbers, and the line that it is: one telephone may ring for several."""

    number = models.CharField(max_length=64, primary_key=True)
    line = models.CharField(max_length=40)

    def __str__(self) -> str:
        return self.line


class Telephone(models.Model):
    """At which telephone a colleague sits, as she says herself; one telephone a person, one person a telephone."""

    extension = models.CharField(max_length=64, primary_key=True)
    member = models.OneToOneField("vault.Member", on_delete=models.PROTECT, related_name="+")
    since = models.DateTimeField(default=now)

    def __str__(self) -> str:
        return f"telephone {self.extension}"
