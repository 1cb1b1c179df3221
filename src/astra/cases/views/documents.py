"""How is a document looked at, page by page or by ear, taken as it came, renewed, and blacked out for a copy?"""

from http import HTTPStatus
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect, StreamingHttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from astra.accounts.access import DeskRequest, desk
from astra.accounts.doors import while_open
from astra.cases import selectors, services
from astra.cases.forms.documents import BlackOutForm, VersionForm
from astra.cases.views.documents_shown import document_context, page_images
from astra.cases.views.pages import case_head, form_page
from astra.kernel.errors import NotFound
from astra.vault.services.attachments import open_file
from astra.vocabulary.form_fields import act


@require_GET
@desk("cases")
def document(request: DeskRequest, document_id: UUID) -> HttpResponse:
    """One document: its pages, its versions and copies; that somebody looked is on the log."""
    found = selectors.document_page(request.actor, document_id)
    services.note_opened(actor=request.actor, document_id=found.id)
    openings = selectors.openings(request.actor, found.id) if found.may_see_openings else []
    facts = selectors.case_facts(request.actor, found.case_id)
    return render(request, "cases/document.html", case_head(facts) | document_context(found, openings))


@require_GET
@desk("cases")
def document_page(request: DeskRequest, document_id: UUID, number: int) -> HttpResponse:
    """One page as a picture."""
    drawn = selectors.page_picture(request.actor, document_id, number)
    if drawn is None:
        return HttpResponseRedirect(reverse("cases:document", args=[document_id]))
    return HttpResponse(drawn[1], content_type=drawn[0])


@require_GET
@desk("cases")
def document_sound(request: DeskRequest, document_id: UUID) -> HttpResponseBase:
    """A sound, from wherever the player asks on."""
    start = _first_byte(request)
    heard = selectors.sound(request.actor, document_id, start)
    if heard is None:
        return HttpResponseRedirect(reverse("cases:document", args=[document_id]))
    content_type, size, pieces = heard
    if start >= size:
        return HttpResponse(status=HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE)
    is_part = "Range" in request.headers
    status = HTTPStatus.PARTIAL_CONTENT if is_part else HTTPStatus.OK
    response = StreamingHttpResponse(while_open(request, pieces), content_type=content_type, status=status)
    response["Accept-Ranges"], response["Content-Length"] = "bytes", str(size - start)
    if is_part:
        response["Content-Range"] = f"bytes {start}-{size - 1}/{size}"
    return response


def _first_byte(request: HttpRequest) -> int:
    """From which byte on; players that ask for less get the rest as well and stop when they have enough."""
    first = request.headers.get("Range", "").removeprefix("bytes=").partition("-")[0]
    return int(first) if first.isascii() and first.isdecimal() else 0


@require_POST
@desk("cases")
def original(request: DeskRequest, document_id: UUID) -> HttpResponseBase:
    """A document as it came: a download under a neutral name, never shown by the browser, and on the log."""
    found = selectors.document(request.actor, document_id)
    _opened, pieces = open_file(request.actor, document_id)
    services.note_opened(actor=request.actor, document_id=document_id, is_original=True)
    response = StreamingHttpResponse(while_open(request, pieces), content_type="application/octet-stream")
    name = f"{found.case_number}-{document_id.hex[-6:]}{found.suffix}"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@require_POST
@desk("cases")
def clean_copy(request: DeskRequest, document_id: UUID) -> HttpResponseBase:
    """The copy without what a file tells of its past, as a download: for handing on."""
    found = selectors.document_page(request.actor, document_id)
    if found.shown_id is None:
        raise NotFound
    return original(request, found.shown_id)


@desk("cases")
def new_version(request: DeskRequest, document_id: UUID) -> HttpResponse:
    """Put the next version in."""
    found = selectors.document_page(request.actor, document_id)
    form = VersionForm(request.POST or None, request.FILES or None)

    def deed() -> UUID:
        given = dict(form.cleaned_data)
        upload = given.pop("file")
        return services.add_version(
            actor=request.actor, document_id=found.id, incoming=upload.incoming, facts=upload.facts, **given
        )

    if done := act(form, deed):
        return HttpResponseRedirect(reverse("cases:document", args=done))
    known = selectors.case_facts(request.actor, found.case_id)
    note = _("The earlier versions stay and can be opened from its page.")
    return form_page(request, known, form, title=_("New version"), button=_("Add"), note=note, is_upload=True)


@desk("cases")
def black_out(request: DeskRequest, document_id: UUID) -> HttpResponse:
    """Mark what goes, and make the copy without it."""
    found = selectors.document_page(request.actor, document_id)
    form = BlackOutForm(request.POST or None, pages=found.pages)
    if done := act(
        form,
        lambda: services.black_out_document(actor=request.actor, document_id=found.id, **form.cleaned_data),
    ):
        return HttpResponseRedirect(reverse("cases:document", args=done))
    known = selectors.case_facts(request.actor, found.case_id)
    more = {"pages": page_images(found), "template": "cases/black_out.html", "document": found}
    return form_page(request, known, form, title=_("Take parts out"), button=_("Make the copy"), **more)
