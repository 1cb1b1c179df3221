"""What does an export hold? Each file as pages and as a row of a list; for whom it was made stands on all of them."""

import csv
import io
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.template.loader import render_to_string

from astra.cases import selectors as cases
from astra.cases.rules.tiers import TEAM
from astra.cases.selectors import CasePage
from astra.kernel.errors import Invalid, Problem
from astra.kernel.words import msg
from astra.vault.actor import Actor
from astra.vocabulary.naming import label, labels

try:
    from weasyprint import HTML
except OSError:  # Pango, which lays the pages out, is not on this machine
    HTML = None

NO_PDF = msg("This machine cannot lay out PDF pages. Ask the administrator to install Pango.")
LINES = 2000
HEAD = ("export", "recipient", "day", "case", "opened", "closed", "state", "ground", "forms", "countries", "people")


@dataclass(frozen=True)
class Marks:
    """What stands on every page and in every row: a copy that turns up somewhere says whose it was."""

    number: str
    recipient: str
    day: date


def pack(actor: Actor, case_ids: Sequence[UUID], marks: Marks) -> bytes:
    """The pages and the list of these files as one archive, not yet sealed; what narrower tiers hold is left out."""
    if HTML is None:
        raise Invalid(Problem("file", NO_PDF))
    pages = [cases.case_page(actor, case_id) for case_id in case_ids]
    files = [{"page": page, "lines": _lines(actor, page)} for page in pages]
    html = render_to_string("rights/export_paper.html", {"files": files, "marks": marks})
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("files.pdf", HTML(string=html).write_pdf())
        archive.writestr("list.csv", _list(pages, marks))
    return made.getvalue()


def _lines(actor: Actor, page: CasePage) -> list[dict[str, object]]:
    told = cases.timeline(actor, page.facts.id, limit=LINES, tiers=(TEAM,))
    return [
        {
            "at": line.happened_at,
            "title": ": ".join(part for part in (label("event_kind", line.kind), line.told.title) if part),
            "text": line.told.text,
        }
        for line in reversed(told.lines)
    ]


def _list(pages: Sequence[CasePage], marks: Marks) -> bytes:
    table = io.StringIO()
    writer = csv.writer(table)
    writer.writerow(HEAD)
    for page in pages:
        facts = page.facts
        people = "; ".join(person.known.name for person in page.people)
        writer.writerow(
            [
                marks.number,
                _plain(marks.recipient),
                marks.day.isoformat(),
                facts.number,
                facts.opened_on.isoformat(),
                facts.closed_on.isoformat() if facts.closed_on else "",
                label("case_status", facts.state),
                label("case_ground", facts.ground),
                labels("forms_of_exploitation", facts.forms),
                labels("country", facts.countries),
                _plain(people),
            ]
        )
    return table.getvalue().encode("utf-8-sig")


def _plain(text: str) -> str:
    """A cell that no spreadsheet takes for a formula."""
    return f"'{text}" if text[:1] in ("=", "+", "-", "@", "\t", "\r") else text
