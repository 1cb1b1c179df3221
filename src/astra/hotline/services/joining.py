"""How does a contact join a case? Its team is given the keys; the hotline's own end a week later."""

from collections.abc import Collection, Mapping
from uuid import UUID

from astra.audit import services as audit
from astra.hotline.models import Callback, Contact, OfferCheck, Talk
from astra.hotline.rules.contacts import hotline_reads_until
from astra.hotline.rules.lifecycles import OPEN
from astra.hotline.rules.offers import WAITING_STATES
from astra.hotline.sections import CALLBACK_NOTE, LEAVING, MESSAGES, OFFER, SAFE_CONTACT, STAYING
from astra.hotline.services.audience import Audience
from astra.kernel.clock import now
from astra.kernel.errors import NotFound
from astra.vault import selectors as vault
from astra.vault.actor import Actor
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
    _hand_over_talks(sealing, teams, {contact.pk: contact for contact in contacts})
    _hand_over_callbacks(sealing, teams)
    _hand_over_offers(sealing, teams, {contact.pk: contact for contact in contacts})


def _hand_over_talks(sealing: Sealing, teams: Mapping[UUID, UUID], contacts: Mapping[UUID, Contact]) -> None:
    """What was written in the sittings goes along, on the same terms as the words of the contact."""
    talks = list(Talk.objects.filter(contact__in=list(teams)))
    kinds = [MESSAGES.name, SAFE_CONTACT.name]
    readable = sealing.read_ahead([talk.pk for talk in talks], kinds) if talks else set()
    audience = Audience(sealing.actor)
    for talk in talks:
        assert talk.contact_id is not None
        contact = contacts[talk.contact_id]
        if (talk.pk, MESSAGES.name) in readable:
            until, readers = hotline_reads_until(contact.joined_at or sealing.at), audience.readers(contact.line)
            noted = [SAFE_CONTACT] if (talk.pk, SAFE_CONTACT.name) in readable else []
            sealing.grant(talk.pk, [MESSAGES, *noted], to=[teams[contact.pk]])
            sealing.grant(talk.pk, [MESSAGES], to=readers, until=until)
            sealing.list_for(talk.pk, readers, at=talk.began_at, until=until)
            sealing.list_for(talk.pk, [teams[contact.pk]], at=talk.began_at)


def _hand_over_callbacks(sealing: Sealing, teams: Mapping[UUID, UUID]) -> None:
    """Open promises go along: the team sees them too, and the hotline keeps what it has promised."""
    rows = list(Callback.objects.filter(contact__in=list(teams), state=OPEN))
    noted = sealing.read_ahead([row.pk for row in rows], [CALLBACK_NOTE.name]) if rows else set()
    for row in rows:
        team = [teams[row.contact_id]] if row.contact_id else []
        if (row.pk, CALLBACK_NOTE.name) in noted:
            sealing.grant(row.pk, [CALLBACK_NOTE], to=team)
        sealing.list_for(row.pk, team, at=row.due_at)


def _hand_over_offers(sealing: Sealing, teams: Mapping[UUID, UUID], contacts: Mapping[UUID, Contact]) -> None:
    """Checks of offers go along. The hotline reads one until a week after it is done: what was promised is finished."""
    rows = list(OfferCheck.objects.filter(contact__in=list(teams)))
    readable = sealing.read_ahead([row.pk for row in rows], [OFFER.name]) if rows else set()
    audience = Audience(sealing.actor)
    for row in rows:
        if row.contact_id is None or (row.pk, OFFER.name) not in readable:
            continue
        contact, team, readers = contacts[row.contact_id], teams[row.contact_id], audience.readers(row.line)
        sealing.grant(row.pk, [OFFER], to=[team])
        if row.state not in WAITING_STATES:
            until = hotline_reads_until(contact.joined_at or sealing.at)
            sealing.grant(row.pk, [OFFER], to=readers, until=until)
            sealing.list_for(row.pk, readers, at=row.began_at, until=until)
        sealing.list_for(row.pk, [team], at=row.began_at)


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
