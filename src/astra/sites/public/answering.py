"""Does somebody answer now, and if not, when? Said only as far as the rota carries it."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext

from astra.hotline import selectors
from astra.kernel.clock import LOCAL
from astra.sites.public.languages import Spoken

LINE = "sos_trafficking"
WITHOUT_WEEKDAYS = ("rom",)
"""Languages for whose days of the week nobody has given us names."""


@dataclass(frozen=True)
class Answering:
    """One sentence, and whether it is good news."""

    said: str
    is_now: bool
    is_read_along: bool = False
    """Whether the organisation lets supervisors look on: then whoever writes is told before she does."""


def answering(spoken: Spoken) -> Answering:
    """What a visitor is told before she writes."""
    found, is_read_along = selectors.answered(LINE), selectors.watch_decision().is_allowed
    if found.is_now:
        return Answering(gettext("Somebody answers now."), is_now=True, is_read_along=is_read_along)
    if found.next_at is not None:
        said = gettext("Nobody is here at this moment. Next: %(when)s. Leave a message, we read it then.")
        return Answering(said % {"when": _when(found.next_at, spoken)}, False, is_read_along)
    return Answering(gettext("Leave a message: we read it as soon as somebody is here."), False, is_read_along)


def _when(at: datetime, spoken: Spoken) -> str:
    """Day and hour where the line is; digits as the readers of this language type them."""
    local = localtime(at, LOCAL)
    day = "" if spoken.code in WITHOUT_WEEKDAYS else date_format(local, "l") + " "
    day = day if spoken.code == "en" else day.lower()  # within a sentence only English writes days large
    # The isolates keep a date together where the sentence runs from right to left.
    return f"{day}\u2066{spoken.in_digits(f'{local.day}.{local.month}. {local:%H:%M}')}\u2069"
