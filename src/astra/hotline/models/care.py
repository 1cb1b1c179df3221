"""What does the server know of how hard the work was? That a contact was, for whom; what she writes of it is sealed."""

from django.db import models

from astra.hotline.models.contacts import Contact
from astra.kernel.clock import now


class HardContact(models.Model):
    """A contact that was hard for whoever took it, by her own word."""

    contact = models.ForeignKey(Contact, on_delete=models.CASCADE, related_name="hard_for", db_index=False)
    member = models.ForeignKey("vault.Member", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["contact", "member"], name="hotline_hard_once")]

    def __str__(self) -> str:
        return f"hard contact {self.pk}"


class Debrief(models.Model):
    """A note about herself that a colleague wrote after her work, for those whom she chose."""

    record = models.OneToOneField("vault.Record", primary_key=True, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=12)
    writer = models.ForeignKey("vault.Member", on_delete=models.PROTECT, related_name="+")
    contact = models.ForeignKey(Contact, null=True, on_delete=models.SET_NULL, related_name="+")
    readers = models.JSONField(default=list)
    """The members who may read the note, besides the writer."""
    is_for_coordination = models.BooleanField(default=False)
    written_at = models.DateTimeField(default=now)

    def __str__(self) -> str:
        return f"debrief {self.pk}"
