"""What may be heard when somebody is exploited? The ILO's eleven headings, each with one question to ask on."""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from astra.kernel.languages import in_each_script

DATA = Path(__file__).parents[1] / "data" / "indicators.toml"


@dataclass(frozen=True)
class Indicator:
    """One heading, what is heard, and what to ask, by language of the desk."""

    code: str
    names: dict[str, str]
    heard: dict[str, str]
    ask: dict[str, str]


@cache
def indicators() -> tuple[Indicator, ...]:
    """All of them, in the order of the source."""
    return tuple(
        Indicator(code, in_each_script(one["name"]), in_each_script(one["heard"]), in_each_script(one["ask"]))
        for code, one in _told().items()
        if isinstance(one, dict)
    )


@cache
def is_reviewed() -> bool:
    """Whether the organisation's professionals have read them."""
    return bool(_told()["is_reviewed"])


def _told() -> dict[str, Any]:  # Any: as TOML gives it
    return tomllib.loads(DATA.read_text(encoding="utf-8"))
