"""What can somebody read here? Plain pages, the way in and the way out."""

from http import HTTPStatus

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from astra.sites.public.answering import answering
from astra.sites.public.selfcheck import Sheet, new_sheet
from astra.sites.public.tickets import Page, PublicRequest, everybody, let_go


@require_safe
@everybody
def front(request: PublicRequest) -> HttpResponseBase:
    """Lead to the first page in a language that the browser asks for."""
    return redirect(reverse("public:home", kwargs={"language": request.spoken}))


def _plain(name: str) -> Page[[]]:
    """A page to read."""

    @require_safe
    @everybody
    def page(request: PublicRequest) -> HttpResponseBase:
        return render(request, f"public/{name}.html")

    return page


@require_safe
@everybody
def home(request: PublicRequest) -> HttpResponseBase:
    """The first page, and whether somebody answers now."""
    return render(request, "public/home.html", {"answering": answering(request.spoken)})


missing = _plain("missing")
learn = _plain("learn")
professionals = _plain("professionals")
campaigns = _plain("campaigns")
traces = _plain("traces")


@require_http_methods(["GET", "HEAD", "POST"])
@everybody
def check(request: PublicRequest) -> HttpResponseBase:
    """Plain questions, and what the answers may mean. What was ticked goes into this one answer and nowhere else."""
    sheet = Sheet(request.POST.get("sheet", ""))
    if request.method == "POST" and sheet.is_good():
        answers = sheet.read(request.POST.get("who", ""), request.POST.getlist("is"))
        return render(request, "public/check_answers.html", {"answers": answers})
    return render(request, "public/check.html", {"sheet": new_sheet(), "is_old": request.method == "POST"})


@require_http_methods(["GET", "POST"])
@everybody
def leave(request: PublicRequest) -> HttpResponseBase:
    """Leave at once: the conversation closes in this browser, what the browser can forget it is told to.

    A script has covered the page already and only reports; the mark by which it knows that somebody left must stay.
    """
    let_go(request)
    if request.method == "POST":
        told: HttpResponse = HttpResponse(status=HTTPStatus.NO_CONTENT)
        told["Clear-Site-Data"] = '"cache", "cookies"'
        return told
    response = redirect(settings.ENV.exit_to)
    response["Clear-Site-Data"] = '"cache", "cookies", "storage"'
    return response


def not_found(request: HttpRequest, exception: Exception) -> HttpResponseBase:
    """An address that leads nowhere."""
    return render(request, "public/nowhere.html", status=HTTPStatus.NOT_FOUND)


def broken(request: HttpRequest) -> HttpResponseBase:
    """A fault of ours: said, with the numbers that work without us."""
    return render(request, "public/broken.html", status=HTTPStatus.INTERNAL_SERVER_ERROR)
