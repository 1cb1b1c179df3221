"""What can somebody read here? Plain pages, the way in and the way out."""

from django.conf import settings
from django.http import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_safe

from astra.sites.public.tickets import PublicRequest, everybody, let_go


@require_safe
@everybody
def front(request: PublicRequest) -> HttpResponseBase:
    """Lead to the first page in a language that the browser asks for."""
    return redirect(reverse("public:home", kwargs={"language": request.spoken}))


@require_safe
@everybody
def home(request: PublicRequest) -> HttpResponseBase:
    """What we can do, and how to reach us."""
    return render(request, "public/home.html")


@require_GET
@everybody
def leave(request: PublicRequest) -> HttpResponseBase:
    """Leave at once: the conversation closes in this browser, what the browser can forget it is told to."""
    let_go(request)
    response = redirect(settings.ENV.exit_to)
    response["Clear-Site-Data"] = '"cache", "cookies", "storage"'
    return response
