"""What may research see of the files? One row a case: codes, years and counts; no number, no name, no record."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from astra.cases.models import Case, CaseContact, CasePerson, KeptCase, Task
from astra.cases.rules.lifecycle import is_living
from astra.cases.rules.roles import is_client

CHUNK = 2000


@dataclass(frozen=True)
class CaseFact:
    """One case as statistics see it. Blank codes and empty sets are 'not known', never 'no'."""

    opened_year: int
    opened_month: int
    closed_year: int | None
    days_open: int | None
    kind: str
    state: str
    is_living: bool
    outcome: str
    ground: str
    risk: str
    forms: tuple[str, ...]
    countries: tuple[str, ...]
    clients: int
    contacts: int
    tasks: int
    is_imported: bool
    is_kept: bool = False
    """What stayed of an erased file: its days are months, `days_open` is rounded to thirty."""
    is_coarsened: bool = False
    """A rare form or country gave way when it was erased."""


def case_facts() -> Iterator[CaseFact]:
    """Every file, and what stayed of those that were erased, in no order that tells anything."""
    yield from _open_to_figures()
    for kept in KeptCase.objects.order_by("opened_month", "kind", "state").iterator(CHUNK):
        yield CaseFact(
            opened_year=kept.opened_month.year,
            opened_month=kept.opened_month.month,
            closed_year=kept.closed_month.year if kept.closed_month else None,
            days_open=kept.days_open,
            kind=kept.kind,
            state=kept.state,
            is_living=is_living(kept.state),
            outcome=kept.outcome,
            ground=kept.ground,
            risk=kept.risk,
            forms=tuple(kept.forms),
            countries=tuple(kept.countries),
            clients=kept.clients,
            contacts=kept.contacts,
            tasks=kept.tasks,
            is_imported=kept.is_imported,
            is_kept=True,
            is_coarsened=kept.is_coarsened,
        )


def _open_to_figures() -> Iterator[CaseFact]:
    """Every file that has not been erased."""
    rows = Case.objects.filter(moved_on=None, record__decoy=None).order_by("opened_on", "kind", "state")
    clients: Counter[object] = Counter()
    for case_id, role in CasePerson.objects.values_list("case", "role").iterator(CHUNK):
        clients[case_id] += is_client(role)
    contacts = Counter(CaseContact.objects.values_list("case", flat=True).iterator(CHUNK))
    tasks = Counter(Task.objects.values_list("case", flat=True).iterator(CHUNK))
    for row in rows.iterator(CHUNK):
        yield CaseFact(
            opened_year=row.opened_on.year,
            opened_month=row.opened_on.month,
            closed_year=row.closed_on.year if row.closed_on else None,
            days_open=(row.closed_on - row.opened_on).days if row.closed_on else None,
            kind=row.kind,
            state=row.state,
            is_living=is_living(row.state),
            outcome=row.outcome,
            ground=row.ground,
            risk=row.risk,
            forms=tuple(row.forms),
            countries=tuple(row.countries),
            clients=clients[row.pk] + row.clients_gone,
            contacts=contacts[row.pk],
            tasks=tasks[row.pk],
            is_imported=row.is_imported,
        )
