"""How do files belong together without telling of each other? A group or family holds what is common, typed once.

Each member has a file of her own, with its own ground, circles and outcome. The team of a member's file can open
what is common, and nothing else of the group; nobody reads one member's words in another's file.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from astra import vocabulary
from astra.cases.entries import NewCase, NewMember
from astra.cases.models import CaseLink, CasePerson, TimelineEntry
from astra.cases.rules.tiers import TEAM
from astra.cases.sections import COMMON, Common
from astra.cases.selectors.access import get_case, tier_circles
from astra.cases.services.joining import follow_owners
from astra.cases.services.opening import Opening
from astra.cases.services.timeline import entry
from astra.cases.services.writing import Writing
from astra.kernel.clock import today
from astra.kernel.errors import Invalid, NotAllowedNow, NotFound, Problem
from astra.kernel.words import msg
from astra.people import services as people
from astra.people.rules.persons import Identity, Name, NewPerson
from astra.vault.actor import Actor
from astra.vault.sections import SectionKind
from astra.vault.services.sealing import Sealing
from astra.vault.services.withdrawal import withdraw

SHARED: tuple[SectionKind[Any], ...] = (COMMON,)  # Any: withdrawal takes kinds of every content
NOT_A_GROUP = msg("Only the case of a group or a family holds others together.")
LINKED_ALREADY = msg("These cases are linked already.")
NOBODY_NAMED = msg("Name at least one person, or give each a code name.")


@dataclass(frozen=True)
class OpenedGroup:
    """A group's file, and its members' files in the order of the list."""

    group_id: UUID
    case_ids: tuple[UUID, ...]
    person_ids: tuple[UUID, ...]


def open_group(
    *,
    actor: Actor,
    ground: str,
    common: Common,
    members: Sequence[NewMember],
    kind: str = "group",
    member_kind: str = "exploitation",
    title: str = "",
    story: str = "",
    contact_ids: Sequence[UUID] = (),
    team: Sequence[UUID] | None = None,
    lead: UUID | None = None,
) -> OpenedGroup:
    """Open a group's file and one for each of its members, all at once or not at all."""
    actor.check_desk("cases")
    check_is_shared(kind)
    if not members:
        raise Invalid(Problem("members", NOBODY_NAMED))
    seats = None if team is None else tuple(team)
    whole = NewCase(
        ground=ground,
        kind=kind,
        title=title,
        story=story,
        common=common,
        contact_ids=tuple(contact_ids),
        team=seats,
        lead=lead,
    )
    singles = [
        replace(_single(member, f"{title} {number}".strip()), kind=member_kind, team=seats, lead=lead)
        for number, member in enumerate(members, 1)
    ]
    opening = Opening(Sealing(actor), [whole, *singles])
    group_id, *case_ids = opening.case_ids
    opening.sealing.grant(group_id, [COMMON], to=[opening.team_circle(case_id) for case_id in case_ids])
    with opening.sealing.transaction():
        opening.save()
        person_ids = _register(actor, members, [opening.team_circle(case_id) for case_id in case_ids])
        _put_in(actor, members, case_ids, person_ids)
        _link(actor, group_id, case_ids)
    return OpenedGroup(group_id, tuple(case_ids), tuple(person_ids))


def _single(member: NewMember, title: str) -> NewCase:
    return NewCase(
        ground=member.ground,
        title=member.title or title,
        people=((member.person_id, member.role),) if member.person_id else (),
    )


def _register(actor: Actor, members: Sequence[NewMember], circles: Sequence[UUID]) -> list[UUID]:
    """Open a person's file for everybody who has none, readable by the team of her own case only."""
    fresh = [
        NewPerson(
            identity=Identity(names=(Name(text=member.name.strip()),) if member.name.strip() else ()),
            code_name=member.code_name.strip(),
            to=(circle,),
        )
        for member, circle in zip(members, circles, strict=True)
        if member.person_id is None
    ]
    made = iter(people.register_people(actor=actor, people=fresh) if fresh else [])
    return [member.person_id or next(made) for member in members]


def _put_in(actor: Actor, members: Sequence[NewMember], case_ids: Sequence[UUID], person_ids: Sequence[UUID]) -> None:
    rows = [
        CasePerson(case_id=case_id, person_id=person_id, role=member.role, since=today())
        for member, case_id, person_id in zip(members, case_ids, person_ids, strict=True)
        if member.person_id is None
    ]
    CasePerson.objects.bulk_create(rows)
    for row in rows:
        follow_owners(actor, row.case_id)


def _link(actor: Actor, group_id: UUID, case_ids: Sequence[UUID]) -> None:
    CaseLink.objects.bulk_create(CaseLink(group_id=group_id, case_id=case_id) for case_id in case_ids)
    lines = [entry(actor, case_id, "case_linked", subject_id=group_id) for case_id in case_ids]
    TimelineEntry.objects.bulk_create(lines)


def check_is_shared(kind: str) -> None:
    """Raise `NotAllowedNow` unless files of this kind hold others together."""
    if not vocabulary.codes("case_kind").fact(kind, "is_shared", default=False):
        raise NotAllowedNow(NOT_A_GROUP)


def link_case(*, actor: Actor, group_id: UUID, case_id: UUID) -> None:
    """Put a file into a group or family: its team may open from now on what is common, and nothing else of it."""
    group, case = get_case(actor, group_id), get_case(actor, case_id)
    check_is_shared(group.kind)
    if group_id == case_id or CaseLink.objects.filter(group=group_id, case=case_id).exists():
        raise NotAllowedNow(LINKED_ALREADY)
    team = tier_circles([case_id])[case_id][TEAM]
    writing = Writing(actor, group)
    if writing.sealing.read_ahead([group_id], [COMMON.name]):
        writing.sealing.grant(group_id, [COMMON], to=[team])
    lines = [
        entry(actor, case_id, "case_linked", subject_id=group_id),
        entry(actor, group_id, "case_linked", subject_id=case_id),
    ]
    with writing.transaction("cases.link_case", lines=lines, subjects=[case_id]):
        CaseLink.objects.create(group=group, case=case)


def unlink_case(*, actor: Actor, group_id: UUID, case_id: UUID) -> None:
    """Take a file out of a group; its team no longer opens what is common."""
    group = get_case(actor, group_id)
    get_case(actor, case_id)
    found = CaseLink.objects.filter(group=group_id, case=case_id)
    if not found.exists():
        raise NotFound
    team = tier_circles([case_id])[case_id][TEAM]
    with Writing(actor, group).transaction("cases.unlink_case", subjects=[case_id]):
        found.delete()
        withdraw(actor=actor, record_id=group_id, circle_id=team, kinds=SHARED)
