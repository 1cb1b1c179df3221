"""Who works here, in which roles, and which visits are open?"""

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models

from astra.kernel.clock import now
from astra.kernel.ids import new_id

WAITING, ACTIVE, AGAIN, LEFT = "waiting", "active", "again", "left"


class UserManager(BaseUserManager["User"]):
    """Finds people by their sign-in name."""


class User(AbstractBaseUser):
    """A person who works here; her keys are her vault member's, and no password is kept anywhere."""

    password = None  # type: ignore[assignment]  # the field goes: signing in is opening the private key
    last_login = None  # her visits say when she was here

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    username = models.CharField(max_length=40, unique=True)
    """The name she types to sign in."""
    work_name = models.CharField(max_length=60)
    """The name under which she appears to colleagues, clients and the outside."""
    member = models.OneToOneField("vault.Member", on_delete=models.PROTECT, related_name="user")
    state = models.CharField(max_length=8, default=WAITING)
    """'waiting' to be admitted, 'active', 'again' (new words, a colleague has to vouch), 'left'."""
    is_active = models.BooleanField(default=True)
    trained_on = models.DateField(null=True)
    agreed_on = models.DateField(null=True)
    """When she signed the confidentiality agreement."""
    codes_noted_at = models.DateTimeField(null=True)
    """When she said that she keeps her recovery codes somewhere safe."""
    joined_at = models.DateTimeField(default=now)
    left_at = models.DateTimeField(null=True)

    USERNAME_FIELD = "username"
    EMAIL_FIELD = ""
    objects = UserManager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state__in=[WAITING, ACTIVE, AGAIN, LEFT]), name="accounts_user_state"
            ),
        ]

    def __str__(self) -> str:
        return self.work_name

    def has_usable_password(self) -> bool:
        """Nobody has a password; allauth asks before it offers to type one again."""
        return False

    def check_password(self, raw_password: str | None) -> bool:
        """No password is ever right: only the backend opens keys."""
        return False


class RoleHeld(models.Model):
    """A role that somebody holds, or is invited for until a colleague admits her."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="roles")
    role = models.CharField(max_length=24)
    given_at = models.DateTimeField(null=True)
    """Empty while the role is only asked for."""
    given_by = models.UUIDField(null=True)
    """The member who gave it; nobody gave the first member hers."""

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "role"], name="one_row_a_role")]

    def __str__(self) -> str:
        return self.role


class Visit(models.Model):
    """One signed-in browser, without address or device: when it began, when it was seen, and its wrapped key."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="visits")
    wrapped = models.BinaryField(default=b"")
    """The personal secret under a key that only her cookie has; empty while the visit is locked."""
    generation = models.PositiveIntegerField(default=1)
    started_at = models.DateTimeField(default=now)
    opened_at = models.DateTimeField(default=now)
    seen_at = models.DateTimeField(default=now)
    confirmed_at = models.DateTimeField(null=True)
    hold_began_at = models.DateTimeField(null=True)
    held_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"visit {self.pk}"


class Tries(models.Model):
    """Wrong passphrases in a row for one sign-in name, existing or not; says nothing about from where."""

    name = models.CharField(max_length=64, primary_key=True)
    """A keyed hash of the name that was typed: what people mistype into this field is often their passphrase."""
    failures = models.PositiveIntegerField(default=0)
    failed_at = models.DateTimeField()

    class Meta:
        verbose_name_plural = "tries"

    def __str__(self) -> str:
        return f"{self.failures} tries"


class Invitation(models.Model):
    """A one-time link, kept as its hash: to join, or to begin again after a forgotten passphrase."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    token_hash = models.BinaryField(unique=True)
    purpose = models.CharField(max_length=8)
    """'join' or 'again'."""
    role = models.CharField(max_length=24, blank=True)
    user = models.ForeignKey(User, null=True, on_delete=models.CASCADE, related_name="invitations")
    """Whom it is for, when she already works here; after joining, who came of it."""
    invited_by = models.UUIDField()
    made_at = models.DateTimeField(default=now)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)
    words = models.BinaryField(default=b"")
    """The words shown but not yet typed back, sealed under the link's own secret; gone once they are."""

    def __str__(self) -> str:
        return f"invitation {self.pk}"


class EmergencyReserve(models.Model):
    """The emergency secret sealed to the recovery circle: with two paper shares it is shared out among officers."""

    id = models.SmallIntegerField(primary_key=True, default=1)
    sealed = models.BinaryField()
    at = models.DateTimeField(default=now)

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(id=1), name="accounts_one_reserve")]

    def __str__(self) -> str:
        return "emergency reserve"
