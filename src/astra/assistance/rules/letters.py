"""Which letters do we write, what may stand in them, and which steps does one take before it goes on paper?"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from astra.kernel.errors import Invalid, NotAllowedNow, Problem
from astra.kernel.languages import in_each_script
from astra.kernel.transitions import Lifecycle, Step
from astra.kernel.words import msg

DATA = Path(__file__).parents[1] / "data" / "letters.toml"
LATIN, CYRILLIC, ENGLISH = "sr-latn", "sr", "en"
SCRIPTS = (LATIN, CYRILLIC, ENGLISH)
HEADING = "#"

PLACES = {
    "number": msg("Our number"),
    "place": msg("Place"),
    "day": msg("Day of the letter"),
    "recipient": msg("To whom it is addressed"),
    "address": msg("Address of the recipient"),
    "subject": msg("Subject"),
    "person": msg("Whom the letter is about"),
    "born": msg("Date of birth"),
    "id_number": msg("Number of a document"),
    "attorney": msg("Who is authorised"),
    "body": msg("What the letter says"),
    "contact": msg("How we are reached"),
    "signer": msg("Who signs"),
    "organisation": msg("Name of the organisation, as it may stand outside"),
}
"""What may stand between {{ and }} in a template, and what it is called on the form."""

DRAFT, TO_CONFIRM, READY, ISSUED = "draft", "to_confirm", "ready", "issued"

LETTER = Lifecycle(
    "letter",
    DRAFT,
    [
        Step(DRAFT, "hand_in_letter", READY),
        Step(DRAFT, "ask_about_letter", TO_CONFIRM),
        Step(TO_CONFIRM, "confirm_letter", READY),
        Step(TO_CONFIRM, "return_letter", DRAFT),
        Step(READY, "rework_letter", DRAFT),
        Step(READY, "issue_letter", ISSUED),
    ],
)
LIFECYCLES = (LETTER,)

NEEDED = msg("A letter of this kind cannot do without this.")
SECOND_PERSON = msg("Somebody else must confirm this letter: whoever wrote it cannot.")
WHO_CONFIRMS = msg("The letter says that somebody is a victim. Choose the colleague who confirms that it must.")


@dataclass(frozen=True)
class Kind:
    """A kind of letter as the product brings it along."""

    document: str
    """The kind of document it becomes in the file."""
    needed: tuple[str, ...]
    title: dict[str, str]
    lines: tuple[dict[str, str], ...]
    """By script; `#` is where the title stands."""

    def places(self) -> tuple[str, ...]:
        """What can be put in, in the order of the letter."""
        whole = " ".join(line[ENGLISH] for line in self.lines)
        return tuple(sorted((name for name in PLACES if mark(name) in whole), key=lambda name: whole.index(mark(name))))


def mark(name: str) -> str:
    """How a place stands in a template."""
    return f"{{{{ {name} }}}}"


@cache
def kinds() -> dict[str, Kind]:
    """The kinds of letter by their code."""
    told = tomllib.loads(DATA.read_text(encoding="utf-8"))
    return {
        code: Kind(
            one["document"],
            tuple(one["needed"]),
            in_each_script(one["title"]),
            tuple(_kept(line) for line in one["lines"]),
        )
        for code, one in told.items()
    }


def _kept(line: dict[str, str]) -> dict[str, str]:
    """A line in each script; the names of places stay in Latin letters."""
    parts = {}
    for script in SCRIPTS:
        pieces = []
        for number, piece in enumerate(_pieces(line[ENGLISH if script == ENGLISH else "sr_latn"])):
            is_place = number % 2 == 1
            turned = piece if is_place or not piece.strip() else in_each_script({"sr_latn": piece, "en": piece})[script]
            pieces.append(f"{{{{{piece}}}}}" if is_place else turned)
        parts[script] = "".join(pieces)
    return parts


def _pieces(line: str) -> list[str]:
    return [part for half in line.split("{{") for part in half.split("}}")]


def check_values(kind: str, values: Mapping[str, str]) -> None:
    """Raise `Invalid` naming everything that is missing."""
    missing = [name for name in kinds()[kind].needed if not values.get(name, "").strip()]
    if missing:
        raise Invalid(*(Problem(name, NEEDED) for name in missing))


def check_second_person(writer: object, actor: object) -> None:
    """Raise `NotAllowedNow` unless somebody else confirms."""
    if writer == actor:
        raise NotAllowedNow(SECOND_PERSON)
