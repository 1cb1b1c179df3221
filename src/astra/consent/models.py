"""Which consents and exceptions does the server know of? Codes and dates; what was said is sealed."""

from django.db import models
from django.db.models import Q

from astra.kernel.clock import now
from astra.kernel.ids import new_id


class Consent(models.Model):
    """One line of the ledger: for one purpose, to one recipient, for one part of the file."""

    record = models.OneToOneField("vault.Record", primary_key=True, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="consents")
    purpose = models.CharField(max_length=40)
    recipient = models.CharField(max_length=40)
    organisation = models.ForeignKey("directory.Organisation", null=True, on_delete=models.PROTECT, related_name="+")
    """The one organisation it was given for; blank: every recipient of this kind."""
    section = models.CharField(max_length=40)
    ground = models.CharField(max_length=24)
    answer = models.CharField(max_length=16)
    giver = models.CharField(max_length=24, blank=True)
    giver_person = models.ForeignKey("people.Person", null=True, on_delete=models.PROTECT, related_name="+")
    method = models.CharField(max_length=24, blank=True)
    language = models.CharField(max_length=8, blank=True)
    has_interpreter = models.BooleanField(default=False)
    child_view = models.CharField(max_length=16, blank=True)
    given_on = models.DateField()
    until_on = models.DateField(null=True)
    ask_by = models.DateField(null=True)
    withdrawn_on = models.DateField(null=True)
    withdrawal_wish = models.CharField(max_length=24, blank=True)
    recorded_by = models.UUIDField(null=True)
    recorded_at = models.DateTimeField(default=now)

    class Meta:
        indexes = [
            models.Index(fields=["answer", "ask_by"], name="consents_to_ask"),
            models.Index(fields=["until_on"], condition=Q(until_on__isnull=False), name="consents_to_renew"),
            models.Index(fields=["withdrawn_on"], condition=Q(withdrawn_on__isnull=False), name="consents_withdrawn"),
        ]

    def __str__(self) -> str:
        return f"consent {self.pk}"


class GivenUnder(models.Model):
    """A circle's right to read that rests on a consent; taken back with it."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    consent = models.ForeignKey(Consent, on_delete=models.CASCADE, related_name="grants")
    record = models.ForeignKey("vault.Record", on_delete=models.PROTECT, related_name="+")
    circle = models.ForeignKey("vault.Circle", on_delete=models.PROTECT, related_name="+")
    kinds = models.CharField(max_length=400, blank=True)
    """Names of section kinds with single spaces between them; blank: everything of the record."""
    given_at = models.DateTimeField(default=now)
    recalled_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["consent"], condition=Q(recalled_at=None), name="grants_to_recall")]

    def __str__(self) -> str:
        return f"given under {self.pk}"


class Override(models.Model):
    """Something done, or asked for, without consent; the reason in words is sealed."""

    record = models.OneToOneField("vault.Record", primary_key=True, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="overrides")
    reason = models.CharField(max_length=24)
    purpose = models.CharField(max_length=40)
    recipient = models.CharField(max_length=40)
    organisation = models.ForeignKey("directory.Organisation", null=True, on_delete=models.PROTECT, related_name="+")
    sections = models.CharField(max_length=400)
    """Codes with single spaces between them."""
    state = models.CharField(max_length=16)
    asked_by = models.UUIDField()
    asked_at = models.DateTimeField(default=now)
    decided_by = models.UUIDField(null=True)
    decided_at = models.DateTimeField(null=True)
    valid_until = models.DateTimeField(null=True)
    review_due_at = models.DateTimeField(null=True)
    reviewed_by = models.UUIDField(null=True)
    reviewed_at = models.DateTimeField(null=True)
    outcome = models.CharField(max_length=16, blank=True)

    class Meta:
        indexes = [models.Index(fields=["state", "review_due_at"], name="overrides_by_state")]

    def __str__(self) -> str:
        return f"override {self.pk}"
