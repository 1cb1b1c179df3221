"""How does something go when its time is over? One proposes, another agrees, then its keys are destroyed.

The nightly look only names what ends soon. It holds no reading key and destroys nothing that two people did not agree
to; what was interrupted after their agreement it finishes.
"""

from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from datetime import date
from uuid import UUID

from django.db import transaction

from astra.audit import services as audit
from astra.cases import selectors as case_selectors
from astra.cases import services as cases
from astra.kernel.clock import now, today
from astra.kernel.errors import Denied, NotAllowedNow, NotFound
from astra.people import services as people
from astra.rights.models import Disposal, Ending
from astra.rights.rules import keeping as rules
from astra.rights.selectors.clocks import ending_until
from astra.vault import selectors as vault
from astra.vault.actor import Actor, system
from astra.vault.services import erasure
from astra.vault.services.notes import seal_note

DESKS = ("coordination", "data_protection")
REASON = "retention"


def look_for_endings() -> int:
    """Name anew what ends until the end of next month; returns how many. What was reopened is named no more."""
    found = ending_until(rules.end_of_next_month(today()))
    known = {(row.record_id, row.category): row for row in Ending.objects.all()}
    with transaction.atomic():
        Ending.objects.filter(pk__in=[row.pk for place, row in known.items() if place not in found]).delete()
        for place, row in known.items():
            if place in found and row.ends_on != found[place]:
                Ending.objects.filter(pk=row.pk).update(ends_on=found[place])
        fresh = [
            Ending(record_id=record, category=category, ends_on=day)
            for (record, category), day in found.items()
            if (record, category) not in known
        ]
        Ending.objects.bulk_create(fresh, ignore_conflicts=True)
    for pk in Disposal.objects.filter(state=rules.AGREED).values_list("pk", flat=True):
        _carry_out(system(), pk)
    return len(found)


def propose(*, actor: Actor, category: str, lines: Collection[UUID], reason: str, words: str = "") -> UUID:
    """Propose that what was chosen goes; somebody else agrees or refuses."""
    actor.check_desk(*DESKS)
    if actor.id is None:
        raise Denied(rules.SECOND_PERSON)
    at = now()
    with transaction.atomic():
        rows = list(Ending.objects.select_for_update().filter(pk__in=lines, category=category))
        held = _held(rows)
        standing = [
            rules.Standing(row.pk, row.ends_on, row.kept_until, row.pk in held, row.disposal_id is not None)
            for row in rows
        ]
        rules.check_proposal(standing, reason, today())
        sealed, commitment = _note(actor, words, rows)
        disposal = Disposal.objects.create(
            category=category, reason=reason, asked=len(rows), proposed_by_id=actor.id, proposed_at=at
        )
        Ending.objects.filter(pk__in=[row.pk for row in rows]).update(disposal=disposal)
        audit.record(
            actor_id=actor.id,
            verb="rights.disposal_proposed",
            subjects=_names(rows),
            reason=reason,
            detail={"what": category, "count": len(rows)},
            sealed=sealed,
            commitment=commitment,
        )
    return disposal.pk


def agree(*, actor: Actor, disposal_id: UUID) -> int:
    """A second person agrees: what is still over and not held goes at once; returns how many lines went."""
    with _deciding(actor, disposal_id, "agree", "rights.disposal_agreed"):
        pass
    return _carry_out(actor, disposal_id)


def refuse(*, actor: Actor, disposal_id: UUID, words: str = "") -> None:
    """A second person does not agree; nothing goes."""
    with _deciding(actor, disposal_id, "refuse", "rights.disposal_refused", words):
        Ending.objects.filter(disposal=disposal_id).update(disposal=None)


def take_back_disposal(*, actor: Actor, disposal_id: UUID) -> None:
    """Whoever proposed it takes it back."""
    with _deciding(actor, disposal_id, "take_back", "rights.disposal_taken_back"):
        Ending.objects.filter(disposal=disposal_id).update(disposal=None)


def keep_longer(*, actor: Actor, ending_id: UUID, reason: str, until: date | None, words: str = "") -> None:
    """Put off the end of something: until a day, for a reason."""
    actor.check_desk(*DESKS)
    day = rules.check_delay(reason, until, today())
    with transaction.atomic():
        row = Ending.objects.select_for_update().filter(pk=ending_id).first()
        if row is None:
            raise NotFound
        if row.disposal_id is not None:
            raise NotAllowedNow(rules.IN_PROPOSAL)
        sealed, commitment = _note(actor, words, [row])
        Ending.objects.filter(pk=ending_id).update(kept_until=day, kept_because=reason, kept_by_id=actor.id)
        audit.record(
            actor_id=actor.id,
            verb="rights.kept_longer",
            subjects=_names([row]),
            reason=reason,
            detail={"what": row.category, "due": day.isoformat()},
            sealed=sealed,
            commitment=commitment,
        )


@contextmanager
def _deciding(actor: Actor, disposal_id: UUID, step: str, verb: str, words: str = "") -> Iterator[Disposal]:
    """Lock the proposal and take the step, as somebody who may."""
    actor.check_desk(*DESKS)
    with transaction.atomic():
        row = Disposal.objects.select_for_update().filter(pk=disposal_id).first()
        if row is None:
            raise NotFound
        if step != "take_back":
            rules.check_second(row.proposed_by_id, actor.id)
        elif row.proposed_by_id != actor.id:
            raise Denied(rules.NOT_HERS)
        row.state = rules.DISPOSAL.check(row.state, step)
        row.decided_by_id, row.decided_at = actor.id, now()
        row.save()
        lines = list(row.lines.all())
        sealed, commitment = _note(actor, words, lines)
        yield row
        audit.record(
            actor_id=actor.id,
            verb=verb,
            subjects=_names(lines),
            reason=row.reason,
            detail={"what": row.category, "count": len(lines)},
            sealed=sealed,
            commitment=commitment,
        )


def _carry_out(actor: Actor, disposal_id: UUID) -> int:
    """Destroy what two people agreed to; what is held or no longer over stays, and is said to stay."""
    row = Disposal.objects.get(pk=disposal_id)
    lines = list(row.lines.order_by("pk"))
    over, held = ending_until(today()), _held(lines)
    gone = 0
    for line in lines:
        is_over = (line.record_id, line.category) in over
        if is_over and line.pk not in held and _erase(actor, line):
            gone += 1
            Ending.objects.filter(pk=line.pk).delete()
            Disposal.objects.filter(pk=disposal_id).update(gone=row.gone + gone)
    with transaction.atomic():
        Ending.objects.filter(disposal=disposal_id).update(disposal=None)
        Disposal.objects.filter(pk=disposal_id, state=rules.AGREED).update(state=rules.GONE)
        detail: dict[str, str | int | bool] = {"what": row.category, "count": gone, "left": len(lines) - gone}
        audit.record(actor_id=actor.id, verb="rights.disposed", reason=row.reason, detail=detail)
    return gone


def _erase(actor: Actor, line: Ending) -> bool:
    try:
        _WAYS.get(line.category, _erase_part)(actor, line)
    except (NotAllowedNow, NotFound):  # held or erased meanwhile: the nightly look names it anew, or no more
        return False
    return True


def _erase_part(actor: Actor, line: Ending) -> None:
    cases.let_file_go(actor=actor, case_id=line.record_id, retention=line.category, reason=REASON)


def _erase_record(actor: Actor, line: Ending) -> None:
    erasure.erase_record(actor=actor, record_id=line.record_id, reason=REASON)


def _erase_person(actor: Actor, line: Ending) -> None:
    # Unattended finishing has no desk of its own; the two who agreed had one.
    by = actor if actor.id else _finisher()
    people.erase(actor=by, person_id=line.record_id, reason=REASON)


def _finisher() -> Actor:
    """Unattended work that finishes what two people agreed to: a desk to erase at, and no key."""
    return Actor(None, "system", frozenset(DESKS))


_WAYS: dict[str, Callable[[Actor, Ending], None]] = {
    rules.IDENTITY: _erase_person,
    rules.CONTACT: _erase_record,
    rules.OWN_REQUEST: _erase_record,
}


def _held(rows: Collection[Ending]) -> set[UUID]:
    """Those lines that a legal hold keeps: the record itself, or anything filed in the file."""
    records = vault.held_among([row.record_id for row in rows])
    return {
        row.pk
        for row in rows
        if row.record_id in records
        or (row.category in (rules.CASE, *rules.PARTS) and case_selectors.is_any_held(row.record_id))
    }


def _names(rows: Collection[Ending]) -> list[str]:
    return sorted(set(vault.pseudonyms([row.record_id for row in rows]).values()))


def _note(actor: Actor, words: str, rows: Collection[Ending]) -> tuple[bytes, bytes]:
    return seal_note(actor, words, [row.record_id for row in rows]) if words.strip() else (b"", b"")
