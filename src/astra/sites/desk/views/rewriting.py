"""Which parts still speak about somebody who was erased, and who says that they no longer do?"""

from django.contrib import messages
from django.http import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_POST

from astra.accounts.access import DeskRequest, desk
from astra.kernel.clock import today
from astra.kernel.errors import AstraError, NotFound
from astra.sites.desk import rewriting_shown
from astra.sites.desk.forms_rewriting import RewrittenForm
from astra.vault.services import rewriting


@desk("people", "data_protection")
@require_GET
def to_rewrite(request: DeskRequest) -> HttpResponseBase:
    """What waits, of all that she can read; data protection reads nothing and finds how it is done."""
    return _page(request, None)


def _page(request: DeskRequest, form: RewrittenForm | None) -> HttpResponseBase:
    context = {"parts": rewriting_shown.parts(request.actor, today(), form), "form": form}
    return render(request, "desk/rewriting.html", context)


@desk("people")
@require_POST
def rewritten(request: DeskRequest) -> HttpResponseBase:
    """She says that a part no longer speaks about the erased person."""
    waiting = {str(one.handle_id): one for one in rewriting.waiting_for(request.actor)}
    one = waiting.get(request.POST.get("part", ""))
    if one is None:
        raise NotFound
    form = rewriting_shown.form_for(one, request.POST)
    if not form.is_valid():
        return _page(request, form)
    given = form.cleaned_data
    without = rewriting_shown.kinds_of(one, given.get("without", []))
    try:
        rewriting.finish_rewriting(actor=request.actor, handle_id=one.handle_id, without=without, seen=given["seen"])
    except AstraError as error:
        form.add_error(None, gettext(error.message) % error.parts)
        return _page(request, form)
    messages.success(request, gettext("Done. The old key and all earlier versions are destroyed."))
    return redirect("desk:rewriting")
