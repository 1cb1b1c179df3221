"""How is work written down: the curriculum vitae, applications, employers who take part, placements, retention?"""

from datetime import date
from uuid import UUID

from django.db import transaction

from astra import vocabulary
from astra.assistance.models import Cv, Employer, JobApplication, Placement, RetentionCheck
from astra.assistance.rules import work as rules
from astra.assistance.rules.receipts import TELLING
from astra.assistance.rules.revealing import revealing_words
from astra.assistance.selectors.work import check_workplace, employer_names, get_cv, of_the_case
from astra.assistance.services.clients import whose
from astra.assistance.work_sections import (
    APPLICATION,
    CV,
    PLACEMENT,
    ApplicationWords,
    CvWords,
    PlacementWords,
)
from astra.audit import services as audit
from astra.cases.selectors import get_case
from astra.cases.services import Filing
from astra.directory import selectors as directory
from astra.kernel.clock import today
from astra.kernel.errors import Invalid, NotAllowedNow, NotFound, Problem
from astra.kernel.words import msg
from astra.vault import selectors as vault
from astra.vault.actor import Actor

HAS_ONE = msg("There is one already. Open it and change it there.")
NO_NAME = msg("Write the name that stands on the curriculum vitae.")
OFFERS = msg("Write what the employer offers: work, practice, training.")
UNKNOWN_EMPLOYER = msg("Choose an employer of the list.")
ENDED = msg("This work has ended already.")


def write_cv(*, actor: Actor, case_id: UUID, words: CvWords, person_id: UUID | None = None) -> UUID:
    """Write a curriculum vitae; it may not say where somebody comes to us from."""
    case = get_case(actor, case_id)
    person = whose(case_id, person_id)
    _check_cv(words)
    if Cv.objects.filter(case=case, person=person).exists():
        raise Invalid(Problem("person_id", HAS_ONE))
    filing = Filing(actor, case)
    record_id = filing.seal("cv", CV, words, owners=[person])
    with filing.transaction("assistance.write_cv"):
        Cv.objects.create(record_id=record_id, case=case, person_id=person)
    return record_id


def revise_cv(*, actor: Actor, cv_id: UUID, words: CvWords, revision: int) -> None:
    """Write it anew; `revision` is the one that was read."""
    cv = get_cv(actor, cv_id)
    _check_cv(words)
    filing = Filing(actor, get_case(actor, cv.case_id))
    filing.revise(cv_id, CV, words, revision=revision)
    with filing.transaction("assistance.revise_cv"):
        pass


def note_cv_taken(*, actor: Actor, cv_id: UUID) -> None:
    """Leave on the log that a curriculum vitae was taken out as a paper."""
    cv = get_cv(actor, cv_id)
    with Filing(actor, get_case(actor, cv.case_id)).transaction("assistance.take_cv", subject=cv_id):
        pass


def apply_for_job(
    *, actor: Actor, case_id: UUID, applied_on: date, words: ApplicationWords, person_id: UUID | None = None
) -> UUID:
    """Write down an application; its answer comes later."""
    case = get_case(actor, case_id)
    person = whose(case_id, person_id)
    rules.check_past(applied_on, since=None, today=today(), field="applied_on")
    _check_words(words.employer, words.post)
    filing = Filing(actor, case)
    record_id = filing.seal("application", APPLICATION, words, owners=[person])
    filing.line("job_application", subject=record_id, code=rules.PENDING)
    with filing.transaction("assistance.apply_for_job"):
        JobApplication.objects.create(
            record_id=record_id, case=case, person_id=person, applied_on=applied_on, answer=rules.PENDING
        )
    return record_id


def note_answer(*, actor: Actor, application_id: UUID, answer: str, answered_on: date) -> None:
    """Write down what an employer answered; an interview may be followed by another answer."""
    row = of_the_case(actor, JobApplication, application_id)
    vocabulary.check("application_answer", answer, field="answer")
    rules.check_past(answered_on, since=row.applied_on, today=today(), field="answered_on")
    filing = Filing(actor, get_case(actor, row.case_id))
    filing.line("job_application", subject=row.pk, code=answer)
    with filing.transaction("assistance.note_answer", subject=row.pk):
        JobApplication.objects.filter(pk=row.pk).update(answer=answer, answered_on=answered_on)


def add_employer(*, actor: Actor, organisation_id: UUID, since: date, offers: str) -> int:
    """An organisation of the directory takes part from a day on."""
    actor.check_desk("cases")
    row = directory.organisation_row(actor, organisation_id)
    rules.check_start(since, today=today(), field="since")
    if not offers.strip():
        raise Invalid(Problem("offers", OFFERS))
    with transaction.atomic():
        employer = Employer.objects.create(organisation=row, since=since, offers=offers.strip())
        audit.record(actor_id=actor.id, verb="assistance.add_employer")
    return employer.pk


def end_employer(*, actor: Actor, employer_id: int, until: date) -> None:
    """An employer takes part no more."""
    actor.check_desk("cases")
    row = Employer.objects.filter(pk=employer_id, until=None).first()
    if row is None:
        raise NotFound
    rules.check_past(until, since=row.since, today=today(), field="until")
    with transaction.atomic():
        Employer.objects.filter(pk=employer_id, until=None).update(until=until)
        audit.record(actor_id=actor.id, verb="assistance.end_employer")


def place(
    *,
    actor: Actor,
    case_id: UUID,
    began_on: date,
    sector: str,
    words: PlacementWords,
    employer_id: int | None = None,
    person_id: UUID | None = None,
) -> UUID:
    """Somebody begins to work. The register is asked first; a warned employer needs a reason why all the same."""
    case = get_case(actor, case_id)
    person = whose(case_id, person_id)
    vocabulary.check("labour_sector", sector, field="sector")
    rules.check_start(began_on, today=today())
    words = _with_partner(actor, words, employer_id)
    _check_words(words.employer, words.post)
    workplace = check_workplace(actor, words.employer)
    if workplace.result == rules.WARNED and not words.despite.strip():
        raise Invalid(Problem("despite", rules.WARNED_PLACE))
    filing = Filing(actor, case)
    record_id = filing.seal("placement", PLACEMENT, words, owners=[person])
    filing.line("job_began", subject=record_id, code=workplace.result)
    asked = [(months, filing.task("retention_check", day)) for months, day in rules.retention_days(began_on)]
    with filing.transaction("assistance.place"):
        row = Placement.objects.create(
            record_id=record_id,
            case=case,
            person_id=person,
            sector=sector,
            workplace=workplace.result,
            is_partner=employer_id is not None,
            began_on=began_on,
        )
        RetentionCheck.objects.bulk_create(
            RetentionCheck(placement=row, months=months, task_id=task_id) for months, task_id in asked
        )
    return record_id


def check_retention(*, actor: Actor, placement_id: UUID, months: int, answer: str, asked_on: date) -> None:
    """Write down whether somebody still works there; the task of that term is done with it."""
    row = of_the_case(actor, Placement, placement_id)
    check = row.checks.filter(months=months).first()
    vocabulary.check("retention_answer", answer, field="answer")
    rules.check_retention(months, asked_on, began_on=row.began_on, ended_on=row.ended_on, today=today())
    if check is None:
        raise NotFound
    filing = Filing(actor, get_case(actor, _case_of(row)))
    filing.line("retention_asked", subject=placement_id, code=answer)
    with filing.transaction("assistance.check_retention", subject=placement_id):
        row.checks.filter(pk=check.pk).update(answer=answer, asked_on=asked_on)
        if check.task_id:
            filing.end_task(check.task_id)


def end_placement(*, actor: Actor, placement_id: UUID, ended_on: date, end: str, left_because: str = "") -> None:
    """Work has ended; nobody is asked about it any more."""
    row = of_the_case(actor, Placement, placement_id)
    vocabulary.check("placement_end", end, field="end")
    rules.check_past(ended_on, since=row.began_on, today=today(), field="ended_on")
    if row.ended_on is not None:
        raise NotAllowedNow(ENDED)
    filing = Filing(actor, get_case(actor, _case_of(row)))
    if left_because.strip():
        known = vault.open_section(actor, placement_id, PLACEMENT)
        words = PlacementWords(**(vars(known.content) | {"left_because": left_because}))
        filing.revise(placement_id, PLACEMENT, words, revision=known.revision)
    filing.line("job_ended", subject=placement_id, code=end)
    with filing.transaction("assistance.end_placement", subject=placement_id):
        Placement.objects.filter(pk=row.pk).update(ended_on=ended_on, end=end)
        for check in row.checks.filter(answer=""):
            if check.task_id:
                filing.end_task(check.task_id, is_done=False)
        later = row.checks.filter(answer="", months__in=rules.terms_after(row.began_on, ended_on))
        later.update(answer=rules.LEFT, asked_on=ended_on)


def _check_cv(words: CvWords) -> None:
    problems = [Problem(name, TELLING) for name, text in vars(words).items() if revealing_words(text)]
    if not words.name.strip():
        problems.append(Problem("name", NO_NAME))
    if problems:
        raise Invalid(*problems)


def _with_partner(actor: Actor, words: PlacementWords, employer_id: int | None) -> PlacementWords:
    if employer_id is None:
        return words
    names = employer_names(actor)
    if employer_id not in names:
        raise Invalid(Problem("employer_id", UNKNOWN_EMPLOYER))
    return PlacementWords(**(vars(words) | {"employer": names[employer_id]}))


def _check_words(employer: str, post: str) -> None:
    problems = [Problem("employer", rules.WRITE_THE_EMPLOYER)] if not employer.strip() else []
    problems += [Problem("post", rules.WRITE_THE_POST)] if not post.strip() else []
    if problems:
        raise Invalid(*problems)


def _case_of(row: Placement) -> UUID:
    case_id: UUID | None = row.case_id
    if case_id is None:
        raise NotFound
    return case_id
