"""On which people is matching judged? Sets that are made from a seed when they are first asked for, and kept.

`python -m bench.judging.sets` makes those that the weights are learned from besides, and says how.

The fixed set is the one that figures are reported on; its three files are checked against the sums below. What is tuned
is tuned on other seeds.
"""

import csv
import hashlib
import importlib.util
import sys
from dataclasses import dataclass
from pathlib import Path
from random import Random
from types import ModuleType
from typing import Any

from astra.science.linkage.invented.__main__ import main as invent
from bench.judging import worn

KEPT = Path("var") / "bench" / "matching"
GENERATOR = Path(__file__).parent.parent / "data" / "gen_balkan.py"
SUMS = {
    "registry.csv": "e6b3c3bc51339f6703fafbd16e661e0a78ac94e4e9544aaf3a4c436cfd00d30b",
    "queries.csv": "aa7a3d5167c745d83a628ff5972c4d959d1873f35ed04ff525998dfb8aa54ccc",
    "truth.csv": "1f00fd37a296685981da8f7383beb43c13cb4997378a10b59357517344ab1b1e",
}
FIXED = (11, 16_000, 3_000)
MILLION = (4242, 1_000_000, 1_000)
HARDER = (23, 16_000, 3_000)
INVENTED = (29, 16_000, 3_000)
TO_LEARN_FROM = (778, 16_000, 3_000)
"""No figure is reported on this seed."""


class WrongSet(RuntimeError):
    """The generator made another set than the one figures are reported on."""


@dataclass(frozen=True, slots=True)
class Set:
    """A registry, questions and the truth."""

    folder: Path

    @property
    def registry(self) -> Path:
        """The records."""
        return self.folder / "registry.csv"

    @property
    def queries(self) -> Path:
        """The questions with their answers."""
        return self.folder / "queries.csv"

    @property
    def truth(self) -> Path:
        """Which records are of one person."""
        return self.folder / "truth.csv"


def fixed() -> Set:
    """The set that figures are reported on, the same to the byte."""
    found = _made("fixed", FIXED, "dev", None)
    for name, wanted in SUMS.items():
        if hashlib.sha256((found.folder / name).read_bytes()).hexdigest() != wanted:
            raise WrongSet(f"{found.folder / name} is not the fixed set: take the folder away and measure again")
    return found


def million() -> Set:
    """A million records by the same generator; making them takes 5 GB of memory, once."""
    return _made("million", MILLION, "dev", None)


def harder() -> Set:
    """Our harder profile of the same generator: scanners, cut and joined names, German and seven-bit spellings."""
    return _made("harder", HARDER, "harder", _harder_profile)


def to_learn_from() -> tuple[Set, Set]:
    """What the learned weights were learned from besides our own invented people."""
    plain = _made("learning-778", TO_LEARN_FROM, "dev", None)
    return plain, _made("learning-778-worn", TO_LEARN_FROM, "hard", worn.profile)


def invented() -> Set:
    """Our own invented people with hard noise; not the seeds that weights are learned from."""
    found = Set(KEPT / "invented")
    if not found.truth.exists():
        seed, records, questions = map(str, INVENTED)
        arguments = ["--seed", seed, "--records", records, "--queries", questions, "--noise", "hard"]
        invent([*arguments, "--out", str(found.folder)])
    return found


def rows_of(path: Path) -> list[dict[str, str]]:
    """The rows of a table."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _made(name: str, size: tuple[int, int, int], profile: str, changed: Any) -> Set:  # Any: a function or nothing
    found = Set(KEPT / name)
    if not found.truth.exists():
        print(f"making the set {name}: {size[1]:,} records, {size[2]:,} questions ...", file=sys.stderr, flush=True)
        generator = _generator()
        profiles = dict(generator.PROFILES)
        if changed:
            profiles[profile] = changed(generator, profiles["dev"])
        generator.build(*size, str(found.folder), profile, profiles)
    return found


def _generator() -> ModuleType:
    described = importlib.util.spec_from_file_location("gen_balkan", GENERATOR)
    assert described is not None
    assert described.loader is not None
    module = importlib.util.module_from_spec(described)
    described.loader.exec_module(module)
    return module


# --- the harder profile: ours, not the one behind the figures of others -----------------------------------------------

_MISREAD = (
    ("m", "rn"),
    ("rn", "m"),
    ("l", "1"),
    ("o", "0"),
    ("i", "l"),
    ("cl", "d"),
    ("š", "s"),
    ("ž", "z"),
    ("h", "b"),
    ("u", "v"),
)


def misread(rng: Random, text: str) -> str:
    """What a scanner makes of a name."""
    found = [(wrong, right) for right, wrong in _MISREAD if right in text.lower()]
    if not found:
        return text
    wrong, right = rng.choice(found)
    at = text.lower().index(right)
    return text[:at] + wrong + text[at + len(right) :]


def cut(rng: Random, text: str) -> str:
    """A name that a narrow column cut."""
    return text[: rng.randint(5, 8)] if len(text) > 8 else text


def initial(rng: Random, text: str) -> str:
    """A name of which one letter was noted."""
    return text[:1] + "." if text and rng.random() < 0.3 else text


def doubled(rng: Random, text: str) -> str:
    """A letter held too long."""
    at = rng.randrange(len(text)) if text else 0
    return text[:at] + text[at : at + 1] + text[at:]


def _harder_profile(generator: ModuleType, usual: dict[str, Any]) -> dict[str, Any]:
    """The usual profile with rarer spellings, more slips, and the wounds above; styles in the generator's order."""
    return {
        **usual,
        "reg_styles_for": [0.4, 0.25, 0.2, 0.15, 0.0],
        "reg_styles_min": [0.25, 0.2, 0.15, 0.05, 0.35],
        "qstyles": [0.2, 0.16, 0.18, 0.08, 0.1, 0.08, 0.07, 0.05, 0.02, 0.06],
        "typos": [(0.6, 0.34, 0.06), (0.4, 0.45, 0.15)],
        "typo_fns": [generator.typo, generator.mishear, misread, cut, initial, doubled],
        "double_surname": 0.04,
        "married": 0.05,
        "joined": 0.15,
        "solar_calendar": 0.3,
        "noise_case": 0.2,
    }


if __name__ == "__main__":
    further = " ".join(f"--also {one.folder}" for one in to_learn_from())
    print(f"python -m astra.science.linkage.learning --quick 700 {further}")
