"""Which calls and contacts of the last day may be one person who cannot speak? Compared in the visit of who looks."""

from collections.abc import Container
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from astra.hotline.models import Contact
from astra.hotline.rules import silence as rules
from astra.hotline.rules.lifecycles import RECORDED
from astra.hotline.sections import CALL_NUMBER
from astra.hotline.selectors.calls import CallLine, calls_now, calls_with_number, missed_calls
from astra.hotline.selectors.regulars import RegularLine, regulars_among
from astra.kernel.clock import now
from astra.vault import selectors as vault
from astra.vault.actor import Actor
from astra.vault.prepared import Prepared

MOST = 200
_CONTACTS = Prepared(
    lambda since: (
        Contact.objects.filter(standing=RECORDED, received_at__gt=since, kind__in=rules.KINDS)
        .order_by("-received_at", "-pk")
        .values_list("pk", "received_at", "line")[:MOST]
    )
)


@dataclass(frozen=True)
class SilentGroup:
    """Calls in which nobody spoke and that may be one person's."""

    contacts: tuple[UUID, ...]
    """By time, the first one first."""
    line: str
    first_at: datetime
    last_at: datetime
    is_one_number: bool
    to_log: tuple[CallLine, ...] = ()
    missed: tuple[CallLine, ...] = ()
    plans: tuple[RegularLine, ...] = ()
    """What was agreed for this caller, if it is one we know."""

    @property
    def count(self) -> int:
        """How many."""
        return len(self.contacts)

    @property
    def is_open(self) -> bool:
        """Whether something is still to be logged or settled."""
        return bool(self.to_log or self.missed)


def silent_groups(actor: Actor) -> list[SilentGroup]:
    """The repeated silent calls of the last day, each person's together; the newest first."""
    actor.check_desk("hotline")
    since = now() - rules.WINDOW
    to_log = {
        one.contact_id: one
        for one in calls_now(actor).to_log
        if one.rang_at > since and rules.is_short(one.answered_at, one.ended_at)
    }
    missed = {one.contact_id: one for one in missed_calls(actor) if one.rang_at > since}
    found = _CONTACTS(since=since)
    mine = vault.reachable_among(actor, [pk for pk, _, _ in found]) if found else set()
    given = {pk: (at, line) for pk, at, line in found if pk in mine}
    given |= {one.contact_id: (one.rang_at, one.line) for one in (*to_log.values(), *missed.values())}
    if len(given) < rules.FEWEST:
        return []
    numbers = _numbers(actor, since, given)
    quiet = [rules.Quiet(at, contact, line, numbers.get(contact, "")) for contact, (at, line) in given.items()]
    together = (_group(actor, its, to_log, missed) for its in rules.groups(quiet))
    # One number that nobody answered is no silent caller: she waits among the missed calls, with how often she tried.
    return [one for one in together if not one.is_one_number or len(one.missed) < one.count]


def _numbers(actor: Actor, since: datetime, contacts: Container[UUID]) -> dict[UUID, str]:
    """The numbers of these calls, by their contact; opened with her keys, and no others."""
    calls = {
        one.number_id: one.contact_id
        for one in calls_with_number(actor)
        if one.number_id and one.rang_at > since and one.contact_id in contacts
    }
    opened = vault.open_sections(actor, list(calls), CALL_NUMBER) if calls else {}
    return {calls[record]: one.content.number for record, one in opened.items()}


def _group(
    actor: Actor, its: tuple[rules.Quiet, ...], to_log: dict[UUID, CallLine], missed: dict[UUID, CallLine]
) -> SilentGroup:
    contacts = tuple(one.id for one in its)
    number = its[0].number
    return SilentGroup(
        contacts=contacts,
        line=its[-1].line,
        first_at=its[0].at,
        last_at=its[-1].at,
        is_one_number=bool(number),
        to_log=tuple(to_log[one] for one in contacts if one in to_log),
        missed=tuple(missed[one] for one in contacts if one in missed),
        plans=tuple(regulars_among(actor, contacts=contacts, number=number)),
    )
