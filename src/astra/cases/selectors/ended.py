"""Which files have ended, and which classes of data are still in them? Coded facts, for the clocks of retention."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from astra.cases.models import Case, CasePerson, Document, Note, Task, TimelineEntry
from astra.cases.rules.roles import is_client
from astra.vault import selectors as vault


@dataclass(frozen=True)
class EndedFile:
    """A closed file: since when, and for whom it was kept."""

    id: UUID
    number: str
    closed_on: date
    clients: tuple[UUID, ...]


def ended_files(before: date) -> list[EndedFile]:
    """Files closed before a day, of which something is left."""
    rows = Case.objects.filter(closed_on__lt=before, record__erased_at=None).order_by("closed_on", "pk")
    clients: dict[UUID, list[UUID]] = {}
    for case, person, role in CasePerson.objects.filter(case__in=rows).values_list("case", "person", "role"):
        if is_client(role):
            clients.setdefault(case, []).append(person)
    return [
        EndedFile(row.pk, row.number, row.closed_on, tuple(clients.get(row.pk, ())))
        for row in rows
        if row.closed_on is not None
    ]


def files_with(person_ids: list[UUID]) -> dict[UUID, list[UUID]]:
    """In which files people are, whatever their part in them; files of which nothing is left do not count."""
    found: dict[UUID, list[UUID]] = {}
    rows = CasePerson.objects.filter(person__in=person_ids, case__record__erased_at=None)
    for person, case in rows.values_list("person", "case"):
        found.setdefault(person, []).append(case)
    return found


def numbers_of(case_ids: list[UUID]) -> dict[UUID, str]:
    """The numbers of files; whoever asks has looked whether the reader may know of them."""
    return {row.pk: row.number for row in Case.objects.filter(pk__in=case_ids)}


def own_records(case_id: UUID) -> list[UUID]:
    """Every record that was filed in a file, and the file; people, contacts and other files are nobody's part."""
    found: list[UUID] = [case_id]
    for model in (Note, Document, Task):
        found += model.objects.filter(case=case_id).values_list("pk", flat=True)
    lines = TimelineEntry.objects.filter(case=case_id, subject__isnull=False)
    own = lines.exclude(subject__kind__in=("case", "contact", "person"))
    return list(dict.fromkeys([*found, *own.values_list("subject", flat=True)]))


def classes_in(case_id: UUID) -> set[str]:
    """The classes of data that are still in a file."""
    found = vault.living_classes(own_records(case_id)).values()
    return {retention for classes in found for retention in classes}


def is_any_held(case_id: UUID) -> bool:
    """Whether a legal hold keeps anything that was filed in a file."""
    return bool(vault.held_among(own_records(case_id)))
