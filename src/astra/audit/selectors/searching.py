"""Who did what, and when? Pages of the log, newest first, for those whose desk is data protection.

Whether the reader may see the log at all is asked before, by the desk of the page; `audit` knows ids only.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import islice
from uuid import UUID

from django.db.models import Max, QuerySet

from astra.audit.models import Block, Entry, Head, Pending
from astra.audit.rules import blocks
from astra.audit.rules.leaf import read_detail, read_subjects
from astra.kernel import clock

_BLOCKS_AT_ONCE = 64


@dataclass(frozen=True)
class LoggedEntry:
    """One numbered entry, as a page shows it."""

    sequence: int
    entry_id: UUID
    recorded_at: datetime
    actor_id: UUID | None
    verb: str
    subjects: tuple[str, ...]
    reason: str
    detail: dict[str, str | int | bool]
    sealed: bytes
    commitment: bytes


@dataclass(frozen=True)
class EntryPage:
    """A page of entries; `next_cursor` asks for the older ones, None when there are none."""

    rows: tuple[LoggedEntry, ...]
    next_cursor: int | None


@dataclass(frozen=True)
class _Wanted:
    """What somebody looks for; an empty part asks for nothing."""

    actor_id: UUID | None
    verb: str
    day: date | None
    subject: str

    @property
    def hours(self) -> tuple[datetime, datetime] | None:
        """When the day began and ended where the organisation works."""
        if self.day is None:
            return None
        start = datetime.combine(self.day, time(), clock.LOCAL)
        return start, datetime.combine(self.day + timedelta(days=1), time(), clock.LOCAL)

    def items(self) -> list[bytes]:
        """What a block must hold, as its summary notes it."""
        actor = [] if self.actor_id is None else [blocks.actor_item(self.actor_id)]
        return actor + ([blocks.subject_item(self.subject)] if self.subject else [])

    def among_blocks(self, rows: QuerySet[Block]) -> QuerySet[Block]:
        """The blocks whose verbs and times fit."""
        if self.verb:
            rows = rows.filter(verbs__contains=f" {self.verb}")
        if self.hours is not None:
            rows = rows.filter(first_at__lt=self.hours[1], last_at__gte=self.hours[0])
        return rows

    def among_entries(self, rows: QuerySet[Entry]) -> QuerySet[Entry]:
        """The entries that fit."""
        if self.actor_id is not None:
            rows = rows.filter(actor_id=self.actor_id)
        if self.verb:
            rows = rows.filter(verb__startswith=self.verb)
        if self.hours is not None:
            rows = rows.filter(recorded_at__gte=self.hours[0], recorded_at__lt=self.hours[1])
        if self.subject:
            rows = rows.filter(subjects__contains=f'"{self.subject}"')
        return rows


def entries(
    *,
    actor_id: UUID | None = None,
    verb: str = "",
    day: date | None = None,
    subject: str = "",
    after: int | None = None,
    limit: int = 50,
) -> EntryPage:
    """A page of the log, newest first: by actor, beginning of the verb, day, pseudonym of the subject.

    `after` is the `next_cursor` of the page before. Entries younger than a second may still be missing.
    """
    wanted = _Wanted(actor_id, verb, day, subject)
    found: list[Entry] = []
    for start, end in _stretches(wanted, _end(after)):
        found += islice(_matching(wanted, start, end, limit + 1), limit + 1 - len(found))
        if len(found) > limit:
            break
    page = tuple(_logged(row) for row in found[:limit])
    return EntryPage(page, page[-1].sequence if len(found) > limit else None)


def tail(limit: int = 20) -> tuple[LoggedEntry, ...]:
    """The newest entries, oldest of them first, as on a screen that scrolls."""
    return entries(limit=limit).rows[::-1]


def pending_count() -> int:
    """How many entries wait for their number; more than a few mean that no sequencer runs."""
    return Pending.objects.count()


def pending_since() -> datetime | None:
    """Since when the longest-waiting entry waits."""
    return Pending.objects.order_by("id").values_list("recorded_at", flat=True).first()


def _end(after: int | None) -> int:
    """Before which place the page begins."""
    size = Head.objects.filter(pk=1).values_list("size", flat=True).first() or 0
    return size if after is None else min(after, size)


def _stretches(wanted: _Wanted, end: int) -> Iterator[tuple[int, int]]:
    """The stretches of the log worth opening, newest first."""
    if wanted == _Wanted(None, "", None, ""):
        yield 0, end
        return
    last = Block.objects.aggregate(last=Max("number"))["last"]
    summed_up = 0 if last is None else (last + 1) * blocks.SIZE
    if summed_up < end:
        yield summed_up, end
    below = -(-min(end, summed_up) // blocks.SIZE)
    while below > 0:
        rows = wanted.among_blocks(Block.objects.filter(number__lt=below)).order_by("-number")[:_BLOCKS_AT_ONCE]
        candidates = list(rows.values_list("number", "marks"))
        for number, marks in candidates:
            if all(blocks.may_hold(bytes(marks), item) for item in wanted.items()):
                yield number * blocks.SIZE, min((number + 1) * blocks.SIZE, end)
        below = candidates[-1][0] if len(candidates) == _BLOCKS_AT_ONCE else 0


def _matching(wanted: _Wanted, start: int, end: int, at_once: int) -> Iterator[Entry]:
    """The fitting entries of a stretch, newest first, a handful at a time."""
    while start < end:
        rows = wanted.among_entries(Entry.objects.filter(sequence__gte=start, sequence__lt=end))
        handful = list(rows.order_by("-sequence")[:at_once])
        yield from (row for row in handful if _fits_exactly(row, wanted))
        end = handful[-1].sequence if len(handful) == at_once else start


def _fits_exactly(row: Entry, wanted: _Wanted) -> bool:
    """SQLite compares text without regard to case; the log does not."""
    return row.verb.startswith(wanted.verb) and (not wanted.subject or wanted.subject in read_subjects(row.subjects))


def _logged(row: Entry) -> LoggedEntry:
    return LoggedEntry(
        sequence=row.sequence,
        entry_id=row.entry_id,
        recorded_at=row.recorded_at,
        actor_id=row.actor_id,
        verb=row.verb,
        subjects=read_subjects(row.subjects),
        reason=row.reason,
        detail=read_detail(row.detail),
        sealed=bytes(row.sealed),
        commitment=bytes(row.commitment),
    )
