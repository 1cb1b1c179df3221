"""Referrals: preparing one, and its steps until help was given or it was recalled."""

from collections.abc import Mapping
from datetime import date
from functools import partial
from typing import Any, NamedTuple
from uuid import UUID

from django import forms
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from astra.accounts.access import DeskRequest, desk
from astra.assistance import selectors, services
from astra.assistance.forms.referrals import AnsweredForm, EndedForm, ReferralForm, SentForm
from astra.assistance.rules.referrals import ANSWER_WITHIN
from astra.assistance.sections import ReferralWords
from astra.assistance.views.framing import help_form
from astra.assistance.views.pages import back
from astra.cases import selectors as cases
from astra.directory import selectors as directory
from astra.kernel.clock import today
from astra.kernel.errors import NotFound
from astra.kernel.words import msg
from astra.vocabulary.form_fields import act


class Asked(NamedTuple):
    """The page of one step: its form, what it is called, what its button says, who does it."""

    form: type[forms.Form]
    title: str
    button: str
    deed: Any  # Any: a service


STEPS = {
    "sent": Asked(SentForm, msg("The referral went out"), msg("It was sent"), services.send_referral),
    "answered": Asked(AnsweredForm, msg("What did they answer?"), msg("Keep the answer"), services.answer_referral),
    "done": Asked(EndedForm, msg("They gave the help"), msg("Keep"), services.complete_referral),
    "recall": Asked(EndedForm, msg("Recall the referral"), msg("Recall it"), services.recall_referral),
}


@desk("cases")
def refer(request: DeskRequest, case_id: UUID) -> HttpResponse:
    """Prepare a referral."""
    facts = cases.case_facts(request.actor, case_id)
    places = dict(directory.choices(request.actor))
    people = cases.client_names(request.actor, case_id)
    form = ReferralForm(request.POST or None, clients=people, organisations=places)

    def deed() -> None:
        given: dict[str, Any] = dict(form.cleaned_data)  # Any: what the service takes
        words = ReferralWords(given.pop("told"))
        services.refer(actor=request.actor, case_id=case_id, words=words, **given)

    if act(form, deed):
        return back(case_id, "referrals")
    note = _(
        "Each part that they are told needs consent for a referral, to them. Tell only what they need for this help."
    )
    more = {"note": note, **_ledger(people)}
    return help_form(request, facts, form, title=_("Refer to an organisation"), button=_("Prepare it"), **more)


def _ledger(people: Mapping[UUID, str]) -> dict[str, str]:
    """Where the consents of the only client stand; with several, each has a page of their own."""
    if len(people) != 1:
        return {}
    return {"note_url": reverse("consent:ledger", args=[*people]), "note_link": _("Consents")}


@desk("cases")
def step_referral(request: DeskRequest, referral_id: UUID, step: str) -> HttpResponse:
    """It went out, they answered, help was given, or it is taken back."""
    row = selectors.get_referral(request.actor, referral_id)
    if step not in STEPS:
        raise NotFound
    asked = STEPS[step]
    form = asked.form(request.POST or None, initial=_days(today()))
    done = act(form, lambda: partial(asked.deed, actor=request.actor, referral_id=referral_id)(**form.cleaned_data))
    if done:
        return back(row.case_id, "referrals")
    facts = cases.case_facts(request.actor, row.case_id)
    return help_form(request, facts, form, title=_(asked.title), button=_(asked.button))


def _days(day: date) -> dict[str, date]:
    return {"on": day, "sent_on": day, "answer_by": day + ANSWER_WITHIN}
