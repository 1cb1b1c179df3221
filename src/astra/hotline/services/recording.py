"""How is a contact saved? One call, one click, or the rows of a file: the same rules, and twice is never two."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError

from astra.hotline.entries import NewContact
from astra.hotline.rules import contacts as rules
from astra.hotline.services.audience import note
from astra.hotline.services.drafts import end_draft
from astra.hotline.services.writing import Batch, known_by_key
from astra.kernel.clock import now
from astra.kernel.errors import Invalid, Problem
from astra.kernel.words import msg
from astra.vault.actor import Actor
from astra.vault.services.sealing import BATCH

ONE, MANY = "hotline.contact_recorded", "hotline.contacts_recorded"
NOT_ONE_CLICK = msg("This kind of contact has something to write down. Use the full form.")


def record_contact(*, actor: Actor, contact: NewContact) -> UUID:
    """Save one contact and return its record; the same key again returns the contact that was saved before."""
    actor.check_desk("hotline")
    return _save(actor, [contact], ONE)[0]


def record_contacts(
    *, actor: Actor, contacts: Sequence[NewContact], alongside: Callable[[Sequence[UUID]], None] | None = None
) -> list[UUID]:
    """Save many contacts, 500 in a transaction, and return their records in the order given.

    `alongside` runs inside each transaction with its records: what must be written with them or not at all.
    """
    actor.check_desk("hotline")
    saved = []
    for start in range(0, len(contacts), BATCH):
        saved += _save(actor, contacts[start : start + BATCH], MANY, alongside=alongside)
    return saved


def record_non_data(
    *,
    actor: Actor,
    line: str,
    kind: str,
    received_at: datetime | None = None,
    channel: str = "",
    key: UUID | None = None,
) -> UUID:
    """Save a contact that has nothing to write down with one click; nothing is sealed, no key is needed."""
    if kind not in rules.one_click_kinds():
        raise Invalid(Problem("kind", NOT_ONE_CLICK, ", ".join(rules.one_click_kinds())))
    coded = rules.Coded(line=line, kind=kind, received_at=received_at or now(), channel=channel)
    return record_contact(actor=actor, contact=NewContact(coded, key=key))


def finish_draft(*, actor: Actor, draft_id: UUID, contact: NewContact) -> UUID:
    """Turn a draft into a contact in one transaction; sent twice it is still one contact."""
    actor.check_desk("hotline")
    return _save(actor, [replace(contact, key=draft_id)], ONE, draft_id=draft_id)[0]


def _save(
    actor: Actor,
    contacts: Sequence[NewContact],
    verb: str,
    *,
    draft_id: UUID | None = None,
    alongside: Callable[[Sequence[UUID]], None] | None = None,
) -> list[UUID]:
    batch = Batch(actor, contacts)
    try:
        _write(batch, verb, draft_id, alongside)
    except IntegrityError:
        # Two windows sent the same form at the same moment: the other one won, and its contact is this one's.
        known = known_by_key(contact.key for contact in contacts)
        if len(contacts) == 1 and contacts[0].key in known:
            return [known[contacts[0].key]]
        raise
    return batch.ids


def _write(batch: Batch, verb: str, draft_id: UUID | None, alongside: Callable[[Sequence[UUID]], None] | None) -> None:
    if not batch.made:
        return
    first, made = batch.made[0], [contact.pk for contact in batch.made]
    with batch.sealing.transaction():
        batch.write()
        if draft_id is not None:
            end_draft(batch.actor, draft_id, contact_id=first.pk)
        if verb == MANY:
            note(batch.sealing, verb, *made, rows=len(made), source=first.source)
        else:
            note(batch.sealing, verb, *made, line=first.line, kind=first.kind, source=first.source)
        if alongside is not None:
            alongside(batch.ids)
