"""When is which interpreter booked? Each quarter of an hour is a row, so that the database refuses a second."""

from uuid import uuid4

from django.db import models

from astra.assistance.rules.bookings import BOOKED


class Booking(models.Model):
    """An interpreter, for a case, from one hour to another of a day."""

    id = models.UUIDField(primary_key=True, default=uuid4)
    record = models.OneToOneField("vault.Record", on_delete=models.PROTECT, related_name="+")
    case = models.ForeignKey("cases.Case", on_delete=models.PROTECT, related_name="+")
    interpreter = models.ForeignKey("vault.Record", on_delete=models.PROTECT, related_name="+")
    """Her entry on the register of the hotline; what is left when she leaves it is a number that opens nothing."""
    language = models.CharField(max_length=40)
    conflict = models.CharField(max_length=16)
    purpose = models.CharField(max_length=24)
    begins = models.DateTimeField()
    ends = models.DateTimeField()
    state = models.CharField(max_length=16, default=BOOKED)
    by = models.UUIDField(null=True)

    class Meta:
        indexes = [models.Index(fields=["state", "begins"], name="bookings_by_begin")]

    def __str__(self) -> str:
        return f"booking {self.pk}"


class BookedQuarter(models.Model):
    """A quarter of an hour of an interpreter that is taken."""

    interpreter = models.ForeignKey("vault.Record", on_delete=models.PROTECT, related_name="+", db_index=False)
    at = models.DateTimeField()
    booking = models.ForeignKey(Booking, on_delete=models.CASCADE, related_name="quarters")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["interpreter", "at"], name="one_booking_a_quarter")]

    def __str__(self) -> str:
        return f"quarter of booking {self.booking_id}"
