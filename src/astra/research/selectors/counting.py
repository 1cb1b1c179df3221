"""From which facts is each table counted? Only coded rows of other rooms come in here."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from astra import vocabulary
from astra.assistance import facts as assistance
from astra.cases import facts as cases
from astra.hotline.rules.figures import rounded
from astra.identification import facts as identification
from astra.justice import facts as justice
from astra.kernel.errors import NotFound
from astra.research.rules import flow as flows
from astra.research.rules import grids
from astra.research.rules.catalogue import FAMILIES, GOES_ON, TABLES, Table
from astra.research.rules.grids import Grid, Seen
from astra.vault.actor import Actor

FORMS, SERVICES = "forms_of_exploitation", "service_type"
NOT_TRAFFICKING = "not_trafficking"
STILL_IN_WORK = ("works_there", "works_elsewhere")


@dataclass(frozen=True)
class Counted:
    """A table with its numbers."""

    table: Table
    grid: Grid


@dataclass(frozen=True)
class Decade:
    """The sentence of a period: persons, and services by family."""

    persons: int
    families: dict[str, int]


def table(actor: Actor, name: str, years: range, *, is_rounded: bool) -> Counted:
    """One table; exact numbers for coordinators alone."""
    _check(actor, is_rounded=is_rounded)
    if name not in TABLES:
        raise NotFound
    declared = TABLES[name]
    counted = grids.grid(_READERS[name](years), years, codes=tuple(declared.names))
    return Counted(declared, grids.for_outside(counted) if is_rounded else counted)


def decade(actor: Actor, years: range, *, is_rounded: bool) -> Decade:
    """How many people received what in all these years together."""
    _check(actor, is_rounded=is_rounded)
    found: Counter[str] = Counter()
    persons = set()
    for fact in _services(years):
        found[fact.figure] += fact.units
        persons.add(fact.client)
    near = rounded if is_rounded else int
    return Decade(near(len(persons)), {family: near(found[family]) for family in FAMILIES})


def flow(actor: Actor, years: range) -> list[flows.Year]:
    """The accounts of the formal procedure; exact, so for coordinators alone."""
    actor.check_desk("coordination")
    return flows.flow(identification.procedure_facts(), years)


def _check(actor: Actor, *, is_rounded: bool) -> None:
    actor.check_desk("coordination", "research")
    if not is_rounded:
        actor.check_desk("coordination")


def _services(years: range) -> Iterator[assistance.ServiceFact]:
    return assistance.service_facts(since=date(years[0], 1, 1), until=date(years[-1], 12, 31))


def _clients(years: range) -> Iterator[Seen]:
    for fact in _services(years):
        yield Seen(fact.given_year, (fact.figure,) if fact.figure else (), person=fact.client)


def _kinds(years: range) -> Iterator[Seen]:
    for fact in _services(years):
        yield Seen(fact.given_year, (fact.kind,), fact.units)


def _pillars(years: range) -> Iterator[Seen]:
    for fact in _services(years):
        yield Seen(fact.given_year, (fact.pillar,) if fact.pillar else (), fact.units)


def _nights(_years: range) -> Iterator[Seen]:
    for fact in assistance.stay_facts():
        yield Seen(fact.first_year, ("partner" if fact.is_partners else "own",), fact.nights)


def _assessed(_years: range) -> Iterator[Seen]:
    for fact in identification.assessment_facts():
        if fact.is_latest:
            yield Seen(fact.on.year, (fact.status,), is_coarsened=fact.is_coarsened)


def _forms(_years: range) -> Iterator[Seen]:
    for fact in identification.assessment_facts():
        if fact.is_latest and fact.status != NOT_TRAFFICKING:
            yield Seen(fact.on.year, fact.forms, is_coarsened=fact.is_coarsened)


def _grouped_forms(years: range) -> Iterator[Seen]:
    for one in _forms(years):
        yield Seen(one.year, _groups(one.codes), is_coarsened=one.is_coarsened)


def _groups(forms: Iterable[str]) -> tuple[str, ...]:
    known = vocabulary.codes(FORMS).entries
    return tuple(dict.fromkeys(known[code].group for code in forms if code in known))


def _choices(_years: range) -> Iterator[Seen]:
    for fact in identification.choice_facts():
        yield Seen(fact.on.year, (fact.choice,))


def _opened(_years: range) -> Iterator[Seen]:
    for fact in cases.case_facts():
        yield Seen(fact.opened_year, (fact.kind,) if fact.kind else (), is_coarsened=fact.is_coarsened)


def _closed(_years: range) -> Iterator[Seen]:
    for fact in cases.case_facts():
        if fact.closed_year is not None and not fact.is_living:
            yield Seen(fact.closed_year, (fact.outcome,) if fact.outcome else (), is_coarsened=fact.is_coarsened)


def _proceedings(_years: range) -> Iterator[Seen]:
    for fact in justice.proceeding_facts():
        yield Seen(fact.begun_on.year, (fact.kind,) if fact.kind else ())


def _identified(_years: range) -> Iterator[Seen]:
    for fact in identification.identified_facts():
        yield Seen(fact.on.year, _groups(fact.forms), is_coarsened=fact.is_coarsened)


def _identified_ages(_years: range) -> Iterator[Seen]:
    for fact in identification.identified_facts():
        yield Seen(fact.on.year, (fact.profile,) if fact.profile else ())


def _progress(rated_by: str) -> Callable[[range], Iterator[Seen]]:
    def reader(_years: range) -> Iterator[Seen]:
        for fact in assistance.progress_facts():
            if fact.rated_by == rated_by:
                yield Seen(fact.on.year, (fact.change,))

    return reader


def _placements(_years: range) -> Iterator[Seen]:
    for fact in assistance.placement_facts():
        stayed = [f"after_{months}" for months, answer in fact.retention if answer in STILL_IN_WORK]
        yield Seen(fact.began_year, ("began", *stayed))


def _schooling(_years: range) -> Iterator[Seen]:
    for fact in assistance.education_facts():
        yield Seen(fact.began_year, (fact.end or GOES_ON,))


def _roles(_years: range) -> Iterator[Seen]:
    for fact in justice.proceeding_facts():
        for role in fact.roles:
            yield Seen(fact.begun_on.year, (role,))


def _decided(_years: range) -> Iterator[Seen]:
    for fact in justice.decision_facts():
        yield Seen(fact.decided_on.year, (fact.outcome,) if fact.outcome else ())


def _compensation(_years: range) -> Iterator[Seen]:
    for fact in justice.compensation_facts():
        year = fact.claimed_on.year
        yield Seen(year, ("claims",))
        for what, amount in (("claimed", fact.claimed), ("ordered", fact.ordered), ("paid", fact.paid)):
            if amount:
                yield Seen(year, (f"{what} {fact.currency}",), amount, is_coarsened=fact.is_coarse)


_READERS: dict[str, Callable[[range], Iterator[Seen]]] = {
    "clients": _clients,
    "services": _kinds,
    "pillars": _pillars,
    "nights": _nights,
    "assessed": _assessed,
    "forms": _grouped_forms,
    "forms_in_detail": _forms,
    "identified": _identified,
    "identified_ages": _identified_ages,
    "choices": _choices,
    "opened": _opened,
    "closed": _closed,
    "progress": _progress("worker"),
    "progress_own": _progress("herself"),
    "placements": _placements,
    "schooling": _schooling,
    "proceedings": _proceedings,
    "roles": _roles,
    "decisions": _decided,
    "compensation": _compensation,
}
