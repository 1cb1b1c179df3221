"""What must be destroyed so that nobody can read it again? Erasure keys, their owners and the ledger."""

from django.db import models

from astra.kernel.clock import now
from astra.kernel.ids import new_id


class ErasureKey(models.Model):
    """In the keystore, a database of its own: half of what opens a section. Deleting the row shreds every copy."""

    id = models.UUIDField(primary_key=True, editable=False)
    key = models.BinaryField()
    made_on = models.DateField()

    class Meta:
        db_table = "keystore_erasurekey"

    def __str__(self) -> str:
        return f"erasure key {self.pk}"


class ErasureHandle(models.Model):
    """The place of an erasure key in the main database: one living per record and retention class."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    record = models.ForeignKey("vault.Record", on_delete=models.PROTECT, related_name="handles")
    retention = models.CharField(max_length=32)
    erased_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["record", "retention"], condition=models.Q(erased_at=None), name="one_handle_a_class"
            )
        ]

    def __str__(self) -> str:
        return f"handle {self.pk}"


class ErasureOwner(models.Model):
    """Whom an erasure key speaks about: a person's record, or the record itself while nobody is known."""

    handle = models.ForeignKey(ErasureHandle, on_delete=models.CASCADE, related_name="owners")
    owner = models.ForeignKey("vault.Record", on_delete=models.PROTECT, related_name="owned")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["handle", "owner"], name="one_row_an_owner")]

    def __str__(self) -> str:
        return f"owner {self.pk}"


class Erasure(models.Model):
    """One person's erasure: committed before anything is destroyed, finished at start-up if interrupted."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    owner = models.ForeignKey("vault.Record", on_delete=models.PROTECT, related_name="erasures")
    reason = models.CharField(max_length=32)
    ordered_by = models.UUIDField(null=True)
    at = models.DateTimeField(default=now)
    finished_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"erasure {self.pk}"


class Rewriting(models.Model):
    """A shared part that must be written again without the erased person, by a date.

    Its handle is erased when it was; done is it only when the old key is destroyed and its bytes are pressed out.
    """

    handle = models.ForeignKey(ErasureHandle, on_delete=models.CASCADE, related_name="rewritings")
    erased_owner = models.UUIDField()
    due_on = models.DateField()
    done_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["due_on"], condition=models.Q(done_at=None), name="rewritings_waiting")]

    def __str__(self) -> str:
        return f"rewriting {self.pk}"


class LedgerEntry(models.Model):
    """What a restored backup must not bring back: erased keys, withdrawn grants, departed members."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    verb = models.CharField(max_length=12)
    """'erased' (subject: handle), 'withdrawn' (subject: record, detail: kind, circle), 'departed' (circle, holder)."""
    subject = models.UUIDField()
    kind = models.CharField(max_length=40, default="")
    circle = models.UUIDField(null=True)
    at = models.DateTimeField(default=now)

    def __str__(self) -> str:
        return f"{self.verb} {self.subject}"
