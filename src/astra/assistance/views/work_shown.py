"""How do work, school, a child's protection and receipts look? Codes become words in the reader's language."""

from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from astra.assistance.models import ChildEntry, Exam, JobApplication, Placement, Receipt, RetentionCheck, Schooling
from astra.assistance.rules import minors
from astra.assistance.rules.aftercare import months_after
from astra.assistance.rules.childhood import FOUND_ADULT
from astra.assistance.rules.work import CLEAR, WARNED, WORKS_THERE, is_asked
from astra.assistance.selectors import ChildPage, Line, SchoolLine, WorkPage, WorkStanding, check_workplace, of_the_case
from astra.assistance.selectors import employer_names as names_of_employers
from astra.cases.views.shown import Tag
from astra.kernel.clock import today
from astra.kernel.errors import NotFound
from astra.people.selectors import GuardianLine
from astra.vault import selectors as vault
from astra.vault.actor import Actor
from astra.vault.services.viewing import Clean
from astra.vocabulary.amounts import amount_text
from astra.vocabulary.naming import day, label

Row = dict[str, Any]  # Any: what templates take
Names = dict[UUID, str]
WORKPLACE_TONES = {WARNED: "danger", CLEAR: "good"}
SCRIPTS = (("sr-latn", "Srpski (latinica)"), ("sr", "Српски (ћирилица)"), ("en", "English"))
PARTS = (
    (JobApplication, "work"),
    (Placement, "work"),
    (Schooling, "school"),
    (ChildEntry, "minor"),
    (Receipt, "receipts"),
)


def case_of(row: Any) -> UUID:  # Any: a row of the room
    """The case of a row; one of an erased person has none."""
    if row.case_id is None:
        raise NotFound
    found: UUID = row.case_id
    return found


def where_is(actor: Actor, record_id: UUID) -> tuple[str, UUID]:
    """On which page a record stands, and of which case."""
    vault.check_reach(actor, record_id)
    for model, part in PARTS:
        if model._default_manager.filter(record=record_id).exists():
            return part, case_of(of_the_case(actor, model, record_id))
    exam = Exam.objects.filter(record=record_id).select_related("schooling").first()
    if exam is None:
        raise NotFound
    return "school", case_of(exam.schooling)


def as_pdf(paper: Clean, record_id: UUID) -> HttpResponse:
    """A paper to be taken away, under a neutral name."""
    response = HttpResponse(paper.data, content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="{record_id.hex[-6:]}.pdf"'
    return response


def work_context(page: WorkPage, names: Names) -> Row:
    """What the page of work draws."""
    return {
        "cvs": [
            {"cv": cv, "name": names.get(cv.person_id, ""), "is_open": words is not None} for cv, words in page.cvs
        ],
        "scripts": SCRIPTS,
        "applications": [
            {
                "line": line,
                "name": _of_several(names, line.row.person_id),
                "answer": label("application_answer", line.row.answer),
                "is_warned": line.id in page.warned,
            }
            for line in page.applications
        ],
        "placements": [placement_row(line, names) for line in page.placements],
    }


def placement_row(line: Line[Any], names: Names) -> Row:
    """One placement with what the register said and how long it lasts."""
    row = line.row
    return {
        "line": line,
        "name": _of_several(names, row.person_id),
        "sector": label("labour_sector", row.sector),
        "workplace": Tag(label("workplace_check", row.workplace), WORKPLACE_TONES.get(row.workplace, "")),
        "state": Tag(
            label("placement_end", row.end) if row.ended_on else _("Works now"), "" if row.ended_on else "good"
        ),
        "checks": [_check_row(row, check) for check in sorted(row.checks.all(), key=lambda check: check.months)],
    }


def _check_row(row: Placement, check: RetentionCheck) -> Row:
    tone = "good" if check.answer == WORKS_THERE else "attention"
    return {
        "months": check.months,
        "day": day(months_after(row.began_on, check.months)),
        "answer": Tag(label("retention_answer", check.answer), tone) if check.answer else None,
        "asked_on": day(check.asked_on),
        "is_due": not check.answer and is_asked(row.began_on, check.months, ended_on=row.ended_on, today=today()),
    }


def workplace_rows(actor: Actor, form: forms.Form) -> list[Row]:
    """What the register says of the employer that was typed; nothing before something was."""
    if not form.is_bound:
        return []
    given = form.cleaned_data
    employer = names_of_employers(actor).get(given.get("employer_id") or 0) or given.get("employer") or ""
    return [
        {
            "name": line.entry.name,
            "url": reverse("hotline:checked", args=[line.id]),
            "tag": Tag(_("Warnings"), "danger") if line.is_warned else Tag(_("No warnings so far"), ""),
        }
        for line in check_workplace(actor, employer).found
    ]


def school_rows(lines: list[SchoolLine], names: Names) -> list[Row]:
    """Each schooling with its exams and scholarships."""
    return [
        {
            "line": one.line,
            "name": _of_several(names, one.line.row.person_id),
            "kind": label("schooling_kind", one.line.row.kind),
            "state": _school_state(one.line.row),
            "exams": [_exam_row(exam) for exam in one.exams],
            "scholarships": [
                {"row": row, "amount": amount_text(row.amount), "funded_by": label("funded_by", row.funded_by)}
                for row in one.scholarships
            ],
        }
        for one in lines
    ]


def _school_state(row: Schooling) -> Tag:
    return Tag(label("schooling_end", row.end), "") if row.ended_on else Tag(_("Under way"), "info")


def _exam_row(exam: Line[Any]) -> Row:
    result = label("exam_result", exam.row.result)
    return {"line": exam, "result": result, "may_result": not exam.row.result and exam.row.on <= today()}


def child_context(page: ChildPage, names: Names) -> Row:
    """The steps of protection by kind, and how the age is treated."""
    return {
        "is_child": page.is_child,
        "deciding": [_who_decides(person, names.get(person, ""), lines) for person, lines in page.deciding.items()],
        "adults": [names.get(person, "") for person, state in page.states.items() if state == FOUND_ADULT],
        "groups": [
            {
                "kind": kind,
                "name": _(minors.NAMES[kind]),
                "rows": [
                    {
                        "line": line,
                        "name": _of_several(names, line.row.person_id),
                        "code": label(minors.CODES[kind], line.row.code),
                        "is_decision": kind == minors.BEST_INTEREST,
                    }
                    for line in page.entries
                    if line.row.kind == kind
                ],
            }
            for kind in minors.KINDS
        ],
    }


def _who_decides(person_id: UUID, name: str, lines: list[GuardianLine]) -> Row:
    rows = [{"who": one.name, "role": label("guardianship", one.role), "line": one} for one in lines if one.is_current]
    return {"name": name, "new_url": reverse("people:guardian", args=[person_id]), "rows": rows}


def receipt_rows(lines: list[Line[Any]]) -> list[Row]:
    """The receipts of a case."""
    return [
        {
            "line": line,
            "number": f"{line.row.number}/{line.row.year}",
            "amount": f"{amount_text(line.row.amount)} {line.row.currency}",
            "kind": label("receipt_kind", line.row.kind),
            "funded_by": label("funded_by", line.row.funded_by),
            "state": _receipt_state(line.row),
            "is_void": line.row.voided_on is not None,
            "scripts": SCRIPTS,
        }
        for line in lines
    ]


def _receipt_state(row: Receipt) -> Tag:
    if row.voided_on is not None:
        return Tag(_("Void: %(why)s") % {"why": label("receipt_void", row.void)}, "")
    return Tag(_("Signed"), "good") if row.signed_on else Tag(_("Not signed yet"), "attention")


def _of_several(names: Names, person_id: UUID) -> str:
    return names.get(person_id, "") if len(names) > 1 else ""


def standing_row(standing: WorkStanding) -> Row:
    """What stands now, in a word each; nothing where there is nothing."""
    return {
        "works": _("Works now") if standing.in_work else "",
        "learns": _("Under way") if standing.in_school else "",
        "child": _("Treated as a child") if standing.is_child else "",
        "unsigned": _("%(count)s not signed") % {"count": standing.unsigned} if standing.unsigned else "",
    }
