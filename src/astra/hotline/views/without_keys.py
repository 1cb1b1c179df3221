"""How does a colleague log a contact when she cannot sign in? Sealed on arrival, vouched for later."""

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.timezone import localtime
from django.views.decorators.http import require_GET, require_http_methods

from astra.accounts.access import public
from astra.hotline import services
from astra.hotline.forms.others import WithoutKeysForm
from astra.hotline.rules import contacts as rules
from astra.hotline.views.lists import FIRST_LINE
from astra.kernel.clock import now
from astra.kernel.ids import new_id
from astra.vault.actor import visitor
from astra.vocabulary.form_fields import act


@public
@require_http_methods(["GET", "POST"])
def emergency_log(request: HttpRequest) -> HttpResponseBase:
    """Open to everybody, because whoever has lost her keys looks like everybody; it only takes in, and not too much."""
    fresh = {"line": FIRST_LINE, "kind": "about_self", "received_at": localtime(now()), "key": new_id()}
    form = WithoutKeysForm(request.POST or None, initial=fresh)
    if request.method == "POST" and act(form, lambda: _log(form)):
        return redirect("hotline:emergency_logged")
    return render(request, "hotline/emergency_log.html", {"form": form, "kinds": rules.one_click_kinds()})


def _log(form: WithoutKeysForm) -> None:
    """Seal what was written."""
    services.log_without_keys(
        actor=visitor(),
        coded=form.coded(),
        words=form.words(),
        caller=form.caller(),
        safe=form.safe(),
        signed_as=form.cleaned_data["signed_as"],
        key=form.cleaned_data["key"],
    )


@public
@require_GET
def emergency_logged(request: HttpRequest) -> HttpResponseBase:
    """It is sealed and waits for a colleague; nothing of it is shown again."""
    return render(request, "hotline/emergency_logged.html")
