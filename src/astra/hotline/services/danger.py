"""Somebody is in danger now: how are colleagues alerted, and how does it end? Every word of it is sealed."""

from uuid import UUID

from astra import vocabulary
from astra.hotline.models import Contact, Danger
from astra.hotline.rules import danger as rules
from astra.hotline.sections import DANGER, DANGER_KEY, DangerWords
from astra.hotline.selectors.conversations import contact_of
from astra.hotline.services.audience import SENIORS, Audience, note
from astra.hotline.services.owners import owners_of
from astra.hotline.services.waking import wake
from astra.kernel.errors import Conflict, NotFound
from astra.vault import selectors as vault
from astra.vault.actor import Actor
from astra.vault.services import erasure
from astra.vault.services.sealing import SOMEBODY_SAVED, Sealing


def open_danger(
    *,
    actor: Actor,
    situation: str,
    line: str = "",
    place: str = "",
    contact_id: UUID | None = None,
    conversation_id: UUID | None = None,
) -> UUID:
    """Begin, with the place if it is known; whoever is on call and the coordinators see it within seconds."""
    actor.check_desk("hotline")
    vocabulary.check(rules.SITUATION, situation, field="situation")
    for known in (contact_id, conversation_id):
        if known is not None:
            vault.check_reach(actor, known)
    about = contact_id or (contact_of(conversation_id) if conversation_id else None)
    sealing, audience = Sealing(actor), Audience(actor)
    to = _circles(audience, line)
    record_id = sealing.new_record("danger", listed_for=to)
    owners = owners_of(about) if about else ()
    sealing.seal(record_id, DANGER, DangerWords(place=place.strip()), to=to, owners=owners)
    with sealing.transaction():
        Danger.objects.create(
            record_id=record_id,
            situation=situation,
            line=line,
            opened_by_id=actor.id,
            contact_id=about,
            conversation_id=conversation_id,
        )
        note(sealing, "hotline.danger_opened", record_id, kind=situation)
        wake()
    return record_id


def _circles(audience: Audience, line: str) -> list[UUID]:
    """The line's readers and the seniors; a volunteer reads on what she wrote herself."""
    own = [] if audience.is_reader(line) else audience.own()
    return list(dict.fromkeys([*audience.readers(line), vault.desk_circle(SENIORS), *own]))


def say_place(*, actor: Actor, danger_id: UUID, place: str) -> None:
    """Write down where the person is, as far as it is known by now."""
    row, sealing = _find(actor, danger_id), Sealing(actor)
    opened = vault.open_section(actor, row.pk, DANGER)
    fresh = DangerWords(place.strip(), opened.content.done)
    sealing.revise(row.pk, DANGER, fresh, revision=opened.revision)
    with sealing.transaction():
        note(sealing, "hotline.danger_place_said", row.pk)


def alert_again(*, actor: Actor, danger_id: UUID) -> None:
    """Alert colleagues once more, also after somebody has answered."""
    row, sealing = _find(actor, danger_id), Sealing(actor)
    with sealing.transaction():
        fresh = {"alerted_at": sealing.at, "state": rules.ALERTED, "acknowledged_by": None, "acknowledged_at": None}
        if not Danger.objects.filter(pk=row.pk).exclude(state=rules.CLOSED).update(**fresh):
            raise Conflict(SOMEBODY_SAVED)
        note(sealing, "hotline.danger_alerted", row.pk)
        wake()


def acknowledge_danger(*, actor: Actor, danger_id: UUID) -> None:
    """Say by name that one has seen the alert and is coming to help."""
    row = _find(actor, danger_id)
    state, sealing = rules.DANGER.check(row.state, "acknowledge"), Sealing(actor)
    with sealing.transaction():
        fresh = {"state": state, "acknowledged_by": actor.id, "acknowledged_at": sealing.at}
        if not Danger.objects.filter(pk=row.pk, state=row.state).update(**fresh):
            raise Conflict(SOMEBODY_SAVED)
        note(sealing, "hotline.danger_acknowledged", row.pk)
        wake()


def close_danger(
    *, actor: Actor, danger_id: UUID, outcome: str, words: str = "", contact_id: UUID | None = None
) -> None:
    """End it with what was done; the words speak about the people of the contact it belongs to."""
    row = _find(actor, danger_id)
    state = rules.DANGER.check(row.state, "close")
    vocabulary.check(rules.OUTCOME, outcome, field="outcome")
    sealing = Sealing(actor)
    if contact_id is not None:
        vault.check_reach(actor, contact_id)
        if not Contact.objects.filter(pk=contact_id).exists():
            raise NotFound
    if words.strip():
        opened = vault.open_section(actor, row.pk, DANGER)
        fresh = DangerWords(opened.content.place, words.strip())
        sealing.revise(row.pk, DANGER, fresh, revision=opened.revision)
    with sealing.transaction():
        closing = {"state": state, "outcome": outcome, "closed_by": actor.id, "closed_at": sealing.at}
        if contact_id is not None:
            closing["contact"] = contact_id
        if not Danger.objects.filter(pk=row.pk, state=row.state).update(**closing):
            raise Conflict(SOMEBODY_SAVED)
        if contact_id is not None:
            owners = owners_of(contact_id)
            erasure.change_owners(actor=actor, record_id=row.pk, retention=DANGER_KEY, owners=owners)
        note(sealing, "hotline.danger_closed", row.pk, outcome=outcome)
        wake()


def attach_danger(*, actor: Actor, danger_id: UUID, contact_id: UUID) -> None:
    """Say to which contact it belongs, also after it has ended: the contact is often written down later."""
    vault.check_reach(actor, danger_id)
    vault.check_reach(actor, contact_id)
    if not Contact.objects.filter(pk=contact_id).exists():
        raise NotFound
    sealing = Sealing(actor)
    with sealing.transaction():
        if not Danger.objects.filter(pk=danger_id).update(contact=contact_id):
            raise NotFound
        owners = owners_of(contact_id)
        erasure.change_owners(actor=actor, record_id=danger_id, retention=DANGER_KEY, owners=owners)
        note(sealing, "hotline.danger_attached", danger_id)


def _find(actor: Actor, danger_id: UUID) -> Danger:
    actor.check_desk("hotline")
    vault.check_reach(actor, danger_id)
    row = Danger.objects.filter(pk=danger_id).first()
    if row is None:
        raise NotFound
    rules.DANGER.check(row.state, "close")
    return row
