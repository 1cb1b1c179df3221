"""How do people look, and how do desks, callers and witnesses say it?"""

from datetime import date
from functools import lru_cache
from random import Random
from typing import NamedTuple

from astra.science.linkage.invented.drawing import Weighted, one_of
from astra.science.linkage.invented.hands import Hand
from astra.science.linkage.invented.marks import Mark, draw_marks
from astra.science.linkage.invented.tables import Row, parts_of, rows_of

# Share of the grown-up height at each age in whole years, girls and boys; rounded from any growth chart.
_GROWN = {
    "F": (0.38, 0.49, 0.545, 0.59, 0.625, 0.665, 0.705, 0.74, 0.775, 0.81, 0.85, 0.89, 0.93, 0.96, 0.98, 0.99, 1.0),
    "M": (0.36, 0.46, 0.51, 0.55, 0.59, 0.63, 0.66, 0.69, 0.72, 0.75, 0.78, 0.81, 0.85, 0.9, 0.94, 0.97, 0.99, 1.0),
}  # fmt: skip
_GREY_FROM = 50
_ENGLISH = frozenset({"en", "camp"})


class Look(NamedTuple):
    """What is seen of somebody: grown-up height in centimetres, colours, marks, and whether she dyes her hair."""

    adult_cm: float
    hair: str
    eyes: str
    dyed: str
    marks: tuple[Mark, ...]


@lru_cache(maxsize=8)
def _colours(kind: str, shade: str) -> Weighted[Row]:
    rows = [row for row in rows_of("colours.csv") if row["kind"] == kind]
    return Weighted(rows, [float(row[shade]) for row in rows])


@lru_cache(maxsize=64)
def _colour(kind: str, name: str) -> Row | None:
    return next((row for row in rows_of("colours.csv") if row["kind"] == kind and row["colour"] == name), None)


def draw_look(rng: Random, sex: str, shade: str, age: int) -> Look:
    """Draw how somebody looks: one who will be 166 or 179 cm tall, give or take, with the colours of her community."""
    hair = _colours("hair", shade).draw(rng)["colour"]
    if age > _GREY_FROM and rng.random() < (age - _GREY_FROM) / 20:
        hair = "seda"
    return Look(
        adult_cm=rng.gauss(166, 6.2) if sex == "F" else rng.gauss(179, 6.8),
        hair=hair,
        eyes=_colours("eyes", shade).draw(rng)["colour"],
        dyed=_colours("hair", "pale").draw(rng)["colour"] if sex == "F" and age > 13 and rng.random() < 0.2 else "",
        marks=draw_marks(rng, age, sex),
    )


def height_on(look: Look, sex: str, birth: date, day: date) -> float:
    """How tall somebody is on a day, in centimetres.

    Examples
    --------
    >>> look = Look(170.0, "smeđa", "plave", "", ())
    >>> round(height_on(look, "F", date(2010, 1, 1), date(2019, 1, 1)))
    138
    """
    shares = _GROWN[sex]
    years = max(0.0, (day - birth).days / 365.25)
    whole = int(years)
    if whole >= len(shares) - 1:
        return look.adult_cm
    return look.adult_cm * (shares[whole] + (years - whole) * (shares[whole + 1] - shares[whole]))


def write_height(rng: Random, cm: float, hand: Hand) -> str:
    """Write a height: measured to a centimetre or two, or guessed to five."""
    if hand.setting != "loose":
        text = str(round(cm + rng.gauss(0, 1.5)))
    else:
        guess = cm + rng.gauss(0, 5)
        text = str(5 * round(guess / 5) if rng.random() < 0.7 else round(guess))
        hand.done.append("height_guessed")
    if rng.random() < hand.rates["height_words"]:
        hand.done.append("height_words")
        low = 5 * (int(text) // 5)
        ways = (
            f"cca {text}",
            f"oko {text}",
            f"{text} cm",
            f"{low}-{low + 5}",
            f"oko {int(text) / 100:.2f} m".replace(".", ","),
        )
        text = one_of(rng, ways)
    return text


def write_colour(rng: Random, kind: str, look: Look, hand: Hand) -> str:
    """Write the colour of hair or eyes, in the words of a desk or of a caller, now and then the colour beside it."""
    style, rates, done = hand.style, hand.rates, hand.done
    name = look.hair if kind == "hair" else look.eyes
    if kind == "hair" and look.dyed and rng.random() < 0.5:
        name = look.dyed
        done.append("hair_dyed")
    row = _colour(kind, name)
    if row and rng.random() < rates[f"{kind}_wrong"]:
        done.append(f"{kind}_wrong")
        name = one_of(rng, parts_of(row["near"]))
        row = _colour(kind, name)
    if kind == "hair" and name == look.dyed and rng.random() < 0.3:
        return hand.words(one_of(rng, (f"farbana u {name[:-1]}u", f"{name} (farbana)", f"ofarbana {name}")))
    if row and rng.random() < rates[f"{kind}_words"]:
        done.append(f"{kind}_words")
        english, german, albanian, hungarian = row["other"].split("|")
        by_style = {"de": german, "al": albanian, "hu": hungarian}
        if style in _ENGLISH and rng.random() < 0.7:
            return english
        if style in by_style and rng.random() < 0.6:
            return by_style[style]
        name = one_of(rng, parts_of(row["serbian"]))
    return hand.words(name)
