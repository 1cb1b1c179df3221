"""Who is calling, as far as her number tells? Looked up in the visit of whoever is asked, with her keys alone.

Nobody is called back because she called: only where somebody who has that number, or an earlier caller from it, has
said how it is safe.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from astra.hotline.models import Contact
from astra.hotline.rules import calls as rules
from astra.hotline.rules.callbacks import forbids_calling
from astra.hotline.sections import CALL_NUMBER, SAFE_CONTACT, SafeContact
from astra.hotline.selectors.calls import CallLine, calls_with_number
from astra.hotline.selectors.regulars import RegularLine, regulars_among
from astra.people import selectors as people
from astra.people.rules.persons import Safety
from astra.people.rules.queries import Query
from astra.vault import selectors as vault
from astra.vault.actor import Actor

FEW = 3


@dataclass(frozen=True)
class KnownCaller:
    """Somebody on record who has this number."""

    person_id: UUID
    name: str
    is_reachable: bool
    safety: Safety | None
    may_be_called: bool
    """False where she has died or her own rules forbid it."""


@dataclass(frozen=True)
class Calling:
    """What is known of whoever calls or called."""

    caller_id: str
    number: str
    """Blank where it is not kept, or not the reader's to see."""
    people: tuple[KnownCaller, ...] = ()
    said: SafeContact | None = None
    """What was said on an earlier call from this number."""
    tries: int = 1
    """How often this number has called while its numbers are kept."""
    again_at: datetime | None = None
    """When the same number called later and was answered."""
    plans: tuple[RegularLine, ...] = ()
    """What every shift has agreed to do when this caller rings."""

    @property
    def permission(self) -> str:
        """Whether she may be called back: "may", or why not."""
        if self.caller_id != rules.GIVEN:
            return self.caller_id or "not_told"
        if not self.number:
            return "closed"
        if any(not one.may_be_called for one in self.people):
            return "forbidden"
        asked = self.said is not None or any(one.safety and not one.safety.is_empty for one in self.people)
        return "may" if asked else "nobody_asked"


def calling(actor: Actor, line: CallLine) -> Calling:
    """Who may be calling; opens the number and asks who is known by it."""
    return callers(actor, [line])[line.id]


def callers(actor: Actor, lines: Sequence[CallLine]) -> dict[UUID, Calling]:
    """The same for several calls: the numbers are opened together, each is looked up once."""
    with_number = [line for line in lines if line.number_id]
    lately = calls_with_number(actor) if with_number else []
    records = {line.number_id for line in (*with_number, *lately) if line.number_id}
    opened = vault.open_sections(actor, records, CALL_NUMBER) if records else {}
    numbers = {record: one.content.number for record, one in opened.items()}
    known: dict[str, Calling] = {}
    found = {}
    for line in lines:
        number = numbers.get(line.number_id, "") if line.number_id else ""
        if not number:
            found[line.id] = Calling(line.caller_id, "")
            continue
        same = [other for other in lately if other.number_id and _is_same(numbers.get(other.number_id), number)]
        if number not in known:
            known[number] = _look_up(actor, number, same)
        found[line.id] = _at(known[number], line, same)
    return found


def _is_same(one: str | None, other: str) -> bool:
    return one is not None and rules.same_number(one, other)


def _at(known: Calling, line: CallLine, same: Sequence[CallLine]) -> Calling:
    later = [other.answered_at for other in same if other.rang_at > line.rang_at and other.answered_at]
    return replace(known, again_at=min(later, default=None))


def _look_up(actor: Actor, number: str, same: Sequence[CallLine]) -> Calling:
    matches = [one for one in people.search(actor, Query(phone=number), limit=FEW) if one.is_likely]
    ids = [one.person_id for one in matches]
    safety, stopped = (people.safety_among(actor, ids), people.stopped_among(ids)) if ids else ({}, set())
    found = []
    for one in matches:
        rules_of_hers = safety.get(one.person_id)
        is_forbidden = rules_of_hers is not None and forbids_calling(rule.code for rule in rules_of_hers.rules)
        found.append(
            KnownCaller(
                one.person_id,
                one.display_name,
                one.is_reachable,
                rules_of_hers,
                one.person_id not in stopped and not is_forbidden,
            )
        )
    plans = regulars_among(actor, persons=ids, contacts=[line.contact_id for line in same], number=number)
    return Calling(rules.GIVEN, number, tuple(found), _said(actor, same), max(len(same), 1), plans=tuple(plans))


def _said(actor: Actor, same: Sequence[CallLine]) -> SafeContact | None:
    """The newest note on safe contact that was taken on a call from this number."""
    contacts = [line.contact_id for line in same]
    notes = vault.open_sections(actor, contacts, SAFE_CONTACT) if contacts else {}
    newest = Contact.objects.filter(pk__in=notes).order_by("-received_at").values_list("pk", flat=True).first()
    return notes[newest].content if newest else None
