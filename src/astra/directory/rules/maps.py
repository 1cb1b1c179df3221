"""Where do places lie on a small map? Dots for towns from the coordinates of the gazetteer; no tiles, no borders.

The other towns of the country stand behind as faint dots: they give the land its shape without a line that anybody
could argue about. A place whose address is secret has no town here and can have no dot.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import cos, radians

from astra.science.linkage.normalise.places import Place, find_places, places

WIDTH = 640.0
MARGIN = 26.0
LABEL_WIDTH, LABEL_HEIGHT = 7.4, 15.0
"""About how wide a letter of a name is, and how high its line."""
OFFSET = 14.0
"""How far a name stands from the middle of its dot."""
BACKGROUND = ("municipality", "town")
WIDE = ("country", "region")
HOME = "RS"


@dataclass(frozen=True)
class Dot:
    """A town on the map with how many organisations are there."""

    name: str
    x: float
    y: float
    count: int
    label_x: float
    label_y: float
    anchor: str
    """`start`, `end`, or nothing where there is no room for the name: the list has it."""
    key: str

    @property
    def radius(self) -> float:
        """A little larger where there is more."""
        return 5.0 + min(self.count, 9) * 0.6


@dataclass(frozen=True)
class Map:
    """A drawing: its size, faint dots behind, dots with names."""

    width: float
    height: float
    behind: tuple[tuple[float, float], ...]
    dots: tuple[Dot, ...]
    not_shown: tuple[str, ...]
    """Towns that the gazetteer does not know; they stand in the list only."""


def town_of(name: str) -> Place | None:
    """The one place that a town's name means, in either script; none where it is unknown or could be several."""
    found = [place for place in find_places(name) if place.kind not in WIDE]
    return found[0] if found else None


def draw(towns: Sequence[tuple[str, str, int]]) -> Map:
    """Draw towns, each with a key and how many organisations are there."""
    known = [(name, key, count, place) for name, key, count in towns if (place := town_of(name)) is not None]
    lost = tuple(name for name, _, _ in towns if town_of(name) is None)
    land = [one for one in places() if one.country == HOME and one.kind in BACKGROUND]
    shown = [place for _, _, _, place in known]
    plane = _Plane([*land, *shown])
    behind = tuple(plane.at(one) for one in land if one not in shown)
    dots = _with_labels([(name, key, count, *plane.at(place)) for name, key, count, place in known], plane.height)
    return Map(WIDTH, round(plane.height, 1), behind, dots, lost)


class _Plane:
    """An equirectangular drawing that holds all the places given: north is up, distances are true in both ways."""

    def __init__(self, all_places: Sequence[Place]) -> None:
        self._south = min(one.latitude for one in all_places)
        self._north = max(one.latitude for one in all_places)
        self._west = min(one.longitude for one in all_places)
        east = max(one.longitude for one in all_places)
        self._narrow = cos(radians((self._south + self._north) / 2))
        self._scale = (WIDTH - 2 * MARGIN) / max((east - self._west) * self._narrow, 0.1)
        self.height = (self._north - self._south) * self._scale + 2 * MARGIN

    def at(self, place: Place) -> tuple[float, float]:
        """Where a place is drawn."""
        x = MARGIN + (place.longitude - self._west) * self._narrow * self._scale
        y = MARGIN + (self._north - place.latitude) * self._scale
        return round(x, 1), round(y, 1)


def _with_labels(points: Iterable[tuple[str, str, int, float, float]], height: float) -> tuple[Dot, ...]:
    """Give names a place to the right or left of their dots where they cover no other name; larger towns first."""
    taken: list[tuple[float, float, float, float]] = []
    dots = []
    ordered = sorted(points, key=lambda one: (-one[2], one[0]))
    for _, _, _, x, y in ordered:
        taken.append((x - 7, y - 7, x + 7, y + 7))
    for name, key, count, x, y in ordered:
        anchor, at = "", (x, y)
        for side in ("start", "end"):
            box = _box(name, x, y, side)
            own = (x - 7, y - 7, x + 7, y + 7)
            is_inside = box[0] >= 0 and box[2] <= WIDTH and box[1] >= 0 and box[3] <= height
            if is_inside and not any(_meet(box, other) for other in taken if other != own):
                taken.append(box)
                anchor, at = side, (x + OFFSET if side == "start" else x - OFFSET, y + 5)
                break
        dots.append(Dot(name, round(x, 1), round(y, 1), count, round(at[0], 1), round(at[1], 1), anchor, key))
    return tuple(dots)


def _box(name: str, x: float, y: float, side: str) -> tuple[float, float, float, float]:
    wide = len(name) * LABEL_WIDTH
    left = x + OFFSET - 1 if side == "start" else x - OFFSET + 1 - wide
    return (left, y - LABEL_HEIGHT / 2, left + wide, y + LABEL_HEIGHT / 2)


def _meet(one: tuple[float, float, float, float], other: tuple[float, float, float, float]) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]
