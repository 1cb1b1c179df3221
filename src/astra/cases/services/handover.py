"""How does work go from one colleague to the next? At seven in the morning, several files at once, with a note.

The next colleague is let into the tiers where the last one sat; the last one goes unless she stays. Leads and open
tasks go along. The note can be read by the two of them only; "handed to me" shows it until it is accepted.
"""

from collections.abc import Sequence
from uuid import UUID

from django.db.models import Q

from astra.audit import services as audit
from astra.cases.models import Case, HandedCase, Handover, Task, TimelineEntry
from astra.cases.rules.lifecycle import ACCEPTED, TO_DO, WAITING, audit_verb
from astra.cases.rules.lifecycle import HANDOVER as HANDOVER_STEPS
from astra.cases.rules.tiers import TEAM, TIERS
from astra.cases.sections import HANDOVER, HandoverWords
from astra.cases.selectors.access import get_case, owners_of, tier_circles
from astra.cases.services.team import check_works_with_files
from astra.cases.services.timeline import entry
from astra.kernel.clock import now
from astra.kernel.errors import Denied, Invalid, NotFound, Problem
from astra.kernel.words import msg
from astra.vault import selectors as vault
from astra.vault.actor import Actor
from astra.vault.services import circles
from astra.vault.services.sealing import Sealing

CHOOSE_FILES = msg("Choose at least one case.")
SOMEBODY_ELSE = msg("Choose somebody else: the work goes from one colleague to another.")
FOR_OTHERS = msg("Only a coordinator hands over what somebody else works on.")


def hand_over(
    *,
    actor: Actor,
    case_ids: Sequence[UUID],
    receiver_id: UUID,
    text: str = "",
    is_staying: bool = False,
    giver_id: UUID | None = None,
) -> UUID:
    """Hand files to a colleague; `giver_id` names whose they were when a coordinator does it for somebody absent."""
    giver_id = giver_id or actor.id
    if not case_ids:
        raise Invalid(Problem("cases", CHOOSE_FILES))
    if giver_id is None or giver_id == receiver_id:
        raise Invalid(Problem("receiver", SOMEBODY_ELSE))
    if giver_id != actor.id and not actor.has_desk("coordination"):
        raise Denied(FOR_OTHERS)
    check_works_with_files(receiver_id)
    cases = [get_case(actor, case_id) for case_id in dict.fromkeys(case_ids)]
    giver, receiver = vault.personal_circle(giver_id), vault.personal_circle(receiver_id)
    sealing = Sealing(actor)
    readers = list(dict.fromkeys([giver, receiver]))
    record_id = sealing.new_record("handover", listed_for=readers)
    if text.strip():
        spoken_of = sorted({person for case in cases for person in owners_of(case.pk)})
        sealing.seal(record_id, HANDOVER, HandoverWords(text), to=readers, owners=spoken_of)
    lines: list[TimelineEntry] = []
    for case in cases:
        sealing.touch(case.pk, sealing.at)
        lines.append(entry(actor, case.pk, "hand_over", code=str(receiver_id)))
    with sealing.transaction():
        row = Handover.objects.create(
            record_id=record_id, giver_id=giver_id, receiver_id=receiver_id, is_staying=is_staying, at=sealing.at
        )
        HandedCase.objects.bulk_create(HandedCase(handover=row, case=case) for case in cases)
        for case in cases:
            open_to_her = _change_places(actor, case.pk, giver, receiver, is_staying=is_staying)
            _move_work(case, giver_id, receiver_id, () if is_staying else open_to_her)
        TimelineEntry.objects.bulk_create(lines)
        audit.record(
            actor_id=actor.id,
            verb="cases.hand_over",
            subjects=sorted(vault.pseudonyms([case.pk for case in cases]).values()),
            detail={"to": str(receiver_id), "from": str(giver_id), "is_staying": is_staying},
        )
    return record_id


def _change_places(actor: Actor, case_id: UUID, giver: UUID, receiver: UUID, *, is_staying: bool) -> tuple[str, ...]:
    """Let the next colleague into the tiers where the last one sat, and the last one go unless she stays.

    A coordinator who does it for somebody absent gives what she can open herself: where she does not sit (the health
    part of a case) the absent one keeps her seat, or nobody could open it any more. Returns the tiers that are open to
    the next one.
    """
    known = tier_circles([case_id])[case_id]
    seats = {tier: set(vault.holders(circle)) for tier, circle in known.items()}
    held = actor.keyring.find(known.values())
    sat_in = [tier for tier in TIERS if giver in seats.get(tier, set()) and known[tier] in held]
    for tier in sat_in or [TEAM]:
        if receiver not in seats[tier]:
            circles.admit(actor=actor, circle_id=known[tier], holder_circle_ids=[receiver])
            seats[tier].add(receiver)
    if not is_staying:
        for tier in reversed(sat_in):
            circles.dismiss(actor=actor, circle_id=known[tier], holder_circle_ids=[giver])
    return tuple(tier for tier, holders in seats.items() if receiver in holders)


def _move_work(case: Case, giver_id: UUID, receiver_id: UUID, tiers: Sequence[str]) -> None:
    """The lead goes along, and the open tasks of the tiers that the next colleague can open."""
    Case.objects.filter(Q(lead=giver_id) | Q(lead=None), pk=case.pk).update(lead=receiver_id)
    Task.objects.filter(case=case, assigned=giver_id, state=TO_DO, tier__in=tiers).update(assigned=receiver_id)


def accept_handover(*, actor: Actor, handover_id: UUID) -> None:
    """Say that what was handed over has been read and is taken on."""
    actor.check_desk("cases")
    vault.check_reach(actor, handover_id)
    row = Handover.objects.filter(pk=handover_id, receiver=actor.id).first()
    if row is None:
        raise NotFound
    HANDOVER_STEPS.check(ACCEPTED if row.accepted_at else WAITING, "accept_handover")
    with Sealing(actor).transaction():
        Handover.objects.filter(pk=handover_id).update(accepted_at=now())
        subjects = list(vault.pseudonyms([handover_id]).values())
        audit.record(actor_id=actor.id, verb=audit_verb("accept_handover"), subjects=subjects)
