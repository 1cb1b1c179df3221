"""How does the page of a document look? Codes in the reader's words, its pages as addresses of pictures."""

from collections.abc import Sequence
from typing import Any

from django.template.defaultfilters import filesizeformat
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from astra.cases.rules.documents import BLACKED, LETTER, RECEIVED
from astra.cases.selectors import DocumentPage
from astra.cases.selectors.documents import Opening
from astra.cases.views.shown import Tag, summary_rows
from astra.vault.services.viewing import PAGES, SOUND
from astra.vocabulary.naming import day, label


def document_context(found: DocumentPage, openings: Sequence[Opening]) -> dict[str, Any]:
    """Everything that the template of a document needs."""
    has_pages = found.shape == PAGES and found.shown_id is not None
    return {
        "document": found,
        "title": found.title or label("document_kind", found.kind),
        "tags": tags_of(found.origin, found.version, is_newest=found.is_newest),
        "rows": _facts(found),
        "pages": page_images(found) if has_pages else [],
        "sound_url": reverse("cases:document_sound", args=[found.id]) if found.shape == SOUND else "",
        "versions": [one for one in found.versions if one.id != found.id],
        "is_unreadable": found.shape == PAGES and found.shown_id is None,
        "may_black_out": has_pages,
        "may_renew": found.origin == RECEIVED and found.is_newest,
        "has_clean": found.origin == RECEIVED and found.shown_id is not None,
        "openings": openings,
        "blacked": _blacked(found),
    }


def tags_of(origin: str, version: int, *, is_newest: bool = True) -> list[Tag]:
    """What is special about a document."""
    found = []
    if origin == BLACKED:
        found.append(Tag(_("Parts taken out"), "info"))
    if origin == LETTER:
        found.append(Tag(_("Our letter"), "plum"))
    if version > 1:
        found.append(Tag(_("Version %(number)s") % {"number": version}))
    if not is_newest:
        found.append(Tag(_("There is a newer one"), "attention"))
    return found


def page_images(found: DocumentPage) -> list[dict[str, Any]]:
    """The pages and where their pictures are."""
    return [
        {"number": number, "url": reverse("cases:document_page", args=[found.id, number])}
        for number in range(1, found.pages + 1)
    ]


def _facts(found: DocumentPage) -> list[dict[str, Any]]:
    scan = {"clean": _("nothing found"), "not scanned": _("there is no scanner here")}
    return summary_rows(
        (_("What is it?"), label("document_kind", found.kind)),
        (_("Date on the document"), day(found.dated_on)),
        (_("Who can read it"), label("case_tier", found.tier)),
        (_("Why it is here"), found.remark),
        (_("Came under the name"), found.file.name),
        (_("Size"), filesizeformat(found.file.size)),
        (_("Virus scanner"), scan.get(found.file.scan, "") if found.origin == RECEIVED else ""),
    )


def _blacked(found: DocumentPage) -> dict[str, Any] | None:
    """What taking parts out came to, in sentences."""
    told = found.blacked
    if told is None:
        return None
    places = ngettext("%(count)s place blacked out by word.", "%(count)s places blacked out by word.", told.places)
    areas = ngettext("%(count)s area blacked out by hand.", "%(count)s areas blacked out by hand.", told.areas)
    pages = ", ".join(str(page) for page in told.without_letters)
    return {
        "done": [places % {"count": told.places}, areas % {"count": told.areas}],
        "not_found": told.not_found,
        "pages": pages,
    }
