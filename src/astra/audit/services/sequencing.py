"""How do entries become a log? One after the other: numbered, hashed into the tree, signed, written outside.

The database commits first, then the files grow. A crash in between leaves the files one batch behind, and
the next turn writes what is missing, after checking that the database still continues what they hold.
Entries whose transaction commits later are simply numbered later.
"""

from collections.abc import Iterable
from itertools import groupby

from django.conf import settings
from django.db import IntegrityError, transaction

from astra.audit.errors import LogDisagrees
from astra.audit.keys import read_signing_key, read_verifiers
from astra.audit.models import Block, Checkpoint, Entry, Head, Pending, Subtree
from astra.audit.outside import Outside
from astra.audit.rules import blocks
from astra.audit.rules.checkpoints import Checkpoint as Promise
from astra.audit.rules.checkpoints import is_worth_keeping, open_checkpoint, sign_checkpoint
from astra.audit.rules.leaf import NotCoded, leaf_bytes
from astra.audit.rules.merkle import Tree, hash_leaf
from astra.audit.rules.notes import BadNote, SigningKey
from astra.audit.selectors.proving import split_peaks
from astra.audit.services.catching_up import catch_up, is_written, write_checkpoints
from astra.kernel import clock
from astra.kernel.words import msg

BATCH = 1000  # on SQLite nobody else writes meanwhile: a fifth of a second at most


def sequence_pending(limit: int = BATCH) -> int:
    """Number the entries that are committed and not yet in the log; return how many.

    Safe to call from anywhere and twice at once: the turn (a file lock) and the head's row lock make
    sequencers go one after the other, and each place in the log can be taken once.
    """
    key = read_signing_key(settings.ENV.home)
    outside = Outside(settings.ENV.home / "audit")
    if not Pending.objects.exists() and is_written(outside):
        return 0
    with outside.turn():
        catch_up(outside)
        try:
            with transaction.atomic(durable=True):
                hashes = _number(limit, key)
        except IntegrityError as error:
            raise LogDisagrees(msg("The next place in the audit log is taken. Run: astra audit verify")) from error
        if hashes:
            outside.add_hashes(b"".join(hashes))
            write_checkpoints(outside)
        return len(hashes)


def keep_checkpoint() -> str:
    """Put the newest checkpoint on the shelf, to be printed or mailed; return its text, empty while the log is."""
    key = read_signing_key(settings.ENV.home)
    outside = Outside(settings.ENV.home / "audit")
    with outside.turn():
        catch_up(outside)
        with transaction.atomic(durable=True):
            head, _tree = _locked_head(key)
            if head.size:
                _keep(head)
        write_checkpoints(outside)
        return head.note


def _locked_head(key: SigningKey) -> tuple[Head, Tree]:
    """The head, locked until the transaction ends, and its tree; refuses a head that the log did not sign."""
    if not Head.objects.filter(pk=1).exists():
        if Entry.objects.exists():
            raise LogDisagrees(msg("The audit log has lost its head. Run: astra audit verify"))
        Head.objects.get_or_create(
            pk=1, defaults={"size": 0, "previous_size": 0, "peaks": b"", "note": "", "at": clock.now()}
        )
    head = Head.objects.select_for_update().get(pk=1)
    try:
        tree = Tree(head.size, split_peaks(head.peaks))
        if head.size:
            signed = open_checkpoint(head.note, read_verifiers(settings.ENV.home))
            if (signed.origin, signed.size, signed.root) != (key.name, tree.size, tree.root()):
                raise BadNote("the head is not what was signed")
    except (ValueError, TypeError) as error:
        raise LogDisagrees(
            msg("The head of the audit log is not what this installation signed. Run: astra audit verify")
        ) from error
    return head, tree


def _number(limit: int, key: SigningKey) -> list[bytes]:
    """Move a batch from the waiting room into the log; return its leaf hashes."""
    head, tree = _locked_head(key)
    batch = list(Pending.objects.order_by("id")[:limit])
    if not batch:
        return []
    entries = [_entry(waiting, head.size + place) for place, waiting in enumerate(batch)]
    hashes = [bytes(entry.leaf_hash) for entry in entries]
    for leaf_hash in hashes:
        tree.append(leaf_hash)
    Entry.objects.bulk_create(entries)
    Subtree.objects.bulk_create(
        [Subtree(level=part.level, number=part.number, root=root) for part, root in tree.completed]
    )
    Block.objects.bulk_create(_completed_blocks(head.size, tree.size))
    taken, _by_model = Pending.objects.filter(id__in=[waiting.id for waiting in batch]).delete()
    if taken != len(batch):
        raise LogDisagrees(msg("Somebody else numbered entries of the audit log at the same time."))
    _move_head(head, tree, key)
    return hashes


def _entry(waiting: Pending, sequence: int) -> Entry:
    """The numbered entry of a waiting one."""
    sealed, commitment = bytes(waiting.sealed), bytes(waiting.commitment)
    try:
        leaf = leaf_bytes(
            waiting.entry_id,
            waiting.recorded_at,
            waiting.actor_id,
            waiting.verb,
            waiting.subjects,
            waiting.reason,
            waiting.detail,
            sealed,
            commitment,
        )
    except NotCoded as error:
        raise LogDisagrees(msg("Waiting entry %(id)s of the audit log was changed."), id=waiting.id) from error
    return Entry(
        sequence=sequence,
        entry_id=waiting.entry_id,
        recorded_at=waiting.recorded_at,
        actor_id=waiting.actor_id,
        verb=waiting.verb,
        subjects=waiting.subjects,
        reason=waiting.reason,
        detail=waiting.detail,
        sealed=sealed,
        commitment=commitment,
        leaf_hash=hash_leaf(leaf),
    )


def _completed_blocks(start: int, end: int) -> Iterable[Block]:
    """The summaries of the blocks that a batch has filled."""
    first, last = start // blocks.SIZE, end // blocks.SIZE
    rows = (
        Entry.objects.filter(sequence__gte=first * blocks.SIZE, sequence__lt=last * blocks.SIZE)
        .order_by("sequence")
        .values_list("sequence", "recorded_at", "actor_id", "verb", "subjects")
    )
    for number, group in groupby(rows, key=lambda row: row[0] // blocks.SIZE):
        summary = blocks.summarise(row[1:] for row in group)
        yield Block(
            number=number,
            first_at=summary.first_at,
            last_at=summary.last_at,
            verbs=summary.verbs,
            marks=summary.marks,
        )


def _move_head(head: Head, tree: Tree, key: SigningKey) -> None:
    """Sign the new head, and keep its checkpoint when the last one is old."""
    head.previous_size, head.size = head.size, tree.size
    head.peaks = b"".join(tree.peaks)
    head.note = sign_checkpoint(Promise(key.name, tree.size, tree.root()), key)
    head.at = clock.now()
    head.save(force_update=True)
    kept = Checkpoint.objects.order_by("-size").values_list("size", "at").first() or (0, None)
    if is_worth_keeping(head.size, head.at, *kept):
        _keep(head)


def _keep(head: Head) -> None:
    root = Tree(head.size, split_peaks(head.peaks)).root()
    Checkpoint.objects.get_or_create(size=head.size, defaults={"root": root, "text": head.note, "at": head.at})
