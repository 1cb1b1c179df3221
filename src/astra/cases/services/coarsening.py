"""How do the coded facts of erased files move to rows that lead to nobody? Once, and counted as before."""

from collections import Counter
from collections.abc import Collection, Iterable
from uuid import UUID

from django.db.models import F

from astra.cases.models import Case, CaseContact, CasePerson, KeptCase, Task
from astra.cases.rules.roles import is_client
from astra.kernel.clock import today
from astra.vocabulary.coarsening import coarsened

MONTH = 30
FORMS, COUNTRY = "forms_of_exploitation", "country"


def count_her_on(person_id: UUID) -> None:
    """Files that go on without her still count her among their clients."""
    left = CasePerson.objects.filter(person=person_id)
    ids = [case_id for case_id, role in left.values_list("case", "role") if is_client(role)]
    Case.objects.filter(pk__in=ids, moved_on=None).update(clients_gone=F("clients_gone") + 1)


def move(case_ids: Collection[UUID]) -> None:
    """Move what figures are made of; a file that has moved is not moved again."""
    moving = Case.objects.filter(pk__in=case_ids, moved_on=None)
    if not moving:
        return
    forms, countries = _held("forms"), _held("countries")
    KeptCase.objects.bulk_create([_row(case, forms, countries) for case in moving])
    for case in moving:
        case.forms, case.countries = [], []
        case.outcome = case.ground = case.risk = ""
        case.opened_on = case.opened_on.replace(day=1)
        case.closed_on = case.closed_on and case.closed_on.replace(day=1)
        case.moved_on = today()
        case.save()


def _held(field: str) -> Counter[str]:
    """How many files have each code, those that have moved included."""
    rows: Iterable[list[str]] = (
        codes
        for table in (Case.objects.filter(moved_on=None), KeptCase.objects.all())
        for codes in table.values_list(field, flat=True)
    )
    return Counter(code for codes in rows for code in set(codes))


def _row(case: Case, forms: Counter[str], countries: Counter[str]) -> KeptCase:
    """One file as it is kept."""
    kept_forms = coarsened(FORMS, case.forms, forms)
    kept_countries = coarsened(COUNTRY, case.countries, countries)
    roles = CasePerson.objects.filter(case=case).values_list("role", flat=True)
    days = (case.closed_on - case.opened_on).days if case.closed_on else None
    return KeptCase(
        kind=case.kind,
        state=case.state,
        ground=case.ground,
        outcome=case.outcome,
        risk=case.risk,
        forms=list(kept_forms),
        countries=list(kept_countries),
        is_coarsened=kept_forms != tuple(case.forms) or kept_countries != tuple(case.countries),
        opened_month=case.opened_on.replace(day=1),
        closed_month=case.closed_on.replace(day=1) if case.closed_on else None,
        days_open=None if days is None else round(days / MONTH) * MONTH,
        clients=case.clients_gone + sum(map(is_client, roles)),
        contacts=CaseContact.objects.filter(case=case).count(),
        tasks=Task.objects.filter(case=case).count(),
        is_imported=case.is_imported,
    )
