"""What is a caller told after a check, in her language? Put together from the flags; what was not checked is said.

The sentences are data (`data/offer_answers`, one file a language, the same keys in each). There is no sentence that
calls an offer free of risk, in any language: a test reads them all.
"""

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from astra.hotline.rules.offers import NONE_SO_FAR, WARNINGS, in_order
from astra.science.script import to_cyrillic

DATA = Path(__file__).parents[1] / "data" / "offer_answers"
LATIN, CYRILLIC, ENGLISH = "sr-latn", "sr", "en"
RIGHT_TO_LEFT = ("ar", "fa")
ALWAYS = ("passport", "copies", "address", "money", "numbers", "phone")
FOR_FLAGS = {
    "no_contract": "contract",
    "contract_unreadable": "no_signing",
    "no_permit": "permit",
    "tourist_entry": "permit",
    "employer_hidden": "someone_there",
    "pay_unlikely": "someone_there",
    "leaves_before_papers": "contract",
}
"""Advice that belongs to a flag stands before what everybody is told."""

Texts = dict[str, dict[str, str]]


@dataclass(frozen=True)
class Look:
    """What was looked up, and on which day."""

    what: str
    on: date


@dataclass(frozen=True)
class Answer:
    """An answer in its parts: a page draws them, a voice reads them, a message is made of them."""

    title: str
    day: str
    verdict: str
    flags: tuple[str, ...]
    flags_heading: str
    looked_up: tuple[str, ...]
    looked_up_heading: str
    not_looked_up: tuple[str, ...]
    not_looked_up_heading: str
    advice: tuple[str, ...]
    advice_heading: str
    decide: str
    back: str

    @property
    def text(self) -> str:
        """All of it as one text to copy or to read aloud."""
        parts = [f"{self.title}\n{self.day}", self.verdict]
        for heading, lines in (
            (self.flags_heading, self.flags),
            (self.looked_up_heading, self.looked_up),
            (self.not_looked_up_heading, self.not_looked_up),
            (self.advice_heading, self.advice),
        ):
            if lines:
                parts.append("\n".join([heading, *(f"– {line}" for line in lines)]))
            elif heading == self.looked_up_heading:
                parts.append(heading)
        return "\n\n".join([*parts, self.decide, self.back])


@cache
def written_in() -> tuple[str, ...]:
    """The languages in which an answer lies ready, by the codes under which the pages speak."""
    others = sorted(path.stem for path in DATA.glob("*.toml") if path.stem not in ("sr_latn", ENGLISH))
    return (LATIN, CYRILLIC, ENGLISH, *others)


@cache
def texts(language: str) -> Texts:
    """The sentences of a language; one that has none gets the English ones."""
    if language == CYRILLIC:
        latin = texts(LATIN)
        return {part: {key: _cyrillic(said) for key, said in some.items()} for part, some in latin.items()}
    name = "sr_latn" if language == LATIN else language if language in written_in() else ENGLISH
    read: Texts = tomllib.loads((DATA / f"{name}.toml").read_text(encoding="utf-8"))
    return read


def _cyrillic(text: str) -> str:
    return to_cyrillic(text.replace("%(day)s", "%1")).replace("%1", "%(day)s")


def answer(
    language: str,
    *,
    verdict: str,
    on: date,
    flags: Sequence[str] = (),
    looked_up: Sequence[Look] = (),
    not_looked_up: Sequence[str] = (),
) -> Answer:
    """Put the answer together: the finding with its day, the warnings, what was looked at and what was not, advice."""
    if verdict not in (WARNINGS, NONE_SO_FAR):
        raise ValueError(verdict)
    said = texts(language)
    parts = said["parts"]
    ordered = in_order(flags)
    own = [FOR_FLAGS[flag] for flag in ordered if flag in FOR_FLAGS]
    return Answer(
        title=parts["title"],
        day=parts["day"] % {"day": _day(on, language)},
        verdict=parts[verdict],
        flags=tuple(said["flags"][flag] for flag in ordered),
        flags_heading=parts["flags"],
        looked_up=tuple(f"{said['lookups'][look.what]} ({_day(look.on, language)})" for look in looked_up),
        looked_up_heading=parts["looked_up"] if looked_up else parts["nothing_looked_up"],
        not_looked_up=tuple(said["lookups"][what] for what in not_looked_up),
        not_looked_up_heading=parts["not_looked_up"],
        advice=tuple(said["advice"][key] for key in dict.fromkeys([*own, *ALWAYS])),
        advice_heading=parts["advice"],
        decide=parts["decide"],
        back=parts["back"],
    )


def _day(day: date, language: str) -> str:
    said = f"{day.day}.{day.month}.{day.year}."
    return f"\N{LEFT-TO-RIGHT ISOLATE}{said}\N{POP DIRECTIONAL ISOLATE}" if language in RIGHT_TO_LEFT else said
