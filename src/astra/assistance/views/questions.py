"""Which extra questions does the organisation ask, and what was answered in a file?"""

import csv
from collections import Counter
from uuid import UUID

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.http import require_POST

from astra.accounts.access import DeskRequest, desk
from astra.assistance import selectors, services
from astra.assistance.facts import answer_facts
from astra.assistance.forms.questions import QuestionSetForm
from astra.assistance.rules.questions import from_json
from astra.assistance.views.questions_shown import (
    answer_table,
    answered_rows,
    asked,
    counted_rows,
    errors_of,
    given_in,
    sheet_rows,
)
from astra.cases import selectors as cases
from astra.kernel.errors import Invalid, NotFound
from astra.vault.services.attachments import discard, read_pieces
from astra.vocabulary.form_fields import act, choices_of

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@desk("cases")
def question_sets(request: DeskRequest) -> HttpResponse:
    """The sets that are asked."""
    may_bring = request.actor.has_desk("coordination")
    rows = selectors.question_sets(request.actor, with_retired=may_bring)
    return render(request, "assistance/question_sets.html", {"rows": rows, "may_bring": may_bring})


@desk("coordination")
def bring_question_set(request: DeskRequest, set_id: int = 0) -> HttpResponse:
    """Bring a set in, or its next version; every fault is named with its cell."""
    known = {one.id: one.title for one in selectors.question_sets(request.actor, with_retired=True)}
    if set_id and set_id not in known:
        raise NotFound
    initial = {"title": known.get(set_id, "")}
    form = QuestionSetForm(request.POST or None, request.FILES or None, initial=initial)

    def deed() -> int:
        file_id, facts = form.cleaned_data["file"].kept()
        try:
            content, title = b"".join(read_pieces(file_id, facts.key)), form.cleaned_data["title"]
            return services.bring_question_set(actor=request.actor, content=content, title=title, set_id=set_id or None)
        finally:
            discard([file_id])

    if act(form, deed):
        return HttpResponseRedirect(reverse("assistance:question_sets"))
    return render(request, "assistance/question_set_form.html", {"form": form, "is_new": not set_id})


@desk("cases")
def question_source(request: DeskRequest, set_id: int) -> HttpResponse:
    """The XLSForm of a set, to be changed and brought in again."""
    response = HttpResponse(selectors.source_of(request.actor, set_id), content_type=XLSX)
    response["Content-Disposition"] = f'attachment; filename="questions-{set_id}.xlsx"'
    return response


@require_POST
@desk("coordination")
def retire_question_set(request: DeskRequest, set_id: int) -> HttpResponse:
    """Ask a set no more."""
    services.retire_question_set(actor=request.actor, set_id=set_id)
    return HttpResponseRedirect(reverse("assistance:question_sets"))


@desk("cases")
def case_questions(request: DeskRequest, case_id: UUID) -> HttpResponse:
    """The sets that can be answered in a file, and what was answered."""
    facts = cases.case_facts(request.actor, case_id)
    sheets = sheet_rows(selectors.sheets_of(request.actor, case_id))
    context = {"case": facts, "sets": selectors.question_sets(request.actor), "sheets": sheets}
    return render(request, "assistance/case_questions.html", context)


@desk("cases")
def answer_questions(request: DeskRequest, case_id: UUID, set_id: int) -> HttpResponse:
    """Answer a set; what is not asked for is not kept."""
    facts = cases.case_facts(request.actor, case_id)
    if set_id not in {one.id for one in selectors.question_sets(request.actor)}:
        return HttpResponseRedirect(reverse("assistance:case_questions", args=[case_id]))
    questions = from_json(selectors.version_in_use(set_id).definition)
    given, problems, tier = given_in(questions, request.POST), None, request.POST.get("tier", "team")
    if request.method == "POST":
        try:
            sheet_id = services.answer_questions(
                actor=request.actor, case_id=case_id, set_id=set_id, tier=tier, given=given
            )
        except Invalid as error:
            problems = error
        else:
            return HttpResponseRedirect(reverse("assistance:answers", args=[sheet_id]))
    context = {"case": facts, "tiers": list(choices_of("case_tier")()), "tier": tier, "errors": errors_of(problems)}
    return render(request, "assistance/answer.html", context | asked(questions, given, problems, get_language()))


@desk("cases")
def answers(request: DeskRequest, sheet_id: UUID) -> HttpResponse:
    """What was answered, under the version under which it was."""
    sheet = selectors.get_sheet(request.actor, sheet_id)
    given = selectors.answers_of(request.actor, sheet_id).content.given
    rows = answered_rows(from_json(sheet.version.definition), given, get_language())
    context = {"case": cases.case_facts(request.actor, sheet.case_id), "sheet": sheet, "rows": rows}
    return render(request, "assistance/answers.html", context)


@desk("cases")
def revise_answers(request: DeskRequest, sheet_id: UUID) -> HttpResponse:
    """Write answers anew."""
    sheet = selectors.get_sheet(request.actor, sheet_id)
    known = selectors.answers_of(request.actor, sheet_id)
    questions = from_json(sheet.version.definition)
    given, problems = known.content.given, None
    if request.method == "POST":
        given = given_in(questions, request.POST)
        try:
            services.revise_answers(actor=request.actor, sheet_id=sheet_id, given=given, revision=known.revision)
        except Invalid as error:
            problems = error
        else:
            return HttpResponseRedirect(reverse("assistance:answers", args=[sheet_id]))
    context = {"case": cases.case_facts(request.actor, sheet.case_id), "errors": errors_of(problems)}
    return render(request, "assistance/answer.html", context | asked(questions, given, problems, get_language()))


@require_POST
@desk("cases")
def answers_csv(request: DeskRequest, sheet_id: UUID) -> HttpResponse:
    """The answers of one sheet as a file for a spreadsheet; the log says that they left."""
    sheet = selectors.get_sheet(request.actor, sheet_id)
    given = selectors.answers_of(request.actor, sheet_id).content.given
    services.note_taken_out(actor=request.actor, sheet_id=sheet_id)
    response = HttpResponse("\ufeff", content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="answers.csv"'
    csv.writer(response).writerows(answer_table(from_json(sheet.version.definition), given, get_language()))
    return response


@desk("cases")
def answer_counts(request: DeskRequest, set_id: int) -> HttpResponse:
    """How often each coded answer of a set was given."""
    newest = selectors.newest_version(request.actor, set_id)
    counts = Counter((fact.question, fact.code) for fact in answer_facts(set_id=set_id))
    rows = counted_rows(from_json(newest.definition), counts, get_language())
    return render(request, "assistance/answer_counts.html", {"title": newest.set.title, "rows": rows})
