"""Whom have we promised to call back, how may she be called, and may she be called at all?"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from astra.hotline.models import Callback
from astra.hotline.rules.callbacks import forbids_calling, is_time_to_decide
from astra.hotline.rules.lifecycles import OPEN
from astra.hotline.sections import CALLBACK_NOTE, SAFE_CONTACT, CallbackNote, SafeContact
from astra.kernel.clock import now
from astra.kernel.errors import NotFound
from astra.people import selectors as people
from astra.people.rules.persons import Safety
from astra.vault import selectors as vault
from astra.vault.actor import Actor
from astra.vault.prepared import Prepared, PreparedRows

MOST = 200


@dataclass(frozen=True)
class CallbackLine:
    """A promise with what must be known before anybody dials."""

    id: UUID
    contact_id: UUID | None
    person_id: UUID | None
    line: str
    due_at: datetime
    assigned_to: UUID | None
    promised_by: UUID | None
    state: str
    attempts: int
    is_time_to_decide: bool
    may_be_called: bool
    """A death stops callbacks (proceedings go on), and so does a rule of hers."""
    rules: Safety | None
    said_rules: SafeContact | None
    """What an unknown caller said in the contact itself."""
    note: CallbackNote | None


def _open(until: datetime | None = None, **hers: Any) -> QuerySet[Callback]:  # Any: the values of `vault.within`
    rows = Callback.objects.filter(vault.within("pk", **hers), state=OPEN)
    return (rows.filter(due_at__lte=until) if until is not None else rows).order_by("due_at", "pk")[:MOST]


_OPEN = PreparedRows(Callback, _open)
_DUE = Prepared(lambda **values: _open(**values).values_list("pk"))


def callbacks(actor: Actor, *, until: datetime | None = None) -> list[CallbackLine]:
    """Open promises that the actor may know of, the most overdue first."""
    actor.check_desk("hotline", "cases")
    by_then = {"until": until} if until is not None else {}
    return _lines(actor, _OPEN(**by_then, **vault.reach_of(actor, kind="callback")))


def count_due_now(actor: Actor) -> int:
    """How many promises are due this minute, those that turn out to be stopped included: a number beside a page."""
    return len(_DUE(until=now(), **vault.reach_of(actor, kind="callback")))


def callback(actor: Actor, callback_id: UUID) -> CallbackLine:
    """One promise, open or ended, or `NotFound`."""
    vault.check_reach(actor, callback_id)
    rows = _lines(actor, list(Callback.objects.filter(pk=callback_id)))
    if not rows:
        raise NotFound
    return rows[0]


def callbacks_about(actor: Actor, contact_id: UUID) -> list[CallbackLine]:
    """The promises that a contact led to."""
    rows = list(Callback.objects.filter(contact=contact_id).order_by("due_at"))
    mine = vault.reachable_among(actor, [row.pk for row in rows]) if rows else set()
    return _lines(actor, [row for row in rows if row.pk in mine])


def who_may_not_be_called(persons: Collection[UUID], safety: Mapping[UUID, Safety]) -> set[UUID]:
    """Those whom nobody calls: a death or one of their own rules stops it."""
    dead = people.stopped_among(persons) if persons else set()
    return dead | {who for who, their in safety.items() if forbids_calling(rule.code for rule in their.rules)}


def _lines(actor: Actor, rows: Collection[Callback]) -> list[CallbackLine]:
    persons = {row.person_id for row in rows if row.person_id}
    rules = people.safety_among(actor, list(persons)) if persons else {}
    contacts = [row.contact_id for row in rows if row.contact_id]
    said = vault.open_sections(actor, contacts, SAFE_CONTACT) if contacts else {}
    notes = vault.open_sections(actor, [row.pk for row in rows], CALLBACK_NOTE) if rows else {}
    stopped = who_may_not_be_called(persons, rules)
    found = []
    for row in rows:
        said_rules = said.get(row.contact_id) if row.contact_id else None
        note = notes.get(row.pk)
        found.append(
            CallbackLine(
                id=row.pk,
                contact_id=row.contact_id,
                person_id=row.person_id,
                line=row.line,
                due_at=row.due_at,
                assigned_to=row.assigned_to_id,
                promised_by=row.promised_by_id,
                state=row.state,
                attempts=row.attempts,
                is_time_to_decide=is_time_to_decide(row.attempts),
                may_be_called=row.person_id not in stopped,
                rules=rules.get(row.person_id) if row.person_id else None,
                said_rules=said_rules.content if said_rules else None,
                note=note.content if note else None,
            )
        )
    return found
