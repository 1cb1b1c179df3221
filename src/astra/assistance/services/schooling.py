"""How is school written down: enrolment, tutoring, training, scholarships, exams with results?"""

from datetime import date
from decimal import Decimal
from uuid import UUID

from astra import vocabulary
from astra.assistance.models import Exam, Scholarship, Schooling
from astra.assistance.rules import work as rules
from astra.assistance.selectors.work import of_the_case
from astra.assistance.services.clients import whose
from astra.assistance.work_sections import EXAM, SCHOOLING, ExamWords, SchoolingWords
from astra.cases.selectors import get_case
from astra.cases.services import Filing
from astra.kernel.clock import today
from astra.kernel.errors import Invalid, NotAllowedNow, NotFound, Problem
from astra.kernel.words import msg
from astra.vault import selectors as vault
from astra.vault.actor import Actor

ENDED = msg("This schooling has ended already.")
WRITE_THE_SUBJECT = msg("Write in what the exam is.")


def enrol(
    *,
    actor: Actor,
    case_id: UUID,
    kind: str,
    began_on: date,
    words: SchoolingWords,
    person_id: UUID | None = None,
) -> UUID:
    """Somebody begins a school, a course, tutoring or training."""
    case = get_case(actor, case_id)
    person = whose(case_id, person_id)
    vocabulary.check("schooling_kind", kind, field="kind")
    rules.check_start(began_on, today=today())
    if not words.where.strip():
        raise Invalid(Problem("where", rules.WRITE_WHERE))
    filing = Filing(actor, case)
    record_id = filing.seal("schooling", SCHOOLING, words, owners=[person])
    filing.line("enrolled", subject=record_id, code=kind)
    with filing.transaction("assistance.enrol"):
        Schooling.objects.create(record_id=record_id, case=case, person_id=person, kind=kind, began_on=began_on)
    return record_id


def end_schooling(*, actor: Actor, schooling_id: UUID, ended_on: date, end: str) -> None:
    """Schooling has ended: completed, moved or left."""
    row = of_the_case(actor, Schooling, schooling_id)
    vocabulary.check("schooling_end", end, field="end")
    rules.check_past(ended_on, since=row.began_on, today=today(), field="ended_on")
    if row.ended_on is not None:
        raise NotAllowedNow(ENDED)
    filing = _filing(actor, row)
    filing.line("schooling_ended", subject=schooling_id, code=end)
    with filing.transaction("assistance.end_schooling", subject=schooling_id):
        Schooling.objects.filter(pk=row.pk).update(ended_on=ended_on, end=end)
        for task_id in row.exams.filter(result="", on__gt=ended_on).values_list("task_id", flat=True):
            if task_id:
                filing.end_task(task_id, is_done=False)


def add_exam(*, actor: Actor, schooling_id: UUID, on: date, words: ExamWords, result: str = "") -> UUID:
    """Write down an exam: one ahead is a task of its day, one that was has its result."""
    row = of_the_case(actor, Schooling, schooling_id)
    _check_result(result)
    rules.check_exam(on, result, began_on=row.began_on, ended_on=row.ended_on, today=today())
    if not words.subject.strip():
        raise Invalid(Problem("subject", WRITE_THE_SUBJECT))
    filing = _filing(actor, row)
    record_id = filing.seal("exam", EXAM, words, owners=[row.person_id] if row.person_id else None)
    task_id = None if result else filing.task("exam", on)
    filing.line("exam", subject=schooling_id, code=result)
    with filing.transaction("assistance.add_exam"):
        Exam.objects.create(record_id=record_id, schooling=row, on=on, result=result, task_id=task_id)
    return record_id


def note_result(*, actor: Actor, exam_id: UUID, result: str, mark: str = "") -> None:
    """How an exam ended; its task is done with it."""
    vault.check_reach(actor, exam_id)
    exam = Exam.objects.filter(record=exam_id).select_related("schooling").first()
    if exam is None:
        raise NotFound
    row = exam.schooling
    vocabulary.check("exam_result", result, field="result")
    rules.check_exam(exam.on, result, began_on=row.began_on, ended_on=row.ended_on, today=today())
    filing = _filing(actor, row)
    if mark.strip():
        known = vault.open_section(actor, exam_id, EXAM)
        words = ExamWords(known.content.subject, mark)
        filing.revise(exam_id, EXAM, words, revision=known.revision)
    filing.line("exam", subject=row.record_id, code=result)
    with filing.transaction("assistance.note_result", subject=exam_id):
        Exam.objects.filter(pk=exam.pk).update(result=result)
        if exam.task_id:
            filing.end_task(exam.task_id)


def grant_scholarship(
    *, actor: Actor, schooling_id: UUID, amount: Decimal, since: date, until: date, funded_by: str
) -> int:
    """So much a month, from a day to a day."""
    row = of_the_case(actor, Schooling, schooling_id)
    vocabulary.check("funded_by", funded_by, field="funded_by")
    rules.check_scholarship(amount, since, until, began_on=row.began_on)
    filing = _filing(actor, row)
    with filing.transaction("assistance.grant_scholarship", subject=schooling_id):
        made = Scholarship.objects.create(schooling=row, amount=amount, since=since, until=until, funded_by=funded_by)
    return made.pk


def _check_result(result: str) -> None:
    if result:
        vocabulary.check("exam_result", result, field="result")


def _filing(actor: Actor, row: Schooling) -> Filing:
    if row.case_id is None:
        raise NotFound
    return Filing(actor, get_case(actor, row.case_id))
