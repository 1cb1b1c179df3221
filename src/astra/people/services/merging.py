"""Two files, one person: how do they become one without touching what is sealed, and without one person's word alone?

Whoever joins says so; from then on the rules of safe contact of both stand on either (`selectors.safety_among`), and
one erasure takes both. Nobody can open more than before until a second person, who may open both, confirms it; only
then do the circles of the one get the other, and the later file points to the kept one. Undone, exactly that goes back.
"""

from collections.abc import Collection, Iterable
from datetime import datetime
from typing import TypedDict
from uuid import UUID

from django.db import transaction

from astra.audit import services as audit
from astra.kernel.clock import now
from astra.kernel.errors import Conflict, NotAllowedNow
from astra.kernel.words import msg
from astra.people import index
from astra.people.models import Joining, Person
from astra.people.sections import IDENTITY
from astra.people.selectors import circles_of, duplicates_of, living_person
from astra.people.selectors.joinings import find_joining
from astra.people.services.holding_apart import hold_apart
from astra.people.services.sharing import FILE, KEPT, openable
from astra.vault import selectors as vault
from astra.vault.actor import Actor
from astra.vault.services.joining import Taken, give_back, take_back, take_over
from astra.vault.services.sealing import SOMEBODY_SAVED, Sealing

SAME_FILE = msg("This is one and the same file.")
NOT_MERGED = msg("This file is not joined with another one.")
JOINED_ALREADY = msg("One of these files is joined with another one already. Use the file that was kept.")
STILL_WAITS = msg("One of these files waits for a second person to confirm another joining. Settle that first.")
NOT_ALONE = msg("A second person confirms that this is one person: ask a colleague who can open both files.")
CONFIRMED_ALREADY = msg("Somebody has confirmed this already.")


class Given(TypedDict):
    """A grant that came with a confirmation, as the row of the joining keeps it."""

    record: str
    kind: str
    circle: str
    until: str
    """Until when the circle had it before, if it had it for a time; blank: not at all."""


def merge_people(*, actor: Actor, keep_id: UUID, duplicate_id: UUID) -> None:
    """Say that two files are one person's, and which is kept; both must be open to the actor, nobody gains anything."""
    kept, duplicate = living_person(actor, keep_id), living_person(actor, duplicate_id)
    _check_can_be_joined(kept, duplicate)
    _check_opens(actor, keep_id, duplicate_id)
    with transaction.atomic():
        taken = take_over(actor=actor, from_owner=duplicate_id, to_owner=keep_id)
        Joining.objects.create(
            kept=kept,
            joined=duplicate,
            joined_by=actor.id,
            keys_alone=[str(key) for key in taken.alone],
            keys_shared=[str(key) for key in taken.shared],
        )
        names = vault.pseudonyms([keep_id, duplicate_id])
        audit.record(actor_id=actor.id, verb="people.merged", subjects=sorted(names.values()))


def _check_can_be_joined(kept: Person, duplicate: Person) -> None:
    if kept.pk == duplicate.pk:
        raise NotAllowedNow(SAME_FILE)
    if kept.merged_into_id is not None or duplicate.merged_into_id is not None:
        raise NotAllowedNow(JOINED_ALREADY)
    waiting = Joining.objects.filter(confirmed_at=None, undone_at=None)
    if waiting.filter(joined__in=[kept, duplicate]).exists() or waiting.filter(kept=duplicate).exists():
        raise NotAllowedNow(STILL_WAITS)


def _check_opens(actor: Actor, *person_ids: UUID) -> None:
    """Who joins or confirms has seen who both are."""
    for person_id in person_ids:
        vault.open_section(actor, person_id, IDENTITY)


def confirm_merge(*, actor: Actor, duplicate_id: UUID) -> None:
    """A second person says so too: whoever works with the one can from now on open the other."""
    row = _living(actor, duplicate_id)
    if row.confirmed_at is not None:
        raise NotAllowedNow(CONFIRMED_ALREADY)
    if actor.id is None or actor.id == row.joined_by:
        raise NotAllowedNow(NOT_ALONE)
    _check_opens(actor, row.kept_id, duplicate_id)
    sealing = Sealing(actor)
    brought = duplicates_of(duplicate_id)
    kept_files, joined_files = [row.kept_id, *duplicates_of(row.kept_id)], [duplicate_id, *brought]
    given = [*_share(sealing, kept_files, joined_files), *_share(sealing, joined_files, kept_files)]
    with sealing.transaction():
        still = Joining.objects.filter(pk=row.pk, confirmed_at=None, undone_at=None)
        if not still.update(
            confirmed_by=actor.id, confirmed_at=now(), given=given, brought=[str(file) for file in brought]
        ):
            raise Conflict(SOMEBODY_SAVED)
        moved = Person.objects.filter(pk__in=joined_files)
        moved.update(merged_into=row.kept_id, card_changed_at=now())
        names = vault.pseudonyms([row.kept_id, duplicate_id])
        audit.record(
            actor_id=actor.id,
            verb="people.merge_confirmed",
            subjects=sorted(names.values()),
            detail={"grants": len(given)},
        )
    index.note_change()


def _share(sealing: Sealing, files: Iterable[UUID], with_those_of: Collection[UUID]) -> list[Given]:
    """Let the circles of some files open others; what came that way is kept, so that it can go back."""
    theirs = {circle for file in with_those_of for circle in circles_of(file)}
    given: list[Given] = []
    for file in files:
        fresh = theirs - circles_of(file)
        if not fresh:
            continue
        kinds = openable(sealing.actor, file, (*FILE, *KEPT))
        before = _grants_of(file)
        for kind in kinds:
            for circle in sorted(fresh):
                key = (kind.name, circle)
                if key in before and before[key] is None:
                    continue  # this part was hers for good before: it stays hers
                given.append(_given(file, kind.name, circle, before.get(key)))
                sealing.grant(file, [kind], to=[circle])
        sealing.list_for(file, fresh)
    return given


def _grants_of(person_id: UUID) -> dict[tuple[str, UUID], datetime | None]:
    grants = Person.objects.get(pk=person_id).record.grants
    return {(kind, circle): until for kind, circle, until in grants.values_list("kind", "circle", "expires_at")}


def _given(record: UUID, kind: str, circle: UUID, until: datetime | None) -> Given:
    return {"record": str(record), "kind": kind, "circle": str(circle), "until": until.isoformat() if until else ""}


def separate_people(*, actor: Actor, duplicate_id: UUID) -> None:
    """They were two persons after all: each has her own back. What was written about both is sorted by hand.

    Whoever may know of both can do it, before the joining is confirmed or after. If her role reads cards, it is
    remembered that they are two, and nobody is asked again.
    """
    row = _living(actor, duplicate_id)
    if index.may_read(actor):
        hold_apart(actor=actor, one_id=row.kept_id, other_id=duplicate_id)
    # Somebody may have joined the kept file to a third one since: then that one owns what was taken over.
    holder = living_person(actor, duplicate_id).merged_into_id or row.kept_id
    with transaction.atomic():
        if not Joining.objects.filter(pk=row.pk, undone_at=None).update(undone_by=actor.id, undone_at=now()):
            raise Conflict(SOMEBODY_SAVED)
        taken = Taken(tuple(map(UUID, row.keys_alone)), tuple(map(UUID, row.keys_shared)))
        give_back(actor=actor, taken=taken, from_owner=holder, to_owner=duplicate_id)
        brought = Person.objects.filter(pk__in=[UUID(file) for file in row.brought], merged_into=holder)
        brought.update(merged_into=duplicate_id, card_changed_at=now())
        Person.objects.filter(pk=duplicate_id).update(merged_into=None, card_changed_at=now())
        names = vault.pseudonyms([duplicate_id, row.kept_id])
        audit.record(actor_id=actor.id, verb="people.separated", subjects=sorted(names.values()))
        _take_grants_back(actor, row.given)
    index.note_change()


def _take_grants_back(actor: Actor, given: list[Given]) -> None:
    """What came with the confirmation goes; a circle that had it for a time before has it for that time again."""
    leaving: dict[UUID, set[tuple[str, UUID]]] = {}
    sealing = Sealing(actor)
    for one in given:
        record, circle = UUID(one["record"]), UUID(one["circle"])
        until = datetime.fromisoformat(one["until"]) if one["until"] else None
        kind = next(kind for kind in (*FILE, *KEPT) if kind.name == one["kind"])
        if until is not None and until > now():
            sealing.grant(record, [kind], to=[circle], until=until)
        else:
            leaving.setdefault(record, set()).add((kind.name, circle))
    with sealing.transaction():
        take_back(actor=actor, given={file: _spared(file, some) for file, some in leaving.items()})


def _spared(person_id: UUID, leaving: set[tuple[str, UUID]]) -> set[tuple[str, UUID]]:
    """The last circles that can open a file keep it: nobody at all could read it else."""
    going = {circle for kind, circle in leaving if kind == IDENTITY.name}
    if circles_of(person_id) - going:
        return leaving
    return set()


def _living(actor: Actor, duplicate_id: UUID) -> Joining:
    """The joining of a file, if the actor may know of both."""
    vault.check_reach(actor, duplicate_id)
    row = find_joining(duplicate_id)
    if row is None:
        raise NotAllowedNow(NOT_MERGED)
    vault.check_reach(actor, row.kept_id)
    return row
