"""How do blank forms get onto paper? As PDF where this machine can make one, else as pages that a browser prints."""

from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.translation import override

from astra.kernel.errors import Invalid, Problem
from astra.kernel.words import msg
from astra.sites.exchange.blank_forms import sheets
from astra.sites.exchange.neutral import is_neutral
from astra.sites.exchange.paper import Sheet, texts_of

try:
    from weasyprint import HTML
except OSError:  # Pango, which lays the letters out, is not on this machine
    HTML = None

TELLING_NAME = msg("This name must not stand on a page that lies on a desk. Choose a neutral one.")
TOO_TELLING = msg("The form says something that must not stand on paper. Nothing was printed; tell the developers.")
SUBSETS = ("latin", "latin-ext", "cyrillic")
FALLBACK = '"Source Sans 3", "DejaVu Sans", "Liberation Sans", sans-serif'


@dataclass(frozen=True)
class Face:
    """One font file: our own, so that a page looks the same on every machine."""

    family: str
    weight: int
    url: str


@dataclass(frozen=True)
class Printed:
    """One blank form on disk."""

    kind: str
    language: str
    path: Path


def can_make_pdf() -> bool:
    """Whether this machine lays out PDF pages."""
    return HTML is not None


def print_sheet(kind: str, language: str, folder: Path, *, name: str = "") -> Printed:
    """Write one blank form into a folder; `name` is the organisation's neutral name, for the head of the page."""
    if not is_neutral(name):
        raise Invalid(Problem("name", TELLING_NAME))
    sheet = sheets(language)[kind]
    if not all(is_neutral(text) for text in texts_of(sheet)):
        raise Invalid(Problem(kind, TOO_TELLING))
    html = render(sheet, language, name)
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"form-{kind}-{language}.{'pdf' if can_make_pdf() else 'html'}"
    if HTML is None:
        path.write_text(html, encoding="utf-8")
    else:
        HTML(string=html).write_pdf(path)
    return Printed(kind, language, path)


def render(sheet: Sheet, language: str, name: str) -> str:
    """The page of a form."""
    faces = list(_faces())
    families = dict.fromkeys(face.family for face in faces)
    stack = ", ".join([*(f'"{family}"' for family in families), FALLBACK])
    with override(language):
        return render_to_string(
            "exchange/sheet.html",
            {"sheet": sheet, "language": language, "name": name, "faces": faces, "stack": stack},
        )


def _faces() -> list[Face]:
    """The parts of Source Sans 3 that set-up installed; a family each, as letters are looked for one after another."""
    folder = Path(settings.STATICFILES_DIRS[0]) / "fonts"
    found = []
    for subset in SUBSETS:
        for weight in (400, 600):
            path = folder / f"source-sans-3-{subset}-{weight}-normal.woff2"
            if path.exists():
                found.append(Face(f"Paper {subset}", weight, path.as_uri()))
    return found
