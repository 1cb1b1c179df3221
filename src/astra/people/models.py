"""What may the server know of a person without opening her file? Codes, a neutral code name, and who was merged."""

from django.db import models
from django.db.models import F, Q

from astra.kernel.clock import now, today
from astra.kernel.ids import new_id


class Person(models.Model):
    """Somebody we help, who calls, or who matters in a case. Who she is stands in sealed sections only."""

    record = models.OneToOneField("vault.Record", primary_key=True, on_delete=models.PROTECT, related_name="+")
    code_name = models.CharField(max_length=60, blank=True)
    """A generated neutral name ("Lipa Tisa"); blank once she is erased."""
    code_key = models.CharField(max_length=60, null=True, blank=True, unique=True)
    """The code name as it is compared: one script, no diacritics, no capitals. None once she is erased."""
    sex = models.CharField(max_length=24, blank=True)
    age_band = models.CharField(max_length=24, blank=True)
    """Broad age on the day of registration; blank where it is not known."""
    citizenship = models.CharField(max_length=8, blank=True)
    of_age_quarter = models.DateField(null=True)
    """For a child: the first day of the quarter in which she comes of age. The day itself is sealed."""
    own_consent_asked_on = models.DateField(null=True)
    """For a child who comes of age: when she was asked her own consent."""
    whereabouts = models.CharField(max_length=24, blank=True)
    whereabouts_since = models.DateField(null=True)
    registered_on = models.DateField(default=today)
    merged_into = models.ForeignKey(
        "self", null=True, on_delete=models.PROTECT, related_name="duplicates", db_index=False
    )
    card_changed_at = models.DateTimeField(default=now)
    """When the search card last changed: how the index follows."""

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(merged_into=None) | ~Q(merged_into=F("record")), name="nobody_is_her_own_duplicate"
            ),
        ]
        indexes = [
            models.Index(fields=["card_changed_at"], name="cards_by_change"),
            # "is not null" and not "not (is null)": SQLite recognises a partial index by this form only.
            models.Index(fields=["merged_into"], condition=Q(merged_into__isnull=False), name="people_by_kept_file"),
            models.Index(
                fields=["of_age_quarter"], condition=Q(of_age_quarter__isnull=False), name="children_by_coming_of_age"
            ),
        ]

    def __str__(self) -> str:
        return self.code_name or str(self.pk)


class Guardianship(models.Model):
    """Who decides for a child, by what right, from when until when."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    child = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="guardians")
    guardian = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="wards")
    organisation = models.ForeignKey("directory.Organisation", null=True, on_delete=models.PROTECT, related_name="+")
    role = models.CharField(max_length=24)
    """A code of the list `guardianship`."""
    from_on = models.DateField()
    until_on = models.DateField(null=True)
    """Her coming of age ends it in any case; this is an end that was decided."""
    created_at = models.DateTimeField(default=now)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(guardian=None, organisation__isnull=False) | Q(guardian__isnull=False, organisation=None),
                name="a_guardian_is_a_person_or_an_organisation",
            ),
            models.CheckConstraint(
                condition=Q(until_on=None) | Q(until_on__gte=F("from_on")), name="guardianship_ends_after_it_begins"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.role} {self.pk}"


class Joining(models.Model):
    """Somebody said that two files are one person's; a second person confirms it, or anybody undoes it.

    Until it is confirmed no circle gains anything and both files stay where they are; `Person.merged_into` is set only
    then. What was taken and given is kept, so that exactly that goes back.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    kept = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", db_index=False)
    joined = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", db_index=False)
    joined_by = models.UUIDField(null=True)
    joined_at = models.DateTimeField(default=now)
    confirmed_by = models.UUIDField(null=True)
    confirmed_at = models.DateTimeField(null=True)
    undone_by = models.UUIDField(null=True)
    undone_at = models.DateTimeField(null=True)
    keys_alone = models.JSONField(default=list)
    """Erasure keys that had spoken of the joined file's person and not of the kept one's."""
    keys_shared = models.JSONField(default=list)
    """Erasure keys that had spoken of both."""
    given = models.JSONField(default=list)
    """Grants that came with the confirmation: record, kind, circle, and until when there was one before."""
    brought = models.JSONField(default=list)
    """Files that had been joined to the joined one before, and came along."""

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(kept=F("joined")), name="nobody_is_joined_to_herself"),
            models.UniqueConstraint(fields=["joined"], condition=Q(undone_at=None), name="one_joining_a_file"),
            models.CheckConstraint(
                condition=Q(confirmed_at=None) | Q(confirmed_by=None) | ~Q(confirmed_by=F("joined_by")),
                name="confirmed_by_somebody_else",
            ),
        ]
        indexes = [
            models.Index(fields=["joined"], name="joinings_by_joined_file"),
            models.Index(fields=["kept"], name="joinings_by_kept_file"),
        ]

    def __str__(self) -> str:
        return f"joining {self.pk}"


class HeldApart(models.Model):
    """Somebody said that two files are not one person's. Which two, only the index circle's key can tell.

    Two ids beside each other would say to whoever takes the disk that these two resemble each other. So there is only
    a mark: a keyed hash over both ids and what their names and births were, under the index circle's MAC key.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    mark = models.BinaryField(max_length=32, unique=True)
    generation = models.PositiveIntegerField()
    """Of the index circle's key."""
    held_by = models.UUIDField(null=True)
    held_at = models.DateTimeField(default=now)

    def __str__(self) -> str:
        return f"held apart {self.pk}"
