"""What does the server know of the rota? Hours, colleagues and lines; nothing of it is about anybody who calls."""

from django.db import models

from astra.hotline.rules.rota import ASKED, ON_LINE
from astra.kernel.clock import now
from astra.kernel.ids import new_id


class OpeningHours(models.Model):
    """On one day of the week a line is answered from an hour until an hour."""

    line = models.CharField(max_length=40)
    weekday = models.PositiveSmallIntegerField()
    opens = models.TimeField()
    closes = models.TimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["line", "weekday", "opens"], name="hotline_hours_once")]

    def __str__(self) -> str:
        return f"{self.line} on day {self.weekday}"


class OpeningException(models.Model):
    """On this date other hours hold for a line; none: it is closed."""

    line = models.CharField(max_length=40)
    day = models.DateField()
    opens = models.TimeField(null=True)
    closes = models.TimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["line", "day"], name="hotline_exception_once")]

    def __str__(self) -> str:
        return f"{self.line} on {self.day}"


class Shift(models.Model):
    """Somebody's part of the rota, as it is planned and as it was."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    member = models.ForeignKey("vault.Member", on_delete=models.PROTECT, related_name="+", db_index=False)
    role = models.CharField(max_length=16, default=ON_LINE)
    lines = models.JSONField(default=list)
    begins_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    planned_by = models.ForeignKey(
        "vault.Member", null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    planned_at = models.DateTimeField(default=now)
    began_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    """When she said that she began and ended."""

    class Meta:
        indexes = [
            models.Index(fields=["ends_at", "begins_at"], name="shifts_by_end"),
            models.Index(fields=["member", "ends_at"], name="shifts_by_member"),
        ]
        constraints = [
            models.CheckConstraint(condition=models.Q(ends_at__gt=models.F("begins_at")), name="shift_lasts")
        ]

    def __str__(self) -> str:
        return f"shift {self.pk}"


class ShiftSwap(models.Model):
    """One colleague asks another to take a shift, perhaps for one of hers."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    shift = models.ForeignKey(Shift, on_delete=models.CASCADE, related_name="swaps")
    in_return = models.ForeignKey(Shift, null=True, on_delete=models.CASCADE, related_name="+")
    """Which shift of the colleague she takes for it; none where she is simply relieved."""
    asked_by = models.ForeignKey("vault.Member", on_delete=models.PROTECT, related_name="+", db_index=False)
    asked_of = models.ForeignKey("vault.Member", on_delete=models.PROTECT, related_name="+", db_index=False)
    asked_at = models.DateTimeField(default=now)
    state = models.CharField(max_length=12, default=ASKED)
    answered_at = models.DateTimeField(null=True)
    seen_at = models.DateTimeField(null=True)
    """When a coordinator took note of it."""

    class Meta:
        indexes = [models.Index(fields=["state", "seen_at"], name="swaps_by_state")]

    def __str__(self) -> str:
        return f"swap {self.pk}"


class OnRota(models.Model):
    """What the rota knows of a colleague besides her shifts: her languages, and the address of her calendar."""

    member = models.OneToOneField("vault.Member", primary_key=True, on_delete=models.PROTECT, related_name="+")
    languages = models.JSONField(default=list)
    feed_hash = models.BinaryField(null=True, unique=True)
    """Of the secret in the address; the address itself is shown once."""
    feed_made_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"rota of {self.member_id}"
