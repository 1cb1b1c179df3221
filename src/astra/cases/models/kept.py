"""What stays of a file when the person it was kept for is erased? Coded facts in a row that leads to nobody."""

from uuid import uuid4

from django.db import models


class KeptCase(models.Model):
    """One erased file as figures count it: days cut to months, rare codes made common, no number and no record."""

    id = models.UUIDField(primary_key=True, default=uuid4)
    """Drawn at random; nothing else bears it."""
    kind = models.CharField(max_length=40)
    state = models.CharField(max_length=16)
    ground = models.CharField(max_length=40)
    outcome = models.CharField(max_length=40, blank=True)
    risk = models.CharField(max_length=40, blank=True)
    forms = models.JSONField(default=list)
    countries = models.JSONField(default=list)
    is_coarsened = models.BooleanField(default=False)
    """A form or a country was rare and gave way."""
    opened_month = models.DateField()
    closed_month = models.DateField(null=True)
    days_open = models.PositiveIntegerField(null=True)
    """In whole months of thirty days."""
    clients = models.PositiveSmallIntegerField()
    contacts = models.PositiveIntegerField()
    tasks = models.PositiveIntegerField()
    is_imported = models.BooleanField(default=False)

    def __str__(self) -> str:
        return f"a file of {self.opened_month:%Y}"
