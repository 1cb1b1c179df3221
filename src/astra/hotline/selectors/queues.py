"""What waits for somebody at the hotline today? Callbacks, follow-ups, reviews, and contacts to vouch for."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import Count, Q

from astra.hotline.models import Contact
from astra.hotline.rules.contacts import day_begins, one_click_kinds
from astra.hotline.rules.lifecycles import RECORDED, RETURNED, TO_CONFIRM, TO_REVIEW
from astra.hotline.selectors.contacts import ContactLine, lines
from astra.kernel.clock import LOCAL, today
from astra.kernel.dues import Due
from astra.kernel.words import msg
from astra.vault import selectors as vault
from astra.vault.actor import Actor
from astra.vault.prepared import Prepared

MOST = 200
FOLLOW_UP = msg("Follow up on a contact")
MEND = msg("A senior has returned your entry: please complete it")


_TO_REVIEW = Prepared(
    lambda: (
        Contact.objects.filter(review=TO_REVIEW, standing=RECORDED)
        .order_by("received_at")
        .values_list("pk", "saved_at")[:MOST]
    )
)
_TO_CONFIRM = Prepared(
    lambda: Contact.objects.filter(standing=TO_CONFIRM).order_by("received_at").values_list("pk", "saved_at")[:MOST]
)
_FOLLOW_UPS = Prepared(
    lambda counsellor, day: (
        Contact.objects.filter(counsellor=counsellor, standing=RECORDED, followed_up_at=None, follow_up_on__lte=day)
        .order_by("-follow_up_on")
        .values_list("pk", "follow_up_on")[:MOST]
    )
)
_RETURNED = Prepared(
    lambda entered_by: Contact.objects.filter(entered_by=entered_by, review=RETURNED, standing=RECORDED).values_list(
        "pk", "saved_at"
    )[:MOST]
)
_COUNTS = Prepared(
    lambda counsellor, since, before: (
        Contact.objects.filter(standing=RECORDED, received_at__gte=since, received_at__lt=before)
        .values("standing")
        .annotate(
            every=Count("pk"),
            without_data=Count("pk", filter=Q(kind__in=one_click_kinds())),
            mine=Count("pk", filter=Q(counsellor=counsellor)),
        )
        .values_list("every", "without_data", "mine")
    )
)


@dataclass(frozen=True)
class DayCounts:
    """How the day went so far, in coded numbers."""

    all: int
    without_data: int
    mine: int


def counts_today(actor: Actor, day: date | None = None) -> DayCounts:
    """How many contacts the lines had today; numbers only, of everybody's contacts."""
    actor.check_desk("hotline")
    day = day or today()
    since, before = day_begins(day), day_begins(day + timedelta(days=1))
    counted = _COUNTS(counsellor=actor.id, since=since, before=before) if actor.id else []
    return DayCounts(*counted[0]) if counted else DayCounts(0, 0, 0)


def is_reader(actor: Actor) -> bool:
    """Whether the actor reads the contacts of a line, and not only logs them."""
    circles = vault.desk_circles()
    return bool(actor.keyring.find([circles["hotline"], circles["missing"]]))


def is_senior(actor: Actor) -> bool:
    """Whether the actor reads what volunteers wrote, and vouches for it."""
    return actor.keyring.holds(vault.desk_circles()["seniors"])


def to_review(actor: Actor) -> list[ContactLine]:
    """Volunteers' entries that nobody has read yet, the oldest first; for seniors."""
    return lines(actor, list(_to_review(actor)))[::-1]


def to_confirm(actor: Actor) -> list[ContactLine]:
    """Contacts logged without keys that nobody has vouched for yet, the oldest first."""
    return lines(actor, list(_to_confirm(actor)))[::-1]


@dataclass(frozen=True)
class Waiting:
    """How much waits in each queue that the actor serves; none where it is not hers."""

    review: int | None
    confirm: int | None


def waiting(actor: Actor) -> Waiting:
    """Count the queues without opening anything: this stands beside every page of the hotline."""
    return Waiting(
        review=len(_to_review(actor)) if is_senior(actor) else None,
        confirm=len(_to_confirm(actor)) if is_reader(actor) else None,
    )


def _to_review(actor: Actor) -> dict[UUID, datetime]:
    actor.check_desk("hotline")
    return _waiting(actor, _TO_REVIEW)


def _to_confirm(actor: Actor) -> dict[UUID, datetime]:
    actor.check_desk("hotline")
    return _waiting(actor, _TO_CONFIRM)


def _waiting(actor: Actor, queue: Prepared) -> dict[UUID, datetime]:
    found: dict[UUID, datetime] = dict(queue())
    mine = vault.reachable_among(actor, list(found)) if found else set()
    return {pk: at for pk, at in found.items() if pk in mine}


def due(actor: Actor, day: date) -> list[Due]:
    """What only she can do: follow up on contacts that she took, mend entries that came back to her.

    Promises to call back and the queues have pages and counts of their own (`callbacks`, `waiting`).
    """
    return sorted([*_follow_ups(actor, day), *_returned(actor)]) if actor.has_desk("hotline") else []


def _follow_ups(actor: Actor, day: date) -> list[Due]:
    found: dict[UUID, date] = dict(_FOLLOW_UPS(counsellor=actor.id, day=day)) if actor.id else {}
    mine = vault.reachable_among(actor, list(found)) if found else set()
    return [Due(on, "hotline.follow_up", pk, FOLLOW_UP) for pk, on in found.items() if pk in mine and on]


def _returned(actor: Actor) -> list[Due]:
    own = _RETURNED(entered_by=actor.id) if actor.id else []
    return [Due(_day(at), "hotline.returned", pk, MEND) for pk, at in own]


def _day(at: datetime) -> date:
    return at.astimezone(LOCAL).date()
