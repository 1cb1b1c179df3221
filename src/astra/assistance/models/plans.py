"""What does somebody need, what does she want to reach, and by which steps?"""

from django.db import models

from astra.assistance.rules.lifecycles import OPEN
from astra.cases.rules.tiers import TEAM
from astra.kernel.clock import now


class NeedsAssessment(models.Model):
    """What somebody needs on a day, by part of life; a newer one never replaces an older one."""

    record = models.OneToOneField("vault.Record", primary_key=True, on_delete=models.PROTECT)
    case = models.ForeignKey("cases.Case", on_delete=models.PROTECT, related_name="+")
    assessed_on = models.DateField()
    levels = models.JSONField(default=dict)
    """Domain to level; a domain that was not spoken of is missing."""
    by = models.UUIDField(null=True)

    def __str__(self) -> str:
        return f"needs on {self.assessed_on}"


class Plan(models.Model):
    """The plan made with the person; the newest is the one that counts."""

    record = models.OneToOneField("vault.Record", primary_key=True, on_delete=models.PROTECT)
    case = models.ForeignKey("cases.Case", on_delete=models.PROTECT, related_name="+")
    agreement = models.CharField(max_length=40)
    agreed_on = models.DateField(null=True)
    made_on = models.DateField()
    review_on = models.DateField()
    reviews = models.PositiveSmallIntegerField(default=0)
    review_task = models.ForeignKey("vault.Record", null=True, on_delete=models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return f"plan of {self.made_on}"


class Goal(models.Model):
    """One goal of a plan; what it is stands sealed, in her words."""

    record = models.OneToOneField("vault.Record", primary_key=True, on_delete=models.PROTECT)
    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="goals")
    domain = models.CharField(max_length=40)
    tier = models.CharField(max_length=8, default=TEAM)
    state = models.CharField(max_length=16, default=OPEN)
    made_at = models.DateTimeField(default=now)
    ended_on = models.DateField(null=True)

    def __str__(self) -> str:
        return self.domain


class Step(models.Model):
    """One step towards a goal: it is a task of the file, so that it stands in my day once."""

    task = models.OneToOneField("vault.Record", primary_key=True, on_delete=models.PROTECT)
    goal = models.ForeignKey(Goal, on_delete=models.PROTECT, related_name="steps")

    def __str__(self) -> str:
        return f"step {self.task_id}"
