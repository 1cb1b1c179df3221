"""How do many leaves become one hash, and which hashes prove a leaf or an older tree? RFC 6962, section 2."""

from collections.abc import Callable, Iterable, Sequence
from hashlib import sha256
from typing import NamedTuple

HASH_BYTES = 32
LEAF = b"\x00"
NODE = b"\x01"
EMPTY_ROOT = sha256(b"").digest()
# Roots of complete subtrees are kept at every eighth level: one for 256 leaves, one for 65,536 and so on.
# Any other node is then at most 255 hashes away, and a million leaves cost 4,000 small rows.
KEPT_EVERY = 8


def hash_leaf(data: bytes) -> bytes:
    """Hash one leaf; the prefix keeps a leaf from ever being taken for a node."""
    return sha256(LEAF + data).digest()


def hash_node(left: bytes, right: bytes) -> bytes:
    """Hash two neighbouring subtrees into one."""
    return sha256(NODE + left + right).digest()


class Subtree(NamedTuple):
    """A complete subtree: 2**level leaves, the number-th of its level from the left."""

    level: int
    number: int


class Span(NamedTuple):
    """The leaves from start up to, not including, end."""

    start: int
    end: int


def fold(peaks: Sequence[bytes]) -> bytes:
    """Join the roots of complete subtrees, given from left to right, into the root of all their leaves."""
    if not peaks:
        return EMPTY_ROOT
    root = peaks[-1]
    for peak in reversed(peaks[:-1]):
        root = hash_node(peak, root)
    return root


class Tree:
    """The right edge of a growing tree: all that is needed to append leaves and to know the root.

    `peaks` are the roots of its complete subtrees, largest first. `completed` collects the subtrees at
    every eighth level that the appended leaves have closed; the caller empties it.
    """

    __slots__ = ("completed", "peaks", "size")

    def __init__(self, size: int = 0, peaks: Iterable[bytes] = ()) -> None:
        self.size = size
        self.peaks = list(peaks)
        self.completed: list[tuple[Subtree, bytes]] = []
        if len(self.peaks) != size.bit_count() or any(len(peak) != HASH_BYTES for peak in self.peaks):
            raise ValueError(f"a tree of {size} leaves has {size.bit_count()} peaks")

    def append(self, leaf_hash: bytes) -> None:
        """Add one leaf, given by its hash."""
        node, level, rest = leaf_hash, 0, self.size
        while rest & 1:
            node = sha256(NODE + self.peaks.pop() + node).digest()
            level += 1
            rest >>= 1
            if level % KEPT_EVERY == 0:
                self.completed.append((Subtree(level, rest), node))
        self.peaks.append(node)
        self.size += 1

    def root(self) -> bytes:
        """The root hash of all leaves so far."""
        return fold(self.peaks)


def complete_parts(span: Span) -> list[Subtree]:
    """Cut a span of the tree into complete subtrees, from left to right, largest first."""
    parts, start = [], span.start
    while start < span.end:
        level = (span.end - start).bit_length() - 1
        parts.append(Subtree(level, start >> level))
        start += 1 << level
    return parts


def span_root(span: Span, node: Callable[[Subtree], bytes]) -> bytes:
    """The root of a span, where `node` knows the root of every complete subtree."""
    return fold([node(part) for part in complete_parts(span)])


def _split(start: int, end: int) -> int:
    """Where RFC 6962 cuts a tree in two: the left part is the largest power of two smaller than the whole."""
    return start + (1 << ((end - start - 1).bit_length() - 1))


def inclusion_spans(index: int, size: int) -> list[Span]:
    """The spans whose roots prove that leaf `index` is in the tree of `size` leaves, from the leaf upwards."""
    if not 0 <= index < size:
        raise ValueError(f"leaf {index} is not in a tree of {size}")
    spans, start, end = [], 0, size
    while end - start > 1:
        middle = _split(start, end)
        if index < middle:
            spans.append(Span(middle, end))
            end = middle
        else:
            spans.append(Span(start, middle))
            start = middle
    return spans[::-1]


def consistency_spans(old: int, new: int) -> list[Span]:
    """The spans whose roots prove that the tree of `new` leaves begins with the tree of `old` leaves."""
    if not 0 <= old <= new:
        raise ValueError(f"a tree of {old} leaves is not an older state of one with {new}")
    if old in (0, new):
        return []
    spans, start, end, is_whole = [], 0, new, True
    while old != end:
        middle = _split(start, end)
        if old <= middle:
            spans.append(Span(middle, end))
            end = middle
        else:
            spans.append(Span(start, middle))
            start, is_whole = middle, False
    if not is_whole:
        spans.append(Span(start, end))
    return spans[::-1]


def is_included(leaf_hash: bytes, index: int, size: int, root: bytes, path: Sequence[bytes]) -> bool:
    """Whether the path proves the leaf (RFC 9162, section 2.1.3.2)."""
    if not 0 <= index < size:
        return False
    place, last, node = index, size - 1, leaf_hash
    for step in path:
        if last == 0:
            return False
        if place & 1 or place == last:
            node = hash_node(step, node)
            while not place & 1 and place:
                place >>= 1
                last >>= 1
        else:
            node = hash_node(node, step)
        place >>= 1
        last >>= 1
    return last == 0 and node == root


def is_consistent(old: int, new: int, old_root: bytes, new_root: bytes, path: Sequence[bytes]) -> bool:
    """Whether the path proves that the new tree only appended to the old one (RFC 9162, section 2.1.4.2)."""
    if not 0 <= old <= new:
        return False
    if old == new:
        return not path and old_root == new_root
    if old == 0:
        return not path and old_root == EMPTY_ROOT
    return _is_extension(old, new, old_root, new_root, path)


def _is_extension(old: int, new: int, old_root: bytes, new_root: bytes, path: Sequence[bytes]) -> bool:
    """The walk of section 2.1.4.2 for 0 < old < new."""
    steps = [old_root, *path] if old.bit_count() == 1 else list(path)
    if not path:
        return False
    place, last = old - 1, new - 1
    while place & 1:
        place >>= 1
        last >>= 1
    older = newer = steps[0]
    for step in steps[1:]:
        if last == 0:
            return False
        if place & 1 or place == last:
            older, newer = hash_node(step, older), hash_node(step, newer)
            while not place & 1 and place:
                place >>= 1
                last >>= 1
        else:
            newer = hash_node(newer, step)
        place >>= 1
        last >>= 1
    return last == 0 and older == old_root and newer == new_root
