"""How does she lock, unlock, stay and leave? The pages and answers of the visit itself."""

from http import HTTPStatus

from allauth.account.internal.flows.logout import logout
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme, urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from astra.accounts import waiting
from astra.accounts.access import public
from astra.accounts.cookies import drop_key, hand_key
from astra.accounts.doors import LOCKED_STATUS, SIGN_IN_STATUS, is_fetch, note_presence, visit_of
from astra.accounts.forms import UnlockForm
from astra.accounts.models import Visit
from astra.accounts.services import signing, visits
from astra.accounts.services.signing import TooSoon
from astra.kernel.words import msg
from astra.vocabulary.form_fields import show

KEPT = "kept."
"""Fields of a form that met the locked door travel under this prefix through the unlock page."""
WRONG = msg("That is not your passphrase.")


def safe_next(request: HttpRequest) -> str:
    """Where to go on: a page of this installation, or home."""
    address = request.POST.get("next") or request.GET.get("next") or "/"
    is_ours = url_has_allowed_host_and_scheme(address, {request.get_host()}, require_https=request.is_secure())
    return address if is_ours else "/"


def _kept(request: HttpRequest) -> list[tuple[str, str]]:
    lists = request.POST.lists()
    return [(name.removeprefix(KEPT), str(v)) for name, values in lists if name.startswith(KEPT) for v in values]


@public
def unlock(request: HttpRequest) -> HttpResponseBase:
    """Type the passphrase and go on where she was: same page, same field, same words."""
    visit = visit_of(request)
    if visit is None:
        return _signed_out(request)
    if request.method == "POST":
        return _try_to_unlock(request, visit)
    return _unlock_page(request, UnlockForm(), HTTPStatus.OK)


def _signed_out(request: HttpRequest) -> HttpResponseBase:
    if is_fetch(request):
        return HttpResponse(status=SIGN_IN_STATUS)
    return HttpResponseRedirect(f"{reverse('account_login')}?{urlencode({'next': safe_next(request)})}")


def _try_to_unlock(request: HttpRequest, visit: Visit) -> HttpResponseBase:
    form = UnlockForm(request.POST)
    if not form.is_valid():
        return _refused(request, form, HTTPStatus.BAD_REQUEST)
    try:
        found = signing.open_with_passphrase(username=visit.user.username, passphrase=form.cleaned_data["passphrase"])
    except TooSoon as wait:
        show(form, wait)
        return _refused(request, form, HTTPStatus.TOO_MANY_REQUESTS)
    if found is None:
        form.add_error("passphrase", _(WRONG))
        return _refused(request, form, HTTPStatus.BAD_REQUEST)
    hand_key(request, visits.unlock(visit=visit, opened=found.opened))
    if is_fetch(request):
        return HttpResponse(status=HTTPStatus.NO_CONTENT)
    kept = _kept(request)
    if kept:
        return render(request, "accounts/go_on.html", {"kept": kept, "next": safe_next(request)})
    return HttpResponseRedirect(safe_next(request))


def _refused(request: HttpRequest, form: UnlockForm, status: int) -> HttpResponseBase:
    return HttpResponse(status=status) if is_fetch(request) else _unlock_page(request, form, status)


def _unlock_page(request: HttpRequest, form: UnlockForm, status: int) -> HttpResponseBase:
    context = {"form": form, "kept": _kept(request), "next": safe_next(request)}
    return render(request, "accounts/unlock.html", context, status=status)


@require_POST
@public
def lock(request: HttpRequest) -> HttpResponseBase:
    """Lock now: the wrapped key is thrown away here and in the browser."""
    visit = visit_of(request)
    if visit is None:
        return _signed_out(request)
    if bytes(visit.wrapped):
        visits.lock(visit=visit)
    drop_key(request)
    if is_fetch(request):
        return HttpResponse(status=HTTPStatus.NO_CONTENT)
    return HttpResponseRedirect(f"{reverse('accounts:unlock')}?{urlencode({'next': safe_next(request)})}")


@require_POST
@public
def activity(request: HttpRequest) -> HttpResponseBase:
    """Hear from an open page whether somebody is there, and whether a call or chat holds the lock off."""
    visit = visit_of(request)
    if visit is None:
        return HttpResponse(status=SIGN_IN_STATUS)
    if not bytes(visit.wrapped):
        return HttpResponse(status=LOCKED_STATUS)
    if request.POST.get("holds") == "1":
        visits.hold(visit=visit)
    if request.POST.get("active") == "1":
        note_presence(request)
    return HttpResponse(status=HTTPStatus.NO_CONTENT)


@require_POST
@public
def sign_out(request: HttpRequest) -> HttpResponseBase:
    """End the visit, whatever its state; the browser is asked to forget what it kept of our pages."""
    waiting.forget(request)
    logout(request, show_message=False)
    response = HttpResponseRedirect(reverse("account_login"))
    response["Clear-Site-Data"] = '"cache"'
    return response
