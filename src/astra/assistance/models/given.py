"""What help was given, to whom, when and by whom? Figures are made from these rows."""

from django.db import models

from astra.cases.rules.tiers import TEAM


class GroupSession(models.Model):
    """A meeting of several clients; which files it stands in is known to each file alone."""

    record = models.OneToOneField("vault.Record", primary_key=True, on_delete=models.PROTECT)
    held_on = models.DateField()
    minutes = models.PositiveIntegerField(null=True)
    attended = models.PositiveSmallIntegerField()
    led_by = models.UUIDField(null=True)

    def __str__(self) -> str:
        return f"group of {self.held_on}"


class GivenService(models.Model):
    """One service that somebody was given."""

    case = models.ForeignKey("cases.Case", null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    person = models.ForeignKey("vault.Record", null=True, on_delete=models.PROTECT, related_name="+")
    client_mark = models.UUIDField(null=True)
    """After an erasure: a number drawn at random in the person's place, so that persons can still be counted."""
    kind = models.CharField(max_length=40)
    tier = models.CharField(max_length=8, default=TEAM)
    given_on = models.DateField()
    provider = models.UUIDField(null=True)
    organisation = models.ForeignKey(
        "directory.Organisation", null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    minutes = models.PositiveIntegerField(null=True)
    units = models.PositiveSmallIntegerField(default=1)
    cost = models.DecimalField(max_digits=12, decimal_places=2, null=True)
    """In dinars."""
    funded_by = models.CharField(max_length=40, blank=True)
    is_group = models.BooleanField(default=False)
    words = models.ForeignKey("vault.Record", null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["case", "-given_on"], name="services_of_a_case")]

    def __str__(self) -> str:
        return self.kind
