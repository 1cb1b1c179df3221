"""The page "Assistance" of a file, and the forms for needs, plan, goals, steps and the scale."""

from datetime import timedelta
from uuid import UUID

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from astra.accounts.access import DeskRequest, desk
from astra.assistance import selectors, services
from astra.assistance.forms.planning import GoalForm, NeedsForm, PlanForm, ReviewForm, ScaleForm, StepForm
from astra.assistance.views.framing import help_form
from astra.assistance.views.shown import earlier_context, page_context
from astra.assistance.views.work_shown import standing_row
from astra.cases import selectors as cases
from astra.cases.views.pages import case_head, workers
from astra.cases.views.people_shown import safe_first
from astra.kernel.clock import today
from astra.kernel.errors import NotFound
from astra.vocabulary.form_fields import act

REVIEW_AFTER = timedelta(days=90)


def back(case_id: UUID, part: str = "") -> HttpResponseRedirect:
    """Back to the file's page of assistance, at one of its parts."""
    address = reverse("assistance:case", args=[case_id])
    return HttpResponseRedirect(f"{address}#{part}" if part else address)


@desk("cases")
def case(request: DeskRequest, case_id: UUID) -> HttpResponse:
    """Needs and plan, what was given, what comes next."""
    page = selectors.assistance_page(request.actor, case_id)
    more = {
        "reached": safe_first(request.actor, case_id),
        "standing": standing_row(selectors.work_standing(request.actor, case_id)),
    }
    return render(
        request,
        "assistance/case.html",
        {**case_head(page.facts), **page_context(page, cases.client_names(request.actor, case_id)), **more},
    )


@desk("cases")
def earlier(request: DeskRequest, case_id: UUID) -> HttpResponse:
    """What was written before: needs, what was said to the plan, attempts, welfare checks."""
    page = selectors.earlier(request.actor, case_id)
    return render(request, "assistance/earlier.html", {**case_head(page.facts), **earlier_context(page)})


@desk("cases")
def needs(request: DeskRequest, case_id: UUID) -> HttpResponse:
    """Write down what she needs now."""
    facts = cases.case_facts(request.actor, case_id)
    form = NeedsForm(request.POST or None)

    def deed() -> None:
        words = {name: form.cleaned_data[name] for name in ("her_words", "remark", "assessed_on")}
        services.assess_needs(actor=request.actor, case_id=case_id, levels=form.by_domain(), **words)

    if act(form, deed):
        return back(case_id, "needs")
    return help_form(request, facts, form, title=_("What is needed"), button=_("Keep"))


@desk("cases")
def plan(request: DeskRequest, case_id: UUID) -> HttpResponse:
    """Begin a plan with the person."""
    facts = cases.case_facts(request.actor, case_id)
    form = PlanForm(request.POST or None, initial={"review_on": today() + REVIEW_AFTER})
    if act(form, lambda: services.make_plan(actor=request.actor, case_id=case_id, **form.cleaned_data)):
        return back(case_id, "plan")
    return help_form(request, facts, form, title=_("Plan made together"), button=_("Make the plan"))


@desk("cases")
def review(request: DeskRequest, case_id: UUID) -> HttpResponse:
    """Look at the plan again with her."""
    page = selectors.assistance_page(request.actor, case_id)
    if page.plan is None or page.plan.words is None:
        raise NotFound
    found, words = page.plan, page.plan.words
    initial = {
        "agreement": found.agreement,
        "her_words": words.content.her_words,
        "review_on": today() + REVIEW_AFTER,
        "revision": words.revision,
    }
    form = ReviewForm(request.POST or None, initial=initial)
    if act(form, lambda: services.review_plan(actor=request.actor, plan_id=found.id, **form.cleaned_data)):
        return back(case_id, "plan")
    return help_form(request, page.facts, form, title=_("Look at the plan again"), button=_("Keep the review"))


@desk("cases")
def goal(request: DeskRequest, case_id: UUID) -> HttpResponse:
    """Add a goal in her words."""
    page = selectors.assistance_page(request.actor, case_id)
    if page.plan is None:
        return HttpResponseRedirect(reverse("assistance:plan", args=[case_id]))
    form, plan_id = GoalForm(request.POST or None), page.plan.id
    if act(form, lambda: services.add_goal(actor=request.actor, plan_id=plan_id, **form.cleaned_data)):
        return back(case_id, "plan")
    return help_form(request, page.facts, form, title=_("A goal of the person"), button=_("Add the goal"))


@desk("cases")
def step(request: DeskRequest, case_id: UUID, goal_id: UUID) -> HttpResponse:
    """Add a step towards a goal."""
    facts = cases.case_facts(request.actor, case_id)
    found = selectors.goal(request.actor, case_id, goal_id)
    form = StepForm(request.POST or None, workers=workers(case_id, found.tier))
    if act(form, lambda: services.add_step(actor=request.actor, goal_id=goal_id, **form.cleaned_data)):
        return back(case_id, "plan")
    note = found.her_words
    return help_form(request, facts, form, title=_("A step towards the goal"), button=_("Add the step"), note=note)


@require_POST
@desk("cases")
def step_goal(request: DeskRequest, case_id: UUID, goal_id: UUID, verb: str) -> HttpResponse:
    """A goal is reached, no longer wanted, or taken up again."""
    selectors.goal(request.actor, case_id, goal_id)
    services.step_goal(actor=request.actor, goal_id=goal_id, verb=verb)
    return back(case_id, "plan")


@desk("cases")
def scale(request: DeskRequest, case_id: UUID) -> HttpResponse:
    """Fill in the reintegration scale."""
    facts = cases.case_facts(request.actor, case_id)
    form = ScaleForm(request.POST or None, clients=cases.client_names(request.actor, case_id))

    def deed() -> None:
        said = {name: form.cleaned_data[name] for name in ("rated_by", "rated_on", "person_id")}
        services.rate(actor=request.actor, case_id=case_id, values=form.by_domain(), **said)

    if act(form, deed):
        return back(case_id, "scale")
    return help_form(request, facts, form, title=_("The way so far"), button=_("Keep"))
