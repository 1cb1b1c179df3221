"""How do people and contacts come into a file? Their keys are given to its team; the hotline's own end a week later."""

from collections.abc import Collection, Sequence
from datetime import datetime
from uuid import UUID

from django.db.models import Q

from astra import vocabulary
from astra.audit import services as audit
from astra.cases.models import Case, CaseContact, CasePerson, Document, Note, Task, TimelineEntry
from astra.cases.rules.tiers import TEAM
from astra.cases.selectors.access import get_case, owners_of
from astra.cases.services.holds import hold_new
from astra.cases.services.timeline import entry
from astra.cases.services.walls import extend_walls, inherit_walls, walled_members
from astra.cases.services.writing import Writing
from astra.hotline import selectors as contacts
from astra.hotline import services as hotline
from astra.hotline.rules.contacts import hotline_reads_until
from astra.identification import services as identification
from astra.kernel.clock import today
from astra.kernel.errors import NotAllowedNow, NotFound
from astra.kernel.words import msg
from astra.people import selectors as people_reading
from astra.people import services as people
from astra.people.sections import IDENTITY
from astra.people.services.sharing import FILE, KEPT
from astra.vault import selectors as vault
from astra.vault.actor import Actor
from astra.vault.services import erasure
from astra.vault.services.sealing import BATCH, Sealing

IN_THE_FILE = msg("This person is in the case already.")
KINDS = tuple(kind.name for kind in (*FILE, *KEPT))


class Gathering:
    """Collects into a sealing the keys of people and contacts for the teams of files; one look-up for all of them."""

    def __init__(self, sealing: Sealing, person_ids: Collection[UUID] = (), contact_ids: Collection[UUID] = ()) -> None:
        self.sealing = sealing
        self.actor = sealing.actor
        self._hotline = vault.desk_circle("hotline")
        self._until = hotline_reads_until(sealing.at)
        wanted = {*person_ids, *contact_ids}
        if wanted and vault.reachable_among(self.actor, wanted) != wanted:
            raise NotFound
        self._open = sealing.read_ahead(list(person_ids), KINDS)
        self._times = contacts.received_at(contact_ids)

    def bring_person(self, person_id: UUID, team: UUID) -> None:
        """Give a team everything of a person that the actor can open; the hotline keeps what keeps her safe."""
        kinds = [kind for kind in (*FILE, *KEPT) if (person_id, kind.name) in self._open]
        if not kinds:
            raise NotFound
        if self._hotline in self.sealing.lasting_circles(person_id, IDENTITY):
            leaving = [kind for kind in FILE if kind in kinds]
            self.sealing.grant(person_id, leaving, to=[self._hotline], until=self._until)
            self.sealing.list_for(person_id, [self._hotline], until=self._until)
        # The team's listing comes last: the desks that come along with it stay without an end.
        self.sealing.grant(person_id, kinds, to=[team])
        self.sealing.list_for(person_id, [team])

    def bring_contacts(self, contact_ids: Sequence[UUID], team: UUID) -> dict[UUID, datetime]:
        """Give a team contacts and return when each came in; `hotline.services.mark_joined` follows when writing."""
        hotline.join_case(actor=self.actor, contact_ids=contact_ids, case_circle_id=team, sealing=self.sealing)
        identification.bring_along(self.sealing, dict.fromkeys(contact_ids, team))
        for contact_id in contact_ids:
            self.sealing.list_for(contact_id, [team], at=self._times[contact_id])
        return {contact_id: self._times[contact_id] for contact_id in contact_ids}


def add_person(*, actor: Actor, case_id: UUID, person_id: UUID, role: str) -> None:
    """Put somebody into a file under a role; its team may open her from now on."""
    case = get_case(actor, case_id)
    vocabulary.check("case_role", role, field="role")
    if CasePerson.objects.filter(case=case_id, person=person_id).exists():
        raise NotAllowedNow(IN_THE_FILE)
    writing = Writing(actor, case)
    Gathering(writing.sealing, [person_id]).bring_person(person_id, writing.circle(TEAM))
    line = entry(actor, case_id, "person_added", subject_id=person_id, code=role)
    detail: dict[str, str | int | bool] = {"role": role}
    with writing.transaction("cases.add_person", lines=[line], subjects=[person_id], detail=detail):
        CasePerson.objects.create(case=case, person_id=person_id, role=role, since=today())
        inherit_walls(actor, [case_id])
        hold_new(case, [person_id])
        follow_owners(actor, case_id)


def change_role(*, actor: Actor, case_id: UUID, person_id: UUID, role: str) -> None:
    """Say anew who somebody is in a file."""
    case = get_case(actor, case_id)
    vocabulary.check("case_role", role, field="role")
    found = CasePerson.objects.filter(case=case_id, person=person_id)
    if not found.exists():
        raise NotFound
    with Writing(actor, case).transaction("cases.change_role", subjects=[person_id], detail={"role": role}):
        found.update(role=role)
        follow_owners(actor, case_id)


def remove_person(*, actor: Actor, case_id: UUID, person_id: UUID) -> None:
    """Take somebody out of a file; its team keeps only what it takes to recognise her and not to endanger her."""
    case = get_case(actor, case_id)
    found = CasePerson.objects.filter(case=case_id, person=person_id)
    if not found.exists():
        raise NotFound
    writing = Writing(actor, case)
    line = entry(actor, case_id, "person_removed", subject_id=person_id)
    with writing.transaction("cases.remove_person", lines=[line], subjects=[person_id]):
        found.delete()
        _send_home(actor, person_id, writing.circle(TEAM))
        follow_owners(actor, case_id)


def _send_home(actor: Actor, person_id: UUID, team: UUID) -> None:
    """A team lets somebody go; she whom no other circle has goes back to the hotline."""
    if not people_reading.circles_of(person_id) - {team}:
        people.share_with(actor=actor, person_id=person_id, circles=[vault.desk_circle("hotline")])
    people.let_circle_go(actor=actor, person_id=person_id, circle_id=team)


def follow_owners(actor: Actor, case_id: UUID) -> None:
    """The words of a file belong to the persons it is kept for; when these change, the owners of its parts follow."""
    parts: list[UUID] = []
    for model in (Note, Document, Task):
        parts += model.objects.filter(case=case_id).values_list("pk", flat=True)
    erasure.replace_owners(actor=actor, record_id=case_id, parts=parts, owners=owners_of(case_id))


def add_contacts(*, actor: Actor, case_id: UUID, contact_ids: Sequence[UUID]) -> None:
    """Let contacts join a file: its team opens them, and they stand in its timeline when they happened."""
    case = get_case(actor, case_id)
    known = set(CaseContact.objects.filter(case=case_id, contact__in=contact_ids).values_list("contact", flat=True))
    fresh = [contact_id for contact_id in dict.fromkeys(contact_ids) if contact_id not in known]
    if not fresh:
        return
    writing = Writing(actor, case)
    team = writing.circle(TEAM)
    times = Gathering(writing.sealing, (), fresh).bring_contacts(fresh, team)
    lines = contact_lines(actor, case_id, times)
    with writing.transaction("cases.add_contacts", lines=lines, subjects=fresh):
        CaseContact.objects.bulk_create(CaseContact(case=case, contact_id=contact_id) for contact_id in fresh)
        hotline.mark_joined(actor=actor, contact_ids=fresh, case_circle_id=team)
        inherit_walls(actor, [case_id])
        hold_new(case, fresh)


def contact_lines(actor: Actor, case_id: UUID, times: dict[UUID, datetime]) -> list[TimelineEntry]:
    """The lines that contacts leave in a timeline, at the time when they happened."""
    return [entry(actor, case_id, "contact", happened_at=at, subject_id=contact_id) for contact_id, at in times.items()]


def link_contacts(*, actor: Actor, contacts_of: Sequence[tuple[UUID, UUID]]) -> None:
    """Link contacts that were sealed to their file's team from the start (import, demo): pairs of case and contact."""
    actor.check_desk("cases")
    times = contacts.received_at([contact_id for _, contact_id in contacts_of])
    lines = [
        entry(actor, case_id, "contact", happened_at=times[contact_id], subject_id=contact_id)
        for case_id, contact_id in contacts_of
    ]
    with Sealing(actor).transaction():
        links = [CaseContact(case_id=case_id, contact_id=contact_id) for case_id, contact_id in contacts_of]
        CaseContact.objects.bulk_create(links, batch_size=BATCH, ignore_conflicts=True)
        TimelineEntry.objects.bulk_create(lines, batch_size=BATCH)
        _wall_and_hold(actor, contacts_of)
        audit.record(actor_id=actor.id, verb="cases.link_contacts", detail={"contacts": len(links)})


def _wall_and_hold(actor: Actor, contacts_of: Sequence[tuple[UUID, UUID]]) -> None:
    """Contacts of walled or held files stand behind the same walls, and are held, from their first moment."""
    case_ids = {case_id for case_id, _ in contacts_of}
    walled = walled_members(case_ids)
    for case in Case.objects.filter(Q(pk__in=walled) | Q(pk__in=case_ids, held_on__isnull=False)):
        its = [contact_id for case_id, contact_id in contacts_of if case_id == case.pk]
        extend_walls(actor, walled.get(case.pk, set()), its)
        hold_new(case, its)
