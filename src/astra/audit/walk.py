"""Where does the log first differ from what was signed? One walk along its entries, in constant memory."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from heapq import merge
from typing import Any
from uuid import UUID

from django.db.models import Max, Q

from astra.audit import findings
from astra.audit.findings import Finding, Found
from astra.audit.models import Block, Entry, Head, Subtree
from astra.audit.outside import Outside
from astra.audit.rules import blocks, checkpoints, merkle
from astra.audit.rules.leaf import NotCoded, leaf_bytes
from astra.audit.rules.merkle import Tree, hash_leaf
from astra.audit.rules.notes import Note, VerifierKey
from astra.audit.selectors.proving import LEAF_COLUMNS, kept_checkpoints

_CHUNK = 2 * blocks.SIZE
# A superuser can put anything into a column, on SQLite even a text among bytes: then reading it fails so.
_GARBAGE = (ValueError, TypeError, AttributeError)

# A row of entries: its place, the columns of the leaf, the stored hash.
Row = tuple[Any, ...]
# A size at which something was promised, and the check of it.
Promise = tuple[int, Callable[[], None]]


@dataclass(frozen=True)
class Claims:
    """What database and files said of themselves when the walk began (read in this order)."""

    kept: int
    size: int
    previous_size: int
    peaks: bytes
    note: str
    held: int
    notes_length: int
    end: int
    promised: list[tuple[int, bytes]]


class Walk:
    """The state of one walk; `run` returns when all is well and raises the first finding otherwise.

    A bad leaf ends the walk. What is wrong beside the leaves (a checkpoint, a summary) is remembered and
    raised at the end, so that it cannot hide a bad leaf further on.
    """

    def __init__(
        self, claims: Claims, outside: Outside, keys: list[VerifierKey], progress: Callable[[int, int], None]
    ) -> None:
        self.claims = claims
        self.outside = outside
        self.keys = keys
        self.progress = progress
        self.tree = Tree()
        self.checked = 0
        self.sound_size = 0
        self.sound_elsewhere = 0
        self.aside: Finding | None = None
        self.promises = self._promises()
        self.next_promise = next(self.promises)

    def run(self) -> None:
        """Walk to the end."""
        if self.claims.size and not self.keys:
            raise Found(findings.no_keys())
        held = self.outside.hashes(0, min(self.claims.held, self.claims.size))
        self._settle()
        for chunk in self._chunks():
            for row in chunk:
                self._leaf(row, next(held, None))
                if self.next_promise[0] <= self.tree.size:
                    self._settle()
            self._check_tree()
            self._check_blocks(chunk)
            self.progress(self.tree.size, self.claims.size)
        self._check_end()
        self._check_surplus()
        if self.aside is not None:
            raise Found(self.aside)

    def _remember(self, finding: Finding) -> None:
        """Keep the first finding that is not about a leaf."""
        self.aside = self.aside or finding

    # --- the entries ------------------------------------------------------------------------------------------

    def _chunks(self) -> Iterator[list[Row]]:
        """The rows in their order, a chunk at a time; nothing bounds them below, so nothing hides there."""
        entries = Entry.objects.filter(sequence__lt=self.claims.size).order_by("sequence")
        rows = entries.values_list("sequence", *LEAF_COLUMNS, "leaf_hash")
        chunk = self._readable(rows, _CHUNK)
        while chunk:
            yield chunk
            chunk = self._readable(rows.filter(sequence__gt=chunk[-1][0]), _CHUNK)

    def _readable(self, rows: Any, count: int) -> list[Row]:
        """So many rows, or fewer if one of them cannot even be read; alone, that one is the finding."""
        try:
            return list(rows[:count])
        except _GARBAGE:
            if count == 1:
                raise Found(findings.edited(self.tree.size)) from None
        return self._readable(rows, count // 2)

    def _leaf(self, row: Row, held: bytes | None) -> None:
        """Hash one entry again and compare it with its stored hash and the outside file."""
        place = self.tree.size
        if row[0] != place:
            raise Found(findings.deleted(place, row[0] - 1) if row[0] > place else findings.inserted(row[0]))
        _place, entry_id, at, actor_id, verb, subjects, reason, detail, sealed, commitment, stored_hash = row
        try:
            if not (_is_id(entry_id) and isinstance(at, datetime) and (actor_id is None or _is_id(actor_id))):
                raise NotCoded("a column lost its type")
            fresh = hash_leaf(
                leaf_bytes(entry_id, at, actor_id, verb, subjects, reason, detail, bytes(sealed), bytes(commitment))
            )
            stored = bytes(stored_hash)
        except _GARBAGE:
            raise Found(findings.edited(place)) from None
        if fresh != stored or (held is not None and held != fresh):
            raise Found(_bad_leaf(place, fresh, stored, held))
        self.tree.append(fresh)

    # --- what was signed --------------------------------------------------------------------------------------

    def _settle(self) -> None:
        """Check every promise about the part of the log that was walked."""
        while self.next_promise[0] <= self.tree.size:
            self.next_promise[1]()
            self.next_promise = next(self.promises)

    def _promises(self) -> Iterator[Promise]:
        """All that was promised, by size; the last one is never due."""
        from_elsewhere: list[Promise] = [
            (size, partial(self._check_elsewhere, size, root)) for size, root in self.claims.promised
        ]
        head: list[Promise] = [(self.claims.size, self._check_head)] if self.claims.size else []
        yield from merge(from_elsewhere, self._kept(), head, key=lambda promise: promise[0])
        yield 1 << 63, _never

    def _kept(self) -> Iterator[Promise]:
        """The kept checkpoints of the database, side by side with those of the outside file."""
        notes = self._notes()
        size, text = next(notes)
        for row in kept_checkpoints(up_to=self.claims.size):
            while size < row[0]:
                yield size, partial(self._remember, findings.missing_checkpoint(size))
                size, text = next(notes)
            yield row[0], partial(self._check_kept, row, text if size == row[0] else "")
            if size == row[0]:
                size, text = next(notes)
        while text:
            yield size, partial(self._remember, findings.missing_checkpoint(size))
            size, text = next(notes)

    def _notes(self) -> Iterator[tuple[int, str]]:
        """Sizes and texts of the checkpoints in the outside file; then forever a size that is never reached."""
        size = 0
        for text in self.outside.notes(self.claims.notes_length):
            try:
                size = checkpoints.Checkpoint.parse(Note.parse(text).body).size
            except _GARBAGE:
                self._remember(findings.bad_outside_checkpoints(size))
                break
            yield size, text
        while True:
            yield 1 << 63, ""

    def _check_kept(self, row: Row, outside_text: str) -> None:
        """A kept checkpoint: signed, of this tree, and the same outside."""
        size, root, text = row
        try:
            promise = checkpoints.open_checkpoint(text, self.keys)
            is_whole = (promise.size, promise.root) == (size, bytes(root))
        except _GARBAGE:
            is_whole = False
        if not is_whole:
            self._remember(findings.bad_checkpoint(size))
            return
        self._check_root(size, promise.root)
        if outside_text != text and (outside_text or size <= self.claims.previous_size):
            self._remember(findings.foreign_checkpoint(size))
        self.checked += 1

    def _check_root(self, size: int, root: bytes) -> None:
        if size != self.tree.size or root != self.tree.root():
            raise Found(findings.changed_between(self.sound_size, size))
        self.sound_size = size

    def _check_elsewhere(self, size: int, root: bytes) -> None:
        """A checkpoint that others kept: it stands even against one that a stolen key signed since."""
        if size != self.tree.size or root != self.tree.root():
            raise Found(findings.changed_between(self.sound_elsewhere, size))
        self.sound_elsewhere = size

    def _check_head(self) -> None:
        """The head: signed, and the very edge of this tree."""
        try:
            promise = checkpoints.open_checkpoint(self.claims.note, self.keys)
            is_whole = promise.size == self.claims.size and self.claims.peaks == b"".join(self.tree.peaks)
        except _GARBAGE:
            is_whole = False
        if not is_whole:
            self._remember(findings.bad_head(self.tree.size))
            return
        self._check_root(promise.size, promise.root)
        self.checked += 1

    # --- what is made from the entries ------------------------------------------------------------------------

    def _check_tree(self) -> None:
        """The stored subtrees that the last chunk completed."""
        if not self.tree.completed:
            return
        wanted = dict(self.tree.completed)
        asked = Q()
        for part in wanted:
            asked |= Q(level=part.level, number=part.number)
        rows = Subtree.objects.filter(asked).values_list("level", "number", "root")
        stored = {merkle.Subtree(level, number): root for level, number, root in rows}
        for part, root in self.tree.completed:
            if part not in stored or not _is_same(stored[part], root):
                self._remember(findings.bad_tree(part.number << part.level))
        self.tree.completed.clear()

    def _check_blocks(self, chunk: list[Row]) -> None:
        """The search summaries of the blocks that the last chunk filled."""
        for at in range(-chunk[0][0] % blocks.SIZE, len(chunk) - blocks.SIZE + 1, blocks.SIZE):
            number = chunk[at][0] // blocks.SIZE
            fresh = blocks.summarise((row[2], row[3], row[4], row[5]) for row in chunk[at : at + blocks.SIZE])
            try:
                row = Block.objects.filter(number=number).values_list("first_at", "last_at", "verbs", "marks").get()
                is_same = (*row[:3], bytes(row[3])) == (fresh.first_at, fresh.last_at, fresh.verbs, fresh.marks)
            except (Block.DoesNotExist, *_GARBAGE):
                is_same = False
            if not is_same:
                self._remember(findings.bad_summary(number * blocks.SIZE))

    # --- the end ----------------------------------------------------------------------------------------------

    def _check_end(self) -> None:
        """The log ends where the head, the shelf, the files and others say."""
        claims = self.claims
        self._check_beyond()
        if self.tree.size < claims.size:
            raise Found(findings.truncated(self.tree.size, claims.size))
        if claims.kept > claims.size:
            raise Found(findings.truncated(claims.size, claims.kept))
        if claims.held > claims.end:
            raise Found(findings.rolled_back(claims.end, claims.held))
        if claims.end < self.next_promise[0] < 1 << 63:
            raise Found(findings.rolled_back(claims.end, self.next_promise[0]))
        if claims.held < claims.previous_size:
            raise Found(findings.cut_outside(claims.held, claims.previous_size))

    def _check_beyond(self) -> None:
        """No entry stands after the end that the head gives."""
        last = Entry.objects.aggregate(last=Max("sequence"))["last"]
        end = head_size()
        if last is None or (end is not None and last < end):
            return
        if end is None:
            raise Found(findings.bad_head(last + 1))
        is_known = max(self.claims.kept, self.claims.held) > end
        raise Found(findings.shrunk_head(end) if is_known else findings.inserted(end))

    def _check_surplus(self) -> None:
        """No summary and no subtree speaks of entries that are not there."""
        block = Block.objects.aggregate(last=Max("number"))["last"] or 0
        part = Subtree.objects.filter(level=merkle.KEPT_EVERY).aggregate(last=Max("number"))["last"] or 0
        size = head_size() or 0
        if block and (block + 1) * blocks.SIZE > size:
            self._remember(findings.bad_summary(block * blocks.SIZE))
        if part and (part + 1) << merkle.KEPT_EVERY > size:
            self._remember(findings.bad_tree(part << merkle.KEPT_EVERY))


def head_size() -> int | None:
    """How long the head says the log is; None without a head, or with nonsense in it."""
    size = Head.objects.filter(pk=1).values_list("size", flat=True).first()
    return size if isinstance(size, int) else None


def _is_id(value: object) -> bool:
    return isinstance(value, UUID)


def _bad_leaf(place: int, fresh: bytes, stored: bytes, held: bytes | None) -> Finding:
    """What is wrong with a leaf whose three hashes (from its row, beside it, outside) are not one."""
    if held == fresh:
        return findings.edited_hash(place)
    return findings.forked(place) if fresh == stored else findings.edited(place)


def _is_same(stored: object, fresh: bytes) -> bool:
    return isinstance(stored, bytes | memoryview) and bytes(stored) == fresh


def _never() -> None:
    """The check of the promise that is never due."""
