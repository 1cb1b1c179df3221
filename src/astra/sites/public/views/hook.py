"""Where do exchanges and providers that speak over the web send what happened? Each to one address, signed."""

from http import HTTPStatus

from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.views.decorators.http import require_http_methods, require_POST

from astra.sites.channels import hooks
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


@everybody
@require_http_methods(["GET", "POST"])
def channel_hook(request: HttpRequest, channel: str) -> HttpResponseBase:
    """Take in what a provider of messages brings; it is acknowledged only when it is stored."""
    try:
        if request.method == "GET":
            return HttpResponse(hooks.challenge(channel, request.GET), content_type="text/plain")
        if int(request.META.get("CONTENT_LENGTH") or 0) > hooks.LONGEST_BODY:
            raise hooks.Refused(HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
        hooks.take(channel, request.headers, request.body)
    except hooks.Refused as refused:
        return HttpResponse(status=refused.status)
    return HttpResponse(status=HTTPStatus.OK)
