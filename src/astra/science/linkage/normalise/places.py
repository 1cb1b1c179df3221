"""Which place is meant by what somebody wrote, and how far is it from another?

A place is named in any script, in any of the languages of the region, with its old and short names, bent by a Serbian
sentence, with a slip of the hand, and with words around it. Reading it gives every place that can be meant; distance
says how much a difference matters.
"""

import csv
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import process
from rapidfuzz.distance import OSA

from astra.science.linkage.normalise.arabic import plain_arabic
from astra.science.linkage.normalise.declension import bent_forms
from astra.science.linkage.normalise.remembering import remembered
from astra.science.script import normalise

EARTH_RADIUS_KM = 6371.0
_LONGEST_NAME = 5  # words
_NEIGHBOURS_KM = 40.0
"""Of namesakes, the one this near to another place in the same text is meant."""
_WIDE = frozenset({"country", "region"})

_PREPOSITIONS = "u na kod iz od do i in of the near at and und bei aus von am an ne te nga prej kraj"
_LITTLE = frozenset(_PREPOSITIONS.split())
"""Words that stand before or inside names of places and name nothing."""
_COMMON_WORDS = (
    "okolina okolini okoline grad gradu grada opstina opstini opstine opcina opcini mesto mestu mesta selo "
    "selu sela naselje naselju varos ulica ulici autobuska zeleznicka stanica stanici stanice centar centru "
    "skola bolnica trg granica granici granice prelaz prelazu kamp kampu prihvatni prihvatiliste reka reci "
    "jezero planina sever jug istok severni juzni istocni zapadni gornji gornja donji donja veliki velika mali "
    "mala novi nova stari stara nepoznato nepoznata poznato poslednji blizina blizini pored prema posle preko "
    "izmedju putu drzava republika unknown somewhere close village street border station around north south "
    "camp center centre"
)
_NOT_PLACES = frozenset(_COMMON_WORDS.split())
"""Words that are no slip for the name of a place."""
_HUNGARIAN = ("ban", "ben", "rol", "bol", "on", "en", "ra", "re", "ba", "be", "n")


@dataclass(frozen=True, slots=True)
class Place:
    """A town, a part of one, a camp, a border crossing, a region or a country.

    Parameters
    ----------
    code : int
        Its row in data/places.csv: the same within a release.
    name : str
        Its usual Serbian name; brackets tell namesakes apart.
    kind : str
        "municipality", "town", "city part", "camp or reception centre", "border crossing", "region" or "country".
    country : str
        ISO code of present administration, for telling namesakes apart; no claim about status.
    latitude, longitude : float
        Degrees, to about a kilometre; a point near the middle of regions and countries.
    """

    code: int
    name: str
    kind: str
    country: str
    latitude: float
    longitude: float


def _fold(text: str) -> str:
    return plain_arabic(normalise(text))


def _without_little(folded: str) -> str:
    words = folded.split()
    return " ".join(word for word in words if word not in _LITTLE) or folded


def _rows() -> Iterator[dict[str, str]]:
    text = files(__package__).joinpath("data/places.csv").read_text(encoding="utf-8")
    return csv.DictReader(line for line in text.splitlines() if not line.startswith("#"))


@cache
def places() -> tuple[Place, ...]:
    """All places that are known, each at the number that is its code.

    Examples
    --------
    >>> all(place.code == number for number, place in enumerate(places()))
    True
    """
    return tuple(
        Place(number, row["name"], row["kind"], row["country"], float(row["latitude"]), float(row["longitude"]))
        for number, row in enumerate(_rows())
    )


def _names(row: dict[str, str]) -> Iterator[str]:
    """The names of one place as written; d also stands for đ, as people without the letter type it."""
    for name in (row["name"].partition(" (")[0], *row["other_names"].split("|")):
        if name:
            yield name
            if "đ" in name or "Đ" in name:
                yield name.replace("đ", "d").replace("Đ", "D")


def _short_forms(folded: str) -> Iterator[str]:
    """A name of two words or more in one word, and with its first word cut: "novisad", "n sad"."""
    words = folded.split()
    if 2 <= len(words) <= 3:
        yield "".join(words)
        if len(words[0]) > 2 and folded.isascii():
            yield f"{words[0][0]} {' '.join(words[1:])}"


class _Index:
    """The names of all places, findable exactly, bent, and with a slip."""

    def __init__(self) -> None:
        self._exact: dict[str, tuple[int, ...]] = {}
        self._bent: dict[str, tuple[int, ...]] = {}
        self._heads: dict[tuple[str, int], list[str]] = {}
        """The names that begin with two letters and are about so long; `_tails` those that end with them."""
        self._tails: dict[tuple[str, int], list[str]] = {}
        for code, row in enumerate(_rows()):
            for name in _names(row):
                folded = _fold(name)
                key = _without_little(folded)
                self._add(self._exact, key, code)
                for form in _short_forms(key):
                    self._add(self._bent, form, code)
                if not (name.isupper() and len(name) <= 3):  # codes such as BG do not bend
                    for form in bent_forms(folded):
                        self._add(self._bent, _without_little(form), code)
        for key in {**self._exact, **self._bent}:
            if len(key) >= 4:
                for length in range(len(key) - 1, len(key) + 2):
                    self._heads.setdefault((key[:2], length), []).append(key)
                    self._tails.setdefault((key[-2:], length), []).append(key)

    @staticmethod
    def _add(index: dict[str, tuple[int, ...]], key: str, code: int) -> None:
        known = index.get(key, ())
        if code not in known:
            index[key] = (*known, code)

    def exact(self, key: str) -> tuple[int, ...]:
        """The places with this name, as it stands or bent; a name as it stands counts for more."""
        return self._exact.get(key) or self._bent.get(key) or ()

    def hungarian(self, word: str) -> tuple[int, ...]:
        """The places of a Hungarian name with its ending: Szabadkán, Szegeden."""
        for ending in _HUNGARIAN:
            stem = word.removesuffix(ending)
            if stem != word and len(stem) >= 4 and stem in self._exact:
                return self._exact[stem]
        return ()

    def slipped(self, key: str) -> tuple[int, ...]:
        """The places whose name is one slip away, or two in a long name, if only one name is."""
        length = len(key)
        if length < 5 or key in _NOT_PLACES:
            return ()
        begins, ends = self._heads.get((key[:2], length), []), self._tails.get((key[-2:], length), [])
        found = self._nearest(key, (begins, ends), 1)
        if found or length < 9:
            return found
        # Two slips may not change the ending: Kraljevci is not Kraljevo.
        return self._nearest(key, [self._tails.get((key[-2:], size), []) for size in (length - 1, length + 1)], 2)

    def _nearest(self, key: str, lists: Iterable[list[str]], slips: int) -> tuple[int, ...]:
        near = [process.extract(key, names, scorer=OSA.distance, score_cutoff=slips, limit=None) for names in lists]
        meant = {self.exact(name) for some in near for name, _, _ in some}
        return meant.pop() if len(meant) == 1 else ()


@cache
def _index() -> _Index:
    return _Index()


def _mentions(folded: str) -> list[tuple[int, ...]]:
    """Each place that a folded text mentions, as the codes that can be meant; longer names first."""
    index = _index()
    words = [word for word in folded.split() if word not in _LITTLE] or folded.split()
    found: list[tuple[int, ...]] = []
    at = 0
    while at < len(words):
        taken = 1
        for size in range(min(_LONGEST_NAME, len(words) - at), 0, -1):
            codes = index.exact(" ".join(words[at : at + size]))
            if codes:
                found.append(codes)
                taken = size
                break
        else:
            taken = _take_slipped(index, words[at : at + 2], found)
        at += taken
    return found


def _take_slipped(index: _Index, words: list[str], found: list[tuple[int, ...]]) -> int:
    """Read one or two words that are no name as they stand; say how many words are used up."""
    if len(words) == 2 and not index.exact(words[1]):
        codes = index.slipped(" ".join(words))
        if codes:
            found.append(codes)
            return 2
    codes = index.hungarian(words[0]) or index.slipped(words[0])
    if codes:
        found.append(codes)
    return 1


def _settle(mentions: list[tuple[int, ...]]) -> Iterable[int]:
    """Choose among namesakes by what else the text names: a country, or a place near by."""
    known = places()
    certain = [known[codes[0]] for codes in mentions if len(codes) == 1]
    countries = {place.country for place in certain if place.kind == "country"}
    centres = [place for place in certain if place.kind not in _WIDE]
    narrow: dict[int, None] = {}
    wide: dict[int, None] = {}
    for codes in mentions:
        kept = codes
        if len(codes) > 1:
            near = [
                code for code in codes if any(distance_km(known[code], place) < _NEIGHBOURS_KM for place in centres)
            ]
            kept = tuple(near or [code for code in codes if known[code].country in countries] or codes)
        is_narrow = any(known[code].kind not in _WIDE for code in kept)
        (narrow if is_narrow else wide).update(dict.fromkeys(kept))
    return narrow or wide


@remembered(65_536)
def find_places(text: str) -> tuple[Place, ...]:
    """Read the places that a text names.

    Parameters
    ----------
    text : str
        What somebody wrote where a place is asked for, in any script.

    Returns
    -------
    tuple of Place
        Every place that can be meant, in the order of the text; empty when none is known. A country or region is given
        only when nothing narrower is named.

    Assumptions
    -----------
    A name of five letters or more may have one slip (a letter wrong, missing, added, or two exchanged), one of nine or
    more two, if only one name is that near. Names of villages that are not in the data can be taken for a slip.

    Examples
    --------
    >>> [place.name for place in find_places("okolina Novog Sada")], [place.name for place in find_places("у Нишу")]
    (['Novi Sad'], ['Niš'])
    >>> [place.name for place in find_places("Szabadkán")], [place.name for place in find_places("Begorad, Zemun")]
    (['Subotica'], ['Beograd', 'Zemun'])
    >>> [place.name for place in find_places("Mitrovica")]
    ['Sremska Mitrovica', 'Kosovska Mitrovica']
    """
    known = places()
    return tuple(known[code] for code in _settle(_mentions(_fold(text))))


def distance_km(first: Place, second: Place) -> float:
    """Tell how far two places are apart, along the surface of the Earth.

    Parameters
    ----------
    first, second : Place
        Two places.

    Returns
    -------
    float
        Kilometres on a sphere of radius 6371 km, right to half a percent.

    Source
    ------
    The haversine formula; R. W. Sinnott, "Virtues of the haversine", Sky and Telescope 68 (1984), 159.

    Examples
    --------
    >>> round(distance_km(find_places("Beograd")[0], find_places("Novi Sad")[0]), -1)
    70.0
    """
    points = np.radians([[first.latitude, first.longitude], [second.latitude, second.longitude]])
    return float(_haversine(points[0], points[1]))


def _haversine(first: NDArray[np.float64], second: NDArray[np.float64]) -> NDArray[np.float64]:
    """Kilometres between points given as latitude and longitude in radians along the last axis."""
    half = np.sin((first - second) / 2) ** 2
    chord = half[..., 0] + np.cos(first[..., 0]) * np.cos(second[..., 0]) * half[..., 1]
    distance: NDArray[np.float64] = 2 * EARTH_RADIUS_KM * np.arcsin(np.sqrt(np.clip(chord, 0.0, 1.0)))
    return distance


@cache
def distance_matrix() -> NDArray[np.float32]:
    """Give the distances between all places, in kilometres.

    Returns
    -------
    ndarray of float32, shape (n, n)
        Symmetric with a zero diagonal; rows and columns are the codes of places. It cannot be written to.

    Examples
    --------
    >>> distances = distance_matrix()
    >>> distances.shape == (len(places()),) * 2, float(distances.diagonal().max())
    (True, 0.0)
    """
    points = np.radians(np.array([[place.latitude, place.longitude] for place in places()]))
    distances = _haversine(points[:, None, :], points[None, :, :]).astype(np.float32)
    distances.setflags(write=False)
    return distances
