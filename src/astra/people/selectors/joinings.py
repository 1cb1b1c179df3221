"""Which files did somebody say are one person's, and has a second person confirmed it?

An unconfirmed joining gives nobody anything: only who may know of both files learns of it here. Safety does not wait:
`safety_files` counts it at once, for `safety_among`, which shows the rules of both files on either.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Q

from astra.people.models import Joining, Person
from astra.people.selectors.files import Files, files_among
from astra.vault import selectors as vault
from astra.vault.actor import Actor
from astra.vault.prepared import Prepared
from astra.vault.services.joining import Written, written_between

_WAITING = Prepared(
    lambda persons: Joining.objects.filter(
        Q(kept__in=persons) | Q(joined__in=persons), confirmed_at=None, undone_at=None
    ).values_list("joined", "kept")
)


def safety_files(person_ids: Collection[UUID]) -> dict[UUID, Files]:
    """Each person's files as `files_among` gives them, and besides those whose joining nobody has confirmed yet."""
    files = dict(files_among(person_ids))
    edges: set[tuple[UUID, UUID]] = set()
    while True:
        known = {file for its in files.values() for file in (its.kept, *its.joined)}
        edges |= {(joined, kept) for joined, kept in _WAITING(persons=known)} if known else set()
        beyond = {file for edge in edges for file in edge} - known
        if not beyond:
            break
        files |= files_among(beyond)
    for joined, kept in sorted(edges):
        if joined in files and kept in files:
            whole = _both(files[kept], files[joined])
            files = {one: whole if its.kept in (whole.kept, *whole.joined) else its for one, its in files.items()}
    return {one: files[one] for one in person_ids if one in files}


def _both(kept: Files, joined: Files) -> Files:
    if kept.kept == joined.kept:
        return kept
    return Files(kept.kept, [*kept.joined, joined.kept, *joined.joined], kept.is_stopped or joined.is_stopped)


@dataclass(frozen=True)
class Joined:
    """Two files of which somebody said that they are one person's, as far as the actor may know of both."""

    kept: UUID
    joined: UUID
    by: UUID | None
    at: datetime
    is_confirmed: bool

    def other(self, person_id: UUID) -> UUID:
        """The file beside this one."""
        return self.joined if person_id == self.kept else self.kept


def joinings_of(actor: Actor, person_id: UUID) -> list[Joined]:
    """The joinings of a file that nobody has undone; those whose other file the actor may not know of are left out."""
    rows = Joining.objects.filter(Q(kept=person_id) | Q(joined=person_id), undone_at=None).order_by("joined_at")
    found = [Joined(row.kept_id, row.joined_id, row.joined_by, row.joined_at, bool(row.confirmed_at)) for row in rows]
    known = vault.reachable_among(actor, {file for one in found for file in (one.kept, one.joined)}) if found else set()
    return [one for one in found if {one.kept, one.joined} <= known]


def waiting_joinings(actor: Actor) -> list[Joined]:
    """The joinings that wait for a second person, as far as the actor may know of both files; the oldest first."""
    rows = list(Joining.objects.filter(confirmed_at=None, undone_at=None).order_by("joined_at"))
    known = (
        vault.reachable_among(actor, {file for row in rows for file in (row.kept_id, row.joined_id)}) if rows else ()
    )
    return [
        Joined(row.kept_id, row.joined_id, row.joined_by, row.joined_at, is_confirmed=False)
        for row in rows
        if row.kept_id in known and row.joined_id in known
    ]


def find_joining(joined_id: UUID) -> Joining | None:
    """The living joining of a file to another one, for the services."""
    return Joining.objects.filter(joined=joined_id, undone_at=None).first()


def owner_of(person_id: UUID) -> UUID:
    """Who is erased when this person is: the kept file, once somebody said that this one is joined to it."""
    row = Joining.objects.filter(joined=person_id, undone_at=None).values_list("kept", flat=True).first()
    merged = Person.objects.filter(pk=person_id).values_list("merged_into", flat=True).first()
    found = merged or row or person_id
    return found if found == person_id else owner_of(found)


def joined_to(person_id: UUID) -> list[UUID]:
    """Every file that somebody said is this person's too, confirmed or not."""
    merged = Person.objects.filter(merged_into=person_id).values_list("pk", flat=True)
    waiting = Joining.objects.filter(kept=person_id, undone_at=None).values_list("joined", flat=True)
    return sorted({*merged, *waiting})


def to_sort_out(actor: Actor, person_id: UUID) -> tuple[Joined, list[Written]] | None:
    """What was written while this file and another were one, once they are two again: somebody sorts it by hand.

    `NotFound` where the actor may not know of her; None if nothing was undone, or the other file is not the actor's.
    """
    vault.check_reach(actor, person_id)
    parted = Joining.objects.filter(Q(kept=person_id) | Q(joined=person_id)).exclude(undone_at=None)
    row = parted.order_by("-undone_at").first()
    if row is None or row.undone_at is None:
        return None
    if not vault.can_reach(actor, row.kept_id) or not vault.can_reach(actor, row.joined_id):
        return None
    said = Joined(row.kept_id, row.joined_id, row.joined_by, row.joined_at, bool(row.confirmed_at))
    both = [row.kept_id, row.joined_id]
    return said, written_between(actor=actor, owners=both, since=row.joined_at, until=row.undone_at)
