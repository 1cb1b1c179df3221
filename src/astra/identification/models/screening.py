"""What was listened for, and how great is the danger? Codes and days; what was heard is sealed."""

from django.db import models


class Screening(models.Model):
    """One time that somebody was listened to; the indicators with their words are sealed."""

    record = models.OneToOneField("vault.Record", primary_key=True, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey("vault.Record", on_delete=models.PROTECT, related_name="+", db_index=False)
    contact = models.ForeignKey("vault.Record", null=True, on_delete=models.PROTECT, related_name="+")
    """The contact from which it was made; it goes along when that joins a case."""
    on = models.DateField()
    by = models.UUIDField(null=True)

    class Meta:
        indexes = [models.Index(fields=["person", "-on"], name="screenings_of_a_person")]

    def __str__(self) -> str:
        return f"screening {self.pk}"


class Risk(models.Model):
    """How great the danger is under each heading, and until when that holds."""

    record = models.OneToOneField("vault.Record", primary_key=True, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey("vault.Record", on_delete=models.PROTECT, related_name="+", db_index=False)
    on = models.DateField()
    until = models.DateField()
    level = models.CharField(max_length=16)
    """The gravest of its headings."""
    levels = models.JSONField(default=dict)
    is_latest = models.BooleanField(default=True)
    by = models.UUIDField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["person", "-on"], name="risks_of_a_person"),
            models.Index(fields=["until"], condition=models.Q(is_latest=True), name="risks_to_look_at"),
        ]

    def __str__(self) -> str:
        return f"risk {self.pk}"
