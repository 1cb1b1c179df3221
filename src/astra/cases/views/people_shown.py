"""How are the people of a file shown, each with what must be known before anybody calls her?"""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from astra.cases.selectors import PersonCard, clients_in
from astra.cases.views.shown import Tag
from astra.kernel.clock import today
from astra.people.rules.safety import SafeShown, shown
from astra.people.selectors import PersonFacts
from astra.vault.actor import Actor
from astra.vocabulary.naming import label


@dataclass(frozen=True)
class Detail:
    """One way to reach somebody, and whether it is known to be safe."""

    kind: str
    value: str
    note: str
    safe: Tag | None


@dataclass(frozen=True)
class Shown:
    """Somebody in a file."""

    id: UUID
    name: str
    code_name: str
    role: str
    url: str
    safety_url: str
    consent_url: str
    facts: list[str]
    tags: list[Tag]
    details: list[Detail]
    rules: SafeShown | None
    consents: list[str]
    is_taken_back: bool
    """Whether a consent was withdrawn, so that somebody may still hold what was shared on it."""
    is_client: bool


def safe_first(actor: Actor, case_id: UUID) -> list[Shown]:
    """The clients of a file, for pages from which somebody is about to get in touch with them."""
    return people_shown(clients_in(actor, case_id))


def people_shown(cards: Iterable[PersonCard]) -> list[Shown]:
    """The people of a file, in their order."""
    return [_shown(card) for card in cards]


def age_when_registered(facts: PersonFacts) -> str:
    """The age band of statistics, with the year to which it belongs unless that is this one: nobody stays a child."""
    band, year = label("age_band", facts.age_band), facts.registered_on.year
    return band if not band or year == today().year else f"{band} ({year})"


def _safe(answer: str) -> Tag | None:
    return {"yes": Tag(_("safe"), "good"), "no": Tag(_("not safe"), "danger")}.get(answer)


def _shown(card: PersonCard) -> Shown:
    known, facts = card.known, card.known.facts
    said = (label("sex", facts.sex), age_when_registered(facts), label("whereabouts", facts.whereabouts))
    stop = "" if known.may_be_called else _("Nobody calls any more")
    details = [
        Detail(label("contact_detail_kind", one.kind), one.value, one.note, _safe(one.is_safe)) for one in known.details
    ]
    return Shown(
        id=card.id,
        name=known.name,
        code_name=facts.code_name if facts.code_name != known.name else "",
        role=label("case_role", card.role),
        url=reverse("people:person", args=[card.id]),
        safety_url=reverse("people:safety", args=[card.id]),
        consent_url=reverse("consent:ledger", args=[card.id]),
        facts=[part for part in said if part],
        tags=[Tag(stop, "danger")] if stop else [],
        details=details,
        rules=shown(known.safety, get_language(), stop=stop),
        is_taken_back=any(state == "withdrawn" for state, _count in card.consents),
        consents=[f"{label('consent_answer', state)}: {count}" for state, count in card.consents],
        is_client=card.is_client,
    )
