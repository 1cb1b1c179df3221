"""What else goes wrong with names? A harder profile to learn from, with other wounds than the one that is reported."""

from collections.abc import Callable
from random import Random
from types import ModuleType
from typing import Any

_MISREAD = (
    ("m", "rn"), ("rn", "m"), ("l", "1"), ("i", "l"), ("o", "0"), ("e", "c"), ("c", "e"), ("u", "v"), ("n", "u"),
    ("d", "cl"), ("a", "o"), ("š", "s"), ("ž", "z"), ("h", "b"), ("ij", "y"), ("t", "f"), ("а", "а"), ("и", "н"),
    ("н", "и"), ("ш", "щ"), ("п", "н"),
)  # fmt: skip
"""What a scanner reads for what, after the first letter."""

Wound = Callable[[Random, str], str]


def profile(generator: ModuleType, usual: dict[str, Any]) -> dict[str, Any]:  # Any: numbers and functions
    """The usual profile with rarer spellings, more slips, misread and cut names; styles in the generator's order."""
    typo: Wound = generator.typo

    def misread(rng: Random, text: str) -> str:
        found = [(right, wrong) for right, wrong in _MISREAD if right in text[1:].lower()]
        if not found:
            return typo(rng, text)
        right, wrong = rng.choice(found)
        at = text.lower().index(right, 1)
        return text[:at] + wrong + text[at + len(right) :]

    def cut(rng: Random, text: str) -> str:
        return text[: max(3, len(text) - rng.choice([1, 2, 3]))] if len(text) > 6 else typo(rng, text)

    return {
        **usual,
        "reg_styles_for": [0.4, 0.25, 0.2, 0.1, 0.05],
        "reg_styles_min": [0.25, 0.15, 0.2, 0.05, 0.35],
        "qstyles": [0.22, 0.16, 0.2, 0.1, 0.08, 0.07, 0.06, 0.04, 0.04, 0.03],
        "typos": [(0.55, 0.35, 0.1), (0.35, 0.45, 0.2)],
        "typo_fns": [typo, generator.mishear, misread, cut],
        "double_surname": 0.05,
        "married": 0.05,
        "joined": 0.15,
        "solar_calendar": 0.5,
        "noise_case": 0.25,
    }
