"""How does she set up the second factor? allauth's ceremonies behind our door; the visit is complete after them."""

from typing import Any, cast

from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.flows import generate_recovery_codes
from allauth.mfa.recovery_codes.views import ViewRecoveryCodesView
from allauth.mfa.totp.views import ActivateTOTPView
from allauth.mfa.webauthn.views import AddWebAuthnView, RemoveWebAuthnView
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from astra.accounts.access import DeskRequest, entering
from astra.accounts.adapters import LAST_ONE, SecondFactorAdapter
from astra.accounts.doors import visit_of
from astra.accounts.models import User
from astra.accounts.services import second_factors, visits


@entering
def choose(request: DeskRequest) -> HttpResponseBase:
    """The first visit: a passkey, or an app on the phone, and then the recovery codes."""
    if request.visit.confirmed_at is None:
        context = {"next": reverse("accounts:second_factor")}
        return render(request, "accounts/second_factor.html", context)
    if request.user.codes_noted_at is None:
        return HttpResponseRedirect(reverse("mfa_view_recovery_codes"))
    return HttpResponseRedirect("/")


@require_POST
@entering
def codes_noted(request: DeskRequest) -> HttpResponseBase:
    """She has written her recovery codes down; now the desk opens."""
    if not second_factors.has_second_factor(request.user) or request.visit.confirmed_at is None:
        return HttpResponseRedirect(reverse("accounts:second_factor"))
    second_factors.note_codes(user_id=request.user.id)
    return HttpResponseRedirect(reverse("accounts:account") if request.POST.get("stay") else "/")


def complete_visit(request: HttpRequest) -> None:
    """A second factor was just set up in this visit: from now on her keys may be used."""
    visit, opened = visit_of(request), getattr(request, "opened", None)
    if visit is None or opened is None or visit.confirmed_at is not None:
        return
    visits.confirm(visit=visit)
    if not visits.renew_stale(user=visit.user, opened=opened):
        messages.error(request, _(visits.RENEWAL_REFUSED))


class Codes(ViewRecoveryCodesView):  # type: ignore[misc]  # allauth is untyped
    """The recovery codes, shown once; whoever has none (an app from before, or they were used up) makes them here."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:  # Any: allauth's view
        """Show them, or offer to make them."""
        user = cast(User, request.user)
        if second_factors.has_codes(user):
            return cast(HttpResponseBase, super().get(request, *args, **kwargs))
        if not second_factors.has_second_factor(user):
            return HttpResponseRedirect(reverse("accounts:second_factor"))
        return render(request, "mfa/recovery_codes/none.html")

    def post(self, request: HttpRequest) -> HttpResponseBase:
        """Make the first ones; new ones in place of old are made on their own page."""
        visit = visit_of(request)
        if visit is not None and visit.confirmed_at is not None and not second_factors.has_codes(visit.user):
            generate_recovery_codes(request)
        return HttpResponseRedirect(reverse("mfa_view_recovery_codes"))


class AddPasskey(AddWebAuthnView):  # type: ignore[misc]  # allauth is untyped
    """Add a passkey; the first one completes the visit."""

    def form_valid(self, form: Any) -> HttpResponse:  # Any: allauth's form
        """Keep the passkey, complete the visit."""
        response = super().form_valid(form)
        complete_visit(self.request)
        messages.success(self.request, _("The passkey is set up."))
        return cast(HttpResponse, response)


class ActivateApp(ActivateTOTPView):  # type: ignore[misc]  # allauth is untyped
    """Set up an authenticator app; if it is the first second factor it completes the visit."""

    def form_valid(self, form: Any) -> HttpResponse:  # Any: allauth's form
        """Keep the app's secret, complete the visit."""
        response = super().form_valid(form)
        complete_visit(self.request)
        messages.success(self.request, _("The authenticator app is set up."))
        return cast(HttpResponse, response)


class RemovePasskey(RemoveWebAuthnView):  # type: ignore[misc]  # allauth is untyped
    """Remove a passkey, unless it is the last second factor."""

    def form_valid(self, form: Any) -> HttpResponse:  # Any: allauth's form
        """Remove it, or say why not."""
        authenticator: Authenticator = self.get_object()
        if not SecondFactorAdapter().can_delete_authenticator(authenticator):
            messages.error(self.request, str(LAST_ONE))
            return HttpResponseRedirect(reverse("mfa_index"))
        return cast(HttpResponse, super().form_valid(form))
