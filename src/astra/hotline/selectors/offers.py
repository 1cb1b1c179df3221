"""Which offers of work are to be checked, what does one say, and what is known of whoever offers?"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import F, Q, QuerySet

from astra.hotline.models import (
    OFFER_FLAG,
    OFFER_NOT_FLAG,
    OFFER_PAPER,
    OFFER_TERM,
    OfferCheck,
    OfferCode,
    Talk,
)
from astra.hotline.rules import offers as rules
from astra.hotline.sections import OFFER, OfferLookup, OfferWords
from astra.hotline.selectors.register import RegisterLine, RegisterSheet, organisation_sheet, register_lines
from astra.kernel.clock import LOCAL, today
from astra.kernel.dues import Due
from astra.kernel.errors import NotFound
from astra.kernel.words import msg
from astra.vault import selectors as vault
from astra.vault.actor import Actor
from astra.vault.sections import Opened

MOST, DONE_SHOWN = 200, 60
TO_CHECK, TO_TELL = msg("Check a job offer"), msg("Tell what the check of a job offer found")
WITHOUT_A_DAY = timedelta(days=1)
"""An offer without a travel day is due the day after it came."""


@dataclass(frozen=True)
class OfferLine:
    """One check in the queue: codes and days, and names of organisations of the register."""

    id: UUID
    coded: rules.OfferCoded
    line: str
    state: str
    verdict: str
    contact_id: UUID | None
    conversation_id: UUID | None
    employer: RegisterLine | None
    agency: RegisterLine | None
    assigned_to: UUID | None
    begun_by: UUID | None
    began_at: datetime
    concluded_on: date | None
    told_at: datetime | None
    flags: rules.Flags
    version: int


@dataclass(frozen=True)
class OfferSheet:
    """One check with everything that the actor can open."""

    line: OfferLine
    words: Opened[OfferWords] | None
    employer: RegisterSheet | None
    agency: RegisterSheet | None
    proposals: tuple[rules.Proposal, ...]
    looked_up: tuple[OfferLookup, ...]
    """For this check and in the register, the newest of each kind."""
    not_looked_up: tuple[str, ...]

    @property
    def is_warned(self) -> bool:
        """Whether earlier findings on the employer or the agency hold warnings."""
        return any(sheet is not None and sheet.line.is_warned for sheet in (self.employer, self.agency))


def offers_to_do(actor: Actor, *, mine: bool = False) -> list[OfferLine]:
    """The checks that wait for work or to be told: the nearest travel day first, then the oldest."""
    actor.check_desk("hotline", "cases")
    rows = OfferCheck.objects.filter(state__in=rules.WAITING_STATES)
    if mine:
        rows = rows.filter(assigned_to=actor.id)
    return _mine(actor, rows.order_by(F("travel_on").asc(nulls_last=True), "began_at"), MOST)


def offers_done(actor: Actor) -> list[OfferLine]:
    """The checks that ended, the last one first."""
    actor.check_desk("hotline", "cases")
    return _mine(actor, OfferCheck.objects.filter(state__in=rules.DONE_STATES).order_by("-began_at"), DONE_SHOWN)


def count_offers_to_do(actor: Actor) -> int:
    """How many checks wait for her or for anybody; a number beside a tab."""
    waiting = OfferCheck.objects.filter(state__in=rules.WAITING_STATES)
    hers = waiting.filter(Q(assigned_to=None) | Q(assigned_to=actor.id)).values_list("pk", flat=True)
    return len(vault.reachable_among(actor, list(hers[:MOST])))


def offers_about(actor: Actor, contact_id: UUID) -> list[OfferLine]:
    """The checks that belong to a contact."""
    return _mine(actor, OfferCheck.objects.filter(contact=contact_id).order_by("-began_at"), MOST)


def offers_of_conversation(actor: Actor, conversation_id: UUID) -> list[OfferLine]:
    """The checks that were made of a conversation."""
    return _mine(actor, OfferCheck.objects.filter(conversation=conversation_id).order_by("-began_at"), MOST)


def offers_at(actor: Actor, organisation_ids: Collection[UUID]) -> list[OfferLine]:
    """The checks that point to an organisation of the register, as far as the actor may know of them."""
    at = Q(employer__in=organisation_ids) | Q(agency__in=organisation_ids)
    return _mine(actor, OfferCheck.objects.filter(at).order_by("-began_at"), DONE_SHOWN)


def offer_line(actor: Actor, check_id: UUID) -> OfferLine:
    """The coded facts of one check, or `NotFound`."""
    actor.check_desk("hotline", "cases")
    vault.check_reach(actor, check_id)
    found = _lines(list(OfferCheck.objects.filter(pk=check_id)))
    if not found:
        raise NotFound
    return found[0]


def offer_sheet(actor: Actor, check_id: UUID) -> OfferSheet:
    """Open one check; its words are there for whoever has their key."""
    line = offer_line(actor, check_id)
    words = vault.find_section(actor, check_id, OFFER)
    employer = organisation_sheet(actor, line.employer.id) if line.employer else None
    agency = organisation_sheet(actor, line.agency.id) if line.agency else None
    known = rules.Known(
        is_employer_warned=employer is not None and employer.line.is_warned,
        is_agency_warned=agency is not None and agency.line.is_warned,
        licence_until=agency.line.entry.licence_until if agency else None,
    )
    looked_up = _looked_up(words.content.lookups if words else (), employer, agency)
    has_agency = agency is not None or bool(words and words.content.agency)
    return OfferSheet(
        line=line,
        words=words,
        employer=employer,
        agency=agency,
        proposals=rules.propose(line.coded, known, day=today()),
        looked_up=looked_up,
        not_looked_up=rules.not_looked_up([one.what for one in looked_up], has_agency=has_agency),
    )


def owning_talk(conversation_id: UUID) -> UUID | None:
    """The newest sitting of a conversation: whose key a check shares that is about nobody else yet."""
    newest = Talk.objects.filter(conversation=conversation_id).order_by("-number")
    return newest.values_list("pk", flat=True).first()


def due_offers(actor: Actor, until: date) -> list[Due]:
    """Checks that are hers or nobody's and whose person travels by then, or waits since yesterday."""
    if not actor.has_desk("hotline"):
        return []
    found = []
    for line in offers_to_do(actor):
        if line.assigned_to in (None, actor.id):
            day = line.coded.travel_on or line.began_at.astimezone(LOCAL).date() + WITHOUT_A_DAY
            label = TO_TELL if line.state == rules.CONCLUDED else TO_CHECK
            found += [Due(day, "hotline.offer_check", line.id, label)] if day <= until else []
    return sorted(found)


def _looked_up(
    lookups: Collection[OfferLookup], employer: RegisterSheet | None, agency: RegisterSheet | None
) -> tuple[OfferLookup, ...]:
    found = list(lookups)
    for sheet in (employer, agency):
        if sheet is not None:
            living = [one for one in sheet.findings if one.withdrawn_at is None]
            found += [OfferLookup(one.what, one.on, one.source, one.said, one.by_id) for one in living]
    newest: dict[str, OfferLookup] = {}
    for one in sorted(found, key=lambda one: one.on):
        newest[one.what] = one
    return tuple(sorted(newest.values(), key=lambda one: one.on, reverse=True))


def _mine(actor: Actor, rows: QuerySet[OfferCheck], most: int) -> list[OfferLine]:
    found = list(rows[:most])
    mine = vault.reachable_among(actor, [row.pk for row in found]) if found else set()
    return _lines([row for row in found if row.pk in mine])


def _lines(rows: list[OfferCheck]) -> list[OfferLine]:
    codes: dict[UUID, dict[str, list[str]]] = {row.pk: {} for row in rows}
    coded = OfferCode.objects.filter(check_of__in=list(codes)).order_by("pk")
    for check_id, what, code in coded.values_list("check_of", "what", "code"):
        codes[check_id].setdefault(what, []).append(code)
    known = register_lines({pk for row in rows for pk in (row.employer_id, row.agency_id) if pk})
    return [_line(row, codes[row.pk], known) for row in rows]


def _line(row: OfferCheck, codes: dict[str, list[str]], known: dict[UUID, RegisterLine]) -> OfferLine:
    return OfferLine(
        id=row.pk,
        coded=rules.OfferCoded(
            country=row.country,
            sector=row.sector,
            channel=row.channel,
            travel_on=row.travel_on,
            terms=tuple(codes.get(OFFER_TERM, ())),
            papers=tuple(codes.get(OFFER_PAPER, ())),
        ),
        line=row.line,
        state=row.state,
        verdict=row.verdict,
        contact_id=row.contact_id,
        conversation_id=row.conversation_id,
        employer=known.get(row.employer_id) if row.employer_id else None,
        agency=known.get(row.agency_id) if row.agency_id else None,
        assigned_to=row.assigned_to_id,
        begun_by=row.begun_by_id,
        began_at=row.began_at,
        concluded_on=row.concluded_on,
        told_at=row.told_at,
        flags=rules.Flags(frozenset(codes.get(OFFER_FLAG, ())), frozenset(codes.get(OFFER_NOT_FLAG, ()))),
        version=row.version,
    )
