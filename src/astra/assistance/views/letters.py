"""Which letters has a file, how is one written, confirmed and issued, and which templates do we use?"""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST

from astra.accounts.access import DeskRequest, desk
from astra.assistance import selectors, services
from astra.assistance.forms.letters import BeginForm, DecisionForm, HandInForm, LetterForm, TemplateForm
from astra.assistance.rules import letters as rules
from astra.assistance.views.letters_shown import letter_context, letter_rows, template_rows
from astra.cases import selectors as cases
from astra.kernel.errors import NotFound
from astra.vault.actor import Actor
from astra.vault.services.attachments import discard, read_pieces
from astra.vocabulary.form_fields import act

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@desk("cases")
def letters(request: DeskRequest, case_id: UUID) -> HttpResponse:
    """The letters of a file, and beginning one."""
    facts = cases.case_facts(request.actor, case_id)
    form = BeginForm(request.POST or None, people=cases.people_in(request.actor, case_id))
    if form.is_valid():
        given = form.cleaned_data
        chosen = f"kind={given['kind']}&script={given['script']}&tier={given['tier']}&about={given['about'] or ''}"
        return HttpResponseRedirect(f"{reverse('assistance:write_letter', args=[case_id])}?{chosen}")
    rows = letter_rows(selectors.letters_of(request.actor, case_id))
    return render(request, "assistance/letters.html", {"case": facts, "form": form, "rows": rows})


@desk("cases")
def write_letter(request: DeskRequest, case_id: UUID) -> HttpResponse:
    """Write a letter: what the file offers stands there, and goes in only where it is ticked."""
    begun = BeginForm(request.GET, people=cases.people_in(request.actor, case_id))
    facts = cases.case_facts(request.actor, case_id)
    if not begun.is_valid():
        return HttpResponseRedirect(reverse("assistance:letters", args=[case_id]))
    chosen = begun.cleaned_data
    offered = selectors.offered_values(request.actor, case_id, chosen["about"], chosen["referral"])
    form = LetterForm(request.POST or None, kind=chosen["kind"], offered=offered)
    given = {name: chosen[name] for name in ("kind", "script", "tier", "referral")}
    if done := act(
        form, lambda: services.write_letter(actor=request.actor, case_id=case_id, values=form.values(), **given)
    ):
        return HttpResponseRedirect(reverse("assistance:letter", args=done))
    return _writing(request, facts, form, chosen["kind"])


def _writing(request: DeskRequest, facts: Any, form: LetterForm, kind: str) -> HttpResponse:  # Any: facts of a case
    context = {"case": facts, "form": form, "kind": kind, "back": reverse("assistance:letters", args=[facts.id])}
    return render(request, "assistance/letter_form.html", context)


@desk("cases")
def letter(request: DeskRequest, letter_id: UUID) -> HttpResponse:
    """One letter as it will be printed, and what can be done with it."""
    found = selectors.get_letter(request.actor, letter_id)
    return _shown(request, found, HandInForm(workers=selectors.confirmers(request.actor, found)), DecisionForm())


def _shown(request: DeskRequest, found: Any, hand_in: HandInForm, decision: DecisionForm) -> HttpResponse:  # Any: a row
    words = selectors.letter_words(request.actor, found).content
    context = letter_context(request.actor, found, words, selectors.blocks_of(found, words))
    context |= {"case": cases.case_facts(request.actor, found.case_id), "hand_in": hand_in, "decision": decision}
    context["form"] = hand_in if hand_in.is_bound else decision
    return render(request, "assistance/letter.html", context)


@desk("cases")
def revise_letter(request: DeskRequest, letter_id: UUID) -> HttpResponse:
    """Write a draft anew."""
    found = selectors.get_letter(request.actor, letter_id)
    known = selectors.letter_words(request.actor, found)
    values = dict(known.content.values)
    offered = selectors.offered_values(request.actor, found.case_id, None) | values
    form = LetterForm(request.POST or None, kind=found.kind, offered=offered, ticked=values)

    def deed() -> None:
        services.revise_letter(actor=request.actor, letter_id=letter_id, values=form.values(), revision=known.revision)

    if act(form, deed):
        return _to(letter_id)
    return _writing(request, cases.case_facts(request.actor, found.case_id), form, found.kind)


def _to(letter_id: UUID) -> HttpResponse:
    return HttpResponseRedirect(reverse("assistance:letter", args=[letter_id]))


@require_POST
@desk("cases")
def hand_in_letter(request: DeskRequest, letter_id: UUID) -> HttpResponse:
    """Have it looked at: ready at once, or somebody is asked."""
    found = selectors.get_letter(request.actor, letter_id)
    form = HandInForm(request.POST, workers=selectors.confirmers(request.actor, found))
    if act(form, lambda: services.hand_in_letter(actor=request.actor, letter_id=letter_id, **form.cleaned_data)):
        return _to(letter_id)
    return _shown(request, found, form, DecisionForm())


@require_POST
@desk("cases")
def step_letter(request: DeskRequest, letter_id: UUID, verb: str) -> HttpResponse:
    """Confirm, send back, take back, or put into the file."""
    found = selectors.get_letter(request.actor, letter_id)
    form = DecisionForm(request.POST)
    if verb not in STEPS:
        raise NotFound
    if done := act(form, lambda: STEPS[verb](request.actor, letter_id, form.cleaned_data["said"])):
        return HttpResponseRedirect(reverse("cases:document", args=done)) if verb == "issue" else _to(letter_id)
    return _shown(request, found, HandInForm(workers=selectors.confirmers(request.actor, found)), form)


STEPS: dict[str, Callable[[Actor, UUID, str], object]] = {
    "confirm": lambda actor, found, said: services.confirm_letter(actor=actor, letter_id=found, said=said),
    "return": lambda actor, found, said: services.return_letter(actor=actor, letter_id=found, said=said),
    "rework": lambda actor, found, _: services.rework_letter(actor=actor, letter_id=found),
    "issue": lambda actor, found, _: services.issue_letter(actor=actor, letter_id=found),
}


@require_POST
@desk("cases")
def letter_docx(request: DeskRequest, letter_id: UUID) -> HttpResponse:
    """A letter that is ready as a Word document, under a neutral name."""
    data = services.as_docx(actor=request.actor, letter_id=letter_id)
    response = HttpResponse(data, content_type=DOCX)
    response["Content-Disposition"] = f'attachment; filename="{letter_id.hex[-6:]}.docx"'
    return response


# ---- Templates


@desk("cases")
def templates(request: DeskRequest) -> HttpResponse:
    """The templates, ours and the organisation's own."""
    rows = template_rows(selectors.own_templates(request.actor))
    context = {"rows": rows, "may_replace": request.actor.has_desk("coordination"), "places": rules.PLACES}
    return render(request, "assistance/templates.html", context)


@desk("cases")
def template_docx(request: DeskRequest, kind: str, script: str) -> HttpResponse:
    """The template in use, to be made one's own."""
    if kind not in rules.kinds() or script not in rules.SCRIPTS:
        raise NotFound
    response = HttpResponse(selectors.template_in_use(kind, script), content_type=DOCX)
    response["Content-Disposition"] = f'attachment; filename="{kind}-{script}.docx"'
    return response


@desk("coordination")
def replace_template(request: DeskRequest, kind: str, script: str) -> HttpResponse:
    """Put an own template in place; it is checked, and what is wrong is named with its paragraph."""
    if kind not in rules.kinds() or script not in rules.SCRIPTS:
        raise NotFound
    form = TemplateForm(request.POST or None, request.FILES or None)

    def deed() -> list[str]:
        file_id, facts = form.cleaned_data["file"].kept()
        try:
            content = b"".join(read_pieces(file_id, facts.key))
            return services.replace_template(actor=request.actor, kind=kind, script=script, content=content)
        finally:
            discard([file_id])

    done = act(form, deed)
    context = {"form": form, "kind": kind, "script": script, "telling": done[0] if done else []}
    if done and not done[0]:
        return HttpResponseRedirect(reverse("assistance:templates"))
    return render(request, "assistance/template_form.html", context | {"is_done": bool(done)})


@require_POST
@desk("coordination")
def retire_template(request: DeskRequest, kind: str, script: str) -> HttpResponse:
    """Go back to ours."""
    services.retire_template(actor=request.actor, kind=kind, script=script)
    return HttpResponseRedirect(reverse("assistance:templates"))
