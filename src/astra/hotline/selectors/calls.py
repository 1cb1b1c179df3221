"""Which calls ring, go on, wait to be logged or were missed? By coded facts alone; no number is opened here."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from astra.hotline.models import Call, Telephone
from astra.hotline.rules import calls as rules
from astra.hotline.rules.lifecycles import TO_LOG
from astra.hotline.selectors.pulses import Pulse
from astra.kernel.clock import now
from astra.kernel.errors import NotFound
from astra.vault import selectors as vault
from astra.vault.actor import Actor
from astra.vault.prepared import Prepared, PreparedRows

MOST = 200
MISSED_FOR = timedelta(days=14)
"""So long a missed call waits in its queue; afterwards her number is gone and nobody could do anything."""


@dataclass(frozen=True)
class CallLine:
    """One call, as a list shows it."""

    id: UUID
    contact_id: UUID
    number_id: UUID | None
    line: str
    state: str
    caller_id: str
    rang_at: datetime
    answered_at: datetime | None
    ended_at: datetime | None
    answered_by: UUID | None
    outcome: str
    standing: str
    """The standing of its contact."""

    @property
    def is_to_log(self) -> bool:
        """Whether nobody has said yet what it was."""
        return self.standing == TO_LOG

    @property
    def is_ringing(self) -> bool:
        """Whether nobody has taken it yet."""
        return self.state == rules.RINGING and self.answered_by is None

    @property
    def is_going_on(self) -> bool:
        """Whether it rings or somebody speaks."""
        return self.state in rules.OPEN_STATES


_OPEN = Q(state__in=rules.OPEN_STATES)
_UNLOGGED = Q(contact__standing=TO_LOG)
_MISSED = Q(state=rules.MISSED, outcome="") & ~_UNLOGGED


def _rows(chosen: Q, **values: Any) -> QuerySet[Call]:  # Any: the values of the filter
    return Call.objects.filter(chosen, **values).select_related("contact").order_by("-rang_at", "-pk")


def _now_or_unlogged() -> QuerySet[Any, Any]:  # Any: rows of columns
    return _rows(_OPEN | _UNLOGGED).values_list(*_COLUMNS)[:MOST]


_COLUMNS = (
    "pk",
    "contact_id",
    "number_id",
    "line",
    "state",
    "caller_id",
    "rang_at",
    "answered_at",
    "ended_at",
    "answered_by_id",
    "outcome",
    "contact__standing",
)
_FIELDS = tuple(CallLine.__dataclass_fields__)
_CURRENT = Prepared(_now_or_unlogged)
_MISSED_ROWS = Prepared(lambda since: _rows(_MISSED, rang_at__gt=since).values_list(*_COLUMNS)[:MOST])
_ONE = Prepared(lambda call: _rows(Q(), pk=call).values_list(*_COLUMNS))
_OF_CONTACT = Prepared(lambda contact: _rows(Q(), contact=contact).values_list(*_COLUMNS))
_LATELY = Prepared(lambda since: _rows(Q(), rang_at__gt=since, number__isnull=False).values_list(*_COLUMNS)[:MOST])
_PULSE = Prepared(
    lambda: (
        Call.objects.filter(_OPEN | _UNLOGGED | _MISSED)
        .order_by("-pk")  # the newest: where very many wait, the bell must still hear the one that rings
        .values_list("pk", "state", "answered_by", "caller_id", "line", "contact__standing")[: 2 * MOST]
    )
)
_TELEPHONES = PreparedRows(Telephone, lambda member: Telephone.objects.filter(member=member))


def _lines(actor: Actor, rows: Iterable[Any]) -> list[CallLine]:  # Any: rows of `_COLUMNS`
    found = [CallLine(**dict(zip(_FIELDS, row, strict=True))) for row in rows]
    mine = vault.reachable_among(actor, [one.id for one in found]) if found else set()
    return [one for one in found if one.id in mine]


@dataclass(frozen=True)
class CallsNow:
    """What goes on at the telephones, and what nobody has logged yet."""

    going_on: tuple[CallLine, ...]
    """The newest first."""
    to_log: tuple[CallLine, ...]
    """Ended, the oldest first."""


def calls_now(actor: Actor) -> CallsNow:
    """The calls that go on and those that wait to be logged."""
    actor.check_desk("hotline")
    found = _lines(actor, _CURRENT())
    return CallsNow(
        tuple(one for one in found if one.is_going_on),
        tuple(one for one in reversed(found) if not one.is_going_on and one.is_to_log),
    )


def calls_before_her(actor: Actor, at: datetime) -> list[CallLine]:
    """For every page: calls that ring, then her own until logged, then those that nobody has said she answered."""
    found = calls_now(actor)
    shown = [one for one in (*found.going_on, *reversed(found.to_log)) if one.is_ringing or one.is_to_log]
    lately = [one for one in shown if one.ended_at is None or at - one.ended_at < rules.SHOWN_AFTER]
    hers = [one for one in lately if one.answered_by in (None, actor.id)]
    return sorted(hers, key=lambda one: (not one.is_ringing, one.answered_by is None))


def missed_calls(actor: Actor) -> list[CallLine]:
    """Missed calls about which nothing was done yet, the newest first."""
    actor.check_desk("hotline")
    return _lines(actor, _MISSED_ROWS(since=now() - MISSED_FOR))


def count_calls(actor: Actor) -> int:
    """How many calls ring, wait to be logged or were missed: a number beside a page."""
    found = calls_now(actor)
    ringing = sum(one.is_ringing for one in found.going_on)
    return ringing + len(found.to_log) + len(missed_calls(actor))


def call(actor: Actor, call_id: UUID) -> CallLine:
    """One call, or `NotFound`."""
    rows = _lines(actor, _ONE(call=call_id))
    if not rows:
        raise NotFound
    return rows[0]


def call_of(actor: Actor, contact_id: UUID) -> CallLine | None:
    """The call that a contact was, if it was one that an exchange told of."""
    return next(iter(_lines(actor, _OF_CONTACT(contact=contact_id))), None)


def calls_with_number(actor: Actor) -> list[CallLine]:
    """The calls whose number is still kept, the newest first."""
    return _lines(actor, _LATELY(since=now() - rules.KEEP_NUMBER))


def my_telephone(actor: Actor) -> str:
    """At which telephone the actor has said she sits."""
    rows: Collection[Telephone] = _TELEPHONES(member=actor.id) if actor.id else []
    return next((row.extension for row in rows), "")


def calls_pulse() -> Pulse:
    """The pulse of the telephones, for those who sit at the hotline."""
    return Pulse(standing=hash(tuple(map(tuple, _PULSE()))))
