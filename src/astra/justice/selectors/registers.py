"""What runs across files: the register of letters, the calendar of hearings and terms, and one's calendar feed."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import QuerySet

from astra.cases import selectors as cases
from astra.cases.selectors.access import find_cases
from astra.justice.models import CalendarAddress, Hearing, KeptLetter, Letter, OfficeLetter, Term
from astra.justice.rules import lifecycles as life
from astra.justice.rules.addresses import hash_of
from astra.justice.rules.silence import following
from astra.justice.rules.terms import WARNINGS
from astra.justice.sections import LETTER, LetterWords
from astra.justice.selectors.proceedings import F, Part, parts
from astra.kernel.clock import now
from astra.kernel.dues import Due
from astra.kernel.words import msg
from astra.vault import selectors as vault
from astra.vault.actor import Actor

FEED_BACK, FEED_AHEAD = timedelta(days=30), timedelta(days=400)
AHEAD = timedelta(days=60)
MOST = 500
SILENT = msg("An institution has not answered the office")
TERM_DUE = msg("A legal term")


@dataclass(frozen=True)
class Coming:
    """What comes in the actor's files: hearings and terms, and the numbers of their files."""

    hearings: list[Hearing]
    terms: list[Term]
    numbers: dict[UUID, str]


@dataclass(frozen=True)
class Register:
    """The letters of a year that the actor may see, and the years that there are."""

    letters: list[Part[Letter, LetterWords]]
    numbers: dict[UUID, str]
    years: list[int]
    erased: list[KeptLetter]
    """Numbers whose letters went with somebody's erasure: no gap, and nothing else."""
    office: list[OfficeLetter]
    """Letters that belong to no case."""


def coming(actor: Actor, day: date) -> Coming:
    """Hearings and terms of the actor's files in the next weeks, and terms that ran out."""
    actor.check_desk("cases")
    horizon = day + AHEAD
    hearings = Hearing.objects.filter(state=life.PLANNED, begins_at__date__gte=day, begins_at__date__lte=horizon)
    terms = Term.objects.filter(state=life.OPEN, due_on__lte=horizon)
    shown_hearings = _hers(actor, hearings.order_by("begins_at"))
    shown_terms = _hers(actor, terms.order_by("due_on"))
    return Coming(shown_hearings, shown_terms, _numbers([*shown_hearings, *shown_terms]))


def due(actor: Actor, day: date) -> list[Due]:
    """Terms whose warning stands on a day, a week before their end; from the last day on their tasks say it."""
    ahead = Term.objects.filter(state=life.OPEN, due_on__gt=day, due_on__lte=day + timedelta(days=WARNINGS[0]))
    rows = _hers(actor, ahead.order_by("due_on"))
    return [Due(row.due_on, "justice.term", row.pk, TERM_DUE) for row in rows]


def office_due(actor: Actor, day: date) -> list[Due]:
    """Letters of the office that the actor entered and whose institution is silent: what follows by this day."""
    waiting = OfficeLetter.objects.filter(state__in=life.SILENT_STATES, added_by=actor.id).order_by("state_on", "pk")
    steps = [(row, following(row.state, row.state_on or row.dated_on)) for row in waiting[:MOST]]
    return [
        Due(step.due_on, "justice.office_letter", row.institution_id, SILENT)
        for row, step in steps
        if step is not None and step.due_on <= day
    ]


def files_of(term_ids: Collection[UUID]) -> dict[UUID, str]:
    """The numbers of the files of terms that `due` told of."""
    rows = list(Term.objects.filter(pk__in=term_ids))
    numbers = _numbers(rows) if rows else {}
    return {row.pk: numbers[row.case_id] for row in rows}


def register(actor: Actor, year: int | None, *, direction: str = "", is_silent: bool = False) -> Register:
    """The register of a year, newest number first."""
    actor.check_desk("cases")
    tables = (Letter.objects.all(), KeptLetter.objects.all(), OfficeLetter.objects.all())
    years = sorted({year for rows in tables for year in rows.values_list("year", flat=True)}, reverse=True)
    rows = Letter.objects.select_related("institution").order_by("-year", "-running")
    rows = rows.filter(year=year) if year else rows
    rows = rows.filter(direction=direction) if direction else rows
    rows = rows.filter(state__in=life.SILENT_STATES) if is_silent else rows
    letters = _hers(actor, rows)
    erased = KeptLetter.objects.order_by("-year", "-running")
    erased = erased.filter(year=year) if year else erased
    erased = erased.filter(direction=direction) if direction else erased
    office = OfficeLetter.objects.select_related("institution").order_by("-year", "-running")
    office = office.filter(year=year) if year else office
    office = office.filter(direction=direction) if direction else office
    office = office.filter(state__in=life.SILENT_STATES) if is_silent else office
    gone, outside = ([] if is_silent else list(erased[:MOST]), list(office[:MOST]))
    return Register(parts(actor, letters, LETTER), _numbers(letters), years, gone, outside)


def _hers(actor: Actor, rows: QuerySet[F]) -> list[F]:
    """Those of the files and tiers in which the actor sits."""
    found = list(rows[:MOST])
    held = cases.held_tiers(actor, {row.case_id for row in found})
    mine = [row for row in found if row.tier in held.get(row.case_id, set())]
    reached = vault.reachable_among(actor, {row.case_id for row in mine}) if mine else set()
    return [row for row in mine if row.case_id in reached]


def _numbers(rows: Sequence[Letter | Hearing | Term]) -> dict[UUID, str]:
    return {case.pk: case.number for case in find_cases({row.case_id for row in rows})}


def feed_since(actor: Actor) -> datetime | None:
    """Since when the actor's calendar of hearings has an address; None where it has none."""
    return CalendarAddress.objects.filter(member=actor.id).values_list("made_at", flat=True).first()


def hearings_behind(token: str) -> list[tuple[UUID, datetime]] | None:
    """When whoever has this secret in the address of her calendar goes along; None where nobody has it.

    Of files in which she does not sit any more it says nothing.
    """
    address = CalendarAddress.objects.filter(feed_hash=hash_of(token)).first()
    if address is None:
        return None
    at = now()
    rows = Hearing.objects.filter(
        escort=address.member_id,
        state__in=(life.PLANNED, life.HELD),
        begins_at__gte=at - FEED_BACK,
        begins_at__lte=at + FEED_AHEAD,
    )
    found = list(rows.order_by("begins_at"))
    circles = cases.tier_circles({row.case_id for row in found})
    hers = {
        (case, tier)
        for case, tiers in circles.items()
        for tier, circle in tiers.items()
        if address.member_id in vault.workers_in(circle)
    }
    return [(row.pk, row.begins_at) for row in found if (row.case_id, row.tier) in hers]
