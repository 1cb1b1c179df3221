"""When may nothing of a file be erased? While a court or an authority needs it: a legal hold on all its records."""

from collections.abc import Iterable
from uuid import UUID

from astra.cases.models import Case, CaseContact, CasePerson
from astra.cases.rules.tiers import TEAM
from astra.cases.sections import HOLD, HoldWords
from astra.cases.selectors.access import get_case
from astra.cases.services.timeline import entry
from astra.cases.services.walls import records_of
from astra.cases.services.writing import Writing
from astra.kernel.clock import today
from astra.kernel.errors import Denied, Invalid, NotAllowedNow, Problem
from astra.kernel.words import msg
from astra.vault import selectors as vault
from astra.vault.actor import Actor
from astra.vault.services import holds

WHY = msg("Write who asked for the hold, and why.")
HELD_ALREADY = msg("A legal hold is on this case already.")
NOT_HELD = msg("There is no legal hold on this case.")
COORDINATOR_OR_LEAD = msg("A coordinator or whoever leads the case lifts a legal hold.")


def hold(*, actor: Actor, case_id: UUID, words: str) -> None:
    """Forbid erasing anything of a file: its own words, its people, contacts, notes, documents and tasks."""
    case = get_case(actor, case_id)
    if case.is_held:
        raise NotAllowedNow(HELD_ALREADY)
    if not words.strip():
        raise Invalid(Problem("words", WHY))
    with _wording(actor, case, words).transaction(
        "cases.hold", lines=[entry(actor, case_id, "legal_hold", code="set")]
    ):
        Case.objects.filter(pk=case_id).update(held_on=today())
        holds.hold(records_of(case_id))


def lift_hold(*, actor: Actor, case_id: UUID, words: str = "") -> None:
    """Lift the hold of a file; what also belongs to another held file stays held."""
    case = get_case(actor, case_id)
    if not case.is_held:
        raise NotAllowedNow(NOT_HELD)
    if not actor.has_desk("coordination") and case.lead_id != actor.id:
        raise Denied(COORDINATOR_OR_LEAD)
    with _wording(actor, case, words).transaction(
        "cases.lift_hold", lines=[entry(actor, case_id, "legal_hold", code="lifted")]
    ):
        Case.objects.filter(pk=case_id).update(held_on=None)
        holds.lift(set(records_of(case_id)) - _held_elsewhere(case_id))


def _wording(actor: Actor, case: Case, words: str) -> Writing:
    writing = Writing(actor, case)
    if words.strip():
        known = vault.find_section(actor, case.pk, HOLD)
        writing.sealing.write(
            case.pk,
            HOLD,
            HoldWords(words),
            to=[writing.circle(TEAM)],
            owners=writing.owners,
            revision=known.revision if known else None,
        )
    return writing


def _held_elsewhere(case_id: UUID) -> set[UUID]:
    """People and contacts of this file that another held file needs."""
    people = CasePerson.objects.filter(case__held_on__isnull=False).exclude(case=case_id)
    contacts = CaseContact.objects.filter(case__held_on__isnull=False).exclude(case=case_id)
    mine = CasePerson.objects.filter(case=case_id).values("person")
    joined = CaseContact.objects.filter(case=case_id).values("contact")
    found = set(people.filter(person__in=mine).values_list("person", flat=True))
    return found | set(contacts.filter(contact__in=joined).values_list("contact", flat=True))


def hold_new(case: Case, record_ids: Iterable[UUID]) -> None:
    """What is added to a held file is held from its first moment; within the caller's transaction."""
    if case.is_held:
        holds.hold(list(record_ids))
