"""Does a name or a printed page say what must not be seen over a shoulder? Nothing outside a file names the reason."""

import re
from pathlib import Path

from astra.kernel.errors import Invalid, Problem
from astra.kernel.words import msg
from astra.science.script import fold_letters

TELLING = re.compile(
    r"zrtv|trgovin\w* (?:ljud|del?c|covek)|traffick|eksploat|exploit|victim|prostitu|pornogra|"
    r"ropst|slavery|servitude|vrbova|recruit"
)
TELLING_NAME = msg("A file's name must not tell what is in it. Choose another one, for example lista-2026.csv.")


def is_neutral(text: str) -> bool:
    """Whether a text says nothing of trafficking, of its forms or of victims, in either script."""
    return TELLING.search(fold_letters(text)) is None


def check_file_name(path: Path) -> None:
    """Raise `Invalid` if the name of a file tells too much."""
    if not is_neutral(re.sub(r"[\W_]+", " ", path.name)):
        raise Invalid(Problem("file", TELLING_NAME))
