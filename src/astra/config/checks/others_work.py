"""Is everything in the repository our own work? Other people's styles, scripts and fonts come at set-up."""

from collections.abc import Iterator
from pathlib import Path

from astra.config.checks.tree import Fault, kept_files

FONTS_AND_BUILDS = (".woff", ".woff2", ".ttf", ".otf", ".eot", ".map", ".min.js", ".min.css", ".whl")
PLACES = ("node_modules/", "static/", "var/", ".venv/")
BANNER = "/*!"  # how published scripts and style sheets keep their licence notice through minifying
MINIFIED_LINE = 1_000


def find_faults(project: Path) -> Iterator[Fault]:
    """Look at the name of every kept file, and at the text of scripts and style sheets."""
    for path in kept_files(project):
        where = str(path.relative_to(project))
        if where.endswith(FONTS_AND_BUILDS) or where.startswith(PLACES):
            yield Fault(where, "is brought or built at set-up; it does not belong in the repository")
        elif path.suffix in {".js", ".css"} and _looks_foreign(path):
            yield Fault(where, "looks like somebody else's published file; install it instead")


def _looks_foreign(path: Path) -> bool:
    text = path.read_text(encoding="utf-8")
    return BANNER in text or any(len(line) > MINIFIED_LINE for line in text.splitlines())
