"""Who is out, where, and when must she give a sign?"""

from django.db import models

from astra.assistance.rules.lifecycles import PLANNED


class FieldAction(models.Model):
    """A colleague's way to somebody; the place and the danger are sealed."""

    record = models.OneToOneField("vault.Record", primary_key=True, on_delete=models.PROTECT)
    case = models.ForeignKey("cases.Case", on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=16, default=PLANNED)
    going = models.ForeignKey("vault.Member", on_delete=models.PROTECT, related_name="+")
    risk = models.CharField(max_length=40)
    begins_at = models.DateTimeField()
    back_by = models.DateTimeField()
    every_min = models.PositiveSmallIntegerField()
    next_sign_at = models.DateTimeField()
    signs = models.PositiveSmallIntegerField(default=0)
    alarmed_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["state", "next_sign_at"], name="field_actions_out")]

    def __str__(self) -> str:
        return self.state
