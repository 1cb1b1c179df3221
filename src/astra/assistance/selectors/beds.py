"""Which beds are free, who stays in this file, and who is where tonight? Names only of those whom the actor reaches."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.db.models import Q

from astra.assistance.models import Bed, BedNight, House, Stay
from astra.assistance.rules.stays import HERE, TAKING
from astra.assistance.sections import STAY
from astra.cases import selectors as cases
from astra.kernel.clock import today
from astra.kernel.dues import Due
from astra.kernel.errors import NotFound
from astra.kernel.words import msg
from astra.people import selectors as people
from astra.vault import selectors as vault
from astra.vault.actor import Actor

SHOWN_NIGHTS = 14
STAY_ENDS = msg("A stay ends: has the person left, or does the stay go on?")


@dataclass(frozen=True)
class StayLine:
    """One stay, as somebody of its file sees it."""

    id: UUID
    case_id: UUID
    person_id: UUID
    house: str
    bed: str
    state: str
    first: date
    until: date
    left_on: date | None
    reason: str
    rules_agreed_on: date | None
    remark: str
    is_overdue: bool


@dataclass(frozen=True)
class BedLine:
    """One bed in a span of nights; whose it is is told only where the actor reaches the file."""

    id: UUID
    room: str
    label: str
    accepts: tuple[str, ...]
    taken: frozenset[date]
    stays: tuple[tuple[UUID, str], ...]
    """Files and names of those who have it in this span, as far as they are hers to know."""


@dataclass(frozen=True)
class HouseLine:
    """One house with its beds."""

    id: UUID
    name: str
    partner: str
    beds: tuple[BedLine, ...]


def bed(actor: Actor, bed_id: UUID) -> Bed:
    """One bed for whoever keeps the list, or `NotFound`."""
    actor.check_desk("coordination")
    found = Bed.objects.filter(pk=bed_id).first()
    if found is None:
        raise NotFound
    return found


def house(actor: Actor, house_id: UUID) -> House:
    """One open house for whoever keeps the list, or `NotFound`."""
    actor.check_desk("coordination")
    found = House.objects.filter(pk=house_id, closed_on=None).first()
    if found is None:
        raise NotFound
    return found


def get_stay(actor: Actor, stay_id: UUID) -> Stay:
    """A stay in a file that the actor reaches, or `NotFound`."""
    actor.check_desk("cases")
    found = Stay.objects.select_related("bed__house", "case").filter(pk=stay_id).first()
    if found is None or found.case_id is None:
        raise NotFound
    cases.get_case(actor, found.case_id)
    return found


def stay(actor: Actor, stay_id: UUID) -> StayLine:
    """One stay, or `NotFound`."""
    return _lines(actor, [get_stay(actor, stay_id)])[0]


def stays_of(actor: Actor, case_id: UUID) -> list[StayLine]:
    """The stays of a file, the newest first."""
    cases.get_case(actor, case_id)
    rows = Stay.objects.select_related("bed__house").filter(case=case_id)
    return _lines(actor, list(rows.order_by("-first", "-pk")))


def houses(actor: Actor, since: date, nights: int = SHOWN_NIGHTS) -> list[HouseLine]:
    """Every house with its beds and which nights are taken."""
    actor.check_desk("cases", "coordination")
    until = since + timedelta(days=nights)
    taken: dict[UUID, set[date]] = defaultdict(set)
    for bed, night in BedNight.objects.filter(night__gte=since, night__lt=until).values_list("bed", "night"):
        taken[bed].add(night)
    whose = _whose(actor, since, until)
    beds: dict[UUID, list[BedLine]] = defaultdict(list)
    for row in Bed.objects.filter(retired_on=None).order_by("room", "label"):
        stays = tuple(whose.get(row.pk, ()))
        line = BedLine(row.pk, row.room, row.label, tuple(row.accepts), frozenset(taken[row.pk]), stays)
        beds[row.house_id].append(line)
    rows = House.objects.filter(closed_on=None).select_related("organisation").order_by("name")
    return [
        HouseLine(row.pk, row.name, row.organisation.name if row.organisation else "", tuple(beds[row.pk]))
        for row in rows
    ]


def free_beds(actor: Actor, first: date, until: date) -> list[tuple[UUID, str, tuple[str, ...]]]:
    """Beds that are free for every night from an evening to a morning: id, name, for whom."""
    actor.check_desk("cases")
    taken = BedNight.objects.filter(night__gte=first, night__lt=until).values("bed")
    rows = Bed.objects.filter(retired_on=None, house__closed_on=None).exclude(pk__in=taken).select_related("house")
    return [
        (row.pk, f"{row.house.name} · {row.room} · {row.label}", tuple(row.accepts))
        for row in rows.order_by("house__name", "room", "label")
    ]


def overdue_stays(actor: Actor) -> list[StayLine]:
    """Stays of the actor's files whose last morning has passed and of whom nobody said that they left."""
    if not actor.has_desk("cases"):
        return []
    rows = Stay.objects.select_related("bed__house").filter(state__in=TAKING, until__lte=today())
    return _lines(actor, list(rows.order_by("until")))


def due(actor: Actor, day: date) -> list[Due]:
    """Stays whose last morning has come, in files that the actor leads: has the person left, or does she stay?"""
    if not actor.has_desk("cases"):
        return []
    rows = Stay.objects.filter(state__in=TAKING, until__lte=day, case__lead=actor.id).order_by("until")
    return [Due(row.until, "assistance.stay", row.case_id, STAY_ENDS) for row in _reached(actor, rows) if row.case_id]


def _whose(actor: Actor, since: date, until: date) -> dict[UUID, list[tuple[UUID, str]]]:
    """By bed: the files and names of who has it in this span, of files that the actor reaches."""
    has_it = Q(until__gt=since) | Q(state=HERE)
    rows = Stay.objects.filter(has_it, state__in=TAKING, first__lt=until).order_by("first")
    hers = _reached(actor, rows)
    names = people.display_names(actor, {row.person_id for row in hers if row.person_id})
    whose: dict[UUID, list[tuple[UUID, str]]] = defaultdict(list)
    for row in hers:
        if row.case_id and row.person_id in names:
            whose[row.bed_id].append((row.case_id, names[row.person_id]))
    return whose


def _reached(actor: Actor, rows: Iterable[Stay]) -> list[Stay]:
    found = list(rows)
    reached = vault.reachable_among(actor, {row.case_id for row in found if row.case_id})
    return [row for row in found if row.case_id in reached]


def _lines(actor: Actor, rows: Collection[Stay]) -> list[StayLine]:
    hers = _reached(actor, rows)
    words = vault.open_sections(actor, [row.record_id for row in hers if row.record_id], STAY)
    return [
        StayLine(
            id=row.pk,
            case_id=row.case_id,
            person_id=row.person_id,
            house=row.bed.house.name,
            bed=f"{row.bed.room} · {row.bed.label}",
            state=row.state,
            first=row.first,
            until=row.until,
            left_on=row.left_on,
            reason=row.reason,
            rules_agreed_on=row.rules_agreed_on,
            remark=words[row.record_id].content.remark if row.record_id in words else "",
            is_overdue=row.state in TAKING and row.until <= today(),
        )
        for row in hers
        if row.case_id and row.person_id
    ]
