"""How is something done without consent? Alone only in danger to life; otherwise two people, a reason, and a review."""

from dataclasses import replace
from uuid import UUID

from astra import vocabulary
from astra.audit import services as audit
from astra.consent.models import Override
from astra.consent.rules import overrides
from astra.consent.rules.overrides import LIFECYCLE, Reason
from astra.consent.sections import WHY_WITHOUT, WhyWithout
from astra.consent.selectors import living_override
from astra.kernel.clock import now
from astra.kernel.errors import Conflict, Denied, Invalid, Problem
from astra.kernel.words import msg
from astra.people import selectors as people
from astra.vault import selectors as vault
from astra.vault.actor import Actor
from astra.vault.services.sealing import Sealing

KIND = "override"
DECIDED = msg("Somebody else has decided this meanwhile.")
DESKS = ("consent", "hotline", "missing")


def reason(code: str) -> Reason:
    """A reason with what the code list says of it."""
    vocabulary.check("override_reason", code, field="reason")
    known = vocabulary.codes("override_reason")
    return Reason(code, int(known.fact(code, "people", 2)), int(known.fact(code, "review_hours", 24)))


def share_in_danger(
    *,
    actor: Actor,
    person_id: UUID,
    reason_code: str,
    recipient: str,
    sections: tuple[str, ...],
    why: str,
    given: str = "",
    organisation_id: UUID | None = None,
) -> UUID:
    """One person alone gives emergency services the minimum; a colleague looks at it the next day.

    Returns the exception's id. `given` says in words what was passed on, as it is usually done by voice.
    """
    actor.check_desk(*DESKS)
    why_now = reason(reason_code)
    overrides.check_danger(why_now, recipient, sections, why)
    at = now()
    row = _row(
        actor,
        person_id,
        reason_code=reason_code,
        purpose=overrides.DANGER_PURPOSE,
        recipient=recipient,
        sections=sections,
        organisation_id=organisation_id,
    )
    row.state, row.decided_by, row.decided_at = overrides.AGREED, actor.id, at
    row.valid_until = at + overrides.DANGER_VALID_FOR
    row.review_due_at = overrides.review_due_at(why_now, at)
    return _create(actor, row, WhyWithout(reason=why, given=given), "consent.shared_in_danger")


def ask_override(
    *,
    actor: Actor,
    person_id: UUID,
    reason_code: str,
    purpose: str,
    recipient: str,
    sections: tuple[str, ...],
    why: str,
    organisation_id: UUID | None = None,
) -> UUID:
    """Ask a colleague to agree to something for which there is no consent."""
    actor.check_desk(*DESKS)
    reason(reason_code)
    vocabulary.check("consent_purpose", purpose, field="purpose")
    vocabulary.check("consent_recipient", recipient, field="recipient")
    for section in sections:
        vocabulary.check("consent_section", section, field="sections")
    if not why.strip():
        raise Invalid(Problem("why", overrides.WHY))
    row = _row(
        actor,
        person_id,
        reason_code=reason_code,
        purpose=purpose,
        recipient=recipient,
        sections=sections,
        organisation_id=organisation_id,
    )
    return _create(actor, row, WhyWithout(reason=why), "consent.override_asked")


def agree_override(*, actor: Actor, override_id: UUID, words: str = "") -> None:
    """A second person agrees; it holds for seven days and is looked at again."""
    row = _decidable(actor, override_id)
    before, row.state = row.state, LIFECYCLE.check(row.state, "agree")
    at = now()
    row.decided_by, row.decided_at = actor.id, at
    row.valid_until = at + overrides.VALID_FOR
    row.review_due_at = overrides.review_due_at(reason(row.reason), at)
    _decide(actor, row, before, "consent.override_agreed", decision=words)


def refuse_override(*, actor: Actor, override_id: UUID, words: str = "") -> None:
    """A second person does not agree."""
    row = _decidable(actor, override_id)
    before, row.state = row.state, LIFECYCLE.check(row.state, "refuse")
    row.decided_by, row.decided_at = actor.id, now()
    _decide(actor, row, before, "consent.override_refused", decision=words)


def cancel_override(*, actor: Actor, override_id: UUID) -> None:
    """Whoever asked no longer needs it."""
    actor.check_desk(*DESKS)
    row = living_override(actor, override_id)
    if row.asked_by != actor.id:
        raise Denied(overrides.ASKER_ALONE)
    before, row.state = row.state, LIFECYCLE.check(row.state, "cancel")
    row.decided_by, row.decided_at = actor.id, now()
    _decide(actor, row, before, "consent.override_cancelled")


def review_override(*, actor: Actor, override_id: UUID, outcome: str, words: str = "") -> None:
    """Somebody else looks at what was done, and writes down whether it was right."""
    row = _decidable(actor, override_id)
    if outcome not in overrides.OUTCOMES:
        raise Invalid(Problem("outcome", overrides.WHY, allowed=", ".join(overrides.OUTCOMES)))
    before, row.state = row.state, LIFECYCLE.check(row.state, "review")
    row.reviewed_by, row.reviewed_at, row.outcome = actor.id, now(), outcome
    _decide(actor, row, before, "consent.override_reviewed", review=words)


def _decidable(actor: Actor, override_id: UUID) -> Override:
    actor.check_desk(*DESKS)
    row = living_override(actor, override_id)
    overrides.check_second_person(row.asked_by, actor.id)
    return row


def _row(
    actor: Actor,
    person_id: UUID,
    *,
    reason_code: str,
    purpose: str,
    recipient: str,
    sections: tuple[str, ...],
    organisation_id: UUID | None,
) -> Override:
    vault.check_reach(actor, person_id)
    if actor.id is None:
        raise Denied(overrides.SECOND_PERSON)
    return Override(
        person_id=person_id,
        reason=reason_code,
        purpose=purpose,
        recipient=recipient,
        organisation_id=organisation_id,
        sections=" ".join(sections),
        state=LIFECYCLE.initial,
        asked_by=actor.id,
        asked_at=now(),
    )


def _create(actor: Actor, row: Override, why: WhyWithout, verb: str) -> UUID:
    sealing = Sealing(actor)
    row.record_id = sealing.new_record(KIND)
    sealing.seal(row.record_id, WHY_WITHOUT, why, to=people.circles_of(row.person_id), owners=[row.person_id])
    with sealing.transaction():
        row.save(force_insert=True)
        subject = vault.pseudonyms([row.person_id])[row.person_id]
        audit.record(
            actor_id=actor.id,
            verb=verb,
            subjects=[subject],
            reason=row.reason,
            detail={"recipient": row.recipient, "sections": len(row.sections.split())},
        )
    return row.record_id


def _decide(actor: Actor, row: Override, before: str, verb: str, **words: str) -> None:
    sealing = Sealing(actor)
    opened = vault.find_section(actor, row.pk, WHY_WITHOUT)
    if opened is not None and any(words.values()):
        sealing.revise(row.pk, WHY_WITHOUT, replace(opened.content, **words), revision=opened.revision)
    with sealing.transaction():
        taken = Override.objects.filter(pk=row.pk, state=before).update(
            state=row.state,
            decided_by=row.decided_by,
            decided_at=row.decided_at,
            valid_until=row.valid_until,
            review_due_at=row.review_due_at,
            reviewed_by=row.reviewed_by,
            reviewed_at=row.reviewed_at,
            outcome=row.outcome,
        )
        if not taken:
            raise Conflict(DECIDED)
        subject = vault.pseudonyms([row.person_id])[row.person_id]
        audit.record(actor_id=actor.id, verb=verb, subjects=[subject], reason=row.reason)
