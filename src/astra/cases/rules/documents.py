"""What may be made of a document, and which part of a page goes black?"""

from collections.abc import Iterable
from dataclasses import dataclass

from astra.kernel.errors import Invalid, Problem
from astra.kernel.words import msg

RECEIVED, CLEAN, BLACKED, LETTER = "received", "clean", "blacked", "letter"
ORIGINS = (RECEIVED, CLEAN, BLACKED, LETTER)
WHOLE = 100.0
SHORTEST_WORD = 3
PARTS_OF_A_LINE = 5

NOTHING_TO_BLACK = msg("Mark an area on a page, or write a word that is to go.")
NOT_AN_AREA = msg(
    "Line %(line)s is not an area. Right would be: page, left, top, right, bottom in percent, such as 1 10 20 60 25."
)
NO_SUCH_PAGE = msg("Line %(line)s: this document has no page %(page)s. It has %(pages)s.")
TOO_SHORT = msg("“%(word)s” is too short: it would black out half the page. Write at least three letters.")
NO_PAGES = msg("Only pictures and PDF files can be blacked out. Make a picture of it first.")
NO_CLEAN = msg("There is no clean copy of this document, so nothing can be taken out of it.")


@dataclass(frozen=True)
class Area:
    """A field on a page, in hundredths of its width and height."""

    page: int
    left: float
    top: float
    right: float
    bottom: float

    @property
    def parts(self) -> tuple[float, ...]:
        """As the confined program takes it."""
        return (self.page, self.left, self.top, self.right, self.bottom)


def read_areas(text: str, pages: int) -> list[Area]:
    """The areas that stand in lines of five numbers, or `Invalid` naming each line that is wrong."""
    found, problems = [], []
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip():
            continue
        area = _area(line)
        if area is None:
            problems.append(Problem("areas", NOT_AN_AREA, parts={"line": number}))
        elif not 1 <= area.page <= pages:
            problems.append(Problem("areas", NO_SUCH_PAGE, parts={"line": number, "page": area.page, "pages": pages}))
        else:
            found.append(area)
    if problems:
        raise Invalid(*problems)
    return found


def _area(line: str) -> Area | None:
    parts = line.replace(",", ".").replace(";", " ").split()
    try:
        page, left, top, right, bottom = int(parts[0]), *(float(part) for part in parts[1:PARTS_OF_A_LINE])
    except (ValueError, IndexError):
        return None
    is_within = 0 <= left < right <= WHOLE and 0 <= top < bottom <= WHOLE
    return Area(page, left, top, right, bottom) if is_within and len(parts) == PARTS_OF_A_LINE else None


def read_words(text: str) -> list[str]:
    """The words that are to go, one a line; each once."""
    words = list(dict.fromkeys(line.strip() for line in text.splitlines() if line.strip()))
    short = [word for word in words if sum(letter.isalnum() for letter in word) < SHORTEST_WORD]
    if short:
        raise Invalid(*(Problem("words", TOO_SHORT, parts={"word": word}) for word in short))
    return words


def check_something(areas: Iterable[Area], words: Iterable[str]) -> None:
    """Raise `Invalid` where nothing would be taken out."""
    if not [*areas, *words]:
        raise Invalid(Problem("words", NOTHING_TO_BLACK))
