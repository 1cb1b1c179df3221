"""How does a contact join a case? Its team is given the keys; the hotline's own end a week later."""

from collections.abc import Collection, Iterable
from uuid import UUID

from astra.audit import services as audit
from astra.hotline.models import Callback, Contact
from astra.hotline.rules.contacts import hotline_reads_until
from astra.hotline.rules.lifecycles import OPEN
from astra.hotline.sections import CALLBACK_NOTE, CALLER, SAFE_CONTACT, WORDS
from astra.hotline.services.audience import Audience
from astra.kernel.clock import now
from astra.kernel.errors import NotFound
from astra.vault import selectors as vault
from astra.vault.actor import Actor
from astra.vault.services.sealing import Sealing

LEAVES = (WORDS, CALLER)


def join_case(
    *, actor: Actor, contact_ids: Collection[UUID], case_circle_id: UUID, sealing: Sealing | None = None
) -> None:
    """Grant contacts to a case's team and end the hotline's own grants after a week, the safe-contact note excepted.

    With a `sealing` of the caller (a case opened in the same act) only keys are collected into it; the caller runs
    `mark_joined` inside its transaction. Without one this is a transaction of its own.
    """
    actor.check_desk("hotline", "cases")
    joining = sealing or Sealing(actor)
    collect_join(joining, contact_ids, case_circle_id)
    if sealing is not None:
        return
    with joining.transaction():
        mark_joined(actor=actor, contact_ids=contact_ids, case_circle_id=case_circle_id)


def collect_join(sealing: Sealing, contact_ids: Collection[UUID], case_circle_id: UUID) -> None:
    """Collect the grants and lists of joining contacts into somebody's sealing."""
    actor, audience = sealing.actor, Audience(sealing.actor)
    contacts = list(Contact.objects.filter(pk__in=contact_ids))
    if len(contacts) != len(set(contact_ids)) or vault.reachable_among(actor, list(contact_ids)) != set(contact_ids):
        raise NotFound
    ids = [contact.pk for contact in contacts]
    readable = {kind.name: set(vault.open_sections(actor, ids, kind)) for kind in (*LEAVES, SAFE_CONTACT)}
    for contact in contacts:
        until = hotline_reads_until(contact.joined_at or sealing.at)
        for kind in LEAVES:
            if contact.pk in readable[kind.name]:
                sealing.grant(contact.pk, [kind], to=[case_circle_id])
                sealing.grant(contact.pk, [kind], to=audience.readers(contact.line), until=until)
        if contact.pk in readable[SAFE_CONTACT.name]:
            sealing.grant(contact.pk, [SAFE_CONTACT], to=[case_circle_id])
        sealing.list_for(contact.pk, [case_circle_id], at=contact.received_at)
        sealing.list_for(contact.pk, audience.readers(contact.line), at=contact.received_at, until=until)
    _hand_over_callbacks(sealing, audience, ids, case_circle_id)


def mark_joined(*, actor: Actor, contact_ids: Iterable[UUID], case_circle_id: UUID) -> None:
    """Note on the contacts which team has them now; runs inside the transaction that writes the grants."""
    ids = list(contact_ids)
    for contact in Contact.objects.filter(pk__in=ids):
        teams = list(dict.fromkeys([*contact.teams, str(case_circle_id)]))
        joined_at = contact.joined_at or now()
        Contact.objects.filter(pk=contact.pk).update(teams=teams, joined_at=joined_at)
    subjects = list(vault.pseudonyms(ids).values())
    audit.record(actor_id=actor.id, verb="hotline.contacts_joined_case", subjects=subjects)


def _hand_over_callbacks(sealing: Sealing, audience: Audience, contacts: list[UUID], case_circle_id: UUID) -> None:
    """Open promises go along: the team sees them too, and the hotline keeps what it has promised."""
    rows = list(Callback.objects.filter(contact__in=contacts, state=OPEN))
    noted = vault.open_sections(sealing.actor, [row.pk for row in rows], CALLBACK_NOTE)
    for row in rows:
        if row.pk in noted:
            sealing.grant(row.pk, [CALLBACK_NOTE], to=[case_circle_id])
        sealing.list_for(row.pk, [case_circle_id], at=row.due_at)
