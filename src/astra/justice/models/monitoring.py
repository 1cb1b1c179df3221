"""What did courts decide in a year? Judgments as coded records, without identities and without a link to any file."""

from django.db import models

from astra.justice.rules.analysis import AccusedRow, JudgmentRow
from astra.kernel.clock import now
from astra.kernel.ids import new_id


class Judgment(models.Model):
    """One judgment of a court as the yearly analysis counts it."""

    id = models.UUIDField(primary_key=True, default=new_id)
    year = models.PositiveSmallIntegerField()
    court = models.CharField(max_length=40)
    instance = models.CharField(max_length=40)
    article = models.CharField(max_length=40)
    final_article = models.CharField(max_length=40)
    form = models.CharField(max_length=40, blank=True)
    outcome = models.CharField(max_length=40)
    is_plea = models.BooleanField(default=False)
    months_since_charge = models.PositiveSmallIntegerField(null=True)
    injured = models.PositiveSmallIntegerField(null=True)
    injured_children = models.PositiveSmallIntegerField(null=True)
    has_special_status = models.CharField(max_length=8, blank=True)
    compensation = models.CharField(max_length=40, blank=True)
    compensation_amount = models.DecimalField(max_digits=14, decimal_places=2, null=True)
    currency = models.CharField(max_length=3, blank=True)
    added_at = models.DateTimeField(default=now)
    added_by = models.UUIDField(null=True)

    class Meta:
        indexes = [models.Index(fields=["year"], name="judgments_by_year")]

    def __str__(self) -> str:
        return f"{self.court} {self.year}"

    def row(self) -> JudgmentRow:
        """The judgment with its accused as the tables count it."""
        return JudgmentRow(
            year=self.year,
            court=self.court,
            instance=self.instance,
            article=self.article,
            final_article=self.final_article,
            form=self.form,
            outcome=self.outcome,
            is_plea=self.is_plea,
            months_since_charge=self.months_since_charge,
            injured=self.injured,
            injured_children=self.injured_children,
            has_special_status=self.has_special_status,
            compensation=self.compensation,
            compensation_amount=self.compensation_amount,
            currency=self.currency,
            accused=tuple(
                AccusedRow(row.outcome, row.sex, row.part, row.penalty, row.years, row.months)
                for row in self.accused.all()
            ),
        )


class JudgmentAccused(models.Model):
    """One accused of a judgment: sex, part and penalty."""

    judgment = models.ForeignKey(Judgment, on_delete=models.CASCADE, related_name="accused")
    sex = models.CharField(max_length=40, blank=True)
    part = models.CharField(max_length=40, blank=True)
    outcome = models.CharField(max_length=40)
    penalty = models.CharField(max_length=40, blank=True)
    years = models.PositiveSmallIntegerField(default=0)
    months = models.PositiveSmallIntegerField(default=0)

    def __str__(self) -> str:
        return self.outcome
