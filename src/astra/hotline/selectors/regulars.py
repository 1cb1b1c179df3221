"""Who calls again and again, and how does every shift answer? Found by person, contact, number or nickname."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Q

from astra.hotline.models import CallerPlan, Contact, ContactPerson
from astra.hotline.rules import regulars as rules
from astra.hotline.rules.calls import same_number
from astra.hotline.rules.contacts import CALLER
from astra.hotline.sections import CALLER_PLAN, PlanWords
from astra.hotline.selectors.contacts import ContactLine, contacts_of_person, lines
from astra.kernel.dues import Due
from astra.kernel.errors import NotFound
from astra.kernel.words import msg
from astra.vault import selectors as vault
from astra.vault.actor import Actor
from astra.vault.prepared import PreparedRows
from astra.vault.sections import Opened

MOST, SHOWN = 200, 20
REVIEW = msg("Look at the plan for a regular caller")
_ACTIVE = PreparedRows(
    CallerPlan,
    lambda **hers: CallerPlan.objects.filter(vault.within("pk", **hers), state=rules.ACTIVE).order_by(
        "review_on", "pk"
    )[:MOST],
)


@dataclass(frozen=True)
class RegularLine:
    """One plan, with its words as far as they open."""

    id: UUID
    person_id: UUID | None
    contact_id: UUID | None
    state: str
    led_by: UUID | None
    review_on: date | None
    made_at: datetime
    ended_at: datetime | None
    reason: str
    words: PlanWords
    revision: int | None


def regulars(actor: Actor) -> list[RegularLine]:
    """The plans that hold, those to be looked at first at the top; for everybody who may have to answer."""
    actor.check_desk("hotline", "cases")
    return _lines(actor, _active(actor))


def regulars_ended(actor: Actor) -> list[RegularLine]:
    """Plans that somebody ended, the newest first."""
    actor.check_desk("hotline", "cases")
    rows = CallerPlan.objects.filter(state=rules.ENDED).order_by("-ended_at")[:MOST]
    hers = vault.reachable_among(actor, [row.pk for row in rows])
    return _lines(actor, [row for row in rows if row.pk in hers])


def regular(actor: Actor, plan_id: UUID) -> RegularLine:
    """One plan, or `NotFound`."""
    actor.check_desk("hotline", "cases")
    vault.check_reach(actor, plan_id)
    found = _lines(actor, list(CallerPlan.objects.filter(pk=plan_id)))
    if not found:
        raise NotFound
    return found[0]


def regular_before(actor: Actor, plan_id: UUID) -> list[Opened[PlanWords]]:
    """How the plan read earlier, the newest first."""
    return vault.open_earlier(actor, regular(actor, plan_id).id, CALLER_PLAN)


def contacts_of_regular(actor: Actor, plan_id: UUID) -> list[ContactLine]:
    """The newest contacts of this caller."""
    line = regular(actor, plan_id)
    if line.person_id is not None:
        return contacts_of_person(actor, line.person_id, limit=SHOWN)
    if line.contact_id is None:
        return []
    chain = Contact.objects.filter(Q(pk=line.contact_id) | Q(repeat_of=line.contact_id)).order_by("-received_at")
    return lines(actor, list(chain.values_list("pk", flat=True)[:SHOWN]))


def regulars_among(
    actor: Actor, *, persons: Iterable[UUID] = (), contacts: Collection[UUID] = (), number: str = "", typed: str = ""
) -> list[RegularLine]:
    """The plans for whoever may be calling: asked for on every screen on which somebody answers."""
    wanted, chains = set(persons), set(contacts)
    if wanted:
        chains |= set(ContactPerson.objects.filter(person__in=wanted, role=CALLER).values_list("contact", flat=True))
    if chains:
        roots = Contact.objects.filter(pk__in=chains).values_list("repeat_of", flat=True)
        chains |= {root for root in roots if root}
    if not (wanted or chains or number or typed):
        return []
    rows = _active(actor)
    coded = [row for row in rows if row.person_id in wanted or row.contact_id in chains]
    if not (number or typed):
        return _lines(actor, coded)
    return [
        line
        for line in _lines(actor, rows)
        if line.person_id in wanted
        or line.contact_id in chains
        or (number and any(same_number(known, number) for known in line.words.numbers))
        or (typed and rules.is_nickname(typed, line.words.nickname))
    ]


def plans_due(actor: Actor, day: date) -> list[Due]:
    """The plans that she leads and has to look at; those that nobody leads are everybody's."""
    if not actor.has_desk("hotline"):
        return []
    rows = [row for row in _active(actor) if row.review_on and row.review_on <= day]
    return [
        Due(row.review_on, "hotline.caller_plan", row.pk, REVIEW)
        for row in rows
        if row.review_on and row.led_by_id in (None, actor.id)
    ]


def count_plans_due(actor: Actor, day: date) -> int:
    """How many plans have to be looked at, whoever leads them."""
    return sum(row.review_on is not None and row.review_on <= day for row in _active(actor))


def _active(actor: Actor) -> list[CallerPlan]:
    return list(_ACTIVE(**vault.reach_of(actor, kind="caller_plan")))


def _lines(actor: Actor, rows: Collection[CallerPlan]) -> list[RegularLine]:
    words = vault.open_sections(actor, [row.pk for row in rows], CALLER_PLAN) if rows else {}
    callers = _callers({row.contact_id for row in rows if row.contact_id and not row.person_id})
    return [
        RegularLine(
            id=row.pk,
            person_id=row.person_id or callers.get(row.contact_id),
            contact_id=row.contact_id,
            state=row.state,
            led_by=row.led_by_id,
            review_on=row.review_on,
            made_at=row.made_at,
            ended_at=row.ended_at,
            reason=row.reason,
            words=words[row.pk].content if row.pk in words else PlanWords(),
            revision=words[row.pk].revision if row.pk in words else None,
        )
        for row in rows
    ]


def _callers(contacts: Collection[UUID]) -> dict[UUID | None, UUID]:
    """Who the callers of contacts turned out to be, where somebody has linked one."""
    rows = ContactPerson.objects.filter(contact__in=contacts, role=CALLER) if contacts else ContactPerson.objects.none()
    return dict(rows.order_by("-linked_at").values_list("contact", "person"))
