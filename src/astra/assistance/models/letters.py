"""Letters that are being written, and the templates that an organisation has put in place of ours."""

from django.db import models

from astra.assistance.rules.letters import DRAFT
from astra.kernel.clock import now


class LetterTemplate(models.Model):
    """An organisation's own DOCX for one kind of letter in one script; each version stays, for letters made with it."""

    kind = models.CharField(max_length=40)
    script = models.CharField(max_length=8)
    version = models.PositiveSmallIntegerField()
    content = models.BinaryField()
    at = models.DateTimeField(default=now)
    by = models.UUIDField(null=True)
    retired_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "script", "version"], name="one_template_a_version")]

    def __str__(self) -> str:
        return f"{self.kind} {self.script} {self.version}"


class Letter(models.Model):
    """A letter of a file: how far it is, and what became of it. Its words are sealed in its record."""

    record = models.OneToOneField("vault.Record", primary_key=True, on_delete=models.PROTECT, related_name="+")
    case = models.ForeignKey("cases.Case", on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=40)
    script = models.CharField(max_length=8)
    tier = models.CharField(max_length=8)
    state = models.CharField(max_length=16, default=DRAFT)
    is_telling = models.BooleanField(default=False)
    """Whether its words say that somebody is a victim."""
    template = models.ForeignKey(LetterTemplate, null=True, on_delete=models.PROTECT, related_name="+")
    referral = models.ForeignKey("assistance.Referral", null=True, on_delete=models.SET_NULL, related_name="letters")
    """The referral that it carries; recalled, it is printed no more."""
    written_by = models.UUIDField(null=True)
    confirmed_by = models.UUIDField(null=True)
    task_id = models.UUIDField(null=True)
    document_id = models.UUIDField(null=True)
    """The task of the second person and the printed document; they may be gone with the case before it."""
    made_at = models.DateTimeField(default=now)
    issued_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["case", "-made_at"], name="letters_of_a_case")]

    def __str__(self) -> str:
        return self.kind
