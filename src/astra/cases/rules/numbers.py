"""How is a file called? Year and running number, as people say it; and the references of older systems."""

import re

from astra.science.script import normalise

_YEAR_FIRST = re.compile(r"\s*(?P<year>(?:19|20)\d\d)\s*[-/. ]\s*(?P<running>\d{1,6})\s*")
_YEAR_LAST = re.compile(r"\s*(?P<running>\d{1,6})\s*/\s*(?P<year>(?:19|20)\d\d)\s*")
_NEITHER_LETTER_NOR_DIGIT = re.compile(r"[\W_]+")


def format_number(year: int, running: int) -> str:
    """Write a file number: `2026-0147`."""
    return f"{year}-{running:04d}"


def parse_number(text: str) -> tuple[int, int] | None:
    """Read a file number in either order (`2026-0147`, `2026/147`, `147/2026`); None for anything else."""
    found = _YEAR_LAST.fullmatch(text) or _YEAR_FIRST.fullmatch(text)
    if found is None or int(found["running"]) == 0:
        return None
    return int(found["year"]), int(found["running"])


def fold_old_number(text: str) -> str:
    """An older reference without what people leave out or change: spaces, strokes, capitals, script."""
    return _NEITHER_LETTER_NOR_DIGIT.sub("", normalise(text))
