"""How are codes and days called on a page, in the language of whoever reads it?"""

from collections.abc import Iterable
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import get_language

from astra.vocabulary.lists import codes


def label(list_name: str, code: str) -> str:
    """A code in the reader's language; blank stays blank."""
    return codes(list_name).label(code, get_language()) if code else ""


def labels(list_name: str, several: Iterable[str]) -> str:
    """Several codes of one list, with commas between."""
    return ", ".join(label(list_name, code) for code in several)


def day(value: date | None) -> str:
    """A day as people write it here; blank where none is known."""
    return date_format(value, "SHORT_DATE_FORMAT") if value else ""
