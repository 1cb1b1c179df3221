"""Which beds are there, who stays in which, and which nights are taken?

Addresses do not stand here: a hidden place's is sealed in the directory. A night is a row of its own, so that the
database itself refuses to give one bed to two people, whoever writes at the same moment.
"""

from uuid import uuid4

from django.db import models

from astra.assistance.rules.stays import EXPECTED


class House(models.Model):
    """A house with beds, ours or a partner's, under a name that says nothing."""

    id = models.UUIDField(primary_key=True, default=uuid4)
    name = models.CharField(max_length=60)
    organisation = models.ForeignKey(
        "directory.Organisation", null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    """The partner whose house it is; none: it is ours."""
    closed_on = models.DateField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["name"], name="one_house_a_name")]

    def __str__(self) -> str:
        return self.name


class Bed(models.Model):
    """One place to sleep."""

    id = models.UUIDField(primary_key=True, default=uuid4)
    house = models.ForeignKey(House, on_delete=models.PROTECT, related_name="beds")
    room = models.CharField(max_length=40)
    label = models.CharField(max_length=40)
    accepts = models.JSONField(default=list)
    """For whom it is: codes of the list `bed_for`."""
    retired_on = models.DateField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["house", "room", "label"], name="one_bed_a_label")]

    def __str__(self) -> str:
        return f"{self.room} {self.label}"


class Stay(models.Model):
    """Somebody's stay in one bed, from an evening to a morning."""

    id = models.UUIDField(primary_key=True, default=uuid4)
    record = models.OneToOneField("vault.Record", null=True, on_delete=models.PROTECT, related_name="+")
    """Its words; gone after an erasure."""
    case = models.ForeignKey("cases.Case", null=True, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey("vault.Record", null=True, on_delete=models.PROTECT, related_name="+")
    client_mark = models.UUIDField(null=True)
    """After an erasure: a number drawn at random in the person's place."""
    bed = models.ForeignKey(Bed, on_delete=models.PROTECT, related_name="stays")
    state = models.CharField(max_length=16, default=EXPECTED)
    first = models.DateField()
    until = models.DateField()
    """The morning on which it is planned to end."""
    left_on = models.DateField(null=True)
    reason = models.CharField(max_length=40, blank=True)
    rules_agreed_on = models.DateField(null=True)
    kept_nights = models.PositiveIntegerField(null=True)
    """After an erasure: how many nights it had; its days are months then."""
    by = models.UUIDField(null=True)

    class Meta:
        indexes = [models.Index(fields=["state", "until"], name="stays_by_end")]

    def __str__(self) -> str:
        return f"stay from {self.first}"


class BedNight(models.Model):
    """One night in one bed that is taken."""

    bed = models.ForeignKey(Bed, on_delete=models.PROTECT, related_name="+", db_index=False)
    night = models.DateField()
    stay = models.ForeignKey(Stay, on_delete=models.CASCADE, related_name="nights")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["bed", "night"], name="one_stay_a_night")]

    def __str__(self) -> str:
        return f"night of {self.night}"
