"""In which files are many people, and as whom? The coded facts that somebody who gives files on needs."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from astra.cases.models import CasePerson
from astra.vault import selectors as vault
from astra.vault.actor import Actor


@dataclass(frozen=True)
class PersonFile:
    """One file of a person, by its coded facts, and her role in it."""

    id: UUID
    role: str
    kind: str
    state: str
    opened_on: date
    closed_on: date | None
    outcome: str
    forms: tuple[str, ...]
    countries: tuple[str, ...]
    lead_id: UUID | None
    is_imported: bool


def files_among(actor: Actor, person_ids: Collection[UUID]) -> dict[UUID, list[PersonFile]]:
    """The files of each of these people that the actor may know of, the latest first; without files she is absent."""
    actor.check_desk("cases")
    rows = list(CasePerson.objects.filter(person__in=person_ids).select_related("case").order_by("-case__opened_on"))
    mine = vault.reachable_among(actor, {row.case_id for row in rows}) if rows else set()
    found: dict[UUID, list[PersonFile]] = defaultdict(list)
    for row in rows:
        if row.case_id in mine:
            found[row.person_id].append(_file(row))
    return dict(found)


def _file(row: CasePerson) -> PersonFile:
    case = row.case
    return PersonFile(
        id=case.pk,
        role=row.role,
        kind=case.kind,
        state=case.state,
        opened_on=case.opened_on,
        closed_on=case.closed_on,
        outcome=case.outcome,
        forms=tuple(case.forms),
        countries=tuple(case.countries),
        lead_id=case.lead_id,
        is_imported=case.is_imported,
    )
