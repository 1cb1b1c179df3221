"""Who decides for her, and when does she decide herself?"""

from collections.abc import Callable
from datetime import date
from functools import partial
from uuid import UUID

from django.http import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext

from astra.accounts.access import DeskRequest, desk
from astra.directory import selectors as directory
from astra.kernel.clock import today
from astra.people import selectors, services, showing
from astra.people.forms.around import EndForm, GuardianForm
from astra.vocabulary.form_fields import act


@desk("people")
def guardian(request: DeskRequest, person_id: UUID) -> HttpResponseBase:
    """Write down who decides for a child."""
    actor = request.actor
    form = GuardianForm(request.POST or None, organisations=directory.choices(actor))
    if request.method == "POST" and form.is_valid() and act(form, partial(_add_guardian, request, person_id, form)):
        return redirect("people:person", person_id)
    return render(request, "people/guardian.html", {"file": showing.head_of(actor, person_id), "form": form})


def _add_guardian(request: DeskRequest, person_id: UUID, form: GuardianForm) -> UUID:
    typed = form.cleaned_data
    name = typed["code_name"].strip()
    return services.add_guardian(
        actor=request.actor,
        child_id=person_id,
        role=typed["role"],
        from_on=typed["from_on"],
        until_on=typed["until_on"],
        guardian_id=selectors.find_code_name(request.actor, name) if name else None,
        organisation_id=typed["organisation"],
    )


@desk("people")
def end_guardian(request: DeskRequest, person_id: UUID, guardianship_id: UUID) -> HttpResponseBase:
    """A guardianship ends."""
    form = EndForm(request.POST or None, initial={"on": today()})
    if request.method == "POST" and form.is_valid():
        on = form.cleaned_data["on"]
        deed = partial(services.end_guardian, actor=request.actor, guardianship_id=guardianship_id, on=on)
        if act(form, deed):
            return redirect("people:person", person_id)
    head = showing.head_of(request.actor, person_id)
    return render(request, "people/day.html", {"file": head, "form": form, "title": gettext("The guardianship ends")})


def show_own_consent(
    request: DeskRequest, person_id: UUID, done: Callable[[date], HttpResponseBase]
) -> HttpResponseBase:
    """She comes of age and was asked herself; `done` goes on from the day on which her guardians' say ends."""
    form = EndForm(request.POST or None, initial={"on": today()})
    if request.method == "POST" and form.is_valid():
        on = form.cleaned_data["on"]
        ended = act(form, partial(services.ask_own_consent, actor=request.actor, person_id=person_id, on=on))
        if ended:
            return done(ended[0])
    head = showing.head_of(request.actor, person_id)
    title = gettext("Asked for own consent")
    return render(request, "people/day.html", {"file": head, "form": form, "title": title})


@desk("people")
def own_consent(request: DeskRequest, person_id: UUID) -> HttpResponseBase:
    """She comes of age and was asked herself."""
    return show_own_consent(request, person_id, lambda _day: redirect("people:person", person_id))
