"""What does a database need of a record so that it can compare it? One flat row: folded words, codes and numbers.

Everything that takes knowledge (scripts, spellings, nicknames, places, colours, marks) is done here once a record; what
is left to the database is to ask whether words, codes and numbers are equal, near or in a list.
"""

from collections.abc import Iterator, Sequence
from functools import cache
from typing import Any

import numpy as np

from astra.science.linkage.keeping.rows import Row
from astra.science.linkage.keeping.shorts import families
from astra.science.linkage.normalise.names import FAMILY, FATHER, GIVEN, MOTHER, NICKNAME, TEXT, Word
from astra.science.linkage.normalise.places import places
from astra.science.linkage.normalise.sounds import skeleton, sound
from astra.science.linkage.registry import Registry
from astra.science.linkage.weighing.evidence import births
from astra.science.linkage.weighing.evidence.names import ask

FlatRow = dict[str, Any]  # Any: text, numbers, lists of text, or nothing
NEAR_YEARS = 1
"""A word and a year of birth call each other if the years are so near."""
MOST_KEYED = 12
"""Names of a record from which keys of two are made."""
MOST_CALLED = 2_000
"""A name that more records bear calls nobody by itself."""
DAYS_A_YEAR, NOW_YEAR = 365.2425, 2026.0

COLUMNS: dict[str, str] = {
    "unique_id": "text", "given": "text", "givens": "texts", "given_spelled": "texts",
    "given_forms": "texts", "given_bones": "text", "given_rarity": "number", "family": "text",
    "familys": "texts", "family_spelled": "texts", "family_bones": "text", "family_rarity": "number",
    "is_bare": "whole", "nicks": "texts", "father": "text", "father_forms": "texts",
    "father_rarity": "number", "mother": "text", "mother_forms": "texts", "mother_rarity": "number",
    "sex": "whole", "born_key": "text", "born_y": "whole", "born_m": "whole", "born_d": "whole",
    "born_middle": "number", "born_year": "whole", "born_guessed": "whole", "age_scale": "number",
    "place": "text", "place_codes": "texts", "seen_codes": "texts",
    "seen_year": "number", "lat_1": "number", "lon_1": "number", "lat_2": "number",
    "lon_2": "number", "seen_on": "whole", "height": "whole", "hair": "whole", "eyes": "whole",
    "mark_codes": "texts", "mark_kinds": "texts", "national": "text", "two_words": "texts",
    "word_years": "texts", "birth_days": "texts",
}  # fmt: skip
"""Every column of the flat table and its type: text, texts, a number, a whole number."""


class Flattening:
    """Turns the records of one registry into flat rows; the registry says how rare each word is.

    Parameters
    ----------
    registry : Registry
        The records; nothing in it is changed.
    """

    def __init__(self, registry: Registry) -> None:
        self.registry = registry
        self.columns, self.ranker = registry.columns, registry.ranker
        self._elsewhere = cache(self._ask_elsewhere)
        self._common = np.log(max(self.columns.present, 1) / MOST_CALLED) - registry.weights.channel.same

    def _ask_elsewhere(self, word: Word) -> float:
        """The log-probability that a word is written whoever is meant; names written as one are not taken apart."""
        near = self.columns.vocabulary.near(
            sound(word.plain), is_without_vowels=word.is_without_vowels, is_given=word.part != FAMILY
        )
        shares, unheard = self.ranker.shares.words[word.part], self.registry.weights.channel.unheard
        return ask(word.plain, word.part, near, shares, unheard).elsewhere

    def rows(self, at: Sequence[int]) -> Iterator[FlatRow]:
        """Give the flat rows of some rows of the registry."""
        for row in at:
            yield self.row(int(row))

    def row(self, at: int) -> FlatRow:
        """Give one flat row, with a value for every column."""
        words = self.columns.words_at(at)
        row = self.columns.row_at(at)
        flat: FlatRow = dict.fromkeys(COLUMNS)
        flat["unique_id"] = self.columns.ids[at]
        self._put_names(flat, words)
        _put_birth(flat, row)
        self._put_places(flat, row)
        flat |= {
            "sex": row.sex or None, "seen_on": row.seen_on or None,
            "seen_year": row.seen_on / DAYS_A_YEAR if row.seen_on else None, "height": row.height or None,
            "hair": row.hair or None, "eyes": row.eyes or None, "mark_codes": [f"{code >> 16:x}" for code in row.marks],
            "mark_kinds": [f"{code >> 24:x}" for code in row.marks],
            "national": f"{row.national:013d}" if row.national else None,
        }  # fmt: skip
        self._put_keys(flat, row)
        return flat

    def _put_names(self, flat: FlatRow, words: tuple[Word, ...]) -> None:
        by_part: dict[int, list[Word]] = {}
        for word in words:
            by_part.setdefault(word.part, []).append(word)
        undivided = by_part.get(TEXT, [])
        given = by_part.get(GIVEN, undivided[:1])
        family = by_part.get(FAMILY, undivided[1:] if GIVEN not in by_part else undivided)
        flat["is_bare"] = int(any(word.is_without_vowels for word in (*given, *family)))
        for name, some in (("given", given), ("family", family)):
            folded = [sound(word.plain) for word in some]
            flat[name] = folded[0] if folded else None
            flat[f"{name}s"] = folded
            flat[f"{name}_spelled"] = _spelled(folded)
            flat[f"{name}_bones"] = skeleton(folded[0]) if folded else None
            flat[f"{name}_rarity"] = -self._elsewhere(some[0]) if some else None
        flat["given_forms"] = _forms(flat["givens"])
        flat["nicks"] = [sound(word.plain) for word in by_part.get(NICKNAME, [])]
        for name, part in (("father", FATHER), ("mother", MOTHER)):
            some = by_part.get(part, [])[:1]
            flat[name] = sound(some[0].plain) if some else None
            flat[f"{name}_forms"] = _forms([flat[name]] if some else [])
            flat[f"{name}_rarity"] = -self._elsewhere(some[0]) if some else None

    def _put_places(self, flat: FlatRow, row: Row) -> None:
        codes = list(dict.fromkeys((*row.homes, *row.seen)))
        flat["place"] = str(codes[0]) if codes else None
        flat["place_codes"] = [str(code) for code in codes]
        flat["seen_codes"] = [str(code) for code in row.seen]
        known = [places()[code] for code in codes if code < len(places())]
        for number, place in enumerate((*known[:1], *known[1:][-1:]), start=1):
            flat[f"lat_{number}"], flat[f"lon_{number}"] = place.latitude, place.longitude

    def _put_keys(self, flat: FlatRow, row: Row) -> None:
        """What calls a pair: two names, a rare name and a year of birth, a day of birth, a national number."""
        names = [*flat["given_forms"], *flat["family_spelled"], *flat["nicks"]]
        names += [flat[parent] for parent in ("father", "mother") if flat[parent]]
        bones = sorted({skeleton(name) for name in names})[:MOST_KEYED]
        flat["two_words"] = [f"{one} {other}" for at, one in enumerate(bones) for other in bones[at + 1 :]]
        years = range(int(row.born_middle) - NEAR_YEARS, int(row.born_middle) + 1) if row.born_middle else range(0)
        rare = [flat[name] for name in ("given", "family") if flat[name] and flat[f"{name}_rarity"] > self._common]
        flat["word_years"] = [f"{word} {year}" for word in {*map(skeleton, rare)} for year in years]
        year, month, day = row.born_day // 512, row.born_day // 32 % 16, row.born_day % 32
        if row.born_day and (month, day) != (1, 1):
            days = {(month, day), (day, month)} if day <= 12 else {(month, day)}
            flat["birth_days"] = sorted(f"{year}-{one}-{other}" for one, other in days)
        else:
            flat["birth_days"] = []


def _spelled(folded: list[str]) -> list[str]:
    """The words, and how else and in which other languages the same names are written."""
    known = families()
    return sorted({form for word in folded for form in (word, *known.spellings(word), *known.equivalents(word))})


def _forms(folded: list[str]) -> list[str]:
    """The same with the full names that a word may be short for."""
    return _spelled(sorted({form for word in folded for form in (word, *families().short_for(word))}))


def _seen_year(row: Row) -> float:
    return row.seen_on / DAYS_A_YEAR if row.seen_on else NOW_YEAR


def _put_birth(flat: FlatRow, row: Row) -> None:
    if not row.born_middle:
        return
    year, month, day = row.born_day // 512, row.born_day // 32 % 16, row.born_day % 32
    is_day = bool(row.born_day) and (month, day) != (1, 1) and not row.born_guessed
    if is_day:
        flat |= {"born_y": year, "born_m": month, "born_d": day, "born_key": f"{year}-{month}-{day}"}
    scale = max(1.0, (_seen_year(row) - row.born_middle) / births.ADULT) if row.born_guessed else 1.0
    flat |= {
        "born_middle": row.born_middle, "born_year": int(row.born_middle), "born_guessed": int(row.born_guessed),
        "age_scale": scale,
    }  # fmt: skip
