"""Which file, which of its tiers, and whose words may this actor have? Asked first by every reading and writing."""

from collections import defaultdict
from collections.abc import Collection
from uuid import UUID

from astra.cases.models import Case, CasePerson
from astra.cases.rules.roles import is_client
from astra.cases.rules.tiers import TIERS
from astra.kernel.errors import NotFound
from astra.people import selectors as people
from astra.vault import selectors as vault
from astra.vault.actor import Actor
from astra.vault.prepared import Prepared, PreparedRows

_CASES = PreparedRows(Case, lambda cases: Case.objects.filter(pk__in=cases).order_by("-year", "-running"))
_CIRCLES = Prepared(
    lambda cases: Case.objects.filter(pk__in=cases, record__circles__name__in=TIERS).values_list(
        "pk", "record__circles__name", "record__circles__id"
    )
)


def get_case(actor: Actor, case_id: UUID) -> Case:
    """Return a file that the actor may know of, or raise `NotFound`, the same for absent and for not hers."""
    actor.check_desk("cases")
    vault.check_reach(actor, case_id)
    found = find_cases([case_id])
    if not found:
        raise NotFound
    return found[0]


def find_cases(case_ids: Collection[UUID]) -> list[Case]:
    """The rows of files, newest number first; whoever asks has looked whether the actor may know of them."""
    return _CASES(cases=case_ids)


def tier_circles(case_ids: Collection[UUID]) -> dict[UUID, dict[str, UUID]]:
    """The circles of files by tier, as far as they have been made."""
    found: dict[UUID, dict[str, UUID]] = defaultdict(dict)
    for case_id, tier, circle in _CIRCLES(cases=case_ids):
        found[case_id][tier] = circle
    return found


def held_tiers(actor: Actor, case_ids: Collection[UUID]) -> dict[UUID, set[str]]:
    """The tiers of files in which the actor sits, herself or through a desk."""
    circles = tier_circles(case_ids)
    held = actor.keyring.find({circle for tiers in circles.values() for circle in tiers.values()})
    return {case: {tier for tier, circle in tiers.items() if circle in held} for case, tiers in circles.items()}


def tiers_of(actor: Actor, case_id: UUID) -> set[str]:
    """The tiers of one file in which the actor sits."""
    return held_tiers(actor, [case_id]).get(case_id, set())


def check_tier(actor: Actor, case_id: UUID, tier: str) -> None:
    """Raise `NotFound` unless the actor sits in this tier of the file."""
    if tier not in tiers_of(actor, case_id):
        raise NotFound


def clients_of(case_id: UUID) -> list[UUID]:
    """The persons for whom the file is kept."""
    rows = CasePerson.objects.filter(case=case_id).order_by("id").values_list("person", "role")
    return [person for person, role in rows if is_client(role)]


def client_names(actor: Actor, case_id: UUID) -> dict[UUID, str]:
    """The persons for whom the file is kept by name, for forms; asked after the file was found to be the actor's."""
    found = clients_of(case_id)
    names = people.display_names(actor, set(found))
    return {one: names.get(one, "") for one in found}


def owners_of(case_id: UUID) -> list[UUID]:
    """Whom the words of a file speak about: its clients, or the file itself while nobody is known."""
    return clients_of(case_id) or [case_id]
