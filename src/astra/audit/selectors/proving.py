"""What can the log prove now? Its newest checkpoint, and proofs that lead up to it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings

from astra.audit.errors import LogDisagrees
from astra.audit.keys import read_verifiers
from astra.audit.models import Checkpoint, Entry, Head, Subtree
from astra.audit.rules import merkle
from astra.audit.rules.leaf import leaf_bytes
from astra.audit.rules.merkle import KEPT_EVERY, Span
from astra.audit.rules.notes import VerifierKey
from astra.audit.rules.proofs import ConsistencyProof, InclusionProof
from astra.kernel.errors import NotFound
from astra.kernel.words import msg

_PAGE = 500
LEAF_COLUMNS = (
    "entry_id",
    "recorded_at",
    "actor_id",
    "verb",
    "subjects",
    "reason",
    "detail",
    "sealed",
    "commitment",
)


@dataclass(frozen=True)
class SignedHead:
    """A checkpoint of this log, as text to hand out and as its parts."""

    size: int
    root: bytes
    text: str
    at: datetime


def latest_checkpoint() -> SignedHead | None:
    """The signed head of the log, or nothing while it is empty."""
    head = Head.objects.filter(size__gt=0).first()
    if head is None:
        return None
    return SignedHead(head.size, peaks_root(head), head.note, head.at)


def peaks_root(head: Head) -> bytes:
    """The root of the log as its head knows it."""
    return merkle.Tree(head.size, split_peaks(head.peaks)).root()


def split_peaks(joined: bytes | memoryview) -> list[bytes]:
    """The peaks of the tree, stored one after the other."""
    data = bytes(joined)
    return [data[at : at + merkle.HASH_BYTES] for at in range(0, len(data), merkle.HASH_BYTES)]


def kept_checkpoints(up_to: int | None = None) -> Iterator[tuple[int, bytes | memoryview, str]]:
    """Size, root and text of every kept checkpoint, in order.

    Page by page and not through a cursor of the server: a reader who stops half-way would leave it open, and
    it would be closed in the middle of somebody else's query.
    """
    rows = Checkpoint.objects.order_by("size").values_list("size", "root", "text")
    rows = rows if up_to is None else rows.filter(size__lte=up_to)
    page = list(rows[:_PAGE])
    while page:
        yield from page
        page = list(rows.filter(size__gt=page[-1][0])[:_PAGE])


def verifier_keys() -> list[VerifierKey]:
    """The public keys of this log, newest last, for other organisations."""
    return read_verifiers(settings.ENV.home)


def root_at(size: int) -> bytes:
    """The root that the log had when it held so many entries."""
    return merkle.span_root(Span(0, size), _node)


def inclusion_proof(sequence: int, *, has_entry: bool = False) -> InclusionProof:
    """The proof that an entry is in the log as its newest checkpoint has it.

    The entry itself goes along only when asked for; otherwise its hash stands for it.
    """
    head = _head(sequence + 1)
    row = Entry.objects.filter(sequence=sequence).values_list(*LEAF_COLUMNS).first()
    if row is None:
        raise NotFound()
    entry_id, at, actor_id, verb, subjects, reason, detail, sealed, commitment = row
    leaf = leaf_bytes(entry_id, at, actor_id, verb, subjects, reason, detail, bytes(sealed), bytes(commitment))
    path = tuple(merkle.span_root(span, _node) for span in merkle.inclusion_spans(sequence, head.size))
    return InclusionProof(sequence, path, head.text, leaf if has_entry else merkle.hash_leaf(leaf))


def consistency_proof(old_size: int, new_size: int | None = None) -> ConsistencyProof:
    """The proof that the log only grew between two sizes; the newer one must have a signed checkpoint."""
    if new_size is not None and new_size < old_size:
        raise NotFound()
    head = _head(old_size, new_size)
    path = tuple(merkle.span_root(span, _node) for span in merkle.consistency_spans(old_size, head.size))
    return ConsistencyProof(old_size, path, head.text)


def _head(at_least: int, exactly: int | None = None) -> SignedHead:
    """The newest signed head, or the kept one of a given size."""
    head = latest_checkpoint()
    if head is None or at_least < 0 or head.size < at_least:
        raise NotFound()
    if exactly is None or exactly == head.size:
        return head
    kept = Checkpoint.objects.filter(size=exactly).first()
    if kept is None:
        raise NotFound()
    return SignedHead(kept.size, bytes(kept.root), kept.text, kept.at)


def _node(part: merkle.Subtree) -> bytes:
    """The root of a complete subtree, from the nearest stored level below it."""
    above = part.level % KEPT_EVERY
    base, start, end = part.level - above, part.number << above, (part.number + 1) << above
    if base == 0:
        rows = Entry.objects.filter(sequence__gte=start, sequence__lt=end)
        hashes = rows.order_by("sequence").values_list("leaf_hash", flat=True)
    else:
        nodes = Subtree.objects.filter(level=base, number__gte=start, number__lt=end)
        hashes = nodes.order_by("number").values_list("root", flat=True)
    tree = merkle.Tree()
    for node in hashes:
        tree.append(bytes(node))
    if tree.size != end - start:
        raise LogDisagrees(msg("The audit log has a gap. Run: astra audit verify"))
    return tree.root()
