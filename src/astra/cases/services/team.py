"""Who works on a file, and in which of its tiers? Letting colleagues in and out, and who leads."""

from collections.abc import Iterable
from uuid import UUID

from astra import vocabulary
from astra.accounts import selectors as accounts
from astra.audit import services as audit
from astra.cases.models import Case, Task
from astra.cases.rules.lifecycle import TO_DO
from astra.cases.rules.tiers import TEAM, TIERS, proposed_tiers, tiers_left
from astra.cases.selectors.access import check_tier, get_case, tier_circles
from astra.cases.services.timeline import add_to_timeline
from astra.cases.services.walls import check_somebody_stays
from astra.kernel.errors import Invalid, NotAllowedNow, Problem
from astra.kernel.words import msg
from astra.vault import selectors as vault
from astra.vault.actor import Actor
from astra.vault.services import circles
from astra.vault.services.sealing import Sealing

NO_FILE_WORK = msg("This colleague's role does not work with cases.")
NOT_IN_TEAM = msg("Whoever leads a case sits in its team.")


def admit(*, actor: Actor, case_id: UUID, member_id: UUID, tiers: Iterable[str] = ()) -> None:
    """Let a colleague into tiers of a file (none named: those that her role proposes); the actor sits in them herself.

    A tier that has no circle yet is made for her: the first psychologist begins the health part of a file.
    """
    get_case(actor, case_id)
    colleague = check_works_with_files(member_id)
    wanted = tuple(tiers) or tuple(dict.fromkeys(t for role in sorted(colleague) for t in proposed_tiers(role)))
    for tier in wanted:
        vocabulary.check("case_tier", tier, field="tiers")
    check_tier(actor, case_id, TEAM)
    known = tier_circles([case_id])[case_id]
    personal = vault.personal_circle(member_id)
    making = Sealing(actor)
    for tier in wanted:
        if tier not in known:
            making.new_circle("case", record_id=case_id, tier=tier, holders=[personal], listed_at=making.at)
    with making.transaction():
        for tier in wanted:
            if tier in known and personal not in vault.holders(known[tier]):
                circles.admit(actor=actor, circle_id=known[tier], holder_circle_ids=[personal])
        for tier in wanted:
            add_to_timeline(actor=actor, case_id=case_id, kind="team_joined", tier=tier, code=str(member_id))
        note_team(actor, case_id, "cases.admit", member_id, wanted)


def check_works_with_files(member_id: UUID) -> frozenset[str]:
    """The roles of a colleague; raises `Invalid` unless she works here and with files."""
    known = {one.member_id: one.roles for one in accounts.colleagues(desks=["cases"])}
    if member_id not in known:
        raise Invalid(Problem("member", NO_FILE_WORK))
    return known[member_id]


def dismiss(*, actor: Actor, case_id: UUID, member_id: UUID, tier: str = TEAM) -> None:
    """Let a colleague go from a tier; who leaves the team leaves every tier of the file."""
    get_case(actor, case_id)
    vocabulary.check("case_tier", tier, field="tier")
    check_tier(actor, case_id, TEAM)
    known = tier_circles([case_id])[case_id]
    personal = vault.personal_circle(member_id)
    left = [name for name in tiers_left(tier) if name in known and personal in vault.holders(known[name])]
    for name in left:
        check_somebody_stays(known[name], member_id)
    with Sealing(actor).transaction():
        for name in reversed(left):
            circles.dismiss(actor=actor, circle_id=known[name], holder_circle_ids=[personal])
            add_to_timeline(actor=actor, case_id=case_id, kind="team_left", tier=name, code=str(member_id))
        if tier == TEAM:
            Case.objects.filter(pk=case_id, lead=member_id).update(lead=None)
            Task.objects.filter(case=case_id, assigned=member_id, state=TO_DO).update(assigned=None)
        note_team(actor, case_id, "cases.dismiss", member_id, left)


def assign_lead(*, actor: Actor, case_id: UUID, member_id: UUID) -> None:
    """Say who leads a file; she must sit in its team."""
    get_case(actor, case_id)
    if member_id not in vault.members_of(tier_circles([case_id])[case_id][TEAM]):
        raise NotAllowedNow(NOT_IN_TEAM)
    with Sealing(actor).transaction():
        Case.objects.filter(pk=case_id).update(lead=member_id)
        note_team(actor, case_id, "cases.lead", member_id)


def note_team(actor: Actor, case_id: UUID, verb: str, member_id: UUID, tiers: Iterable[str] = ()) -> None:
    """Write on the log what happened to a team."""
    subjects = list(vault.pseudonyms([case_id]).values())
    named = "+".join(tier for tier in TIERS if tier in set(tiers))
    detail = {"member": str(member_id)} | ({"tiers": named} if named else {})
    audit.record(actor_id=actor.id, verb=verb, subjects=subjects, detail=detail)
