"""In which language and script does she read? Chosen on any page, signed in or not, and remembered by the browser."""

from django.http import HttpRequest, HttpResponseBase
from django.views.decorators.http import require_POST
from django.views.i18n import set_language as remember

from astra.accounts.access import public


@require_POST
@public
def set_language(request: HttpRequest) -> HttpResponseBase:
    """Remember one of the three languages and go back to the same page."""
    return remember(request)
