"""Who decides for a child, and when does she decide herself? Guardians have dates; at eighteen she is asked."""

from datetime import date
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from astra import vocabulary
from astra.audit import services as audit
from astra.kernel.errors import Invalid, NotAllowedNow, NotFound, Problem
from astra.kernel.words import msg
from astra.people.models import Guardianship
from astra.people.rules import ages
from astra.people.selectors import living_person
from astra.vault import selectors as vault
from astra.vault.actor import Actor

WHO = msg("Name either a person or an organisation as guardian.")
TOO_EARLY = msg("It is too early: she or he comes of age later. Astra reminds you two months before.")
ENDS_BEFORE = msg("The end cannot be before the beginning.")


def add_guardian(
    *,
    actor: Actor,
    child_id: UUID,
    role: str,
    from_on: date,
    guardian_id: UUID | None = None,
    organisation_id: UUID | None = None,
    until_on: date | None = None,
) -> UUID:
    """Note who decides for a child; coming of age ends it whatever `until_on` says."""
    vocabulary.check("guardianship", role)
    if (guardian_id is None) == (organisation_id is None) or guardian_id == child_id:
        raise Invalid(Problem("guardian", WHO))
    if until_on is not None and until_on < from_on:
        raise Invalid(Problem("until_on", ENDS_BEFORE))
    living_person(actor, child_id)
    subjects = [child_id]
    if guardian_id is not None:
        living_person(actor, guardian_id)
        subjects.append(guardian_id)
    with transaction.atomic():
        row = Guardianship.objects.create(
            child_id=child_id,
            guardian_id=guardian_id,
            organisation_id=organisation_id,
            role=role,
            from_on=from_on,
            until_on=until_on,
        )
        names = vault.pseudonyms(subjects)
        audit.record(
            actor_id=actor.id, verb="people.guardian_added", subjects=sorted(names.values()), detail={"role": role}
        )
    return row.pk


def end_guardian(*, actor: Actor, guardianship_id: UUID, on: date) -> None:
    """A guardianship ends by a decision, a death or an agreement."""
    row = Guardianship.objects.filter(pk=guardianship_id).first()
    if row is None:
        raise NotFound
    living_person(actor, row.child_id)
    if on < row.from_on:
        raise Invalid(Problem("until_on", ENDS_BEFORE))
    with transaction.atomic():
        Guardianship.objects.filter(pk=guardianship_id).update(until_on=on)
        subject = vault.pseudonyms([row.child_id])[row.child_id]
        audit.record(actor_id=actor.id, verb="people.guardian_ended", subjects=[subject], detail={"role": row.role})


def ask_own_consent(*, actor: Actor, person_id: UUID, on: date) -> date:
    """She comes of age and was asked her own consent; returns the day on which her guardians' say ends.

    It is the last day of the quarter that the server knows: the very day is sealed, and her age decides in between.
    """
    row = living_person(actor, person_id)
    if not ages.is_time_to_ask(row.of_age_quarter, on):
        raise NotAllowedNow(TOO_EARLY)
    ends_on = ages.quarter_end(row.of_age_quarter) if row.of_age_quarter else on
    theirs = Guardianship.objects.filter(Q(until_on=None) | Q(until_on__gt=ends_on), child=row, from_on__lte=ends_on)
    with transaction.atomic():
        row.own_consent_asked_on = on
        row.save(force_update=True, update_fields=["own_consent_asked_on"])
        theirs.update(until_on=ends_on)
        audit.record(
            actor_id=actor.id, verb="people.own_consent_asked", subjects=list(vault.pseudonyms([person_id]).values())
        )
    return ends_on
