"""Which answers lie ready for a counsellor, and in which languages? Data that the product brings along."""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from astra.kernel.languages import in_each_script

DATA = Path(__file__).parents[1] / "data" / "canned_answers.toml"
LATIN, CYRILLIC = "sr-latn", "sr"
WRITTEN_IN = (LATIN, CYRILLIC, "en", "ar")
"""By the codes under which the pages speak."""


@dataclass(frozen=True)
class CannedAnswer:
    """One answer: what the counsellor calls it, and what the person reads."""

    code: str
    names: dict[str, str]
    """By language of the desk, so that she knows what she inserts in a script that she cannot read."""
    texts: dict[str, str]


@cache
def canned_answers() -> tuple[CannedAnswer, ...]:
    """The answers in their order."""
    told = tomllib.loads(DATA.read_text(encoding="utf-8"))
    return tuple(
        CannedAnswer(code, in_each_script(one["name"]), {**in_each_script(one), "ar": one["ar"]})
        for code, one in told.items()
    )
