"""To whom does the organisation refer people, what do they offer, and where? Names of contact persons are sealed."""

from django.db import models

from astra.kernel.clock import now
from astra.kernel.ids import new_id


class Organisation(models.Model):
    """An authority, a service or another organisation that people are referred to."""

    record = models.OneToOneField("vault.Record", primary_key=True, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=160)
    kind = models.CharField(max_length=40)
    """A code of the list `organisation_kind`."""
    country = models.CharField(max_length=8, default="RS")
    website = models.URLField(blank=True)
    public_phone = models.CharField(max_length=60, blank=True)
    """A number that anybody may know; numbers of persons are sealed."""
    referral_note = models.TextField(blank=True)
    """How to refer somebody there: papers, waiting time, whom to write to. Says nothing about anybody."""
    source = models.CharField(max_length=200, blank=True)
    """Where the entry comes from, if nobody here wrote it."""
    source_on = models.DateField(null=True)
    seed_key = models.CharField(max_length=60, blank=True)
    """Under which name the product brought it along: it is brought once, whatever people make of it."""
    checked_on = models.DateField(null=True)
    """When somebody last made sure that all this is right."""
    closed_on = models.DateField(null=True)
    created_at = models.DateTimeField(default=now)

    class Meta:
        indexes = [models.Index(fields=["name"], name="organisations_by_name")]
        constraints = [
            models.UniqueConstraint(fields=["seed_key"], condition=~models.Q(seed_key=""), name="brought_along_once"),
        ]

    def __str__(self) -> str:
        return self.name


class Service(models.Model):
    """One kind of help that an organisation gives, under one of the four pillars of ODIHR's NRM handbook (2022)."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="services")
    kind = models.CharField(max_length=40)
    """A code of the list `service_kind`; its group is the pillar."""
    for_whom = models.CharField(max_length=120, blank=True)
    """Whom it accepts: codes of the list `accepted_group` with single spaces between them."""
    languages = models.CharField(max_length=120, blank=True)
    """Language codes with single spaces between them."""
    note = models.CharField(max_length=400, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["organisation", "kind"], name="one_row_a_service")]

    def __str__(self) -> str:
        return self.kind


class Place(models.Model):
    """Where an organisation can be found. The address of a shelter is never here but in the sealed contacts."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="places")
    name = models.CharField(max_length=120, blank=True)
    town = models.CharField(max_length=80, blank=True)
    country = models.CharField(max_length=8, default="RS")
    address = models.CharField(max_length=200, blank=True)
    hours = models.CharField(max_length=200, blank=True)
    is_hidden = models.BooleanField(default=False)
    """The address must stay secret: it is sealed, and neither town nor address stands here."""

    class Meta:
        indexes = [models.Index(fields=["town"], name="places_by_town")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(is_hidden=False) | models.Q(town="", address=""), name="hidden_places_are_sealed"
            ),
        ]

    def __str__(self) -> str:
        return self.name or self.town
