"""Somebody is in danger now: which steps lie ready, whom do we call, and through which states does it go?"""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from astra import vocabulary
from astra.kernel.languages import in_each_script
from astra.kernel.transitions import Lifecycle, Step

SITUATION, OUTCOME, NUMBER = "danger_situation", "danger_outcome", "emergency_number"
DATA = Path(__file__).parents[1] / "data" / "danger_steps.toml"
LATIN, CYRILLIC, ENGLISH = "sr-latn", "sr", "en"
PLACE = "place"
HOME = "RS"

ALERTED, ANSWERED, CLOSED = "alerted", "answered", "closed"
OPEN = (ALERTED, ANSWERED)
DANGER = Lifecycle(
    "danger",
    ALERTED,
    [
        Step(ALERTED, "acknowledge", ANSWERED),
        Step(ALERTED, "close", CLOSED),
        Step(ANSWERED, "close", CLOSED),
    ],
)
"""Opening it alerts whoever is on call; it stays before everybody's eyes until it is closed with what was done."""


@dataclass(frozen=True)
class Sheet:
    """What to ask and do in one kind of danger, by language of the desk."""

    code: str
    names: dict[str, str]
    steps: tuple[dict[str, str], ...]


@dataclass(frozen=True)
class Number:
    """A number to call."""

    code: str
    number: str
    is_home: bool


@cache
def sheets() -> dict[str, Sheet]:
    """The steps: the place first, then each kind of danger in its order."""
    told = tomllib.loads(DATA.read_text(encoding="utf-8"))
    return {
        code: Sheet(code, in_each_script(one["name"]), tuple(in_each_script(step) for step in one["steps"]))
        for code, one in told.items()
        if isinstance(one, dict)
    }


@cache
def is_reviewed() -> bool:
    """Whether the organisation's professionals have read the steps."""
    return bool(tomllib.loads(DATA.read_text(encoding="utf-8"))["is_reviewed"])


def numbers() -> list[Number]:
    """Whom to call; those of the country in which we work come first."""
    found = [
        Number(one.code, str(one.facts["number"]), one.facts["country"] == HOME)
        for one in vocabulary.codes(NUMBER)
        if one.is_offered
    ]
    return sorted(found, key=lambda one: not one.is_home)
