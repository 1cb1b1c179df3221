"""How do the outside files keep up with the database? They are only continued, and only by what continues them.

Whoever calls these holds the turn (`Outside.turn`).
"""

from collections.abc import Iterator

from astra.audit.errors import LogDisagrees
from astra.audit.models import Checkpoint, Entry, Head
from astra.audit.outside import Outside
from astra.audit.rules import checkpoints
from astra.audit.rules.merkle import HASH_BYTES, Tree
from astra.audit.rules.notes import BadNote, Note
from astra.audit.selectors.proving import kept_checkpoints, root_at
from astra.kernel.words import msg

_CHUNK = 20_000

LONGER = msg(
    "The record outside the database holds %(held)s audit entries, the database only %(size)s. "
    "If you restored a backup, run: astra audit restored"
)
CUT = msg(
    "The record outside the database holds %(held)s audit entries and should hold at least %(size)s. "
    "If you restored a backup, run: astra audit restored"
)
DIFFERENT = msg("The audit log in the database does not continue the record outside. Run: astra audit verify")


def is_written(outside: Outside) -> bool:
    """Whether the file of leaves is as long as the log; the cheap question that an idle sequencer asks."""
    size = Head.objects.filter(pk=1).values_list("size", flat=True).first() or 0
    return outside.length() == size * HASH_BYTES


def catch_up(outside: Outside) -> None:
    """Write what a crash kept from the files, at most one batch; refuse when the two tell different stories."""
    outside.drop_hole()
    held = outside.count()
    # Read after the file: the database commits first, so it can only be ahead.
    size, previous = Head.objects.filter(pk=1).values_list("size", "previous_size").first() or (0, 0)
    if held > size:
        raise LogDisagrees(LONGER, held=held, size=size)
    if held < previous:
        raise LogDisagrees(CUT, held=held, size=previous)
    if outside.length() != size * HASH_BYTES:
        if not is_continued(outside, size):
            raise LogDisagrees(DIFFERENT)
        write_leaves(outside, size)
    elif size and _last_hash(size) != next(outside.hashes(size - 1, size)):
        raise LogDisagrees(DIFFERENT)
    write_checkpoints(outside)


def is_continued(outside: Outside, size: int) -> bool:
    """Whether the log of the database, with so many entries, begins with the leaves that the file holds."""
    tree = Tree()
    for leaf_hash in outside.hashes(0, outside.count()):
        tree.append(leaf_hash)
    return tree.size <= size and tree.root() == root_at(tree.size)


def _last_hash(size: int) -> bytes:
    """The hash of the last leaf as the database has it; empty when the leaf is gone."""
    leaf_hash = Entry.objects.filter(sequence=size - 1).values_list("leaf_hash", flat=True).first()
    return bytes(leaf_hash or b"")


def has_same_checkpoints(outside: Outside) -> bool:
    """Whether the kept checkpoints of the database begin with those of the file, a half-written last one included."""
    texts = (text for _size, _root, text in kept_checkpoints())
    if not all(next(texts, "") == note for note in outside.notes(outside.notes_length())):
        return False
    return f"{next(texts, '')}\n".encode().startswith(outside.last_notes()[1])


def write_leaves(outside: Outside, size: int) -> None:
    """Append the leaf hashes that the file lacks; of a half-written one only the missing rest."""
    torn = outside.torn_leaf()
    for data in _missing(outside.count(), size):
        if not data.startswith(torn):
            raise LogDisagrees(DIFFERENT)
        outside.add_hashes(data.removeprefix(torn))
        torn = b""


def _missing(start: int, end: int) -> Iterator[bytes]:
    """The leaf hashes of the database from start to end, joined, a chunk at a time."""
    for first in range(start, end, _CHUNK):
        rows = Entry.objects.filter(sequence__gte=first, sequence__lt=min(first + _CHUNK, end))
        hashes = [bytes(leaf_hash) for leaf_hash in rows.order_by("sequence").values_list("leaf_hash", flat=True)]
        if len(hashes) != min(first + _CHUNK, end) - first:
            raise LogDisagrees(DIFFERENT)
        yield b"".join(hashes)


def write_checkpoints(outside: Outside) -> None:
    """Append the kept checkpoints that the file lacks."""
    last, torn = outside.last_notes()
    try:
        size = checkpoints.Checkpoint.parse(Note.parse(last).body).size if last else 0
    except BadNote as error:
        raise LogDisagrees(DIFFERENT) from error
    if last and not Checkpoint.objects.filter(size=size, text=last).exists():
        raise LogDisagrees(DIFFERENT)
    for text in Checkpoint.objects.filter(size__gt=size).order_by("size").values_list("text", flat=True):
        if not (text + "\n").encode().startswith(torn):
            raise LogDisagrees(DIFFERENT)
        outside.add_note(text, torn)
        torn = b""
    if torn:
        raise LogDisagrees(DIFFERENT)
