"""How do contacts become rows? One batch collects them in memory, sealed; then everything is written at once."""

from collections.abc import Iterable, Mapping
from datetime import timedelta
from uuid import UUID

from astra.hotline.entries import NO_CALLER, NO_RULES, NO_WORDS, NewContact
from astra.hotline.models import ACTION, TOPIC, Callback, Contact, ContactCode, ContactPerson
from astra.hotline.rules import contacts as rules
from astra.hotline.rules import lifecycles
from astra.hotline.sections import CALLER, SAFE_CONTACT, WORDS
from astra.hotline.services.audience import Audience, Part, seal_part
from astra.hotline.services.callbacks import collect_callback
from astra.kernel.errors import NotFound
from astra.vault import selectors as vault
from astra.vault.actor import Actor
from astra.vault.services.rows import insert
from astra.vault.services.sealing import Sealing


class Batch:
    """Up to some hundred contacts on their way into one transaction."""

    def __init__(self, actor: Actor, contacts: Iterable[NewContact]) -> None:
        self.actor = actor
        self.sealing = Sealing(actor)
        self.audience = Audience(actor)
        self.given = list(contacts)
        self.ids: list[UUID] = []
        self._known = known_by_key(new.key for new in self.given)
        self._roots = self._check_reach()
        self._contacts: list[Contact] = []
        self._codes: list[ContactCode] = []
        self._people: list[ContactPerson] = []
        self._callbacks: list[Callback] = []
        self.sealing.read_circles({new.team_circle_id for new in self.given if new.team_circle_id})
        for new in self.given:
            self.ids.append(self._once(new))

    @property
    def made(self) -> list[Contact]:
        """The contacts that are new."""
        return self._contacts

    def write(self) -> None:
        """Write the room's rows, inside the sealing's transaction."""
        insert(self._contacts)
        insert(self._codes)
        insert(self._people)
        insert(self._callbacks)

    def _check_reach(self) -> Mapping[UUID, UUID]:
        """Whoever is linked must be somebody the actor may know of; earlier contacts lead to their first one."""
        people = {link.person_id for new in self.given for link in new.links}
        earlier = {new.repeat_of for new in self.given if new.repeat_of}
        if people | earlier and vault.reachable_among(self.actor, people | earlier) != people | earlier:
            raise NotFound
        rows = Contact.objects.filter(pk__in=earlier).values_list("pk", "repeat_of") if earlier else []
        return {pk: root or pk for pk, root in rows}

    def _once(self, new: NewContact) -> UUID:
        """Add a contact, unless the same one was saved before or stands further up in the batch."""
        if new.key is None:
            return self._add(new)
        if new.key not in self._known:
            self._known[new.key] = self._add(new)
        return self._known[new.key]

    def _add(self, new: NewContact) -> UUID:
        coded, sealing, actor = new.coded, self.sealing, self.actor
        rules.check_coded(coded, at=sealing.at, links=new.links, has_caller=new.caller != NO_CALLER)
        record_id = sealing.new_record("contact")
        row = Contact(record_id=record_id, saved_at=new.saved_at or sealing.at, entered_by_id=actor.id, key=new.key)
        set_coded(row, coded)
        row.counsellor_id = new.counsellor_id or (None if coded.source == rules.IMPORTED else actor.id)
        row.repeat_of_id = self._roots.get(new.repeat_of) if new.repeat_of else None
        if rules.carries_data(coded.kind) and self.audience.is_volunteer():
            row.review = lifecycles.TO_REVIEW
        self._list(new, row)
        self._seal(new, row)
        self._codes += code_rows(record_id, coded)
        self._people += [
            ContactPerson(
                contact_id=record_id,
                person_id=link.person_id,
                role=link.role,
                linked_by_id=actor.id,
                linked_at=sealing.at,
            )
            for link in dict.fromkeys(new.links)
        ]
        if new.callback is not None:
            self._callbacks.append(collect_callback(sealing, self.audience, new.callback, contact=row, links=new.links))
        self._contacts.append(row)
        return record_id

    def _list(self, new: NewContact, row: Contact) -> None:
        at, until = new.coded.received_at, None
        if new.team_circle_id is not None:
            row.joined_at, row.teams = self.sealing.at, [str(new.team_circle_id)]
            until = rules.hotline_reads_until(self.sealing.at)
            self.sealing.list_for(row.pk, [new.team_circle_id], at=at)
        self.sealing.list_for(row.pk, self.audience.lists(new.coded.line), at=at, until=until)

    def _seal(self, new: NewContact, row: Contact) -> None:
        everybody = rules.words_owners(new.links)
        callers = rules.caller_owners(new.links, new.coded.caller_role)
        if new.words != NO_WORDS:
            seal_part(self.sealing, self.audience, row, Part(WORDS, new.words, everybody))
        if new.caller != NO_CALLER:
            seal_part(self.sealing, self.audience, row, Part(CALLER, new.caller, callers))
        if new.safe != NO_RULES:
            seal_part(self.sealing, self.audience, row, Part(SAFE_CONTACT, new.safe, callers))


def set_coded(row: Contact, coded: rules.Coded) -> None:
    """Put the coded facts into a contact's row."""
    ended_at = coded.received_at + timedelta(minutes=coded.minutes or 0)
    row.is_late = rules.is_late(ended_at, row.saved_at)
    row.source = rules.PAPER if row.is_late and coded.source == rules.TYPED else coded.source
    row.line, row.kind, row.received_at, row.minutes = coded.line, coded.kind, coded.received_at, coded.minutes
    row.channel, row.language, row.caller_role = coded.channel, coded.language, coded.caller_role
    row.urgency, row.follow_up, row.follow_up_on = coded.urgency, coded.follow_up, rules.follow_up_day(coded)


def code_rows(contact_id: UUID, coded: rules.Coded) -> list[ContactCode]:
    """The rows of a contact's topics and of what was done."""
    codes = [(TOPIC, code) for code in coded.topics] + [(ACTION, code) for code in coded.actions]
    return [ContactCode(contact_id=contact_id, what=what, code=code) for what, code in dict.fromkeys(codes)]


def known_by_key(keys: Iterable[UUID | None]) -> dict[UUID, UUID]:
    """The contacts that were saved before under these keys."""
    wanted = [key for key in keys if key is not None]
    rows = Contact.objects.filter(key__in=wanted).values_list("key", "pk") if wanted else []
    return {key: pk for key, pk in rows if key is not None}
