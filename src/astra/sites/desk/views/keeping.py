"""What is erased, what is held, and what still hangs on old keys? For those who answer for it."""

from django.contrib import messages
from django.http import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_POST

from astra.accounts.access import DeskRequest, desk
from astra.accounts.selectors import work_names
from astra.kernel.clock import today
from astra.kernel.errors import AstraError
from astra.people import services as people
from astra.sites.desk.forms import REASONS, ErasureForm
from astra.sites.desk.keeping_shown import held_rows, key_rows, ordered_rows, rewrite_rows
from astra.vault.services import rotation, worklist

AT_ONCE = 10
"""So many batches of 500 wraps are moved while somebody waits; the rest by another click or from the terminal."""


@desk("data_protection")
@require_GET
def keeping(request: DeskRequest) -> HttpResponseBase:
    """What was erased, what of it is still to be rewritten, and what a legal hold keeps."""
    return _page(request, ErasureForm())


def _page(request: DeskRequest, form: ErasureForm) -> HttpResponseBase:
    ordered = worklist.ordered_erasures()
    context = {
        "form": form,
        "rewrites": rewrite_rows(worklist.to_rewrite(), today()),
        "ordered": ordered_rows(
            ordered, work_names({one.ordered_by for one in ordered}), {code: str(words) for code, words in REASONS}
        ),
        "held": held_rows(worklist.held_counts()),
    }
    return render(request, "desk/keeping.html", context)


@desk("data_protection")
@require_POST
def erase(request: DeskRequest) -> HttpResponseBase:
    """Forget a person: what is hers alone is gone at once, what she shares goes on the worklist."""
    form = ErasureForm(request.POST)
    if not form.is_valid():
        return _page(request, form)
    given = form.cleaned_data
    try:
        people.erase(actor=request.actor, person_id=given["record"], reason=given["reason"])
    except AstraError as error:
        form.add_error("record", gettext(error.message) % error.parts)
        return _page(request, form)
    messages.success(request, gettext("Erased. What others share with her is on the worklist below."))
    return redirect("desk:keeping")


@desk("data_protection", "coordination")
@require_GET
def keys(request: DeskRequest) -> HttpResponseBase:
    """How far everything has moved to the newest keys, after somebody left."""
    return render(request, "desk/keys.html", {"rows": key_rows(rotation.left_to_rotate())})


@desk("data_protection", "coordination")
@require_POST
def renew_keys(request: DeskRequest) -> HttpResponseBase:
    """Move what her keys reach to the newest ones, a few thousand wraps a click."""
    moved = 0
    for batches, count in enumerate(rotation.rewrap_grants(actor=request.actor), start=1):
        moved = count
        if batches >= AT_ONCE:
            break
    messages.success(request, gettext("Moved to the newest keys: %(count)s.") % {"count": moved})
    return redirect("desk:keys")
