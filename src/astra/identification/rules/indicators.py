"""Which indicators are there, and how strongly does each speak, for an adult and for a child?"""

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from astra.kernel.languages import in_each_script

STRONG, MEDIUM, WEAK = "strong", "medium", "weak"
STRENGTHS = (STRONG, MEDIUM, WEAK)
ADULT, CHILD = "adult", "child"
PROFILES = (ADULT, CHILD)

DECEPTION, FORCE, VULNERABLE = "deceptive_recruitment", "coercive_recruitment", "vulnerability_recruitment"
EXPLOITATION, COERCION, KEPT_VULNERABLE = "exploitation", "coercion", "vulnerability"
DIMENSIONS = (DECEPTION, FORCE, VULNERABLE, EXPLOITATION, COERCION, KEPT_VULNERABLE)


@dataclass(frozen=True)
class Dimension:
    """One of the six: of recruitment or of the destination."""

    code: str
    number: str
    phase: str
    names: dict[str, str]


@dataclass(frozen=True)
class Indicator:
    """One thing that may be heard, and how strongly it speaks in each profile; blank where it is not in that list."""

    code: str
    dimension: str
    names: dict[str, str]
    strengths: dict[str, str]
    headings: tuple[str, ...]
    """Which of the eleven indicators of forced labour it belongs to."""


@dataclass(frozen=True)
class Unscored:
    """Something known of the lists for sexual exploitation, shown to listen for and never counted."""

    code: str
    trust: str
    texts: dict[str, str]


@cache
def dimensions() -> dict[str, Dimension]:
    """All six, in their order."""
    return {
        code: Dimension(code, one["number"], one["phase"], in_each_script(one["name"]))
        for code, one in _told()["dimensions"].items()
    }


@cache
def indicators() -> dict[str, Indicator]:
    """All of them, in the order of the source."""
    return {
        code: Indicator(
            code,
            one["dimension"],
            in_each_script(one["name"]),
            {profile: one[profile] for profile in PROFILES},
            tuple(one["headings"]),
        )
        for code, one in _told()["indicators"].items()
    }


@cache
def checklist() -> tuple[Unscored, ...]:
    """What is known of the lists that are not complete."""
    return tuple(
        Unscored(code, one["trust"], in_each_script(one["text"])) for code, one in _told()["checklist"].items()
    )


@cache
def trust() -> str:
    """How far the wording and strengths are confirmed: S1 one transcription, S2 two sources, M memory, V read."""
    return str(_told()["trust"])


def in_dimension(dimension: str, profile: str = "") -> tuple[Indicator, ...]:
    """The indicators of a dimension, those of one profile's list where it is named."""
    return tuple(
        one for one in indicators().values() if one.dimension == dimension and (not profile or one.strengths[profile])
    )


def headings_of(heard: Iterable[str]) -> frozenset[str]:
    """Which of the eleven indicators of forced labour were heard."""
    known = indicators()
    return frozenset(heading for code in heard for heading in known[code].headings)


def _told() -> dict[str, Any]:  # Any: as TOML gives it
    return tomllib.loads(files("astra.identification").joinpath("data/ilo.toml").read_text(encoding="utf-8"))
