"""Has somebody a story of her own, which of its texts did she approve, and for what?"""

from django.db import models


class Story(models.Model):
    """One page about herself, told once; the words are sealed, this says what she approved."""

    record = models.OneToOneField("vault.Record", primary_key=True, on_delete=models.PROTECT, related_name="+")
    person = models.OneToOneField("vault.Record", on_delete=models.PROTECT, related_name="+")
    case = models.ForeignKey("vault.Record", on_delete=models.PROTECT, related_name="+", db_index=False)
    approved_revision = models.PositiveIntegerField(null=True)
    approved_on = models.DateField(null=True)
    may_print = models.BooleanField(default=False)

    def __str__(self) -> str:
        return f"story {self.pk}"
