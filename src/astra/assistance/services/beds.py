"""How are houses and beds kept, and how does somebody come to stay, stay longer and leave?

One bed is never given to two people for a night: each taken night is a row, and the database refuses a second one,
whoever was faster. Then nothing of the later booking is kept.
"""

from collections.abc import Collection, Sequence
from datetime import date
from uuid import UUID

from django.db import IntegrityError, transaction

from astra import vocabulary
from astra.assistance.models import Bed, BedNight, House, Stay
from astra.assistance.rules import stays as rules
from astra.assistance.sections import STAY, StayWords
from astra.assistance.selectors.beds import get_stay
from astra.assistance.selectors.beds import house as get_house
from astra.audit import services as audit
from astra.cases.selectors import clients_of, get_case
from astra.cases.services import Filing
from astra.kernel.clock import today
from astra.kernel.errors import Conflict, Denied, Invalid, NotFound, Problem
from astra.kernel.words import msg
from astra.people import selectors as people
from astra.vault.actor import Actor
from astra.vault.services.sealing import SOMEBODY_SAVED

ONLY_COORDINATORS = msg("A coordinator keeps the list of houses and beds.")
NO_NAME = msg("Give it a short name that says nothing to a stranger.")
SAME_NAME = msg("There is one with this name already.")
STILL_USED = msg("Somebody stays here or is expected. Move the stay first.")
NO_BED = msg("Choose a bed.")
WHOSE = msg("Choose which client of this case stays.")
TAKEN = msg(
    "This bed is already taken for %(count)s of these nights, the first on %(night)s. Choose another bed or days."
)
NOT_LEFT = msg("Whoever sleeps in this bed has not left yet. Write down the leaving first.")
TWICE = msg("The person already has a bed for %(count)s of these nights, the first on %(night)s.")
BED_FOR = "bed_for"


def add_house(*, actor: Actor, name: str, organisation_id: UUID | None = None) -> UUID:
    """Add a house under a neutral name."""
    _check_keeper(actor)
    if not name.strip():
        raise Invalid(Problem("name", NO_NAME))
    if House.objects.filter(name=name.strip()).exists():
        raise Invalid(Problem("name", SAME_NAME))
    with transaction.atomic():
        house = House.objects.create(name=name.strip(), organisation_id=organisation_id)
        audit.record(actor_id=actor.id, verb="assistance.house_added")
    return house.pk


def add_bed(*, actor: Actor, house_id: UUID, room: str, label: str, accepts: Collection[str] = ()) -> UUID:
    """Add a bed to a house, and say for whom it is."""
    _check_keeper(actor)
    house = get_house(actor, house_id)
    for code in accepts:
        vocabulary.check(BED_FOR, code, field="accepts")
    empty = [Problem(name, NO_NAME) for name, said in (("room", room), ("label", label)) if not said.strip()]
    if empty:
        raise Invalid(*empty)
    if Bed.objects.filter(house=house, room=room.strip(), label=label.strip()).exists():
        raise Invalid(Problem("label", SAME_NAME))
    with transaction.atomic():
        bed = Bed.objects.create(house=house, room=room.strip(), label=label.strip(), accepts=list(accepts))
        audit.record(actor_id=actor.id, verb="assistance.bed_added")
    return bed.pk


def change_bed(*, actor: Actor, bed_id: UUID, accepts: Collection[str], is_retired: bool = False) -> None:
    """Say anew for whom a bed is, or give it up; not while somebody has it."""
    _check_keeper(actor)
    bed = Bed.objects.filter(pk=bed_id).first()
    if bed is None:
        raise NotFound
    for code in accepts:
        vocabulary.check(BED_FOR, code, field="accepts")
    with transaction.atomic():
        if is_retired and Stay.objects.filter(bed=bed, state__in=rules.TAKING).exists():
            raise Invalid(Problem("is_retired", STILL_USED))
        bed.accepts, bed.retired_on = list(accepts), today() if is_retired else None
        bed.save()
        audit.record(actor_id=actor.id, verb="assistance.bed_changed")


def book_stay(
    *,
    actor: Actor,
    case_id: UUID,
    bed_id: UUID | None,
    first: date,
    until: date,
    person_id: UUID | None = None,
    rules_agreed: bool = False,
    remark: str = "",
) -> UUID:
    """Keep a bed for a client from an evening to a morning; an evening that has been means that she is there."""
    case = get_case(actor, case_id)
    rules.check_span(first, until, today())
    person = _whose(case_id, person_id)
    bed = _bed(actor, bed_id, person)
    _check_free(bed, first, until)
    _check_not_elsewhere(person, first, until)
    filing = Filing(actor, case)
    record_id = filing.seal("stay", STAY, StayWords(remark.strip()))
    filing.line("accommodation", subject=record_id)
    state = rules.HERE if first <= today() else rules.EXPECTED
    stay = Stay(record_id=record_id, case=case, person_id=person, bed=bed, state=state, first=first, until=until)
    stay.by, stay.rules_agreed_on = actor.id, today() if rules_agreed else None
    try:
        with filing.transaction("assistance.book_stay", detail={"nights": (until - first).days}):
            stay.save(force_insert=True)
            _take(stay, first, until)
    except IntegrityError:
        raise _taken(bed, first, until) from None
    return stay.pk


def prolong_stay(*, actor: Actor, stay_id: UUID, until: date) -> None:
    """Let somebody stay longer, if the bed is free."""
    stay = get_stay(actor, stay_id)
    _check_open(stay)
    rules.check_prolonging(stay.until, until)
    filing = Filing(actor, get_case(actor, stay.case_id or stay_id))
    try:
        with filing.transaction("assistance.prolong_stay", subject=stay.record_id):
            if not Stay.objects.filter(pk=stay_id, state=stay.state, until=stay.until).update(until=until):
                raise Conflict(SOMEBODY_SAVED)
            _take(stay, stay.until, until)
    except IntegrityError:
        raise _taken(stay.bed, stay.until, until, but=stay_id) from None


def step_stay(*, actor: Actor, stay_id: UUID, verb: str) -> None:
    """Somebody has arrived, or does not come."""
    stay = get_stay(actor, stay_id)
    target = rules.STAY.check(stay.state, verb)
    filing = Filing(actor, get_case(actor, stay.case_id or stay_id))
    filing.line("accommodation", subject=stay.record_id, code=target)
    with filing.transaction(f"assistance.{verb}", subject=stay.record_id):
        if not Stay.objects.filter(pk=stay_id, state=stay.state).update(state=target):
            raise Conflict(SOMEBODY_SAVED)
        if target == rules.CALLED_OFF:
            BedNight.objects.filter(stay=stay).delete()


def leave_bed(*, actor: Actor, stay_id: UUID, left_on: date, reason: str) -> None:
    """Somebody has left; nights that were kept beyond that are free again."""
    stay = get_stay(actor, stay_id)
    target = rules.STAY.check(stay.state, "leave_bed")
    vocabulary.check("leaving_reason", reason, field="reason")
    rules.check_leaving(stay.first, left_on, today())
    filing = Filing(actor, get_case(actor, stay.case_id or stay_id))
    filing.line("accommodation", subject=stay.record_id, code=target)
    with filing.transaction("assistance.leave_bed", subject=stay.record_id, detail={"reason": reason}):
        facts = {"state": target, "left_on": left_on, "reason": reason}
        if not Stay.objects.filter(pk=stay_id, state=stay.state, until=stay.until).update(**facts):
            raise Conflict(SOMEBODY_SAVED)
        BedNight.objects.filter(stay=stay, night__gte=left_on).delete()


def _check_keeper(actor: Actor) -> None:
    if not actor.has_desk("coordination"):
        raise Denied(ONLY_COORDINATORS)


def _whose(case_id: UUID, person_id: UUID | None) -> UUID:
    clients: Sequence[UUID] = clients_of(case_id)
    if person_id is None and len(clients) == 1:
        return clients[0]
    if person_id not in clients or person_id is None:
        raise Invalid(Problem("person_id", WHOSE))
    return person_id


def _bed(actor: Actor, bed_id: UUID | None, person_id: UUID) -> Bed:
    """The bed, if it is for somebody like her."""
    beds = Bed.objects.select_related("house").filter(retired_on=None, house__closed_on=None)
    found = beds.filter(pk=bed_id).first() if bed_id else None
    if found is None:
        raise Invalid(Problem("bed_id", NO_BED))
    facts, ages = people.facts_of(actor, person_id), people.ages_of(actor, person_id)
    is_child = ages is not None and ages.most is not None and ages.most < rules.OF_AGE
    if not rules.is_for(found.accepts, sex=facts.sex, is_child=is_child):
        whom = ", ".join(vocabulary.codes(BED_FOR).label(code) for code in found.accepts)
        raise Invalid(Problem("bed_id", rules.NOT_FOR_HER, parts={"whom": whom}))
    return found


def _check_free(bed: Bed, first: date, until: date) -> None:
    if BedNight.objects.filter(bed=bed, night__gte=first, night__lt=until).exists():
        raise _taken(bed, first, until)
    overdue = Stay.objects.filter(bed=bed, state=rules.HERE, until__lte=first)
    if first <= today() and overdue.exists():
        raise Invalid(Problem("bed_id", NOT_LEFT))


def _check_not_elsewhere(person_id: UUID, first: date, until: date) -> None:
    hers = BedNight.objects.filter(stay__person=person_id, night__gte=first, night__lt=until).order_by("night")
    nights = list(hers.values_list("night", flat=True))
    if nights:
        parts = {"count": len(nights), "night": f"{nights[0]:%d.%m.%Y.}"}
        raise Invalid(Problem("first", TWICE, parts=parts))


def _check_open(stay: Stay) -> None:
    if stay.state not in rules.TAKING:
        raise Conflict(SOMEBODY_SAVED)


def _take(stay: Stay, first: date, until: date) -> None:
    BedNight.objects.bulk_create(
        BedNight(bed_id=stay.bed_id, night=night, stay=stay) for night in rules.nights_between(first, until)
    )


def _taken(bed: Bed, first: date, until: date, but: UUID | None = None) -> Invalid:
    """Which nights are taken; never by whom."""
    found = BedNight.objects.filter(bed=bed, night__gte=first, night__lt=until).exclude(stay=but).order_by("night")
    nights = list(found.values_list("night", flat=True)) or [first]
    parts = {"count": len(nights), "night": f"{nights[0]:%d.%m.%Y.}"}
    return Invalid(Problem("bed_id" if but is None else "until", TAKEN, parts=parts))
