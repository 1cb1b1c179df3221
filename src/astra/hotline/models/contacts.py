"""What does the server itself know of a contact? Codes, times and links; every word about people is sealed."""

from django.db import models
from django.db.models import Q

from astra.hotline.rules.lifecycles import NO_REVIEW, OPEN, RECORDED, TO_LOG, WITHDRAWN

TOPIC, ACTION = "topic", "action"


class Contact(models.Model):
    """One contact: a call, chat, letter or visit, by its coded facts."""

    record = models.OneToOneField("vault.Record", primary_key=True, on_delete=models.PROTECT, related_name="contact")
    line = models.CharField(max_length=40)
    kind = models.CharField(max_length=40)
    channel = models.CharField(max_length=40, blank=True)
    language = models.CharField(max_length=40, blank=True)
    caller_role = models.CharField(max_length=40, blank=True)
    urgency = models.CharField(max_length=40, blank=True)
    received_at = models.DateTimeField()
    saved_at = models.DateTimeField()
    minutes = models.PositiveSmallIntegerField(null=True)
    counsellor = models.ForeignKey(
        "vault.Member", null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    entered_by = models.ForeignKey(
        "vault.Member", null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    source = models.CharField(max_length=12)
    is_late = models.BooleanField(default=False)
    """Typed in more than an hour after it happened, from paper or memory."""
    repeat_of = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="repeats")
    """The first contact with the same caller; further ones point to that first one, not to each other."""
    follow_up = models.CharField(max_length=40, blank=True)
    follow_up_on = models.DateField(null=True)
    followed_up_at = models.DateTimeField(null=True)
    standing = models.CharField(max_length=12, default=RECORDED)
    review = models.CharField(max_length=12, default=NO_REVIEW, blank=True)
    reviewed_by = models.ForeignKey(
        "vault.Member", null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    joined_at = models.DateTimeField(null=True)
    """Since when a case's team has it; the hotline's own keys end a week later."""
    teams = models.JSONField(default=list)
    """The circles of those teams, so that words added later reach them too."""
    key = models.UUIDField(null=True, unique=True)
    """What makes a form sent twice, or a file imported twice, one contact."""

    class Meta:
        indexes = [
            models.Index(
                fields=["counsellor", "follow_up_on"],
                condition=Q(followed_up_at=None, follow_up_on__isnull=False),
                name="follow_ups_due",
            ),
            # Whole and not for some codes only: SQLite does not see that a bound code is the one of a partial index.
            models.Index(fields=["counsellor", "received_at"], name="contacts_by_counsellor"),
            models.Index(fields=["standing", "received_at"], name="contacts_by_standing"),
            models.Index(fields=["review", "received_at"], name="contacts_by_review"),
        ]
        constraints = [
            # A call has a contact before anybody knows what it was; nothing without a kind is ever counted.
            models.CheckConstraint(
                condition=~Q(kind="") | Q(standing__in=(TO_LOG, WITHDRAWN)), name="hotline_counted_has_kind"
            ),
        ]

    def __str__(self) -> str:
        return f"contact {self.pk}"


class ContactCode(models.Model):
    """One of the topics that a contact touched, or one of the things that were done."""

    contact = models.ForeignKey(Contact, on_delete=models.CASCADE, related_name="codes", db_index=False)
    what = models.CharField(max_length=8)
    code = models.CharField(max_length=40)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["contact", "what", "code"], name="hotline_one_row_a_code")]

    def __str__(self) -> str:
        return self.code


class ContactPerson(models.Model):
    """Somebody in a contact: who called, or whom it is about."""

    contact = models.ForeignKey(Contact, on_delete=models.CASCADE, related_name="people", db_index=False)
    person = models.ForeignKey("vault.Record", on_delete=models.PROTECT, related_name="+")
    role = models.CharField(max_length=12)
    linked_by = models.ForeignKey("vault.Member", null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    linked_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["contact", "person", "role"], name="hotline_one_role_a_person")]

    def __str__(self) -> str:
        return f"{self.role} of contact {self.contact_id}"


class Draft(models.Model):
    """A contact that somebody is still typing; its words are sealed to her and to the hotline."""

    record = models.OneToOneField("vault.Record", primary_key=True, on_delete=models.PROTECT, related_name="+")
    writer = models.ForeignKey("vault.Member", on_delete=models.PROTECT, related_name="+")
    about = models.ForeignKey(Contact, null=True, on_delete=models.PROTECT, related_name="+")
    """The saved contact that it changes; none for a new one."""
    began_at = models.DateTimeField()
    saved_at = models.DateTimeField()
    window = models.CharField(max_length=40, blank=True)
    sequence = models.PositiveIntegerField(default=0)
    """Which browser window saved last, and how many times the draft was saved."""
    ended_at = models.DateTimeField(null=True)
    contact = models.ForeignKey(Contact, null=True, on_delete=models.PROTECT, related_name="+")
    people = models.JSONField(default=list)
    """The records of the people chosen in it, who own its key while it is unfinished."""
    is_shredded = models.BooleanField(default=False)

    class Meta:
        indexes = [models.Index(fields=["saved_at"], condition=Q(ended_at=None), name="drafts_unfinished")]

    def __str__(self) -> str:
        return f"draft {self.pk}"


class Callback(models.Model):
    """A promise to call somebody back."""

    record = models.OneToOneField("vault.Record", primary_key=True, on_delete=models.PROTECT, related_name="+")
    contact = models.ForeignKey(Contact, null=True, on_delete=models.PROTECT, related_name="callbacks")
    person = models.ForeignKey("vault.Record", null=True, on_delete=models.PROTECT, related_name="+")
    line = models.CharField(max_length=40, blank=True)
    due_at = models.DateTimeField()
    assigned_to = models.ForeignKey("vault.Member", null=True, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=12, default=OPEN)
    reason = models.CharField(max_length=40, blank=True)
    """Why it was stopped or given up, as a code."""
    attempts = models.PositiveSmallIntegerField(default=0)
    promised_by = models.ForeignKey(
        "vault.Member", null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    promised_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["state", "due_at"], name="callbacks_due")]

    def __str__(self) -> str:
        return f"callback {self.pk}"


class CallbackAttempt(models.Model):
    """One try to call back, by its coded result."""

    callback = models.ForeignKey(Callback, on_delete=models.CASCADE, related_name="tries")
    at = models.DateTimeField()
    by = models.ForeignKey("vault.Member", null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    result = models.CharField(max_length=16)

    def __str__(self) -> str:
        return f"attempt {self.pk}"
