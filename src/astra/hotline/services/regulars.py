"""How is a plan for a regular caller made, changed and ended? Sealed for everybody who may have to answer."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from astra.hotline.models import CallerPlan, Contact, ContactPerson
from astra.hotline.rules import regulars as rules
from astra.hotline.rules.contacts import CALLER
from astra.hotline.sections import CALLER_PLAN, PlanWords
from astra.hotline.services.audience import SENIORS, Audience, note
from astra.hotline.services.links import follow_repeats, link_person
from astra.hotline.services.owners import settle_owners
from astra.kernel.clock import now, today
from astra.kernel.errors import Conflict, NotAllowedNow, NotFound
from astra.kernel.words import msg
from astra.vault import selectors as vault
from astra.vault.actor import Actor
from astra.vault.services.sealing import SOMEBODY_SAVED, Sealing

HAS_ONE = msg("There is a plan for this caller already. Open it and change it.")
IS_OVER = msg("This plan has ended. Begin it again before you change it.")
IS_KNOWN = msg("This contact belongs to somebody else's calls already. Take that link away first.")


@dataclass(frozen=True)
class Planned:
    """What a plan says, who leads it and when it is looked at again."""

    words: PlanWords
    review_on: date | None = None
    led_by: UUID | None = None


def make_plan(*, actor: Actor, planned: Planned, person_id: UUID | None = None, contact_id: UUID | None = None) -> UUID:
    """Plan how every shift answers somebody: a person with a file, the caller of a contact, or a nickname alone."""
    actor.check_desk("hotline")
    audience = Audience(actor)
    audience.check_reader()
    for subject in (person_id, contact_id):
        if subject is not None:
            vault.check_reach(actor, subject)
    if contact_id is not None:
        contact_id, person_id = _caller_of(contact_id, person_id)
    _check(planned, is_somebody=person_id is not None or contact_id is not None)
    _check_only_one(person_id, contact_id)
    sealing = Sealing(actor)
    record_id = sealing.new_record("caller_plan", listed_for=[audience.safety])
    owner = person_id or contact_id
    sealing.seal(record_id, CALLER_PLAN, planned.words, to=[audience.safety], owners=[owner] if owner else [])
    with sealing.transaction():
        CallerPlan.objects.create(
            record_id=record_id,
            person_id=person_id,
            contact_id=contact_id,
            led_by_id=planned.led_by,
            review_on=planned.review_on,
            made_by_id=actor.id,
            made_at=sealing.at,
        )
        note(sealing, "hotline.caller_plan_made", record_id)
    return record_id


def revise_plan(*, actor: Actor, plan_id: UUID, planned: Planned, revision: int) -> None:
    """Change a plan; how it read before stays to be read."""
    row = _find(actor, plan_id)
    if row.state != rules.ACTIVE:
        raise NotAllowedNow(IS_OVER)
    _check(planned, is_somebody=row.person_id is not None or row.contact_id is not None)
    sealing = Sealing(actor)
    opened = vault.open_section(actor, plan_id, CALLER_PLAN)
    if opened.content != planned.words or opened.revision != revision:
        sealing.revise(plan_id, CALLER_PLAN, planned.words, revision=revision)
    with sealing.transaction():
        CallerPlan.objects.filter(pk=plan_id).update(led_by=planned.led_by, review_on=planned.review_on)
        note(sealing, "hotline.caller_plan_revised", plan_id)


def end_plan(*, actor: Actor, plan_id: UUID, reason: str) -> None:
    """End a plan with a reason: it is shown no more, and stays to be read."""
    row = _find(actor, plan_id)
    is_senior = actor.keyring.holds(vault.desk_circle(SENIORS))
    rules.check_end(reason, is_lead=actor.id is not None and row.led_by_id == actor.id, is_senior=is_senior)
    _step(actor, row, "end", reason=reason, ended_at=now())


def begin_again(*, actor: Actor, plan_id: UUID) -> None:
    """She calls again: the plan holds once more, and is to be looked at at once."""
    row = _find(actor, plan_id)
    _check_only_one(row.person_id, row.contact_id)
    _step(actor, row, "begin_again", reason="", ended_at=None, review_on=today())


def recognise_regular(*, actor: Actor, plan_id: UUID, contact_id: UUID) -> None:
    """Say that a contact is one of this caller's: it joins the earlier ones, and its owner follows."""
    row = _find(actor, plan_id)
    vault.check_reach(actor, contact_id)
    if row.person_id is not None:
        link_person(actor=actor, contact_id=contact_id, person_id=row.person_id, role=CALLER)
        return
    contact = Contact.objects.filter(pk=contact_id).first()
    if contact is None:
        raise NotFound
    root = row.contact_id or contact.repeat_of_id or contact.pk
    if contact.repeat_of_id not in (None, root):
        raise NotAllowedNow(IS_KNOWN)
    sealing = Sealing(actor)
    with sealing.transaction():
        CallerPlan.objects.filter(pk=plan_id).update(contact=root)
        if contact.pk != root:
            # Further contacts point to the first one, not to each other.
            Contact.objects.filter(repeat_of=contact.pk).update(repeat_of=root)
            Contact.objects.filter(pk=contact.pk).update(repeat_of=root)
        settle_owners(actor, [contact.pk] if contact.pk == root else _reached(actor, contact.pk, root))
        note(sealing, "hotline.regular_recognised", plan_id, contact_id)
    follow_repeats(actor=actor, contact_id=root if vault.can_reach(actor, root) else contact_id)


def _reached(actor: Actor, *contacts: UUID) -> list[UUID]:
    return sorted(vault.reachable_among(actor, contacts))


def _caller_of(contact_id: UUID, person_id: UUID | None) -> tuple[UUID | None, UUID | None]:
    """Where a plan that begins at a contact belongs: to its caller if she has a file, else to its first contact."""
    callers = set(ContactPerson.objects.filter(contact=contact_id, role=CALLER).values_list("person", flat=True))
    if person_id is None and len(callers) == 1:
        person_id = callers.pop()
    if person_id is not None:
        return None, person_id
    root = Contact.objects.filter(pk=contact_id).values_list("repeat_of", flat=True)
    if not root:
        raise NotFound
    return root[0] or contact_id, None


def _check(planned: Planned, *, is_somebody: bool) -> None:
    words = planned.words
    rules.check_plan(
        names_somebody=is_somebody or bool(words.nickname.strip()),
        says_something=any(part.strip() for part in (words.helps, words.not_helps, words.how_long)),
        review_on=planned.review_on,
        today=today(),
    )


def _check_only_one(person_id: UUID | None, contact_id: UUID | None) -> None:
    rows = CallerPlan.objects.filter(state=rules.ACTIVE)
    if person_id is not None and rows.filter(person=person_id).exists():
        raise NotAllowedNow(HAS_ONE)
    if contact_id is not None and rows.filter(contact=contact_id).exists():
        raise NotAllowedNow(HAS_ONE)


def _find(actor: Actor, plan_id: UUID) -> CallerPlan:
    actor.check_desk("hotline")
    Audience(actor).check_reader()
    vault.check_reach(actor, plan_id)
    row = CallerPlan.objects.filter(pk=plan_id).first()
    if row is None:
        raise NotFound
    return row


def _step(actor: Actor, row: CallerPlan, verb: str, *, reason: str, **changes: object) -> None:
    state, sealing = rules.REGULAR.check(row.state, verb), Sealing(actor)
    with sealing.transaction():
        if not CallerPlan.objects.filter(pk=row.pk, state=row.state).update(state=state, reason=reason, **changes):
            raise Conflict(SOMEBODY_SAVED)
        verbs = {"end": "hotline.caller_plan_ended", "begin_again": "hotline.caller_plan_begun_again"}
        note(sealing, verbs[verb], row.pk, reason=reason)
