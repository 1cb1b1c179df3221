"""Which stretch of the log may hold what somebody looks for? Summaries of 1,024 entries each.

The log has no index but its own order: a page that shows 25 records names 25 subjects, so an index by subject
would soon outgrow the log, and a superuser could thin it out unseen. A summary is made of its entries alone;
the verifier makes it again and compares. It may say "perhaps" wrongly (about once in a hundred) but never "no".
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from struct import Struct
from uuid import UUID

from astra.audit.rules.leaf import read_subjects

SIZE = 1024
_BITS_PER_ITEM = 10
_MIN_BYTES = 8
_words = Struct("<4I16x").unpack


def actor_item(actor_id: UUID) -> bytes:
    """How an actor is noted in a summary."""
    return b"a" + actor_id.bytes


def subject_item(pseudonym: str) -> bytes:
    """How a subject is noted in a summary."""
    return b"s" + pseudonym.encode("ascii")


def make_filter(items: Iterable[bytes]) -> bytes:
    """A Bloom filter of the items, as large as they need; each sets four bits, taken from its digest."""
    distinct = set(items)
    needed = max(_MIN_BYTES, len(distinct) * _BITS_PER_ITEM // 8)
    marks = bytearray(1 << (needed - 1).bit_length())
    last = len(marks) * 8 - 1
    for item in distinct:
        for word in _words(sha256(item).digest()):
            marks[(word & last) >> 3] |= 1 << (word & 7)
    return bytes(marks)


def may_hold(marks: bytes, item: bytes) -> bool:
    """Whether the filter was perhaps made with the item; "no" is certain."""
    last = len(marks) * 8 - 1
    return all(marks[(word & last) >> 3] >> (word & 7) & 1 for word in _words(sha256(item).digest()))


@dataclass(frozen=True)
class Summary:
    """What a block holds: its days, its verbs (each once, between spaces), its actors and subjects."""

    first_at: datetime
    last_at: datetime
    verbs: str
    marks: bytes


def summarise(rows: Iterable[tuple[datetime, UUID | None, str, str]]) -> Summary:
    """The summary of entries, each given as time, actor, verb and stored subjects."""
    times, verbs, items, last_text = [], set(), set(), ""
    for recorded_at, actor_id, verb, subjects in rows:
        times.append(recorded_at)
        verbs.add(verb)
        if actor_id is not None:
            items.add(actor_item(actor_id))
        if subjects not in ("[]", last_text):
            items.update(subject_item(subject) for subject in read_subjects(subjects))
            last_text = subjects
    return Summary(min(times), max(times), f" {' '.join(sorted(verbs))} ", make_filter(items))
