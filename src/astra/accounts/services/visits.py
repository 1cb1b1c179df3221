"""How does a visit begin, lock, unlock and end? The only writer of visits."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from astra.accounts import selectors
from astra.accounts.models import ACTIVE, User, Visit
from astra.accounts.rules.visits import SEEN_EVERY, VISIT_AT_MOST, hold_begins, is_idle, is_over
from astra.accounts.selectors import clock_of
from astra.accounts.services import custody
from astra.audit import services as audit
from astra.kernel.clock import now
from astra.kernel.words import msg
from astra.vault.actor import staff
from astra.vault.keyring import NotHeld
from astra.vault.services import circles
from astra.vault.services.keys import SwappedKey
from astra.vault.services.members import OpenedMember

RENEWAL_REFUSED = msg(
    "A key in the database is not the one that was certified. You can work, but tell the data protection officer."
)


@dataclass(frozen=True)
class Begun:
    """A visit that has just begun or been unlocked, and the key its browser must keep."""

    visit: Visit
    cookie_key: bytes


def begin(*, user: User, opened: OpenedMember, is_confirmed: bool) -> Begun:
    """Begin a visit: the key is put away and only the browser can take it out again."""
    at = now()
    visit = Visit(user=user, generation=opened.generation, started_at=at, opened_at=at, seen_at=at)
    visit.confirmed_at = at if is_confirmed else None
    key = custody.new_cookie_key()
    visit.wrapped = custody.put_away(opened, key, visit.id)
    with transaction.atomic():
        visit.save(force_insert=True)
        audit.record(actor_id=opened.member_id, verb="accounts.signed_in", detail={"confirmed": is_confirmed})
    return Begun(visit, key)


def resume(*, visit_id: str, user_id: str, cookie: str) -> tuple[Visit, OpenedMember | None] | None:
    """Take up a visit for one request: its opened key, or none while it is locked; None if it is over."""
    whole = selectors.find_visit(visit_id, user_id)
    if whole is None or not whole[0].user.is_active:
        return None
    found, circle_id = whole
    at = now()
    if is_over(clock_of(found), at):
        end(visit=found, verb="accounts.visit_over")
        return None
    if bytes(found.wrapped) and is_idle(clock_of(found), at):
        lock(visit=found, verb="accounts.idle_locked")
    if not bytes(found.wrapped):
        return found, None
    try:
        key = custody.read_cookie(cookie)
        opened = custody.take_out(
            wrapped=bytes(found.wrapped),
            key=key,
            place=found.id,
            member_id=found.user.member_id,
            circle_id=circle_id,
            generation=found.generation,
        )
    except custody.NotHers:
        found.wrapped = b""  # for this request it is locked; the row stays as it is for the browser that has the key
        return found, None
    return found, opened


def see(*, visit: Visit, at: datetime | None = None) -> None:
    """Note that she is at work; written at most every half minute."""
    at = at or now()
    if at - visit.seen_at >= SEEN_EVERY:
        visit.seen_at = at
        Visit.objects.filter(pk=visit.pk, seen_at__lt=at).update(seen_at=at)


def hold(*, visit: Visit) -> None:
    """An open call or chat is on her screen: do not lock, for an hour at most."""
    at = now()
    visit.hold_began_at, visit.held_at = hold_begins(clock_of(visit), at), at
    Visit.objects.filter(pk=visit.pk).update(hold_began_at=visit.hold_began_at, held_at=at)


def confirm(*, visit: Visit) -> None:
    """The second factor was given: the keys may be used from now on."""
    visit.confirmed_at = visit.seen_at = now()
    with transaction.atomic():
        Visit.objects.filter(pk=visit.pk).update(confirmed_at=visit.confirmed_at, seen_at=visit.seen_at)
        audit.record(actor_id=visit.user.member_id, verb="accounts.second_factor_set")


def renew_stale(*, user: User, opened: OpenedMember) -> bool:
    """Renew the circles that somebody left while no member was here; False if a key had been swapped."""
    if user.state != ACTIVE:
        return True
    actor = staff(opened.member_id, selectors.desks_for(user), opened.keyring())
    try:
        circles.renew_stale(actor=actor)
    except NotHeld:  # a circle that nobody has vouched for yet; one of its members will renew it
        return True
    except SwappedKey:
        audit.record(actor_id=opened.member_id, verb="accounts.renewal_refused")
        return False
    return True


def lock(*, visit: Visit, verb: str = "accounts.locked") -> None:
    """Throw the wrapped key away; nothing opens until the passphrase is typed again."""
    visit.wrapped, visit.hold_began_at, visit.held_at = b"", None, None
    with transaction.atomic():
        Visit.objects.filter(pk=visit.pk).update(wrapped=b"", hold_began_at=None, held_at=None)
        audit.record(actor_id=visit.user.member_id, verb=verb)


def unlock(*, visit: Visit, opened: OpenedMember) -> bytes:
    """Put the key away again after the passphrase was right; returns what the browser must keep."""
    at = now()
    key = custody.new_cookie_key()
    visit.generation, visit.opened_at, visit.seen_at = opened.generation, at, at
    visit.wrapped = custody.put_away(opened, key, visit.id)
    with transaction.atomic():
        visit.save(update_fields=["wrapped", "generation", "opened_at", "seen_at"])
        audit.record(actor_id=opened.member_id, verb="accounts.unlocked")
    return key


def end(*, visit: Visit, verb: str = "accounts.signed_out") -> None:
    """End a visit: its row goes, and with it the wrapped key."""
    with transaction.atomic():
        if Visit.objects.filter(pk=visit.pk).delete()[0]:
            audit.record(actor_id=visit.user.member_id, verb=verb)


def sweep() -> int:
    """Lock what is idle and delete what is over, also where no request comes any more; a chore of every minute."""
    at = now()
    over, _ = Visit.objects.filter(started_at__lt=at - VISIT_AT_MOST).delete()
    idle = [one for one in Visit.objects.exclude(wrapped=b"").select_related("user") if is_idle(clock_of(one), at)]
    for one in idle:
        lock(visit=one, verb="accounts.idle_locked")
    return over + len(idle)


def end_all(*, user_ids: list[UUID], actor_id: UUID | None, but: UUID | None = None) -> int:
    """End every visit of some people at once; the next request of each finds nothing."""
    with transaction.atomic():
        theirs = Visit.objects.filter(user__in=user_ids)
        ended, _ = (theirs.exclude(pk=but) if but else theirs).delete()
        audit.record(actor_id=actor_id, verb="accounts.visits_ended", detail={"people": len(user_ids), "visits": ended})
    return ended
