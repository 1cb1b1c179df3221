"""The pages of consent: a person's ledger, its lines, what goes without, and what is due."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from uuid import UUID

from django.http import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from astra.accounts.access import DeskRequest, desk
from astra.consent import selectors, services, showing
from astra.consent.forms.ledger import (
    ConsentForm,
    DangerForm,
    DecisionForm,
    OverrideForm,
    QuestionForm,
    ReviewForm,
    WithdrawForm,
)
from astra.consent.rules.ledger import Question
from astra.directory import selectors as directory
from astra.kernel.clock import today
from astra.vocabulary.form_fields import act
from astra.vocabulary.naming import label

AHEAD = timedelta(days=14)
OUR_HELP, OUR_TEAM = "assistance", "own_team"


def panel_of(request: DeskRequest, person_id: UUID) -> showing.Row:
    """A person's ledger as a part of another page (people.views.files.show_person)."""
    rows = showing.lines(selectors.lines(request.actor, person_id))
    return {"title": gettext("Consents"), "template": "consent/panel.html", "lines": rows, "person_id": person_id}


@desk("consent")
def ledger(request: DeskRequest, person_id: UUID) -> HttpResponseBase:
    """Everything that was asked, answered and done without."""
    actor = request.actor
    context = {
        "head": showing.head(actor, person_id),
        "panel": panel_of(request, person_id),
        "overrides": showing.override_rows(actor, selectors.overrides_of(actor, person_id)),
    }
    return render(request, "consent/ledger.html", context)


@desk("consent")
def record(request: DeskRequest, person_id: UUID) -> HttpResponseBase:
    """Write a line."""
    head = showing.head(request.actor, person_id)
    form = _consent_form(request, person_id, is_child=head["is_child"])
    if request.method == "POST" and form.is_valid():
        deed = partial(services.record_consent, actor=request.actor, person_id=person_id, new=form.new())
        if act(form, deed):
            _keep_from(request, person_id, form)
            return redirect("consent:ledger", person_id)
    return render(request, "consent/record.html", {"head": head, "form": form})


@desk("consent")
def answer(request: DeskRequest, consent_id: UUID) -> HttpResponseBase:
    """An unasked question is answered."""
    row = selectors.living_consent(request.actor, consent_id)
    head = showing.head(request.actor, row.person_id)
    asked = {name: getattr(row, name) for name in ("purpose", "recipient", "section", "organisation_id")}
    form = _consent_form(request, row.person_id, is_child=head["is_child"], initial=asked)
    if request.method == "POST" and form.is_valid():
        deed = partial(services.note_asked, actor=request.actor, consent_id=consent_id, new=form.new())
        if act(form, deed):
            _keep_from(request, row.person_id, form)
            return redirect("consent:ledger", row.person_id)
    return render(request, "consent/record.html", {"head": head, "form": form})


def _consent_form(
    request: DeskRequest, person_id: UUID, *, is_child: bool, initial: showing.Row | None = None
) -> ConsentForm:
    return ConsentForm(
        request.POST or None,
        is_child=is_child,
        guardians=showing.who_decides(request.actor, person_id) if is_child else (),
        organisations=directory.choices(request.actor),
        initial=initial,
    )


def _keep_from(request: DeskRequest, person_id: UUID, form: ConsentForm) -> None:
    """Who must not be told joins the rules of safe contact."""
    chosen = form.cleaned_data.get("not_told")
    if chosen:
        words = [label("consent_recipient", code) for code in chosen]
        services.keep_from(actor=request.actor, person_id=person_id, who=words)


@desk("consent")
def line(request: DeskRequest, consent_id: UUID) -> HttpResponseBase:
    """Where a line stands: on the ledger of its person."""
    row = selectors.living_consent(request.actor, consent_id)
    return redirect("consent:ledger", row.person_id)


@dataclass(frozen=True)
class WithdrawnLine:
    """A line that was just taken back, as far as pages that join rooms ask."""

    person_id: UUID
    is_for_our_help: bool
    """Whether it allowed our own work with her, and not only that something is given on."""


@desk("consent")
def withdraw(request: DeskRequest, consent_id: UUID) -> HttpResponseBase:
    """Consent is taken back, with everything that was opened on it."""
    return show_withdraw(request, consent_id, lambda _line: None)


def show_withdraw(request: DeskRequest, consent_id: UUID, done: Callable[[WithdrawnLine], None]) -> HttpResponseBase:
    """The page on which consent is taken back; `done` is what follows in later rooms."""
    row = selectors.living_consent(request.actor, consent_id)
    form = WithdrawForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        deed = partial(services.withdraw_consent, actor=request.actor, consent_id=consent_id, **form.cleaned_data)
        if act(form, deed):
            done(WithdrawnLine(row.person_id, row.purpose == OUR_HELP and row.recipient == OUR_TEAM))
            return redirect("consent:ledger", row.person_id)
    shown = showing.lines(one for one in selectors.lines(request.actor, row.person_id) if one.row.pk == consent_id)
    context = {"head": showing.head(request.actor, row.person_id), "form": form, "panel": {"lines": shown}}
    return render(request, "consent/withdraw.html", context)


@require_POST
@desk("consent")
def recall(request: DeskRequest, consent_id: UUID) -> HttpResponseBase:
    """Close what is still open although its consent has ended."""
    row = selectors.living_consent(request.actor, consent_id)
    services.finish_recalls(actor=request.actor, consent_id=consent_id)
    return redirect("consent:ledger", row.person_id)


@desk("consent")
def check(request: DeskRequest, person_id: UUID) -> HttpResponseBase:
    """May something be shared? The ledger answers, with the reason."""
    head = showing.head(request.actor, person_id)
    form = QuestionForm(request.POST or None, organisations=directory.choices(request.actor))
    context: showing.Row = {"head": head, "form": form}
    if request.method == "POST" and form.is_valid():
        question = Question(day=today(), **form.cleaned_data)
        found = services.ask_ledger(actor=request.actor, person_id=person_id, question=question)
        context["verdict"] = showing.verdict(found)
    return render(request, "consent/check.html", context)


@desk("consent")
def danger(request: DeskRequest, person_id: UUID) -> HttpResponseBase:
    """Danger to life: tell those who can help, now and alone."""
    form = DangerForm(request.POST or None, organisations=directory.choices(request.actor))
    if request.method == "POST" and form.is_valid():
        deed = partial(services.share_in_danger, actor=request.actor, person_id=person_id, **form.cleaned_data)
        if act(form, deed):
            return redirect("consent:ledger", person_id)
    actor = request.actor
    context = {"head": showing.head(actor, person_id), "form": form, **showing.minimum(actor, person_id)}
    return render(request, "consent/danger.html", context)


@desk("consent")
def ask(request: DeskRequest, person_id: UUID) -> HttpResponseBase:
    """Ask a colleague to agree to something for which there is no consent."""
    form = OverrideForm(request.POST or None, organisations=directory.choices(request.actor))
    if request.method == "POST" and form.is_valid():
        deed = partial(services.ask_override, actor=request.actor, person_id=person_id, **form.cleaned_data)
        if act(form, deed):
            return redirect("consent:ledger", person_id)
    head = showing.head(request.actor, person_id)
    return render(request, "consent/ask.html", {"head": head, "form": form})


@desk("consent")
def override(request: DeskRequest, override_id: UUID) -> HttpResponseBase:
    """One thing done or asked for without consent: agree, refuse, or look at it again."""
    actor = request.actor
    row = selectors.living_override(actor, override_id)
    shown = showing.override_rows(actor, selectors.override_lines(actor, [row]))[0]
    form: DecisionForm | ReviewForm | None = None
    if shown["may_decide"]:
        form = DecisionForm(request.POST or None)
    elif shown["may_review"]:
        form = ReviewForm(request.POST or None)
    if form is not None and form.is_valid() and act(form, _decision(request, row.pk, form)):
        return redirect("consent:ledger", row.person_id)
    context = {"head": showing.head(actor, row.person_id), "one": shown, "form": form}
    return render(request, "consent/override.html", context)


def _decision(request: DeskRequest, override_id: UUID, form: DecisionForm | ReviewForm) -> "partial[None]":
    typed = form.cleaned_data
    who = {"actor": request.actor, "override_id": override_id, "words": typed["words"]}
    if isinstance(form, ReviewForm):
        return partial(services.review_override, outcome=typed["outcome"], **who)
    return partial(services.agree_override if typed["agrees"] == "yes" else services.refuse_override, **who)


@require_POST
@desk("consent")
def cancel(request: DeskRequest, override_id: UUID) -> HttpResponseBase:
    """Whoever asked no longer needs it."""
    row = selectors.living_override(request.actor, override_id)
    services.cancel_override(actor=request.actor, override_id=override_id)
    return redirect("consent:ledger", row.person_id)


@desk("consent")
def due(request: DeskRequest) -> HttpResponseBase:
    """What has to be asked, renewed, recalled, decided and looked at again within two weeks."""
    actor = request.actor
    waiting = showing.override_rows(actor, selectors.open_overrides(actor))
    tasks = showing.dues(actor, selectors.due(actor, today() + AHEAD), today())
    return render(request, "consent/due.html", {"tasks": tasks, "overrides": waiting})
