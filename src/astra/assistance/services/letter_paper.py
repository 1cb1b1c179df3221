"""How is a letter laid out as PDF? With our own letters, and without a word of who made it."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string

from astra.assistance.rules.letter_docx import Block
from astra.kernel.errors import Invalid, Problem
from astra.kernel.words import msg
from astra.vault.services.viewing import Clean

try:
    from weasyprint import HTML
except OSError:  # Pango, which lays the letters out, is not on this machine
    HTML = None

SUBSETS = ("latin", "latin-ext", "cyrillic")
NO_PDF = msg("This machine cannot lay out PDF pages. Ask the administrator to install Pango.")


def lay_out(blocks: Sequence[Block], script: str) -> Clean:
    """The letter as PDF; it says nothing of who made it."""
    return print_page("assistance/letter_paper.html", {"blocks": blocks, "script": script})


def print_page(template: str, context: Mapping[str, Any]) -> Clean:  # Any: template variables
    """A page as PDF, in our own letters, made in memory; `faces` comes to what the template is given."""
    if HTML is None:
        raise Invalid(Problem("file", NO_PDF))
    folder = Path(settings.STATICFILES_DIRS[0]) / "fonts"
    faces = [
        {"family": f"Paper {subset}", "weight": weight, "url": path.as_uri()}
        for subset in SUBSETS
        for weight in (400, 600)
        if (path := folder / f"source-sans-3-{subset}-{weight}-normal.woff2").exists()
    ]
    html = render_to_string(template, {**context, "faces": faces})
    return Clean("application/pdf", HTML(string=html).write_pdf())
