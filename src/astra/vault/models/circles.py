"""Who holds which secret? Circles, their generations, and the wraps that make somebody a member."""

from django.db import models

from astra.kernel.clock import now
from astra.kernel.ids import new_id

DESK, CASE, PERSON, ROOT, VISITOR = "desk", "case", "person", "root", "visitor"


class Circle(models.Model):
    """A desk, a tier of one case, one person, a visitor's conversation, or the root of the last resort."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    kind = models.CharField(max_length=8)
    name = models.CharField(max_length=24)
    """A code: the desk ('hotline'), the tier ('team', 'health', 'legal'), 'person', 'visitor' or 'root'."""
    record = models.ForeignKey("vault.Record", null=True, on_delete=models.PROTECT, related_name="circles")
    current = models.PositiveIntegerField(default=1)
    is_stale = models.BooleanField(default=False)
    """Somebody left: the next member who writes makes a new generation first."""
    created_at = models.DateTimeField(default=now)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["name"], condition=models.Q(kind__in=[DESK, ROOT]), name="one_circle_a_desk"
            ),
            models.UniqueConstraint(fields=["record", "name"], name="one_circle_a_tier"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.name}"


class Generation(models.Model):
    """One secret of a circle, known here only by its public key and two certificates of it."""

    circle = models.ForeignKey(Circle, on_delete=models.CASCADE, related_name="generations")
    number = models.PositiveIntegerField()
    public_key = models.BinaryField()
    own_mac = models.BinaryField()
    house_mac = models.BinaryField(default=b"")
    """Certificate under the house circle (all staff), so that outsiders to this circle notice a swapped key."""
    house_generation = models.PositiveIntegerField(default=0)
    previous = models.BinaryField(default=b"")
    """The secret of the generation before, sealed under this one: one wrap opens everything older."""
    created_at = models.DateTimeField(default=now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["circle", "number"], name="one_generation_a_number")]

    def __str__(self) -> str:
        return f"generation {self.number}"


class Membership(models.Model):
    """A circle's secret wrapped to a holder, who is a person or another circle. No row, no key."""

    circle = models.ForeignKey(Circle, on_delete=models.CASCADE, related_name="memberships")
    generation = models.PositiveIntegerField()
    holder = models.ForeignKey(Circle, on_delete=models.PROTECT, related_name="holdings")
    holder_generation = models.PositiveIntegerField()
    holder_print = models.BinaryField()
    wrapped = models.BinaryField()
    mac = models.BinaryField()
    created_at = models.DateTimeField(default=now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["circle", "holder"], name="one_membership_a_holder")]

    def __str__(self) -> str:
        return f"membership {self.pk}"


class Member(models.Model):
    """A person who works here, as the owner of a key pair that her passphrase opens."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    circle = models.OneToOneField(Circle, on_delete=models.PROTECT, related_name="member")
    salt = models.BinaryField()
    work_factor = models.CharField(max_length=32)
    """Parameters of the Argon2id derivation ('argon2id:65536:3'), kept per member so that they can grow."""
    wrapped = models.BinaryField()
    """The personal circle's newest secret, sealed under the passphrase; empty once she has left."""
    left_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"member {self.pk}"
