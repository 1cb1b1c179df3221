"""How does a contact join a case? Its team is given the keys; the hotline's own end a week later."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from astra.audit import services as audit
from astra.hotline.models import Callback, Contact, Danger, OfferCheck, Talk
from astra.hotline.rules.contacts import hotline_reads_until
from astra.hotline.rules.danger import CLOSED
from astra.hotline.rules.lifecycles import OPEN
from astra.hotline.rules.offers import WAITING_STATES
from astra.hotline.sections import CALLBACK_NOTE, DANGER, LEAVING, MESSAGES, OFFER, SAFE_CONTACT, STAYING
from astra.hotline.services.audience import SENIORS, Audience
from astra.kernel.clock import now
from astra.kernel.errors import NotFound
from astra.vault import selectors as vault
from astra.vault.actor import Actor
from astra.vault.sections import SectionKind
from astra.vault.services.sealing import BATCH, Sealing


def join_case(
    *, actor: Actor, contact_ids: Collection[UUID], case_circle_id: UUID, sealing: Sealing | None = None
) -> None:
    """Grant contacts to a case's team and end the hotline's own grants after a week, the safe-contact note excepted.

    With a `sealing` of the caller (a case opened in the same act) only keys are collected into it; the caller runs
    `mark_joined` inside its transaction. Without one this is a transaction of its own.
    """
    actor.check_desk("hotline", "cases")
    joining = sealing or Sealing(actor)
    teams = dict.fromkeys(contact_ids, case_circle_id)
    collect_joins(joining, teams)
    if sealing is not None:
        return
    with joining.transaction():
        mark_joins(actor=actor, teams=teams)


def collect_joins(sealing: Sealing, teams: Mapping[UUID, UUID]) -> None:
    """Collect the grants and lists of joining contacts (each with its team) into somebody's sealing."""
    actor, audience, ids = sealing.actor, Audience(sealing.actor), list(teams)
    contacts = list(Contact.objects.filter(pk__in=ids))
    if len(contacts) != len(ids) or vault.reachable_among(actor, ids) != set(ids):
        raise NotFound
    readable = sealing.read_ahead(ids, [kind.name for kind in (*LEAVING, *STAYING)])
    for contact in contacts:
        team, readers = teams[contact.pk], audience.readers(contact.line)
        until = hotline_reads_until(contact.joined_at or sealing.at)
        leaving = [kind for kind in LEAVING if (contact.pk, kind.name) in readable]
        staying = [kind for kind in STAYING if (contact.pk, kind.name) in readable]
        sealing.grant(contact.pk, [*leaving, *staying], to=[team])
        sealing.grant(contact.pk, leaving, to=readers, until=until)
        sealing.list_for(contact.pk, readers, at=contact.received_at, until=until)
        # The team comes last: desks that come along with it list the contact without an end.
        sealing.list_for(contact.pk, [team], at=contact.received_at)
    _hand_over(sealing, list(_beside(audience, teams)), teams, {contact.pk: contact for contact in contacts})


@dataclass(frozen=True)
class Beside:
    """A record beside a contact that goes along: what the team is given, and what the hotline lets go."""

    record: UUID
    contact: UUID
    at: datetime
    kinds: tuple[SectionKind[Any], ...]  # Any: kinds of different contents
    leaving: tuple[SectionKind[Any], ...] = ()
    """What the hotline reads for another week only; nothing where it still has something to do."""
    readers: Sequence[UUID] = ()
    may_be_bare: bool = False


def _beside(audience: Audience, teams: Mapping[UUID, UUID]) -> Iterator[Beside]:
    """What was written in the sittings, promised, checked and done in danger."""
    ids = list(teams)
    for talk in Talk.objects.filter(contact__in=ids).select_related("contact"):
        if talk.contact is not None:
            readers = audience.readers(talk.contact.line)
            yield Beside(talk.pk, talk.contact.pk, talk.began_at, (MESSAGES, SAFE_CONTACT), (MESSAGES,), readers)
    for row in Callback.objects.filter(contact__in=ids, state=OPEN):
        if row.contact_id:
            # The hotline keeps what it has promised; a promise needs no words.
            yield Beside(row.pk, row.contact_id, row.due_at, (CALLBACK_NOTE,), may_be_bare=True)
    for check in OfferCheck.objects.filter(contact__in=ids):
        if check.contact_id:
            leaving = () if check.state in WAITING_STATES else (OFFER,)
            yield Beside(check.pk, check.contact_id, check.began_at, (OFFER,), leaving, audience.readers(check.line))
    for danger in Danger.objects.filter(contact__in=ids):
        if danger.contact_id:
            ended = (DANGER,) if danger.state == CLOSED else ()
            readers = [*audience.readers(danger.line), vault.desk_circle(SENIORS)]
            yield Beside(danger.pk, danger.contact_id, danger.opened_at, (DANGER,), ended, readers)


def _hand_over(
    sealing: Sealing, beside: Collection[Beside], teams: Mapping[UUID, UUID], contacts: Mapping[UUID, Contact]
) -> None:
    """Give the teams what stands beside their contacts, on the same terms as the words."""
    kinds = {kind.name for one in beside for kind in one.kinds}
    readable = sealing.read_ahead([one.record for one in beside], sorted(kinds)) if beside else set()
    for one in beside:
        found = [kind for kind in one.kinds if (one.record, kind.name) in readable]
        if not found and not one.may_be_bare:
            continue
        team, until = [teams[one.contact]], hotline_reads_until(contacts[one.contact].joined_at or sealing.at)
        sealing.grant(one.record, found, to=team)
        leaving = [kind for kind in one.leaving if kind in found]
        if leaving:
            sealing.grant(one.record, leaving, to=one.readers, until=until)
            sealing.list_for(one.record, one.readers, at=one.at, until=until)
        # The team comes last: desks that come along with it list the record without an end.
        sealing.list_for(one.record, team, at=one.at)


def mark_joined(*, actor: Actor, contact_ids: Collection[UUID], case_circle_id: UUID) -> None:
    """Note on contacts which team has them now; runs inside the transaction that writes the grants."""
    mark_joins(actor=actor, teams=dict.fromkeys(contact_ids, case_circle_id))


def mark_joins(*, actor: Actor, teams: Mapping[UUID, UUID]) -> None:
    """Note on many contacts which team has each; runs inside the transaction that writes the grants."""
    rows = list(Contact.objects.filter(pk__in=list(teams)))
    for row in rows:
        row.teams = list(dict.fromkeys([*row.teams, str(teams[row.pk])]))
        row.joined_at = row.joined_at or now()
    Contact.objects.bulk_update(rows, ["teams", "joined_at"], batch_size=BATCH)
    subjects = list(vault.pseudonyms(list(teams)).values())
    audit.record(actor_id=actor.id, verb="hotline.contacts_joined_case", subjects=subjects)
