"""What does the page of one file show? Everything that the actor's tiers open, gathered once."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from astra.accounts import selectors as accounts
from astra.cases.models import Case, CaseLink, CasePerson, Document, Task
from astra.cases.rules.documents import CLEAN, RECEIVED
from astra.cases.rules.lifecycle import CASE, TO_DO
from astra.cases.rules.roles import is_client
from astra.cases.rules.tiers import TEAM, TIERS
from astra.cases.sections import (
    CLOSING,
    COMMON,
    DOCUMENT,
    GROUND,
    HOLD,
    OLD_NUMBERS,
    SUMMARY,
    Common,
    Summary,
)
from astra.cases.selectors.access import get_case, tier_circles, tiers_of
from astra.cases.selectors.listing import CaseLine, find_lines
from astra.cases.selectors.work import TaskLine, task_lines
from astra.consent import selectors as consent
from astra.kernel.clock import today
from astra.people import selectors as people
from astra.vault import selectors as vault
from astra.vault.actor import Actor
from astra.vault.prepared import Prepared, PreparedRows
from astra.vault.sections import AnyKind, Opened

LAST_TASKS = 5


@dataclass(frozen=True)
class CaseFacts:
    """The coded facts of one file."""

    id: UUID
    number: str
    kind: str
    state: str
    ground: str
    ground_on: date | None
    opened_on: date
    closed_on: date | None
    outcome: str
    lead_id: UUID | None
    lead_name: str
    forms: tuple[str, ...]
    countries: tuple[str, ...]
    risk: str
    held_on: date | None
    is_imported: bool


_LINKED = Prepared(lambda group: CaseLink.objects.filter(group=group).values_list("case"))
_GROUPS = Prepared(lambda case: CaseLink.objects.filter(case=case).values_list("group"))
_PEOPLE = Prepared(lambda case: CasePerson.objects.filter(case=case).order_by("id").values_list("person", "role"))
_TASKS = PreparedRows(Task, lambda case, tiers: Task.objects.filter(case=case, tier__in=tiers))
_DOCUMENTS = PreparedRows(
    Document,
    lambda case, tiers: (
        Document.objects.filter(case=case, tier__in=tiers, newer=None).exclude(origin=CLEAN).order_by("-added_at")
    ),
)


@dataclass(frozen=True)
class PersonCard:
    """Somebody in a file, with what must be known before anybody calls her."""

    id: UUID
    role: str
    is_client: bool
    known: people.Known
    consents: tuple[tuple[str, int], ...] = ()
    """For a client: how many lines of the ledger stand as given, refused, not asked, withdrawn, expired."""


@dataclass(frozen=True)
class Seat:
    """A colleague in a file's team, and the tiers in which she sits."""

    member_id: UUID
    name: str
    tiers: tuple[str, ...]
    is_lead: bool


@dataclass(frozen=True)
class DocumentLine:
    """One document of a file."""

    id: UUID
    kind: str
    tier: str
    dated_on: date | None
    added_at: datetime
    title: str
    remark: str
    origin: str = RECEIVED
    version: int = 1


@dataclass(frozen=True)
class CasePage:
    """One file as this actor sees it; the timeline is paged apart."""

    facts: CaseFacts
    tiers: tuple[str, ...]
    """The tiers in which the actor sits."""
    verbs: tuple[str, ...]
    """The steps that the file can take now."""
    summary: Opened[Summary] | None
    ground_words: str
    closing: str
    hold_words: str
    old_numbers: tuple[str, ...]
    common: Opened[Common] | None
    """What the group has in common: of this file itself, or of the group that it belongs to."""
    is_shared: bool
    linked: list[CaseLine]
    """The files of this group that the actor reaches; she is not told of others."""
    groups: list[CaseLine]
    people: list[PersonCard]
    team: list[Seat]
    has_coordinators: bool
    tasks: list[TaskLine]
    ended_tasks: list[TaskLine]
    documents: list[DocumentLine]


def case_facts(actor: Actor, case_id: UUID) -> CaseFacts:
    """The coded facts of a file, or `NotFound`."""
    return _facts(get_case(actor, case_id))


def case_page(actor: Actor, case_id: UUID) -> CasePage:
    """Everything that the page of a file shows, or `NotFound`."""
    case = get_case(actor, case_id)
    circles = tier_circles([case_id]).get(case_id, {})
    held = actor.keyring.find(circles.values())
    tiers = tuple(tier for tier in TIERS if circles.get(tier) in held)
    linked = [case for (case,) in _LINKED(group=case_id)]
    groups = [group for (group,) in _GROUPS(case=case_id)]
    tasks = case_tasks(actor, case, tiers)
    words = own_words(actor, case, with_common=not groups)
    ground, closing = words.opened(GROUND).get(case_id), words.opened(CLOSING).get(case_id)
    hold, numbers = words.opened(HOLD).get(case_id), words.opened(OLD_NUMBERS).get(case_id)
    common = common_of(actor, [case_id, *groups]) if groups else words.opened(COMMON).get(case_id)
    return CasePage(
        facts=_facts(case),
        tiers=tiers,
        verbs=CASE.verbs_from(case.state),
        summary=words.opened(SUMMARY).get(case_id),
        ground_words=ground.content.words if ground else "",
        closing=closing.content.words if closing else "",
        hold_words=hold.content.words if hold else "",
        old_numbers=numbers.content.numbers if numbers else (),
        common=common,
        is_shared=bool(linked),
        linked=find_lines(actor, linked),
        groups=find_lines(actor, groups),
        people=people_in(actor, case_id),
        team=seats(case, circles),
        has_coordinators=has_coordinators(circles),
        tasks=[task for task in tasks if task.state == TO_DO],
        ended_tasks=[task for task in tasks if task.state != TO_DO][:LAST_TASKS],
        documents=documents(actor, case_id, tiers),
    )


def _facts(case: Case) -> CaseFacts:
    return CaseFacts(
        id=case.pk,
        number=case.number,
        kind=case.kind,
        state=case.state,
        ground=case.ground,
        ground_on=case.ground_on,
        opened_on=case.opened_on,
        closed_on=case.closed_on,
        outcome=case.outcome,
        lead_id=case.lead_id,
        lead_name=accounts.work_name(case.lead_id),
        forms=tuple(case.forms),
        countries=tuple(case.countries),
        risk=case.risk,
        held_on=case.held_on,
        is_imported=case.is_imported,
    )


def own_words(actor: Actor, case: Case, *, with_common: bool) -> vault.Reading:
    """The file's own words in one reading: only what its page shows, so that the log says no more was opened."""
    kinds: list[AnyKind] = [SUMMARY, GROUND]
    further = ((CLOSING, case.outcome), (HOLD, case.is_held), (OLD_NUMBERS, case.is_imported), (COMMON, with_common))
    kinds += [kind for kind, is_shown in further if is_shown]
    return vault.read_together(actor, [case.pk], kinds)


def common_of(actor: Actor, case_ids: Collection[UUID]) -> Opened[Common] | None:
    """What the first of these files says that its group has in common."""
    found = vault.open_sections(actor, case_ids, COMMON)
    return next((found[case_id] for case_id in case_ids if case_id in found), None)


def clients_in(actor: Actor, case_id: UUID) -> list[PersonCard]:
    """The clients of a file with their rules of safe contact, or `NotFound`."""
    get_case(actor, case_id)
    return [card for card in people_in(actor, case_id) if card.is_client]


def people_in(actor: Actor, case_id: UUID) -> list[PersonCard]:
    """The persons of a file whom the actor may know of, clients first, each with her safe-contact rules."""
    rows = _PEOPLE(case=case_id)
    known = people.known_among(actor, [person for person, _ in rows])
    consents = consent.states_among([person for person, role in rows if person in known and is_client(role)])
    cards = [
        PersonCard(
            id=person,
            role=role,
            is_client=is_client(role),
            known=known[person],
            consents=tuple(sorted(consents[person].items())) if person in consents else (),
        )
        for person, role in rows
        if person in known
    ]
    return sorted(cards, key=lambda card: not card.is_client)


def seats(case: Case, circles: dict[str, UUID]) -> list[Seat]:
    """The colleagues who sit in a file's circles themselves, whoever leads first."""
    places: dict[UUID, list[str]] = {}
    for tier in TIERS:
        for member in vault.members_of(circles[tier]) if tier in circles else []:
            places.setdefault(member, []).append(tier)
    names = accounts.work_names(places)
    found = [
        Seat(member, names.get(member, ""), tuple(tiers), member == case.lead_id) for member, tiers in places.items()
    ]
    return sorted(found, key=lambda seat: (not seat.is_lead, seat.name))


def has_coordinators(circles: dict[str, UUID]) -> bool:
    """Whether the coordinators' desk sits in the team."""
    return TEAM in circles and vault.desk_circle("coordinators") in vault.holders(circles[TEAM])


def case_tasks(actor: Actor, case: Case, tiers: Collection[str]) -> list[TaskLine]:
    """The tasks of a file in these tiers: what waits by its day, then what ended last."""
    rows = _TASKS(case=case.pk, tiers=tiers)
    for row in rows:
        row.case = case
    waiting = sorted(
        (row for row in rows if row.state == TO_DO), key=lambda row: (row.due_on is None, row.due_on or today())
    )
    ended = sorted((row for row in rows if row.ended_at), key=lambda row: row.ended_at or row.made_at, reverse=True)
    return task_lines(actor, [*waiting, *ended[:LAST_TASKS]], today(), with_case=False)


def tasks_among(actor: Actor, case_id: UUID, task_ids: Collection[UUID]) -> list[TaskLine]:
    """Those of a file's tasks that a later room has a hand in, by their day; the tiers that are hers."""
    case, tiers = get_case(actor, case_id), tiers_of(actor, case_id)
    rows = list(Task.objects.filter(case=case, pk__in=task_ids, tier__in=tiers)) if task_ids else []
    for row in rows:
        row.case = case
    rows.sort(key=lambda row: (row.due_on is None, row.due_on or today()))
    return task_lines(actor, rows, today(), with_case=False)


def documents(actor: Actor, case_id: UUID, tiers: Collection[str]) -> list[DocumentLine]:
    """The documents of a file in these tiers that the actor can open, newest first."""
    rows = _DOCUMENTS(case=case_id, tiers=tiers)
    words = vault.open_sections(actor, [row.pk for row in rows], DOCUMENT) if rows else {}
    return [
        DocumentLine(
            id=row.pk,
            kind=row.kind,
            tier=row.tier,
            dated_on=row.dated_on,
            added_at=row.added_at,
            title=words[row.pk].content.title,
            remark=words[row.pk].content.remark,
            origin=row.origin,
            version=row.version,
        )
        for row in rows
        if row.pk in words
    ]
