"""How is a promise to call back kept? Made, tried, and ended with a reason; its words are sealed."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from astra.hotline.entries import NewCallback
from astra.hotline.models import Callback, CallbackAttempt, Contact, ContactPerson
from astra.hotline.rules import callbacks as rules
from astra.hotline.rules.contacts import CALLER, CONCERNED, Link, words_owners
from astra.hotline.rules.lifecycles import CALLBACK, DONE, OPEN, STOPPED
from astra.hotline.sections import CALLBACK_NOTE, AttemptNote, CallbackNote
from astra.hotline.services.audience import Audience, note
from astra.kernel.errors import Conflict, Invalid, NotAllowedNow, NotFound, Problem
from astra.kernel.words import msg
from astra.people import selectors as people
from astra.vault import selectors as vault
from astra.vault.actor import Actor
from astra.vault.services.sealing import SOMEBODY_SAVED, Sealing

NOT_A_RESULT = msg("This is not one of the results of an attempt.")


def add_callback(*, actor: Actor, callback: NewCallback) -> UUID:
    """Promise to call somebody back; the words of why are sealed."""
    actor.check_desk("hotline")
    for known in (callback.contact_id, callback.person_id):
        if known is not None:
            vault.check_reach(actor, known)
    contact = Contact.objects.filter(pk=callback.contact_id).first() if callback.contact_id else None
    rows = ContactPerson.objects.filter(contact=contact).values_list("person", "role") if contact else []
    sealing = Sealing(actor)
    links = [Link(person, role) for person, role in rows]
    row = collect_callback(sealing, Audience(actor), callback, contact=contact, links=links)
    callback_id: UUID = row.record_id
    with sealing.transaction():
        row.save(force_insert=True)
        note(sealing, "hotline.callback_promised", row.pk, due=str(callback.due_at.date()))
    return callback_id


def collect_callback(
    sealing: Sealing, audience: Audience, new: NewCallback, *, contact: Contact | None, links: Iterable[Link]
) -> Callback:
    """Seal a promise and return its row, for a transaction that writes more than it."""
    actor, found = sealing.actor, list(links)
    person_id = new.person_id or whom_to_call(found)
    is_about = contact is not None or person_id is not None
    _check_may_be_called(actor, person_id)
    rules.check_callback(new.due_at, at=sealing.at, is_about_somebody=is_about)
    line = new.line or (contact.line if contact else "")
    teams = [UUID(team) for team in contact.teams] if contact else []
    narrow = [vault.personal_circle(new.assigned_to)] if new.assigned_to else []
    record_id = sealing.new_record("callback")
    sealing.list_for(record_id, [*audience.lists(line), *teams, *narrow], at=new.due_at)
    if new.why:
        owners = words_owners(found) or ([person_id] if person_id else [])
        to = [*audience.readers(line), *teams, *narrow]
        sealing.seal(record_id, CALLBACK_NOTE, CallbackNote(new.why), to=to, owners=owners or _own(contact))
    return Callback(
        record_id=record_id,
        contact=contact,
        person_id=person_id,
        line=line,
        due_at=new.due_at,
        assigned_to_id=new.assigned_to,
        promised_by_id=actor.id,
        promised_at=sealing.at,
    )


def whom_to_call(links: Iterable[Link]) -> UUID | None:
    """Who is called back when nobody else is named: the caller, else the person concerned if she is the only one."""
    found = list(links)
    for role in (CALLER, CONCERNED):
        people = {link.person_id for link in found if link.role == role}
        if people:
            return people.pop() if len(people) == 1 else None
    return None


def _own(contact: Contact | None) -> list[UUID]:
    """A promise to a caller nobody knows shares the fate of her contact."""
    return [contact.pk] if contact else []


def note_attempt(
    *, actor: Actor, callback_id: UUID, result: str, words: str = "", again_at: datetime | None = None
) -> str:
    """Note how a try to call back ended and return the callback's new state.

    Reached ends it; unsafe stops it; otherwise it is due again later, at the given time or by the rule.
    """
    actor.check_desk("hotline")
    if result not in rules.ATTEMPTS:
        raise Invalid(Problem("result", NOT_A_RESULT, ", ".join(rules.ATTEMPTS)))
    row = _find(actor, callback_id)
    _check_may_be_called(actor, row.person_id)
    sealing = Sealing(actor)
    state = {rules.REACHED: DONE, rules.UNSAFE: STOPPED}.get(result, OPEN)
    if words:
        _add_words(sealing, row, words)
    changes: dict[str, object] = {"attempts": row.attempts + 1, "state": state}
    if state == OPEN:
        changes["due_at"] = again_at or rules.next_attempt(sealing.at, row.attempts + 1)
        sealing.touch(row.pk, again_at or rules.next_attempt(sealing.at, row.attempts + 1))
    else:
        changes |= {"ended_at": sealing.at, "reason": result}
    with sealing.transaction():
        if not Callback.objects.filter(pk=row.pk, state=OPEN, attempts=row.attempts).update(**changes):
            raise Conflict(SOMEBODY_SAVED)
        CallbackAttempt.objects.create(callback=row, at=sealing.at, by_id=actor.id, result=result)
        note(sealing, "hotline.callback_tried", row.pk, result=result)
    return state


def close_callback(*, actor: Actor, callback_id: UUID, verb: str, reason: str = "") -> None:
    """End a promise without a further try: `reach`, `give_up` or `stop`, with a coded reason."""
    actor.check_desk("hotline")
    row = _find(actor, callback_id)
    state = CALLBACK.check(row.state, verb)
    sealing = Sealing(actor)
    with sealing.transaction():
        Callback.objects.filter(pk=row.pk, state=OPEN).update(state=state, reason=reason, ended_at=sealing.at)
        note(sealing, "hotline.callback_closed", row.pk, reason=reason, state=state)


def _find(actor: Actor, callback_id: UUID) -> Callback:
    vault.check_reach(actor, callback_id)
    row = Callback.objects.filter(pk=callback_id).select_related("contact").first()
    if row is None:
        raise NotFound
    CALLBACK.check(row.state, "stop")
    return row


def _check_may_be_called(actor: Actor, person_id: UUID | None) -> None:
    """A death stops calls, and so does a rule of hers, as far as the actor may know it."""
    if person_id is None:
        return
    if not people.may_be_called(person_id):
        raise NotAllowedNow(rules.NOBODY_TO_CALL)
    safety = people.safety_among(actor, [person_id]).get(person_id)
    if safety is not None and rules.forbids_calling(rule.code for rule in safety.rules):
        raise NotAllowedNow(rules.RULE_FORBIDS)


def _add_words(sealing: Sealing, row: Callback, words: str) -> None:
    """Add what an attempt brought to the sealed note, or begin one; who cannot read it cannot change it."""
    actor, audience = sealing.actor, Audience(sealing.actor)
    attempt = AttemptNote(sealing.at, actor.id, words)
    opened = vault.find_section(actor, row.pk, CALLBACK_NOTE)
    if opened is not None:
        content = CallbackNote(opened.content.why, (*opened.content.attempts, attempt))
        sealing.revise(row.pk, CALLBACK_NOTE, content, revision=opened.revision)
        return
    owners = [row.person_id] if row.person_id else _own(row.contact)
    teams = [UUID(team) for team in row.contact.teams] if row.contact else []
    to = [*audience.readers(row.line), *teams, *audience.own()]
    sealing.seal(row.pk, CALLBACK_NOTE, CallbackNote(attempts=(attempt,)), to=to, owners=owners)
