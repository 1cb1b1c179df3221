"""Question sets of the organisation, in versions, and the answers that were given under one of them."""

from django.db import models

from astra.kernel.clock import now


class QuestionSet(models.Model):
    """A set of extra questions; what it asks stands in its versions."""

    title = models.CharField(max_length=120)
    made_at = models.DateTimeField(default=now)
    retired_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return self.title


class QuestionVersion(models.Model):
    """What a set asked from a day on; never changed, so that answers keep the questions they were given to."""

    set = models.ForeignKey(QuestionSet, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField()
    definition = models.JSONField()
    source = models.BinaryField()
    at = models.DateTimeField(default=now)
    by = models.UUIDField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["set", "number"], name="one_question_version_a_number")]

    def __str__(self) -> str:
        return f"{self.set_id} {self.number}"


class AnswerSheet(models.Model):
    """A set that was answered in a file; the answers are sealed in its record."""

    record = models.OneToOneField("vault.Record", primary_key=True, on_delete=models.PROTECT)
    case = models.ForeignKey("cases.Case", on_delete=models.PROTECT, related_name="+")
    version = models.ForeignKey(QuestionVersion, on_delete=models.PROTECT, related_name="+")
    tier = models.CharField(max_length=8)
    answered_at = models.DateTimeField(default=now)
    by = models.UUIDField(null=True)

    class Meta:
        indexes = [models.Index(fields=["case", "-answered_at"], name="answers_of_a_case")]

    def __str__(self) -> str:
        return f"answers {self.pk}"


class CodedAnswer(models.Model):
    """One answer that the set marks for statistics: a code or a number, never words."""

    sheet = models.ForeignKey(AnswerSheet, null=True, on_delete=models.CASCADE, related_name="coded")
    version = models.ForeignKey(QuestionVersion, null=True, on_delete=models.PROTECT, related_name="+")
    """After an erasure, in the place of the sheet."""
    month = models.DateField(null=True)
    """After an erasure: the month in which it was answered."""
    question = models.CharField(max_length=64)
    code = models.CharField(max_length=64)

    def __str__(self) -> str:
        return self.question
