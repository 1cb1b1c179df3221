"""How do a curriculum vitae and a receipt look on paper? Neutral, in the script that was asked for."""

from collections.abc import Callable

from django.utils.translation import gettext as _
from django.utils.translation import override

from astra.assistance.rules.letters import CYRILLIC, ENGLISH, LATIN
from astra.assistance.selectors import Line
from astra.assistance.services.letter_paper import print_page
from astra.assistance.work_sections import CvWords, ReceiptWords
from astra.kernel.errors import NotFound
from astra.science.script import to_cyrillic, to_latin
from astra.vault.services.viewing import Clean
from astra.vocabulary.amounts import amount_text
from astra.vocabulary.naming import day, label

SCRIPTS: dict[str, Callable[[str], str]] = {CYRILLIC: to_cyrillic, LATIN: to_latin, ENGLISH: str}


def cv_paper(words: CvWords, script: str) -> Clean:
    """A curriculum vitae with nothing on it but what the person says of herself or himself."""
    turned = _turned(script)
    with override(script):
        parts = [
            (_("About myself"), words.about),
            (_("Work so far"), words.experience),
            (_("School and training"), words.schooling),
            (_("Skills"), words.skills),
            (_("Languages"), words.languages),
        ]
        context = {
            "name": turned(words.name),
            "reach": words.reach,  # an address on the internet is not turned into the other script
            "parts": [(title, turned(text)) for title, text in parts if text.strip()],
        }
        return print_page("assistance/cv_paper.html", {**context, "script": script})


def receipt_paper(line: Line[ReceiptWords], script: str) -> Clean:
    """A receipt: number, who, how much, for what, and two places to sign."""
    turned, row = _turned(script), line.row
    words = line.words or ReceiptWords()
    with override(script):
        context = {
            "heading": turned(words.heading),
            "number": f"{row.number}/{row.year}",
            "is_void": row.voided_on is not None,
            "rows": [
                (_("Received by"), turned(words.payee)),
                (_("What"), label("receipt_kind", row.kind)),
                (_("For what"), turned(words.for_what)),
                (_("Amount"), f"{amount_text(row.amount, script)} {row.currency}"),
                (_("Day"), day(row.issued_on)),
            ],
        }
        return print_page("assistance/receipt_paper.html", {**context, "script": script})


def _turned(script: str) -> Callable[[str], str]:
    if script not in SCRIPTS:
        raise NotFound
    return SCRIPTS[script]
