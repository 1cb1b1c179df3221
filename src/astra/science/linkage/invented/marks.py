"""Which marks does somebody have, and in how many ways is one mark said?"""

from functools import lru_cache
from random import Random
from typing import NamedTuple

from astra.science.linkage.invented.drawing import Weighted, one_of
from astra.science.linkage.invented.hands import Hand
from astra.science.linkage.invented.spelling import in_style
from astra.science.linkage.invented.tables import Row, parts_of, rows_of

_HOW_MANY = Weighted([0, 1, 2, 3], [42, 36, 16, 6])
_GENITIVE_AFTER = frozenset({"iznad", "ispod", "iza"})
_SIDES = {
    # loc. m/n, loc. f, gen. m/n, gen. f, nom. m, nom. f, nom. n, acc. f
    "left": ("levom", "levoj", "levog", "leve", "levi", "leva", "levo", "levu"),
    "right": ("desnom", "desnoj", "desnog", "desne", "desni", "desna", "desno", "desnu"),
}
_OTHER_SIDE = {"left": "right", "right": "left", "": ""}
_FOREIGN_WORDS = frozenset({"en", "camp", "de"})


class Mark(NamedTuple):
    """One mark: what it is, where, on which side, and what else is seen of it."""

    kind: str
    part: str
    side: str
    addition: str


@lru_cache(maxsize=1)
def _kinds() -> dict[str, Row]:
    return {row["kind"]: row for row in rows_of("marks_kinds.csv")}


@lru_cache(maxsize=1)
def _parts() -> dict[str, Row]:
    return {row["part"]: row for row in rows_of("marks_parts.csv")}


@lru_cache(maxsize=1)
def _others() -> dict[str, Row]:
    return {row["mark"]: row for row in rows_of("marks_other.csv")}


@lru_cache(maxsize=128)
def _marks_at(age: int, sex: str) -> Weighted[tuple[str, bool]]:
    """What somebody of an age may have: kinds that sit on a part of the body (True), and the rest."""
    placed = [((row["kind"], True), row) for row in _kinds().values()]
    other = [((row["mark"], False), row) for row in _others().values() if row["sex"] in {"", sex}]
    fitting = [(key, float(row["weight"])) for key, row in [*placed, *other] if int(row["youngest"]) <= age]
    return Weighted([key for key, _ in fitting], [weight for _, weight in fitting])


@lru_cache(maxsize=32)
def _parts_for(kind: str) -> Weighted[Row]:
    allowed = parts_of(_kinds()[kind]["parts"])
    rows = [row for row in _parts().values() if not allowed or row["part"] in allowed]
    return Weighted(rows, [float(row["weight"]) for row in rows])


def draw_mark(rng: Random, age: int, sex: str) -> Mark:
    """Draw a mark that somebody of an age may have."""
    kind, is_placed = _marks_at(min(max(age, 1), 20), sex).draw(rng)
    side = "left" if rng.random() < 0.5 else "right"
    if not is_placed:
        return Mark(kind, "", side, "")
    part = _parts_for(kind).draw(rng)
    additions = parts_of(_kinds()[kind]["additions"])
    has_addition = rng.random() < (0.6 if kind in {"tattoo", "dots", "cigarette"} else 0.25)
    return Mark(
        kind, part["part"], side if part["sided"] == "1" else "", one_of(rng, additions) if has_addition else ""
    )


def draw_marks(rng: Random, age: int, sex: str) -> tuple[Mark, ...]:
    """Draw the marks of somebody: often none, rarely three."""
    marks = {(mark.kind, mark.part): mark for mark in (draw_mark(rng, age, sex) for _ in range(_HOW_MANY.draw(rng)))}
    return tuple(marks.values())


def _serbian_place(mark: Mark) -> tuple[str, str]:
    """Say where a mark is: as after a preposition, and as a heading."""
    part = _parts()[mark.part]
    if not mark.side:
        return f"{part['preposition']} {part['place']}", part["noun"]
    forms = _SIDES[mark.side]
    is_woman = part["gender"] == "f"
    adjective = forms[2 + is_woman] if part["preposition"] in _GENITIVE_AFTER else forms[0 + is_woman]
    heading = forms[{"m": 4, "f": 5, "n": 6}[part["gender"]]]
    return f"{part['preposition']} {adjective} {part['place']}", f"{heading} {part['noun']}"


def _placed_phrase(rng: Random, mark: Mark, is_plain: bool, is_english: bool) -> str:
    """Say a mark that sits on a part of the body."""
    kind, part = _kinds()[mark.kind], _parts()[mark.part]
    words, english = parts_of(kind["serbian"]), parts_of(kind["english"])
    addition = f" ({mark.addition})" if mark.addition else ""
    if is_english:
        side = f"{mark.side} " if mark.side else ""
        word = one_of(rng, english)
        return one_of(
            rng,
            (
                f"{word} on {side}{part['english']}",
                f"{word} {side}{part['english']}",
                f"{side}{part['english']}: {word}",
            ),
        )
    where, heading = _serbian_place(mark)
    if is_plain:
        return f"{words[0]} {where}{addition}"
    word = one_of(rng, words)
    unsided = f"{part['preposition']} {part['place']}"
    ways = [
        f"{where} {word}",
        f"{heading}: {word}",
        f"{heading} - {word}{addition}",
        f"{word} {where}{addition}",
        f"{word}, {heading}",
        f"{word} {unsided}",
    ]
    if mark.side:
        short = "l." if mark.side == "left" else "d."
        side = "leva" if mark.side == "left" else "desna"
        ways += [f"{word} {unsided}, {side} strana", f"{word} {short} {part['noun']}"]
    if mark.addition:
        ways += [f"{mark.addition} {word} {where}", f"{word} {mark.addition} {where}"]
    return one_of(rng, ways)


def _other_phrase(rng: Random, mark: Mark, is_plain: bool, is_english: bool) -> str:
    row = _others()[mark.kind]
    serbian = parts_of(row["serbian"])
    phrase = one_of(rng, parts_of(row["english"])) if is_english else serbian[0] if is_plain else one_of(rng, serbian)
    forms = _SIDES[mark.side]
    for name, form in (("{levom}", 0), ("{levoj}", 1), ("{levo}", 6), ("{levu}", 7)):
        phrase = phrase.replace(name, forms[form])
    return phrase.replace("{levim}", forms[4] + "m").replace("{left}", mark.side)


def say_mark(rng: Random, mark: Mark, style: str, *, is_plain: bool) -> str:
    """Say one mark: plainly, as the form suggests, or in other words.

    Examples
    --------
    >>> say_mark(Random(1), Mark("scar", "cheek", "left", ""), "lat", is_plain=True)
    'ožiljak na levom obrazu'
    """
    is_english = style in _FOREIGN_WORDS and not is_plain and rng.random() < 0.6
    phrase = (_placed_phrase if mark.part else _other_phrase)(rng, mark, is_plain, is_english)
    return phrase if is_english else in_style(phrase, style)


def write_marks(rng: Random, marks: tuple[Mark, ...], of: tuple[int, str], hand: Hand) -> str:
    """Write the marks that are seen on somebody of an age and a sex: some missed or mirrored, one perhaps not hers."""
    rates, done = hand.rates, hand.done
    phrases = []
    for mark in marks:
        seen = mark
        if rng.random() < rates["marks_missing"]:
            done.append("marks_missing")
            continue
        if mark.side and rng.random() < rates["marks_side"]:
            seen = mark._replace(side=_OTHER_SIDE[mark.side])
            done.append("marks_side")
        is_plain = rng.random() >= rates["marks_paraphrased"]
        if not is_plain:
            done.append("marks_paraphrased")
        phrases.append(say_mark(rng, seen, hand.style, is_plain=is_plain))
    if rng.random() < rates["marks_extra"]:
        done.append("marks_extra")
        phrases.append(say_mark(rng, draw_mark(rng, *of), hand.style, is_plain=False))
    rng.shuffle(phrases)
    return "; ".join(phrases)
