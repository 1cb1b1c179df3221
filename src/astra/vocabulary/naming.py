"""How are codes and days called on a page, in the language of whoever reads it?"""

from collections.abc import Iterable
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import get_language

from astra.vocabulary.lists import codes

ENGLISH = "en"


def label(list_name: str, code: str) -> str:
    """A code in the reader's language; blank stays blank."""
    return codes(list_name).label(code, get_language()) if code else ""


def labels(list_name: str, several: Iterable[str]) -> str:
    """Several codes of one list, with commas between."""
    return ", ".join(label(list_name, code) for code in several)


def labels_within(list_name: str, several: Iterable[str]) -> str:
    """Several codes inside a sentence: Serbian writes languages and roles small there. Not for names of places."""
    found = [label(list_name, code) for code in several]
    if get_language() != ENGLISH:
        found = [words[:1].lower() + words[1:] for words in found]
    return ", ".join(found)


def day(value: date | None) -> str:
    """A day as people write it here; blank where none is known."""
    return date_format(value, "SHORT_DATE_FORMAT") if value else ""
