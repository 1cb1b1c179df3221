"""What stays of an erased person's three facts? Codes and months under a number drawn at random in her place."""

from uuid import uuid4

from django.db import models


class KeptAssessment(models.Model):
    """One assessment of ours, as figures count it."""

    id = models.UUIDField(primary_key=True, default=uuid4)
    mark = models.UUIDField(db_index=True)
    """The random number: the same person within this room's kept rows, and nobody outside them."""
    month = models.DateField()
    status = models.CharField(max_length=24)
    profile = models.CharField(max_length=8)
    forms = models.JSONField(default=list)
    is_latest = models.BooleanField()
    is_coarsened = models.BooleanField(default=False)

    def __str__(self) -> str:
        return f"an assessment of {self.month:%Y}"


class KeptDecision(models.Model):
    """How one formal procedure stood in the end; its earlier rows go."""

    id = models.UUIDField(primary_key=True, default=uuid4)
    mark = models.UUIDField(db_index=True)
    body = models.CharField(max_length=24)
    decision = models.CharField(max_length=16)
    appeal = models.CharField(max_length=16)
    reported_month = models.DateField()
    decided_month = models.DateField(null=True)

    def __str__(self) -> str:
        return f"a decision of {self.reported_month:%Y}"


class KeptChoice(models.Model):
    """One choice that somebody made."""

    id = models.UUIDField(primary_key=True, default=uuid4)
    mark = models.UUIDField(db_index=True)
    month = models.DateField()
    choice = models.CharField(max_length=16)

    def __str__(self) -> str:
        return f"a choice of {self.month:%Y}"
