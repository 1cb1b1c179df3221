"""How is somebody with a conflict of interest kept out of a file? A wall before everything that belongs to it."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from uuid import UUID

from astra.audit import services as audit
from astra.cases.models import Case, CaseContact, CasePerson, Document, Note, Task, TimelineEntry
from astra.cases.selectors.access import get_case, tier_circles
from astra.kernel.errors import Denied, NotAllowedNow, NotFound
from astra.kernel.words import msg
from astra.vault import selectors as vault
from astra.vault.actor import Actor
from astra.vault.services import circles, walls
from astra.vault.services.sealing import Sealing

COLLEAGUE_IN_CONFLICT = msg("A colleague of this team has a conflict of interest with somebody in the case.")
COORDINATOR_OR_LEAD = msg("A coordinator or whoever leads the case does this.")
ONLY_COORDINATOR = msg("Only a coordinator takes a wall down.")
NOT_HER_OWN = msg("Somebody else takes down a wall that keeps you out.")
NOBODY_LEFT = msg("Nobody else could open the case any more. Let another colleague in first.")


def build_wall(*, actor: Actor, case_id: UUID, member_id: UUID) -> None:
    """Keep a member out of a file, its people, contacts, notes and documents; she leaves the team at once."""
    case = get_case(actor, case_id)
    if not actor.has_desk("coordination") and case.lead_id != actor.id:
        raise Denied(COORDINATOR_OR_LEAD)
    for circle in tier_circles([case_id]).get(case_id, {}).values():
        check_somebody_stays(circle, member_id)
    with Sealing(actor).transaction():
        for record_id in records_of(case_id):
            circles.build_wall(actor=actor, record_id=record_id, member_id=member_id)
        Case.objects.filter(pk=case_id, lead=member_id).update(lead=None)
        Task.objects.filter(case=case_id, assigned=member_id).update(assigned=None)
        subjects = [vault.pseudonyms([case_id])[case_id]]
        audit.record(actor_id=actor.id, verb="cases.wall", subjects=subjects, detail={"member": str(member_id)})


def take_down_wall(*, actor: Actor, case_id: UUID, member_id: UUID) -> None:
    """Let a colleague hear of a file again: a coordinator who is not that colleague does it.

    She is let into the team, if at all, as anybody else. What stands behind another file's wall as well stays there.
    """
    get_case(actor, case_id)
    if not actor.has_desk("coordination"):
        raise Denied(ONLY_COORDINATOR)
    if actor.id == member_id:
        raise Denied(NOT_HER_OWN)
    if member_id not in walled_members([case_id]).get(case_id, set()):
        raise NotFound
    freed = set(records_of(case_id))
    others = Case.objects.filter(record__walls__member=member_id).exclude(pk=case_id).values_list("pk", flat=True)
    for other_id in others:
        freed -= set(records_of(other_id))
    with Sealing(actor).transaction():
        walls.take_down(freed, member_id)
        subjects = [vault.pseudonyms([case_id])[case_id]]
        audit.record(
            actor_id=actor.id, verb="cases.wall_taken_down", subjects=subjects, detail={"member": str(member_id)}
        )


def check_somebody_stays(circle: UUID, member_id: UUID) -> None:
    """Somebody who works here must still be able to open the file; the root of last resort does not count."""
    if not vault.workers_in(circle) - {member_id}:
        raise NotAllowedNow(NOBODY_LEFT)


def records_of(case_id: UUID) -> list[UUID]:
    """Every record that belongs to a file: itself, its people, contacts, and what was filed in it."""
    found: list[UUID] = [case_id]
    found += CasePerson.objects.filter(case=case_id).values_list("person", flat=True)
    found += CaseContact.objects.filter(case=case_id).values_list("contact", flat=True)
    for model in (Note, Document, Task):
        found += model.objects.filter(case=case_id).values_list("pk", flat=True)
    # What a later room files leaves a line; people, contacts and other files that lines name are not this file's own.
    lines = TimelineEntry.objects.filter(case=case_id, subject__isnull=False)
    own = lines.exclude(subject__kind__in=("case", "contact", "person"))
    return list(dict.fromkeys([*found, *own.values_list("subject", flat=True)]))


def walled_members(case_ids: Collection[UUID]) -> dict[UUID, set[UUID]]:
    """The members who are kept out of files."""
    rows = Case.objects.filter(pk__in=case_ids, record__walls__isnull=False).values_list("pk", "record__walls__member")
    found: dict[UUID, set[UUID]] = defaultdict(set)
    for case_id, member in rows:
        found[case_id].add(member)
    return found


def inherit_walls(actor: Actor, case_ids: Collection[UUID]) -> None:
    """Walls before somebody stand before each file she is in, and before everything of such a file."""
    people = CasePerson.objects.filter(case__in=case_ids, person__walls__isnull=False)
    found = walled_members(case_ids)
    for case_id, member in people.values_list("case", "person__walls__member"):
        found[case_id].add(member)
    for case_id, members in found.items():
        team = tier_circles([case_id])[case_id].values()
        if any(members & set(vault.members_of(circle)) for circle in team):
            raise Denied(COLLEAGUE_IN_CONFLICT)
        extend_walls(actor, members, records_of(case_id))


def extend_walls(actor: Actor, members: Iterable[UUID], record_ids: Iterable[UUID]) -> None:
    """Put the walls of members before further records."""
    for record_id in record_ids:
        for member_id in members:
            circles.build_wall(actor=actor, record_id=record_id, member_id=member_id)


def wall_new(actor: Actor, case_id: UUID, record_ids: Iterable[UUID]) -> None:
    """What is added to a file stands behind the file's walls from its first moment."""
    extend_walls(actor, walled_members([case_id]).get(case_id, set()), record_ids)
