"""How does a form become a conversation? Its words are the first message, and the answer is read where she wrote."""

from http import HTTPStatus
from uuid import uuid4

from django.http import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from astra.hotline import services as hotline
from astra.kernel.errors import AstraError
from astra.kernel.words import msg
from astra.sites.answers import said_by
from astra.sites.public import doorway as doorways
from astra.sites.public.doorway import Full, storing
from astra.sites.public.forms import OfferForm, ReportForm, Told
from astra.sites.public.tickets import Page, PublicRequest, everybody, hold

LINE, CHANNEL = "sos_trafficking", "web_form"
WAIT = msg("Very many write to us at this moment. Wait %(seconds)s seconds, then press the button once more.")
ONCE_MORE = msg("Very many write to us at this moment. Press the button once more.")


def _telling(kind: type[Told], template: str) -> Page[[]]:
    """A page with a form that becomes a conversation."""

    @require_http_methods(["GET", "HEAD", "POST"])
    @everybody
    def page(request: PublicRequest) -> HttpResponseBase:
        if request.method != "POST":
            return render(request, template, {"form": kind(initial={"mark": uuid4()})})
        form = kind(request.POST)
        slip = ""
        if form.is_valid():
            slip = _begin(request, form)
            if not form.errors and _is_told(request, form):
                return redirect(reverse("public:talk", kwargs={"language": request.spoken}))
        return render(request, template, {"form": form, "slip": slip}, status=HTTPStatus.BAD_REQUEST)

    return page


def _begin(request: PublicRequest, form: Told) -> str:
    """Begin a conversation, unless this browser has one open; when very many do, a place in the waiting room."""
    if request.visiting is not None:
        return ""
    try:
        with doorways.BEGINNING.slot():
            if not doorways.BEGINNING.lets_in(request.POST):
                place = doorways.BEGINNING.place()
                form.add_error(None, gettext(WAIT) % {"seconds": place.wait_s})
                return place.slip
            visiting, ticket, _code = hotline.begin_conversation(
                line=LINE, language=request.spoken.code, channel=CHANNEL
            )
    except Full:
        form.add_error(None, gettext(ONCE_MORE))
        return ""
    doorways.BEGINNING.note()
    hold(request, visiting, ticket)
    return ""


def _is_told(request: PublicRequest, form: Told) -> bool:
    """Write it into the conversation; a refusal is said in the form, which keeps what was typed."""
    visiting = request.visiting
    assert visiting is not None
    try:
        with storing(is_answered=visiting.conversation.answered_at is not None):
            hotline.write(visiting=visiting, text=form.in_words(request.spoken.code), mark=form.once)
    except Full:
        form.add_error(None, gettext(ONCE_MORE))
    except AstraError as error:
        form.add_error(None, said_by(error))
    return not form.errors


offer = _telling(OfferForm, "public/offer.html")
report = _telling(ReportForm, "public/report.html")
