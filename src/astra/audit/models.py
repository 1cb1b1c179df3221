"""What does the log keep? A waiting room, the numbered entries, and what is made from them alone.

`Entry` is only ever added to: its key is its place in the log, so it needs no second index, and a million
entries stay cheap. Everything below it (`Subtree`, `Block`) can be made again from the entries, and the
verifier does so.
"""

from typing import Any, NoReturn

from django.db import models


class AppendOnly(models.QuerySet[Any]):
    """Rows that are written once; whoever must change them anyway needs SQL, and the verifier sees it."""

    def update(self, **_changes: Any) -> NoReturn:
        """Refuse: a log is not corrected but continued."""
        raise TypeError("the log is only ever added to")

    def delete(self) -> NoReturn:
        """Refuse: a log is not shortened."""
        raise TypeError("the log is only ever added to")


class Said(models.Model):
    """What one entry says: codes, pseudonyms and, where words were needed, sealed bytes."""

    entry_id = models.UUIDField()
    recorded_at = models.DateTimeField()
    actor_id = models.UUIDField(null=True)
    verb = models.CharField(max_length=64)
    subjects = models.TextField()  # canonical JSON, as in the leaf: JSON columns would write it anew
    reason = models.CharField(max_length=128)
    detail = models.TextField()  # canonical JSON
    sealed = models.BinaryField()
    commitment = models.BinaryField()

    class Meta:
        abstract = True


class Pending(Said):
    """An entry as its writer's transaction left it; the sequencer numbers it within a second."""

    id = models.BigAutoField(primary_key=True)

    class Meta:
        verbose_name = "pending entry"

    def __str__(self) -> str:
        return f"pending {self.verb}"


class Entry(Said):
    """One leaf of the log."""

    sequence = models.BigIntegerField(primary_key=True)
    leaf_hash = models.BinaryField()

    objects = AppendOnly.as_manager()

    class Meta:
        verbose_name = "entry"
        constraints = [models.CheckConstraint(condition=models.Q(sequence__gte=0), name="audit_entry_from_zero")]

    def __str__(self) -> str:
        return f"{self.sequence} {self.verb}"


class Subtree(models.Model):
    """The root of a complete subtree of 256, 65,536, ... leaves, so that a proof reads few rows."""

    pk = models.CompositePrimaryKey("level", "number")
    level = models.SmallIntegerField()
    number = models.BigIntegerField()
    root = models.BinaryField()

    objects = AppendOnly.as_manager()

    class Meta:
        verbose_name = "subtree"

    def __str__(self) -> str:
        return f"subtree {self.level}/{self.number}"


class Block(models.Model):
    """What 1,024 entries hold, so that a search opens few of them (rules.blocks)."""

    number = models.BigIntegerField(primary_key=True)
    first_at = models.DateTimeField()
    last_at = models.DateTimeField()
    verbs = models.TextField()  # each once, sorted, between spaces
    marks = models.BinaryField()

    objects = AppendOnly.as_manager()

    class Meta:
        verbose_name = "block"

    def __str__(self) -> str:
        return f"block {self.number}"


class Checkpoint(models.Model):
    """A signed head of the log that was put on the shelf."""

    size = models.BigIntegerField(primary_key=True)
    root = models.BinaryField()
    text = models.TextField()
    at = models.DateTimeField()

    objects = AppendOnly.as_manager()

    class Meta:
        verbose_name = "checkpoint"

    def __str__(self) -> str:
        return f"checkpoint {self.size}"


class Head(models.Model):
    """Where the log ends now: the one row that is rewritten, and whose lock makes sequencers take turns."""

    id = models.SmallIntegerField(primary_key=True)
    size = models.BigIntegerField()
    previous_size = models.BigIntegerField()  # before the last batch: the outside file holds at least so many
    peaks = models.BinaryField()
    note = models.TextField()  # the signed checkpoint of exactly this size
    at = models.DateTimeField()

    class Meta:
        verbose_name = "head"
        constraints = [models.CheckConstraint(condition=models.Q(id=1), name="audit_one_head")]

    def __str__(self) -> str:
        return f"head {self.size}"
