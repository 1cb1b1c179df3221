"""Three facts that never follow from each other: our assessment, the competent body's decision, the person's choice."""

from django.db import models


class OwnAssessment(models.Model):
    """What we think ourselves, by the elements of the definition; the newest counts, the earlier ones stay."""

    record = models.OneToOneField("vault.Record", primary_key=True, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey("vault.Record", on_delete=models.PROTECT, related_name="+", db_index=False)
    on = models.DateField()
    status = models.CharField(max_length=24)
    profile = models.CharField(max_length=8)
    acts = models.JSONField(default=list)
    means = models.JSONField(default=list)
    forms = models.JSONField(default=list)
    by = models.UUIDField(null=True)

    class Meta:
        indexes = [models.Index(fields=["person", "-on"], name="assessments_of_a_person")]

    def __str__(self) -> str:
        return f"assessment {self.pk}"


class Decision(models.Model):
    """How the formal procedure stood on a day; what came later of the same procedure is a row of its own."""

    record = models.OneToOneField("vault.Record", primary_key=True, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey("vault.Record", on_delete=models.PROTECT, related_name="+", db_index=False)
    procedure = models.UUIDField()
    """The first row of the procedure."""
    is_latest = models.BooleanField(default=True)
    body = models.CharField(max_length=24)
    decision = models.CharField(max_length=16)
    reported_on = models.DateField()
    decided_on = models.DateField(null=True)
    appeal = models.CharField(max_length=16)
    recorded_on = models.DateField()
    by = models.UUIDField(null=True)

    class Meta:
        indexes = [models.Index(fields=["person", "-reported_on"], name="decisions_of_a_person")]
        constraints = [
            models.UniqueConstraint(
                fields=["procedure"], condition=models.Q(is_latest=True), name="one_latest_row_a_procedure"
            )
        ]

    def __str__(self) -> str:
        return f"decision {self.pk}"


class Choice(models.Model):
    """Whether the person wants to be referred for formal identification."""

    record = models.OneToOneField("vault.Record", primary_key=True, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey("vault.Record", on_delete=models.PROTECT, related_name="+", db_index=False)
    on = models.DateField()
    choice = models.CharField(max_length=16)
    by = models.UUIDField(null=True)

    class Meta:
        indexes = [models.Index(fields=["person", "-on"], name="choices_of_a_person")]

    def __str__(self) -> str:
        return f"choice {self.pk}"
