"""How are contacts, people and rules said on a page? Codes become words in the reader's language, here alone."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.translation import get_language, gettext

from astra.accounts.selectors import work_names
from astra.hotline.rules import contacts as rules
from astra.hotline.rules.lifecycles import RETURNED, REVIEWED, TO_CONFIRM, TO_LOG, TO_REVIEW, WITHDRAWN
from astra.hotline.sections import SafeContact
from astra.hotline.selectors import CallbackLine, ContactLine
from astra.kernel.words import msg
from astra.people import selectors as people
from astra.people.rules.persons import Safety
from astra.people.rules.safety import SafeShown, both, shown
from astra.vault import selectors as vault
from astra.vault.actor import Actor
from astra.vocabulary.naming import label, labels


@dataclass(frozen=True)
class Tag:
    """A state in a word and a shape."""

    text: str
    tone: str


@dataclass(frozen=True)
class ContactRow:
    """A contact as a list shows it."""

    url: str
    at: datetime
    line: str
    kind: str
    is_data: bool
    role: str
    people: tuple[str, ...]
    topics: tuple[str, ...]
    who: str
    tags: tuple[Tag, ...]
    times: int = 1
    """How many silent contacts stand as this one."""
    since: datetime | None = None


STATES = {
    TO_REVIEW: (msg("To review"), "attention"),
    RETURNED: (msg("Returned"), "danger"),
    REVIEWED: (msg("Reviewed"), "good"),
    TO_CONFIRM: (msg("Not vouched for yet"), "attention"),
    TO_LOG: (msg("To log"), "attention"),
    WITHDRAWN: (msg("Withdrawn"), ""),
}


def contact_rows(actor: Actor, lines: Collection[ContactLine]) -> list[ContactRow]:
    """Contacts with the names of their people, as far as the actor may know them."""
    names = people.display_names(actor, list({link.person_id for line in lines for link in line.links}))
    staff = work_names({line.counsellor_id for line in lines if line.counsellor_id})
    return [_row(line, names, staff) for line in lines]


def _row(line: ContactLine, names: dict[UUID, str], staff: dict[UUID, str]) -> ContactRow:
    coded = line.coded
    return ContactRow(
        url=reverse("hotline:contact", args=[line.id]),
        at=coded.received_at,
        line=label(rules.LINE, coded.line),
        kind=label(rules.KIND, coded.kind),
        is_data=rules.carries_data(coded.kind),
        role=label(rules.CALLER_ROLE, coded.caller_role),
        people=tuple(dict.fromkeys(names[link.person_id] for link in line.links if names.get(link.person_id))),
        topics=tuple(label(rules.TOPIC, code) for code in coded.topics),
        who=staff.get(line.counsellor_id, "") if line.counsellor_id else "",
        tags=tuple(tags_of(line)),
    )


def tags_of(line: ContactLine) -> Iterable[Tag]:
    """What is special about a contact."""
    if line.coded.urgency == "danger_now":
        yield Tag(label(rules.URGENCY, line.coded.urgency), "danger")
    for state in (line.review, line.standing):
        if state in STATES:
            said, tone = STATES[state]
            yield Tag(gettext(said), tone)
    if line.repeat_of is not None:
        yield Tag(gettext("Same caller"), "info")
    if line.joined_at is not None:
        yield Tag(gettext("In a file"), "plum")
    if line.coded.source == rules.PAPER:
        yield Tag(gettext("From paper"), "")


def facts(line: ContactLine) -> list[dict[str, Any]]:
    """The coded facts of a contact as a summary list."""
    coded = line.coded
    minutes = gettext("%(minutes)s min") % {"minutes": coded.minutes} if coded.minutes is not None else ""
    given = (
        (gettext("Line"), label(rules.LINE, coded.line)),
        (gettext("Channel"), ", ".join(part for part in (label(rules.CHANNEL, coded.channel), minutes) if part)),
        (gettext("Language"), label(rules.LANGUAGE, coded.language)),
        (gettext("Who is calling"), label(rules.CALLER_ROLE, coded.caller_role)),
        (gettext("Topics"), labels(rules.TOPIC, coded.topics)),
        (gettext("Urgency"), label(rules.URGENCY, coded.urgency)),
        (gettext("Done, for the statistics"), labels(rules.ACTION, coded.actions)),
    )
    return [{"key": key, "value": value} for key, value in given if value]


def rules_from_note(safe: SafeContact | None, stop: str = "") -> SafeShown | None:
    """What a caller said about calling her back, as the safe-contact card shows it."""
    if safe is None and not stop:
        return None
    return SafeShown(**(vars(safe) if safe else {}), stop=stop)


def rules_from_file(safety: Safety | None, stop: str = "") -> SafeShown | None:
    """The safe-contact rules of a person's own file, as the safe-contact card shows them."""
    return shown(safety, get_language(), stop=stop)


@dataclass(frozen=True)
class PersonRow:
    """Somebody in a contact, with what must be known before anybody dials."""

    id: UUID
    role: str
    role_name: str
    name: str
    url: str
    rules: SafeShown | None


def person_rows(actor: Actor, links: Sequence[rules.Link]) -> list[PersonRow]:
    """The people of a contact, by name where the actor may know it."""
    ids = list(dict.fromkeys(link.person_id for link in links))
    names, safety = people.display_names(actor, ids), people.safety_among(actor, ids)
    role_names = {rules.CALLER: gettext("Caller"), rules.CONCERNED: gettext("Person concerned")}
    return [
        PersonRow(
            id=link.person_id,
            role=link.role,
            role_name=role_names[link.role],
            name=names.get(link.person_id) or gettext("Somebody whose file was erased"),
            url=reverse("people:person", args=[link.person_id]),
            rules=rules_from_file(safety.get(link.person_id), stop_of(link.person_id)),
        )
        for link in links
    ]


def stop_of(person_id: UUID | None) -> str:
    """Why nobody may call, if so."""
    if person_id is None or people.may_be_called(person_id):
        return ""
    return gettext("Nobody is to call: this person has died")


@dataclass(frozen=True)
class CallbackRow:
    """A promise as a page shows it."""

    line: CallbackLine
    url: str
    name: str
    who: str
    desk: str
    is_overdue: bool
    rules: SafeShown | None
    why: str
    person_url: str
    """Where her numbers stand, for whoever may open her page."""


def callback_rows(actor: Actor, lines: Collection[CallbackLine], at: datetime) -> list[CallbackRow]:
    """Promises with whom to call, how, and why."""
    names = people.display_names(actor, [line.person_id for line in lines if line.person_id])
    staff = work_names({line.assigned_to for line in lines if line.assigned_to})
    pages = _person_pages(actor, {line.person_id for line in lines if line.person_id})
    found = []
    for line in lines:
        stop = stop_of(line.person_id)
        said = both(rules_from_file(line.rules, stop), rules_from_note(line.said_rules, stop))
        found.append(
            CallbackRow(
                line=line,
                url=reverse("hotline:callback", args=[line.id]),
                name=(names.get(line.person_id, "") if line.person_id else "") or gettext("A caller without a name"),
                who=staff.get(line.assigned_to, "") if line.assigned_to else "",
                desk=label(rules.LINE, line.line),
                is_overdue=line.due_at < at,
                rules=said,
                why=line.note.why if line.note else "",
                person_url=pages.get(line.person_id, "") if line.person_id else "",
            )
        )
    return found


def _person_pages(actor: Actor, person_ids: Collection[UUID]) -> dict[UUID, str]:
    """The pages of people for colleagues who open people's pages, as far as they may know of them."""
    known = vault.reachable_among(actor, person_ids) if person_ids and actor.has_desk("people") else set()
    return {person_id: reverse("people:person", args=[person_id]) for person_id in known}
