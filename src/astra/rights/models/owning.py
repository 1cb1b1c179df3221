"""Whose own page is there, and in which browsers is one open?"""

import uuid

from django.db import models


class OwnPage(models.Model):
    """Somebody's own page: a circle of one person, opened by a code that only she has."""

    record = models.OneToOneField("vault.Record", primary_key=True, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey("vault.Record", on_delete=models.PROTECT, related_name="+")
    case = models.ForeignKey("vault.Record", on_delete=models.PROTECT, related_name="+", db_index=False)
    """The file whose team gave it to her."""
    circle = models.ForeignKey("vault.Circle", on_delete=models.PROTECT, related_name="+", db_index=False)
    parts = models.JSONField(default=list)
    lookup = models.BinaryField(null=True, unique=True)
    wrapped = models.BinaryField(default=b"")
    code_until = models.DateTimeField(null=True)
    calm_lookup = models.BinaryField(null=True, unique=True)
    """What the second code is found by; it opens nothing of hers."""
    given_on = models.DateField()
    closed_on = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person"], condition=models.Q(closed_on=None), name="one_open_own_page_a_person"
            )
        ]

    def __str__(self) -> str:
        return f"own page {self.pk}"


class OwnVisit(models.Model):
    """A browser that has somebody's own page open; its key is in that browser's cookie."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    page = models.ForeignKey(OwnPage, on_delete=models.CASCADE, related_name="visits")
    wrapped = models.BinaryField()
    began_at = models.DateTimeField()
    seen_at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return f"own visit {self.pk}"
