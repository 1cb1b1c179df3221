"""What is kept of a proceeding besides words: kind, state, charges, hearings, measures, terms, suspects?"""

from django.db import models

from astra.justice.models.filed import Filed
from astra.justice.rules.lifecycles import ASKED, BEGUN, OPEN, PLANNED, SUSPECTED


class Proceeding(Filed):
    """One proceeding in a file. Its number, its authority's people and remarks are sealed."""

    kind = models.CharField(max_length=40)
    state = models.CharField(max_length=16, default=BEGUN)
    begun_on = models.DateField()
    ended_on = models.DateField(null=True)
    authority = models.ForeignKey(
        "directory.Organisation", null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )

    def __str__(self) -> str:
        return self.kind


class Party(models.Model):
    """What one client is in a proceeding; two clients of a case may be there as two different things."""

    proceeding = models.ForeignKey(Proceeding, on_delete=models.CASCADE, related_name="parties")
    person = models.ForeignKey("vault.Record", null=True, on_delete=models.PROTECT, related_name="+")
    """Whose role it is; nobody's while the file has no client."""
    client_mark = models.UUIDField(null=True)
    """After an erasure: a number drawn at random in the person's place, where the proceeding is others' too."""
    role = models.CharField(max_length=40)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["proceeding", "person"], name="one_role_a_proceeding")]

    def __str__(self) -> str:
        return self.role


class Qualification(models.Model):
    """Under which article a proceeding is led, at a stage; a later one follows the earlier and never replaces it."""

    proceeding = models.ForeignKey(Proceeding, on_delete=models.CASCADE, related_name="qualifications")
    article = models.CharField(max_length=40)
    paragraph = models.CharField(max_length=10, blank=True)
    stage = models.CharField(max_length=40)
    since = models.DateField()

    def __str__(self) -> str:
        return f"{self.article} {self.paragraph}"


class Hearing(Filed):
    """A hearing: when, of what kind, who goes along, how it ended. The place and the preparation are sealed."""

    proceeding = models.ForeignKey(Proceeding, on_delete=models.CASCADE, related_name="hearings")
    kind = models.CharField(max_length=40)
    begins_at = models.DateTimeField()
    state = models.CharField(max_length=16, default=PLANNED)
    outcome = models.CharField(max_length=40, blank=True)
    escort = models.ForeignKey("vault.Member", null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    is_prepared = models.BooleanField(default=False)
    follows = models.ForeignKey("self", null=True, on_delete=models.SET_NULL, related_name="followed_by")
    """The hearing that was postponed to this one."""
    task_id = models.UUIDField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["escort", "begins_at"], name="hearings_of_an_escort"),
            models.Index(fields=["begins_at"], name="hearings_by_day"),
        ]

    def __str__(self) -> str:
        return self.kind


class Measure(models.Model):
    """A measure that protects her in a proceeding: asked for, granted, refused."""

    proceeding = models.ForeignKey(Proceeding, on_delete=models.CASCADE, related_name="measures")
    kind = models.CharField(max_length=40)
    state = models.CharField(max_length=16, default=ASKED)
    asked_on = models.DateField()
    answered_on = models.DateField(null=True)

    def __str__(self) -> str:
        return self.kind


class Incident(Filed):
    """Something in a proceeding that hurt her again; what happened is sealed."""

    proceeding = models.ForeignKey(Proceeding, on_delete=models.CASCADE, related_name="incidents")
    kind = models.CharField(max_length=40)
    happened_on = models.DateField()
    is_reported = models.BooleanField(default=False)

    def __str__(self) -> str:
        return self.kind


class Term(Filed):
    """A day until which something must be done: by a law, or set by ourselves or an authority."""

    proceeding = models.ForeignKey(Proceeding, null=True, on_delete=models.CASCADE, related_name="terms")
    code = models.CharField(max_length=40)
    event_on = models.DateField(null=True)
    due_on = models.DateField()
    state = models.CharField(max_length=16, default=OPEN)
    done_on = models.DateField(null=True)
    task_id = models.UUIDField(null=True)

    class Meta:
        indexes = [models.Index(fields=["state", "due_on"], name="terms_waiting")]

    def __str__(self) -> str:
        return self.code


class Right(Filed):
    """Non-punishment, a recovery-and-reflection period, a residence permit: asked, granted, until when, renewed."""

    kind = models.CharField(max_length=40)
    state = models.CharField(max_length=16, default=ASKED)
    asked_on = models.DateField()
    answered_on = models.DateField(null=True)
    valid_from = models.DateField(null=True)
    valid_until = models.DateField(null=True)
    renews = models.ForeignKey("self", null=True, on_delete=models.SET_NULL, related_name="renewed_by")
    task_id = models.UUIDField(null=True)

    def __str__(self) -> str:
        return self.kind


class Suspect(Filed):
    """Somebody who is suspected: part and link as codes, always in the legal tier. Who it is, is sealed."""

    proceeding = models.ForeignKey(Proceeding, null=True, on_delete=models.SET_NULL, related_name="suspects")
    part = models.CharField(max_length=40)
    relation = models.CharField(max_length=40, blank=True)
    state = models.CharField(max_length=16, default=SUSPECTED)
    state_on = models.DateField()

    def __str__(self) -> str:
        return self.part


class SuspectLink(models.Model):
    """Two reported persons are linked, in one case or across cases; both ways alike."""

    one = models.ForeignKey(Suspect, on_delete=models.CASCADE, related_name="+")
    other = models.ForeignKey(Suspect, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=40)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["one", "other"], name="one_link_a_pair")]

    def __str__(self) -> str:
        return self.kind


class CalendarAddress(models.Model):
    """The secret address of a colleague's calendar of hearings."""

    member = models.OneToOneField("vault.Member", primary_key=True, on_delete=models.PROTECT, related_name="+")
    feed_hash = models.BinaryField(unique=True)
    """Of the secret in the address; the address itself is shown once."""
    made_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"calendar of {self.member_id}"
