"""Where does a telephone exchange that speaks over the web send what happens to calls? To one address, signed."""

from http import HTTPStatus

from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.views.decorators.http import require_POST

from astra.sites.public.tickets import everybody
from astra.sites.telephone.hook import LONGEST_BODY, Refused, take


@everybody
@require_POST
def hook(request: HttpRequest) -> HttpResponseBase:
    """Take in one event of a call; what is wrong with it is said to the machine that sent it."""
    try:
        if int(request.META.get("CONTENT_LENGTH") or 0) > LONGEST_BODY:
            raise Refused(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, f"a body has at most {LONGEST_BODY} bytes")
        headers = request.headers
        take(headers.get("X-Astra-Timestamp", ""), headers.get("X-Astra-Signature", ""), request.body)
    except Refused as refused:
        return JsonResponse({"problems": list(refused.problems)}, status=refused.status)

    return HttpResponse(status=HTTPStatus.NO_CONTENT)
