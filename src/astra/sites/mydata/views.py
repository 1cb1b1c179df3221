"""What does she do on her own page? Reads, asks, takes back. Every page works without a script."""

from collections.abc import Callable
from http import HTTPStatus
from uuid import UUID

from django.http import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from astra.kernel.errors import Conflict, Invalid, NotAllowedNow, NotFound
from astra.rights import services
from astra.rights.selectors import Owning
from astra.sites.answers import said_by
from astra.sites.mydata.showing import own_page
from astra.sites.public.tickets import PublicRequest, everybody

Deed = Callable[[PublicRequest, Owning], object]


@require_GET
@everybody
def own(request: PublicRequest) -> HttpResponseBase:
    """Her page, or the way to it."""
    if request.owning is None:
        return _to("back", request)
    return render(request, "mydata/own.html", own_page(request.owning))


@require_POST
@everybody
def ask(request: PublicRequest) -> HttpResponseBase:
    """Ask something about her own data."""
    kind, words = request.POST.get("kind", ""), request.POST.get("words", "")
    return _did(
        request, lambda _, owning: services.ask_online(owning=owning, kind=kind, words=words), kind=kind, words=words
    )


@require_POST
@everybody
def take_back(request: PublicRequest) -> HttpResponseBase:
    """Take a request of her own back."""
    return _did(request, lambda asked, owning: services.take_back(owning=owning, request_id=_named(asked)))


@require_POST
@everybody
def withdraw(request: PublicRequest) -> HttpResponseBase:
    """Take a consent back; what others may read because of it is closed at once."""
    return _did(request, lambda asked, owning: services.withdraw_online(owning=owning, consent_id=_named(asked)))


def _did(request: PublicRequest, deed: Deed, **typed: str) -> HttpResponseBase:
    """Do it and show the page; what is wrong is said there, and what was typed stays in the form."""
    if request.owning is None:
        return _to("back", request)
    try:
        deed(request, request.owning)
    except (Conflict, Invalid, NotAllowedNow) as error:
        context = own_page(request.owning) | {"problems": said_by(error), "typed": typed}
        return render(request, "mydata/own.html", context, status=HTTPStatus.BAD_REQUEST)
    return _to("own", request)


def _named(request: PublicRequest) -> UUID:
    """Which one she means; it stands in the form, so that no address says anything."""
    try:
        return UUID(request.POST.get("one", ""))
    except ValueError:
        raise NotFound from None


def _to(name: str, request: PublicRequest) -> HttpResponseBase:
    return redirect(reverse(f"public:{name}", kwargs={"language": request.spoken}))
