"""What may this actor see of work, school, a child's protection and receipts? Rows by reach, words by key."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Generic, TypeVar
from uuid import UUID

from django.db.models import Model

from astra.assistance.models import (
    ChildEntry,
    Cv,
    Employer,
    Exam,
    JobApplication,
    Placement,
    Receipt,
    Schooling,
)
from astra.assistance.rules.childhood import FOUND_ADULT, FOUND_CHILD, UNASSESSED, is_treated_as_child
from astra.assistance.rules.minors import AGE
from astra.assistance.rules.stays import OF_AGE
from astra.assistance.rules.work import CLEAR, MAY_BEGIN, UNKNOWN, WARNED
from astra.assistance.work_sections import (
    APPLICATION,
    CHILD,
    CV,
    EXAM,
    PLACEMENT,
    RECEIPT,
    SCHOOLING,
    ApplicationWords,
    ChildWords,
    CvWords,
    ExamWords,
    PlacementWords,
    ReceiptWords,
    SchoolingWords,
)
from astra.cases import selectors as cases
from astra.hotline import selectors as hotline
from astra.hotline.selectors import RegisterLine
from astra.kernel.errors import NotFound
from astra.people import selectors as people
from astra.vault import selectors as vault
from astra.vault.actor import Actor
from astra.vault.sections import Opened, SectionKind

M = TypeVar("M", bound=Model)
W = TypeVar("W")


@dataclass(frozen=True)
class Line(Generic[W]):
    """One record with its words, None where the key is not hers."""

    row: Any  # Any: one of the room's tables
    words: W | None

    @property
    def id(self) -> UUID:
        """The record that the address names."""
        found: UUID = self.row.record_id
        return found


@dataclass(frozen=True)
class SchoolLine:
    """A schooling with its exams."""

    line: Line[SchoolingWords]
    exams: list[Line[ExamWords]]
    scholarships: list[Any]  # Any: rows of the room


@dataclass(frozen=True)
class WorkPage:
    """Everything about work."""

    cvs: list[tuple[Cv, Opened[CvWords] | None]]
    applications: list[Line[ApplicationWords]]
    placements: list[Line[PlacementWords]]
    warned: frozenset[UUID] = frozenset()
    """Applications that may still lead to work, to employers of whom the register warns."""


@dataclass(frozen=True)
class ChildPage:
    """Everything about a child's protection."""

    entries: list[Line[ChildWords]]
    deciding: dict[UUID, list[people.GuardianLine]]
    """Who may consent for each of them, as their own files say."""
    states: dict[UUID, str]
    """What is known of the age of each client who may be a child: by an entry here, or by the birth."""

    @property
    def is_child(self) -> bool:
        """Whether anybody of them is treated as a child."""
        return any(is_treated_as_child(state) for state in self.states.values())


@dataclass(frozen=True)
class WorkStanding:
    """What stands now, for the page of assistance."""

    in_work: int
    in_school: int
    is_child: bool
    unsigned: int


@dataclass(frozen=True)
class Workplace:
    """What the register of checked employers says of a name."""

    result: str
    found: tuple[RegisterLine, ...] = ()


def of_the_case(actor: Actor, model: type[M], record_id: UUID) -> M:
    """A row by its record, if the actor may know of it, or `NotFound`."""
    actor.check_desk("cases")
    vault.check_reach(actor, record_id)
    row = model._default_manager.filter(record=record_id, case__isnull=False).first()
    if row is None:
        raise NotFound
    return row


def get_cv(actor: Actor, cv_id: UUID) -> Cv:
    """The row of a curriculum vitae, or `NotFound`."""
    return of_the_case(actor, Cv, cv_id)


def cv_words(actor: Actor, cv_id: UUID) -> Opened[CvWords]:
    """What stands on it."""
    get_cv(actor, cv_id)
    return vault.open_section(actor, cv_id, CV)


def receipt(actor: Actor, receipt_id: UUID) -> Line[ReceiptWords]:
    """One receipt with what stands on it."""
    row = of_the_case(actor, Receipt, receipt_id)
    return Line(row, vault.open_section(actor, receipt_id, RECEIPT).content)


def work_page(actor: Actor, case_id: UUID) -> WorkPage:
    """Work in one file, the newest first."""
    cases.get_case(actor, case_id)
    rows = list(Cv.objects.filter(case=case_id))
    opened = vault.open_sections(actor, [row.pk for row in rows], CV)
    asked = JobApplication.objects.filter(case=case_id).order_by("-applied_on")
    applications = _lines(actor, asked, APPLICATION)
    return WorkPage(
        cvs=[(row, opened.get(row.pk)) for row in rows],
        applications=applications,
        placements=_lines(
            actor, Placement.objects.filter(case=case_id).prefetch_related("checks").order_by("-began_on"), PLACEMENT
        ),
        warned=frozenset(line.id for line in applications if _is_warned(actor, line)),
    )


def _is_warned(actor: Actor, line: Line[ApplicationWords]) -> bool:
    if line.row.answer not in MAY_BEGIN or line.words is None:
        return False
    return check_workplace(actor, line.words.employer).result == WARNED


def school_page(actor: Actor, case_id: UUID) -> list[SchoolLine]:
    """School in one file, the newest first."""
    cases.get_case(actor, case_id)
    rows = Schooling.objects.filter(case=case_id).prefetch_related("scholarships").order_by("-began_on")
    lines = _lines(actor, rows, SCHOOLING)
    exams: dict[int, list[Line[ExamWords]]] = {}
    for exam in _lines(actor, Exam.objects.filter(schooling__case=case_id).order_by("on"), EXAM):
        exams.setdefault(exam.row.schooling_id, []).append(exam)
    return [SchoolLine(line, exams.get(line.row.pk, []), list(line.row.scholarships.all())) for line in lines]


def child_page(actor: Actor, case_id: UUID) -> ChildPage:
    """A child's protection in one file, the newest first."""
    cases.get_case(actor, case_id)
    rows = ChildEntry.objects.filter(case=case_id).order_by("-on", "-record__created_at")
    lines = _lines(actor, rows, CHILD)
    states = _age_states(line.row for line in lines)
    for person in cases.clients_of(case_id):
        ages = people.ages_of(actor, person)
        if ages is not None and ages.most is not None and ages.most < OF_AGE:
            states.setdefault(person, FOUND_CHILD)
    deciding = {person: people.guardians(actor, person) for person, state in states.items() if state != FOUND_ADULT}
    return ChildPage(lines, deciding, states)


def _age_states(rows: Iterable[ChildEntry]) -> dict[UUID, str]:
    """The latest state of age of everybody with an entry; nobody assessed is doubt."""
    found = list(rows)
    states: dict[UUID, str] = {}
    for row in found:
        if row.kind == AGE:
            states.setdefault(row.person_id, row.code)
    for row in found:
        states.setdefault(row.person_id, UNASSESSED)
    return states


def receipts_page(actor: Actor, case_id: UUID) -> list[Line[ReceiptWords]]:
    """The receipts of one file, the newest first."""
    cases.get_case(actor, case_id)
    return _lines(actor, Receipt.objects.filter(case=case_id).order_by("-year", "-number"), RECEIPT)


def work_standing(actor: Actor, case_id: UUID) -> WorkStanding:
    """What stands now in one file, by codes and days alone."""
    cases.get_case(actor, case_id)
    entries = ChildEntry.objects.filter(case=case_id).order_by("-on", "-record__created_at")
    return WorkStanding(
        in_work=Placement.objects.filter(case=case_id, ended_on=None).count(),
        in_school=Schooling.objects.filter(case=case_id, ended_on=None).count(),
        is_child=any(is_treated_as_child(state) for state in _age_states(entries).values()),
        unsigned=Receipt.objects.filter(case=case_id, signed_on=None, voided_on=None).count(),
    )


def employers(actor: Actor) -> list[Employer]:
    """Who takes part now, and who did."""
    actor.check_desk("cases")
    return list(Employer.objects.select_related("organisation").order_by("until", "organisation__name"))


def employer_names(actor: Actor) -> dict[int, str]:
    """Those who take part now, by name."""
    return {row.pk: row.organisation.name for row in employers(actor) if row.until is None}


def check_workplace(actor: Actor, employer: str) -> Workplace:
    """What the register says of an employer by this name, in either script; every likely entry counts."""
    found = tuple(hotline.find_organisations(actor, employer)) if employer.strip() else ()
    if not found:
        return Workplace(UNKNOWN)
    return Workplace(WARNED if any(line.is_warned for line in found) else CLEAR, found)


def _lines(actor: Actor, rows: Iterable[Any], section: SectionKind[W]) -> list[Line[W]]:  # Any: rows of the room
    found = [row for row in rows if row.record_id]
    mine = vault.reachable_among(actor, [row.record_id for row in found]) if found else set()
    found = [row for row in found if row.record_id in mine]
    opened = vault.open_sections(actor, [row.record_id for row in found], section)
    return [Line(row, opened[row.record_id].content if row.record_id in opened else None) for row in found]
