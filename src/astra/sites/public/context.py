"""What does every public page need around its content? The language, the way out, the other languages."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest

from astra.sites.public.languages import SPOKEN


def public(request: HttpRequest) -> dict[str, Any]:  # Any: template variables of every type
    """The variables of the frame."""
    spoken = request.spoken  # type: ignore[attr-defined]  # put there by the language middleware
    match = request.resolver_match
    here = match.view_name if match is not None and match.route != "" else "public:home"
    return {
        "spoken": spoken,
        "languages": SPOKEN,
        "here": here,
        "exit_to": settings.ENV.exit_to,
        "is_demo": settings.INSTALLATION_KIND in ("demo", "practice"),
        "has_conversation": getattr(request, "visiting", None) is not None,
    }
