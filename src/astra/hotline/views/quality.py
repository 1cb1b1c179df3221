"""How well do we help? A supervisor reads a sample; whoever took a contact sees what was said of it."""

from datetime import timedelta
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from astra.accounts.access import DeskRequest, desk
from astra.accounts.selectors import work_names
from astra.hotline import selectors, services
from astra.hotline.forms.quality import DrawForm, ScoreForm
from astra.hotline.rules import quality as rules
from astra.hotline.views.saying import contact_rows
from astra.kernel.clock import today
from astra.vocabulary.form_fields import act
from astra.vocabulary.naming import label


@desk("hotline")
@require_GET
def quality(request: DeskRequest) -> HttpResponseBase:
    """What waits to be read, and what was said of one's own contacts."""
    last_month = today().replace(day=1) - timedelta(days=1)
    return _show(request, DrawForm(initial={"month": last_month, "n": 5}))


@desk("coordination")
@require_POST
def draw_quality(request: DeskRequest) -> HttpResponseBase:
    """Draw a sample."""
    form = DrawForm(request.POST)
    drawn = act(form, lambda: services.draw_sample(actor=request.actor, **form.cleaned_data))
    if not drawn:
        return _show(request, form)
    messages.success(request, gettext("Drawn: %(n)s") % {"n": len(drawn[0])})
    return redirect("hotline:quality")


def _show(request: DeskRequest, form: DrawForm) -> HttpResponse:
    found = selectors.quality_reviews(request.actor)
    names = work_names({one.counsellor_id for one in found})
    rows = [{"line": one, "who": names.get(one.counsellor_id, "")} for one in found]
    context = {"form": form, "rows": rows, "may_draw": request.actor.has_desk("coordination")}
    return render(request, "hotline/quality.html", context)


@desk("hotline")
@require_http_methods(["GET", "POST"])
def quality_review(request: DeskRequest, quality_id: UUID) -> HttpResponseBase:
    """One contact of the sample: its words, and the points; the log says for what it was read."""
    actor = request.actor
    line = selectors.quality_review(actor, quality_id)
    form = ScoreForm(request.POST or None)
    if request.method == "POST" and act(form, lambda: _score(request, quality_id, form)):
        messages.success(request, gettext("Said. Whoever took the contact sees it now."))
        return redirect("hotline:quality")
    words = selectors.open_words(actor, [line.contact_id]).get(line.contact_id)
    context = {
        "line": line,
        "words": words.content if words else None,
        "contacts": contact_rows(actor, selectors.lines(actor, [line.contact_id])),
        "form": form if line.reviewer_id == actor.id and line.scored_at is None else None,
        "scores": [(label(rules.POINT, code), label(rules.SCORE, score)) for code, score in line.scores.items()],
    }
    return render(request, "hotline/quality_review.html", context)


def _score(request: DeskRequest, quality_id: UUID, form: ScoreForm) -> None:
    services.score_quality(
        actor=request.actor, quality_id=quality_id, scores=form.scores(), words=form.cleaned_data["words"]
    )
