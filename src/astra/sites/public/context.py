"""What does every public page need around its content? The language, the way out, numbers, the other pages."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import gettext

from astra.sites.answers import bell_address
from astra.sites.public.languages import FIRST, SPOKEN
from astra.sites.public.site_map import ENTRIES, FIRST_PAGE, readable, said_in
from astra.vocabulary import codes

SOS, MISSING = "sos_trafficking", "missing_116000"


@dataclass(frozen=True)
class Number:
    """A telephone number, to dial and to read."""

    dialled: str

    @property
    def shown(self) -> str:
        """In groups, as people say numbers: country, town, the rest."""
        local = self.dialled
        country = local[:4] if local.startswith("+") else ""
        local = local.removeprefix(country)
        groups = [local[:-7], local[-7:-4], local[-4:]] if len(local) > 6 else [local[:-3], local[-3:]]
        return " ".join(part for part in (country, *groups) if part)


@dataclass(frozen=True)
class Link:
    """A page in the way through the site."""

    view: str
    label: str
    about: str
    is_here: bool


def public(request: HttpRequest) -> dict[str, Any]:  # Any: template variables of every type
    """The variables of the frame."""
    spoken = getattr(request, "spoken", FIRST)
    match = request.resolver_match
    here = readable(match.view_name) if match is not None else FIRST_PAGE
    said = said_in(here, spoken)
    return {
        "spoken": spoken,
        "said": said,
        "is_said_in_english": said != spoken,
        "languages": SPOKEN,
        "here": here,
        "is_first": match is not None and here == FIRST_PAGE,
        "pages": [
            Link(
                one.view,
                gettext(one.label),
                gettext(one.about) if one.about else "",
                match is not None and one.view == here,
            )
            for one in ENTRIES
        ],
        "numbers": {"sos": _number(SOS), "missing": _number(MISSING)},
        "exit_to": settings.ENV.exit_to,
        "bell": bell_address(settings.ENV.bell),
        "is_demo": settings.INSTALLATION_KIND in ("demo", "practice"),
        "has_conversation": getattr(request, "visiting", None) is not None,
    }


def _number(line: str) -> Number | None:
    number = codes("hotline_line").fact(line, "number")
    return Number(number) if number else None
