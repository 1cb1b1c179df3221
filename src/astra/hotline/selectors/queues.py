"""What waits for somebody at the hotline today? Callbacks, follow-ups, reviews, and contacts to vouch for."""

from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from astra.hotline.models import Callback, Contact
from astra.hotline.rules.contacts import day_begins, one_click_kinds
from astra.hotline.rules.lifecycles import OPEN, RECORDED, RETURNED, TO_CONFIRM, TO_REVIEW
from astra.hotline.selectors.callbacks import who_may_not_be_called
from astra.hotline.selectors.contacts import ContactLine, lines
from astra.kernel.clock import LOCAL, today
from astra.kernel.dues import Due
from astra.kernel.words import msg
from astra.people import selectors as people
from astra.vault import selectors as vault
from astra.vault.actor import Actor

MOST = 200
CALL_BACK = msg("Call back")
FOLLOW_UP = msg("Follow up on a contact")
MEND = msg("A senior has returned your entry: please complete it")
REVIEW = msg("Read a volunteer's entry")
VOUCH = msg("Somebody logged a contact without keys: vouch for it or reject it")


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
    rows = Contact.objects.filter(standing=RECORDED, received_at__gte=since, received_at__lt=before)
    counted = rows.aggregate(
        all=Count("pk"),
        without_data=Count("pk", filter=Q(kind__in=one_click_kinds())),
        mine=Count("pk", filter=Q(counsellor=actor.id)),
    )
    return DayCounts(**counted)


def is_reader(actor: Actor) -> bool:
    """Whether the actor reads the contacts of a line, and not only logs them."""
    circles = vault.desk_circles()
    return bool(actor.keyring.find([circles["hotline"], circles["missing"]]))


def is_senior(actor: Actor) -> bool:
    """Whether the actor reads what volunteers wrote, and vouches for it."""
    return actor.keyring.holds(vault.desk_circles()["seniors"])


def to_review(actor: Actor) -> list[ContactLine]:
    """Volunteers' entries that nobody has read yet, the oldest first; for seniors."""
    actor.check_desk("hotline")
    return _waiting(actor, Contact.objects.filter(review=TO_REVIEW, standing=RECORDED))


def to_confirm(actor: Actor) -> list[ContactLine]:
    """Contacts logged without keys that nobody has vouched for yet, the oldest first."""
    actor.check_desk("hotline")
    return _waiting(actor, Contact.objects.filter(standing=TO_CONFIRM))


def _waiting(actor: Actor, rows: QuerySet[Contact]) -> list[ContactLine]:
    ids = list(rows.order_by("received_at").values_list("pk", flat=True)[:MOST])
    return lines(actor, ids)[::-1]


def due(actor: Actor, day: date) -> list[Due]:
    """What the hotline expects of this actor by the end of a day."""
    if not actor.has_desk("hotline"):
        return []
    ending = day_begins(day + timedelta(days=1))
    promised = Callback.objects.filter(Q(assigned_to=None) | Q(assigned_to=actor.id), state=OPEN, due_at__lt=ending)
    rows = list(promised.order_by("due_at").values_list("pk", "due_at", "person")[:MOST])
    mine = vault.reachable_among(actor, [pk for pk, _, _ in rows]) if rows else set()
    persons = {person for pk, _, person in rows if pk in mine and person is not None}
    stopped = who_may_not_be_called(persons, people.safety_among(actor, list(persons)) if persons else {})
    dues = [
        Due(at.astimezone(LOCAL).date(), "hotline.callback", pk, CALL_BACK)
        for pk, at, person in rows
        if pk in mine and person not in stopped
    ]
    return sorted([*dues, *_follow_ups(actor, day), *_reviews(actor)])


def _follow_ups(actor: Actor, day: date) -> list[Due]:
    rows = Contact.objects.filter(counsellor=actor.id, standing=RECORDED, followed_up_at=None, follow_up_on__lte=day)
    found = dict(rows.order_by("-follow_up_on").values_list("pk", "follow_up_on")[:MOST])
    mine = vault.reachable_among(actor, list(found)) if found else set()
    return [Due(on, "hotline.follow_up", pk, FOLLOW_UP) for pk, on in found.items() if pk in mine and on]


def _reviews(actor: Actor) -> list[Due]:
    own = Contact.objects.filter(entered_by=actor.id, review=RETURNED, standing=RECORDED)
    dues = [_due(pk, on.date(), "hotline.returned", MEND) for pk, on in own.values_list("pk", "saved_at")[:MOST]]
    circles = vault.desk_circles()
    if actor.keyring.holds(circles["seniors"]):
        dues += [_due(line.id, line.saved_at.date(), "hotline.review", REVIEW) for line in to_review(actor)]
    if actor.keyring.holds(circles["hotline"]):
        dues += [_due(line.id, line.saved_at.date(), "hotline.vouch", VOUCH) for line in to_confirm(actor)]
    return dues


def _due(record_id: UUID, day: date, kind: str, label: str) -> Due:
    return Due(day, kind, record_id, label)
