"""How does a picture or a PDF go to the person, and how is hers looked at? The clean copy; as it came for evidence."""

from http import HTTPStatus
from uuid import UUID, uuid4

from django.http import HttpResponseBase, JsonResponse, StreamingHttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from astra.accounts.access import DeskRequest, desk
from astra.accounts.doors import is_fetch, while_open
from astra.hotline import selectors, services
from astra.hotline.forms.conversations import FileForm
from astra.hotline.rules.files import NO_FILE
from astra.hotline.services import Arrived
from astra.hotline.views.conversation_page import show
from astra.kernel.errors import Invalid, Problem
from astra.vault.services.attachments import read_pieces
from astra.vault.uploads import SealedUpload
from astra.vocabulary.form_fields import act


@desk("hotline")
@require_POST
def send_file(request: DeskRequest, conversation_id: UUID) -> HttpResponseBase:
    """Send a file to the person; what is typed in the box stays there."""
    row = selectors.conversation(request.actor, conversation_id)
    form = FileForm(request.POST)
    if is_fetch(request):
        form.full_clean()
        _send(request, row.pk, form)
        return JsonResponse({"stored": True})
    if act(form, lambda: _send(request, row.pk, form)) is None:
        return show(request, row, form, HTTPStatus.CONFLICT)
    if request.POST.get("text", "").strip():
        return show(request, row)
    return redirect(f"{reverse('hotline:conversation', args=[row.pk])}#id_text")


def _send(request: DeskRequest, conversation_id: UUID, form: FileForm) -> None:
    sent = request.FILES.get("file")
    if not isinstance(sent, SealedUpload):
        raise Invalid(Problem("file", NO_FILE))
    arrived, mark = Arrived(*sent.kept()), form.cleaned_data.get("file_mark") or uuid4()
    services.answer_with_file(actor=request.actor, conversation_id=conversation_id, arrived=arrived, mark=mark)


@desk("hotline", "cases")
@require_GET
def written_file(request: DeskRequest, talk_id: UUID, message: int) -> HttpResponseBase:
    """The clean copy of what came with a message, to be looked at."""
    found = selectors.sent_file(request.actor, talk_id, message)
    pieces = while_open(request, read_pieces(found.clean, found.clean_key))
    response = StreamingHttpResponse(pieces, content_type=found.content_type)
    response["Content-Disposition"] = f'inline; filename="{talk_id.hex[-6:]}-{message}{found.suffix}"'
    return response


@desk("hotline", "cases")
@require_POST
def original_file(request: DeskRequest, talk_id: UUID, message: int) -> HttpResponseBase:
    """What came, as it came: a download for evidence, never shown by the browser, and on the log."""
    found = services.open_original(actor=request.actor, talk_id=talk_id, number=message)
    pieces = while_open(request, read_pieces(found.original, found.original_key))
    response = StreamingHttpResponse(pieces, content_type="application/octet-stream")
    response["Content-Disposition"] = f'attachment; filename="{talk_id.hex[-6:]}-{message}-original{found.suffix}"'
    return response
