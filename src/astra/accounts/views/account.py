"""What can she see and change about herself? Her roles, her visits, her words."""

from django.contrib import messages
from django.http import HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from astra.accounts import selectors
from astra.accounts.access import DeskRequest, signed_in
from astra.accounts.forms import ChangeWordsForm
from astra.accounts.models import ACTIVE
from astra.accounts.services import own
from astra.accounts.views.pages import role_names
from astra.kernel.errors import AstraError
from astra.vocabulary.form_fields import show


@signed_in
def account(request: DeskRequest) -> HttpResponseBase:
    """My account."""
    person = selectors.colleague(request.user.member_id)
    context = {
        "person": person,
        "role_names": role_names(person.roles) if person else [],
        "visits": selectors.visits_of(request.user.id),
        "this_visit": request.visit.id,
        "factors": selectors.second_factors_of(request.user.id),
    }
    return render(request, "accounts/account.html", context)


@require_POST
@signed_in
def end_others(request: DeskRequest) -> HttpResponseBase:
    """Sign out everywhere else."""
    ended = own.end_other_visits(actor=request.actor, visit_id=request.visit.id)
    messages.success(request, _("Signed out elsewhere: %(count)s.") % {"count": ended})
    return HttpResponseRedirect(reverse("accounts:account"))


@signed_in
def waiting(request: DeskRequest) -> HttpResponseBase:
    """Wait for a colleague: the fingerprint to read to her, and what happens next."""
    if request.user.state == ACTIVE:
        return HttpResponseRedirect("/")
    context = {"fingerprint": selectors.own_fingerprint(request.actor), "state": request.user.state}
    return render(request, "accounts/waiting.html", context)


@signed_in
def change_words(request: DeskRequest) -> HttpResponseBase:
    """Get six new words, write them down, type them back."""
    words = own.new_words(actor=request.actor, kept=request.session.get("new_words", ""))
    request.session["new_words"] = words.kept
    form = ChangeWordsForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            own.change_words(
                user=request.user,
                actor=request.actor,
                present=form.cleaned_data["passphrase"],
                fresh=words.words,
                typed=form.cleaned_data["words"],
            )
        except AstraError as error:
            show(form, error)
        else:
            del request.session["new_words"]
            messages.success(request, _("From now on your new words open your keys."))
            return HttpResponseRedirect(reverse("accounts:account"))
    return render(request, "accounts/change_words.html", {"form": form, "words": words.words})
