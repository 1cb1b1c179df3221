"""What happens in a file: one timeline, and the notes, documents, tasks and hand-overs that stand in it."""

from django.db import models

from astra.cases.models.file import Case
from astra.cases.rules.documents import RECEIVED
from astra.cases.rules.lifecycle import TO_DO
from astra.cases.rules.tiers import TEAM
from astra.kernel.clock import now


class TimelineEntry(models.Model):
    """One line of a file's story: when it happened, of what kind, and which record holds the words. No words here."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="timeline", db_index=False)
    happened_at = models.DateTimeField()
    kind = models.CharField(max_length=40)
    code = models.CharField(max_length=40, blank=True)
    """A coded detail of the kind: the outcome of a closing, the ground that was given."""
    tier = models.CharField(max_length=8, default=TEAM)
    subject = models.ForeignKey("vault.Record", null=True, on_delete=models.PROTECT, related_name="+")
    by = models.UUIDField(null=True)
    recorded_at = models.DateTimeField(default=now)

    class Meta:
        indexes = [models.Index(fields=["case", "-happened_at", "-id"], name="timeline_of_a_case")]

    def __str__(self) -> str:
        return self.kind


class Note(models.Model):
    """Something written into a file; the words are sealed to one tier of it."""

    record = models.OneToOneField("vault.Record", primary_key=True, on_delete=models.PROTECT)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="notes")
    kind = models.CharField(max_length=40)
    tier = models.CharField(max_length=8, default=TEAM)
    happened_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.kind


class Document(models.Model):
    """A file that was put into a case; its name, key and words are sealed in its record."""

    record = models.OneToOneField("vault.Record", primary_key=True, on_delete=models.PROTECT)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="documents")
    kind = models.CharField(max_length=40)
    tier = models.CharField(max_length=8, default=TEAM)
    dated_on = models.DateField(null=True)
    added_at = models.DateTimeField(default=now)
    origin = models.CharField(max_length=12, default=RECEIVED)
    """How it came about: it was put in, or made here from another (clean, with parts taken out, a letter of ours)."""
    made_from = models.ForeignKey("self", null=True, on_delete=models.SET_NULL, related_name="copies")
    version = models.PositiveSmallIntegerField(default=1)
    replaces = models.ForeignKey("self", null=True, on_delete=models.SET_NULL, related_name="newer")
    shape = models.CharField(max_length=8, default="other")
    """How it can be looked at: page by page, by ear, or not in a browser."""
    pages = models.PositiveSmallIntegerField(default=0)

    def __str__(self) -> str:
        return self.kind


class Task(models.Model):
    """Something to be done, by whom and until when; what exactly is sealed."""

    record = models.OneToOneField("vault.Record", primary_key=True, on_delete=models.PROTECT)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="tasks", db_index=False)
    kind = models.CharField(max_length=40)
    tier = models.CharField(max_length=8, default=TEAM)
    state = models.CharField(max_length=16, default=TO_DO)
    due_on = models.DateField(null=True)
    assigned = models.ForeignKey("vault.Member", null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    made_at = models.DateTimeField(default=now)
    ended_at = models.DateTimeField(null=True)
    ended_by = models.UUIDField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["case", "state"], name="tasks_of_a_case"),
            models.Index(fields=["assigned", "state", "due_on"], name="tasks_of_a_member"),
            models.Index(fields=["state", "due_on"], name="tasks_waiting"),
        ]

    def __str__(self) -> str:
        return self.kind


class Handover(models.Model):
    """Files that went from one colleague to another, with a note that only the two can read."""

    record = models.OneToOneField("vault.Record", primary_key=True, on_delete=models.PROTECT)
    giver = models.ForeignKey("vault.Member", on_delete=models.PROTECT, related_name="+")
    receiver = models.ForeignKey("vault.Member", on_delete=models.PROTECT, related_name="+", db_index=False)
    is_staying = models.BooleanField(default=False)
    at = models.DateTimeField(default=now)
    accepted_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["receiver", "accepted_at"], name="handed_to_a_member")]

    def __str__(self) -> str:
        return f"handover {self.pk}"


class HandedCase(models.Model):
    """One of the files of a hand-over."""

    handover = models.ForeignKey(Handover, on_delete=models.CASCADE, related_name="cases")
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="handovers")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["handover", "case"], name="one_line_a_handed_case")]

    def __str__(self) -> str:
        return f"case {self.case_id}"
