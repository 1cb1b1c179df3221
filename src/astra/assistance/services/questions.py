"""How do question sets come in, and how are they answered? A set never changes: each upload is a new version."""

from collections.abc import Iterable, Mapping
from datetime import date
from uuid import UUID

from django.db import transaction
from django.db.models import Max

from astra import vocabulary
from astra.assistance.models import AnswerSheet, CodedAnswer, QuestionSet, QuestionVersion
from astra.assistance.question_sections import ANSWERS, Answers
from astra.assistance.rules import questions as rules
from astra.assistance.selectors.questions import get_sheet, version_in_use
from astra.assistance.services.xlsform import read_xlsform
from astra.audit import services as audit
from astra.cases import selectors as cases
from astra.cases import services as in_cases
from astra.cases.services.writing import Writing
from astra.kernel.clock import now, today
from astra.kernel.errors import Denied, Invalid, NotFound, Problem
from astra.kernel.words import msg
from astra.vault import selectors as vault
from astra.vault.actor import Actor

ONLY_COORDINATORS = msg("A coordinator brings question sets in.")
NO_TITLE = msg("Give the set a name.")


def bring_question_set(*, actor: Actor, content: bytes, title: str, set_id: int | None = None) -> int:
    """Read an XLSForm into a new set, or into the next version of one; nothing is kept where anything is wrong."""
    if not actor.has_desk("coordination"):
        raise Denied(ONLY_COORDINATORS)
    if not title.strip():
        raise Invalid(Problem("title", NO_TITLE))
    questions = read_xlsform(content, title.strip())
    with transaction.atomic():
        if set_id is None:
            row = QuestionSet.objects.create(title=title.strip())
        else:
            found = QuestionSet.objects.filter(pk=set_id).first()
            if found is None:
                raise NotFound
            row = found
            QuestionSet.objects.filter(pk=row.pk).update(title=title.strip(), retired_at=None)
        last = row.versions.aggregate(last=Max("number"))["last"] or 0
        QuestionVersion.objects.create(
            set=row, number=last + 1, definition=rules.to_json(questions), source=content, by=actor.id
        )
        audit.record(actor_id=actor.id, verb="assistance.bring_questions", detail={"questions": len(questions.asked)})
    return row.pk


def retire_question_set(*, actor: Actor, set_id: int) -> None:
    """Ask a set no more; what was answered stays."""
    if not actor.has_desk("coordination"):
        raise Denied(ONLY_COORDINATORS)
    with transaction.atomic():
        QuestionSet.objects.filter(pk=set_id, retired_at=None).update(retired_at=now())
        audit.record(actor_id=actor.id, verb="assistance.retire_questions")


def answer_questions(*, actor: Actor, case_id: UUID, set_id: int, tier: str, given: Mapping[str, str]) -> UUID:
    """Keep the answers of a set in a tier of a file, under the version that is in use."""
    case = cases.get_case(actor, case_id)
    vocabulary.check("case_tier", tier, field="tier")
    version = version_in_use(set_id)
    questions = rules.from_json(version.definition)
    answers = rules.checked(questions, given, today())
    writing = Writing(actor, case)
    sheet_id = writing.new_record("answers", tier)
    writing.sealing.seal(sheet_id, ANSWERS, Answers(answers), to=[writing.circle(tier)], owners=writing.owners)
    with writing.transaction("assistance.answer_questions", subjects=[sheet_id]):
        sheet = AnswerSheet.objects.create(record_id=sheet_id, case_id=case_id, version=version, tier=tier, by=actor.id)
        _count(sheet, rules.coded(questions, answers))
        in_cases.add_to_timeline(
            actor=actor, case_id=case_id, kind="questions_answered", subject_id=sheet_id, tier=tier
        )
    return sheet_id


def revise_answers(*, actor: Actor, sheet_id: UUID, given: Mapping[str, str], revision: int) -> None:
    """Write answers anew, under the version under which they were given."""
    sheet = get_sheet(actor, sheet_id)
    questions = rules.from_json(sheet.version.definition)
    answers = rules.checked(questions, given, _day_of(sheet))
    writing = Writing(actor, cases.get_case(actor, sheet.case_id))
    writing.sealing.revise(sheet_id, ANSWERS, Answers(answers), revision=revision)
    with writing.transaction("assistance.revise_answers", subjects=[sheet_id]):
        sheet.coded.all().delete()
        _count(sheet, rules.coded(questions, answers))


def note_taken_out(*, actor: Actor, sheet_id: UUID) -> None:
    """Write into the log that answers leave as a file."""
    sheet = get_sheet(actor, sheet_id)
    names = list(vault.pseudonyms([sheet.case_id, sheet_id]).values())
    with transaction.atomic():
        audit.record(actor_id=actor.id, verb="assistance.answers_taken_out", subjects=names)


def _day_of(sheet: AnswerSheet) -> date:
    return sheet.answered_at.date()


def _count(sheet: AnswerSheet, coded: Iterable[tuple[str, str]]) -> None:
    CodedAnswer.objects.bulk_create(CodedAnswer(sheet=sheet, question=name, code=code) for name, code in coded)
