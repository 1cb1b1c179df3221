"""What is sealed, and who may open or list it? Records, sections, grants, reach and walls."""

from django.db import models

from astra.kernel.clock import now
from astra.kernel.ids import new_id
from astra.vault.models.circles import Circle, Member
from astra.vault.models.erasure import ErasureHandle


class Record(models.Model):
    """Anything that has sealed parts: a person, a contact, a case, a note. Its id is the only name it has here."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    kind = models.CharField(max_length=24)
    created_at = models.DateTimeField(default=now)
    erased_at = models.DateTimeField(null=True)
    is_held = models.BooleanField(default=False)
    """A legal hold: nothing of it may be erased until the hold is lifted."""
    pseudonym_handle = models.UUIDField(null=True)
    """The erasure key that makes this record's pseudonym in the audit log; gone with it."""

    class Meta:
        # Each search that led to nobody asks for the one record of its kind whose key closes fruitless words.
        indexes = [models.Index(fields=["kind", "erased_at"], name="records_by_kind")]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"


class Section(models.Model):
    """One sealed part of a record in its newest revision."""

    record = models.ForeignKey(Record, on_delete=models.PROTECT, related_name="sections")
    kind = models.CharField(max_length=40)
    revision = models.PositiveIntegerField(default=1)
    key_id = models.UUIDField()
    handle = models.ForeignKey(ErasureHandle, on_delete=models.PROTECT, related_name="sections")
    sealed = models.BinaryField()
    needs_new_key = models.BooleanField(default=False)
    """A grant was withdrawn: the next revision gets a new data key."""
    author = models.UUIDField(null=True)
    at = models.DateTimeField(default=now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["record", "kind"], name="one_section_a_kind")]

    def __str__(self) -> str:
        return f"{self.kind} revision {self.revision}"


class Revision(models.Model):
    """A section as it was before a later revision; opens with the grants of its own data key."""

    section = models.ForeignKey(Section, on_delete=models.CASCADE, related_name="revisions")
    number = models.PositiveIntegerField()
    key_id = models.UUIDField()
    data_key = models.BinaryField(default=b"")
    """Its data key sealed under the section's newer one, once that was replaced."""
    sealed = models.BinaryField()
    author = models.UUIDField(null=True)
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["section", "number"], name="one_revision_a_number")]

    def __str__(self) -> str:
        return f"revision {self.number}"


class StreamItem(models.Model):
    """One item of a stream, a section that only grows: a message of a conversation. Never changed, never reordered."""

    section = models.ForeignKey(Section, on_delete=models.CASCADE, related_name="items", db_index=False)
    number = models.PositiveIntegerField()
    mark = models.UUIDField()
    """Given by whoever sends it: the same mark again is the same item."""
    sealed = models.BinaryField()
    author = models.UUIDField(null=True)
    """The colleague who wrote it; nobody for a visitor."""
    at = models.DateTimeField(default=now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["section", "number"], name="one_item_a_number"),
            models.UniqueConstraint(fields=["section", "mark"], name="one_item_a_mark"),
        ]

    def __str__(self) -> str:
        return f"item {self.number}"


class StreamFile(models.Model):
    """A sealed file that came with an item of a stream: what opens it is in the item, and goes where the item goes."""

    id = models.UUIDField(primary_key=True, editable=False)
    section = models.ForeignKey(Section, on_delete=models.CASCADE, related_name="files")
    stored_bytes = models.PositiveBigIntegerField()
    at = models.DateTimeField(default=now)

    def __str__(self) -> str:
        return f"file {self.pk}"


class Grant(models.Model):
    """A section's data key wrapped for a circle: the access list is the set of these rows."""

    record = models.ForeignKey(Record, on_delete=models.CASCADE, related_name="grants")
    kind = models.CharField(max_length=40)
    key_id = models.UUIDField()
    circle = models.ForeignKey(Circle, on_delete=models.PROTECT, related_name="grants")
    generation = models.PositiveIntegerField()
    wrapped = models.BinaryField()
    expires_at = models.DateTimeField(null=True)
    given_by = models.UUIDField(null=True)
    at = models.DateTimeField(default=now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["record", "kind", "circle"], name="one_grant_a_circle")]
        indexes = [models.Index(fields=["circle", "generation"], name="grants_to_rewrap")]

    def __str__(self) -> str:
        return f"grant {self.pk}"


class Reach(models.Model):
    """A circle may list a record; carries the sort key, so that every list is one indexed walk."""

    circle = models.ForeignKey(Circle, on_delete=models.CASCADE, related_name="+", db_index=False)
    record = models.ForeignKey(Record, on_delete=models.CASCADE, related_name="reach", db_index=False)
    kind = models.CharField(max_length=24)
    listed_at = models.DateTimeField()
    expires_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["record", "circle"], name="one_reach_a_circle")]
        indexes = [models.Index(fields=["circle", "kind", "-listed_at", "-record"], name="lists_by_circle")]

    def __str__(self) -> str:
        return f"reach {self.pk}"


class Wall(models.Model):
    """A conflict of interest: this member may neither open, list nor find this record, whatever her circles."""

    record = models.ForeignKey(Record, on_delete=models.CASCADE, related_name="walls")
    member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="walls")
    built_by = models.UUIDField(null=True)
    at = models.DateTimeField(default=now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["record", "member"], name="one_wall_a_member")]

    def __str__(self) -> str:
        return f"wall {self.pk}"


class Attachment(models.Model):
    """A sealed file beside the database; its key, name and type are in the record's section."""

    record = models.OneToOneField(Record, primary_key=True, on_delete=models.PROTECT, related_name="attachment")
    chunks = models.PositiveIntegerField(default=0)
    stored_bytes = models.PositiveBigIntegerField(default=0)

    def __str__(self) -> str:
        return f"attachment {self.pk}"
