"""What can the verifier find? Every way in which a log can be wrong, in plain words."""

from dataclasses import dataclass, field
from enum import StrEnum

from astra.kernel.words import msg


class Kind(StrEnum):
    """What was done to the log."""

    EDITED = "edited"
    DELETED = "deleted"
    TRUNCATED = "truncated"
    INSERTED = "inserted"
    FORKED = "forked"
    ROLLED_BACK = "rolled_back"
    CHECKPOINT = "checkpoint"
    DERIVED = "derived"
    OUTSIDE = "outside"


@dataclass(frozen=True)
class Finding(Exception):
    """The first thing that is wrong: which leaf (if one is), and what, in words with `%(name)s` parts."""

    kind: Kind
    sequence: int | None
    message: str
    parts: dict[str, object] = field(default_factory=dict)

    def __str__(self) -> str:
        return self.message % self.parts


class Found(Exception):
    """Ends the walk with its finding."""

    def __init__(self, finding: Finding) -> None:
        self.finding = finding
        super().__init__(str(finding))


@dataclass(frozen=True)
class Verdict:
    """What the verifier says of the whole log."""

    size: int
    root: bytes
    checkpoints: int
    outside: int
    finding: Finding | None
    set_aside: tuple[str, ...]

    @property
    def is_sound(self) -> bool:
        """Whether nothing was found."""
        return self.finding is None


def edited(sequence: int) -> Finding:
    """A row does not give the hash that was taken when it was numbered."""
    return Finding(
        Kind.EDITED,
        sequence,
        msg("Entry %(sequence)s was edited: what it says now is not what was hashed when it was numbered."),
        {"sequence": sequence},
    )


def edited_hash(sequence: int) -> Finding:
    """The row is right, its stored hash is not."""
    return Finding(
        Kind.EDITED,
        sequence,
        msg("The hash stored with entry %(sequence)s was edited; what the entry says is unchanged."),
        {"sequence": sequence},
    )


def deleted(sequence: int, last: int) -> Finding:
    """Rows are missing before others."""
    return Finding(
        Kind.DELETED,
        sequence,
        msg("Entries %(sequence)s to %(last)s were deleted: later entries exist."),
        {"sequence": sequence, "last": last},
    )


def truncated(sequence: int, size: int) -> Finding:
    """The last rows are missing."""
    return Finding(
        Kind.TRUNCATED,
        sequence,
        msg("The log was truncated: it ends before entry %(sequence)s, but %(size)s entries were signed."),
        {"sequence": sequence, "size": size},
    )


def inserted(sequence: int) -> Finding:
    """A row stands where the sequencer never put one."""
    return Finding(
        Kind.INSERTED,
        sequence,
        msg("Entry %(sequence)s was inserted from elsewhere: it is not in the part of the log that was signed."),
        {"sequence": sequence},
    )


def forked(sequence: int) -> Finding:
    """Database and outside file part ways."""
    return Finding(
        Kind.FORKED,
        sequence,
        msg(
            "The log was forked: from entry %(sequence)s on, the database tells another story "
            "than the record outside it, although its own hashes fit."
        ),
        {"sequence": sequence},
    )


def rolled_back(sequence: int, outside: int) -> Finding:
    """The database is an older state of the log."""
    return Finding(
        Kind.ROLLED_BACK,
        sequence,
        msg(
            "The database was rolled back to an older state or shortened: it ends before entry %(sequence)s, "
            "but %(outside)s entries are known outside it."
        ),
        {"sequence": sequence, "outside": outside},
    )


def changed_between(first: int, size: int) -> Finding:
    """A signed root does not fit, and no outside file says which leaf it is."""
    return Finding(
        Kind.FORKED,
        first,
        msg(
            "The log was rewritten: one of the entries %(first)s to %(last)s is not what it was "
            "when the checkpoint of %(size)s entries was signed."
        ),
        {"first": first, "last": size - 1, "size": size},
    )


def bad_checkpoint(size: int) -> Finding:
    """A checkpoint of the database is not what was signed."""
    return Finding(
        Kind.CHECKPOINT,
        None,
        msg("The checkpoint of %(size)s entries was edited: signature, size and root do not belong together."),
        {"size": size},
    )


def missing_checkpoint(size: int) -> Finding:
    """A checkpoint is in the outside file but not in the database."""
    return Finding(
        Kind.CHECKPOINT,
        None,
        msg("The checkpoint of %(size)s entries was deleted from the database; the record outside has it."),
        {"size": size},
    )


def foreign_checkpoint(size: int) -> Finding:
    """A checkpoint is in the database that the outside file does not have, or has differently."""
    return Finding(
        Kind.CHECKPOINT,
        None,
        msg("The checkpoint of %(size)s entries is not the one that the record outside holds."),
        {"size": size},
    )


def bad_outside_checkpoints(size: int) -> Finding:
    """The outside file of checkpoints is cut or edited."""
    return Finding(
        Kind.OUTSIDE,
        None,
        msg("The checkpoints outside the database were cut or edited: after %(size)s entries they cannot be read."),
        {"size": size},
    )


def bad_head(size: int) -> Finding:
    """The head row is missing or does not fit the entries."""
    return Finding(
        Kind.CHECKPOINT,
        None,
        msg("The head of the log was edited or deleted: it does not fit the %(size)s entries before it."),
        {"size": size},
    )


def shrunk_head(sequence: int) -> Finding:
    """The head row ends the log before entries that are there and known outside."""
    return Finding(
        Kind.CHECKPOINT,
        sequence,
        msg("The head of the log was edited: it ends the log before entry %(sequence)s, which exists and was signed."),
        {"sequence": sequence},
    )


def bad_tree(first: int) -> Finding:
    """A stored subtree does not fit its leaves."""
    return Finding(
        Kind.DERIVED,
        None,
        msg("The stored tree was edited for the entries from %(first)s on; the entries themselves are unchanged."),
        {"first": first},
    )


def bad_summary(first: int) -> Finding:
    """A block summary does not fit its entries: searches would miss some."""
    return Finding(
        Kind.DERIVED,
        None,
        msg("The search summary of the entries from %(first)s on was edited; the entries themselves are unchanged."),
        {"first": first},
    )


def cut_outside(held: int, size: int) -> Finding:
    """The outside file is shorter than a crash can explain."""
    return Finding(
        Kind.OUTSIDE,
        held,
        msg("The record outside the database was cut: it holds %(held)s entries and should hold %(size)s."),
        {"held": held, "size": size},
    )


def no_keys() -> Finding:
    """Nothing to check signatures with."""
    return Finding(Kind.OUTSIDE, None, msg("The public keys of the log (audit/verifiers.txt) are missing."))
