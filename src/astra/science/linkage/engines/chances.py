"""How often does each agreement happen by chance, said so that a database can look it up?"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from astra.science.linkage.engines.flat import DAYS_A_YEAR, NOW_YEAR, FlatRow
from astra.science.linkage.registry import Registry
from astra.science.linkage.weighing.evidence import births, others

MOST_ASKED = 2_000
"""So many records say how often dates and places agree by chance in the middle."""


@dataclass
class Chances:
    """What happens by chance between two records of different people.

    Parameters
    ----------
    frequencies : dict
        For each column of the flat table whose rarity counts, how likely each of its values is by chance.
    births, places : numpy.ndarray, shape (levels,)
        The natural logarithm of how likely each level is, in the middle of the records.
    """

    births: NDArray[np.float64]
    places: NDArray[np.float64]
    frequencies: dict[str, dict[str, float]] = field(default_factory=lambda: defaultdict(dict))


def chances_of(registry: Registry, rows: Sequence[FlatRow], at: Sequence[int]) -> Chances:
    """Count the chances in a registry.

    Parameters
    ----------
    registry : Registry
        The records.
    rows, at : sequence
        Their flat rows, and where each stands in the registry.
    """
    some = at[:: max(len(at) // MOST_ASKED, 1)]
    found = Chances(_births(registry, some), _places(registry, some))
    for name in ("given", "family", "father", "mother"):
        for row in rows:
            if row[name] is not None:
                found.frequencies[name][row[name]] = float(np.exp(-row[f"{name}_rarity"]))
    _put_days(registry, rows, found)
    for row in rows:
        if row["place"] is not None and row["place"] not in found.frequencies["place"]:
            chance = place_chances(registry, int(row["place"]))
            found.frequencies["place"][row["place"]] = float(chance[others.PLACE_SAME])
    return found


def _put_days(registry: Registry, rows: Sequence[FlatRow], found: Chances) -> None:
    shares = registry.ranker.shares.years
    for row in rows:
        year = row["born_year"]
        if year is None:
            continue
        key = str(year)
        if key not in found.frequencies["born_year"]:
            chance = births.by_chance(0, year + 0.5, False, NOW_YEAR, shares)
            found.frequencies["born_year"][key] = float(chance[births.YEAR_SAME])
        if row["born_key"] is not None:
            found.frequencies["born_key"][row["born_key"]] = found.frequencies["born_year"][key] / 365.25


def _births(registry: Registry, some: Sequence[int]) -> NDArray[np.float64]:
    found = []
    for at in some:
        row = registry.columns.row_at(int(at))
        if row.born_middle:
            seen = row.seen_on / DAYS_A_YEAR if row.seen_on else NOW_YEAR
            asked = row.born_day, row.born_middle, row.born_guessed, seen
            found.append(np.log(births.by_chance(*asked, registry.ranker.shares.years)))
    return np.mean(found, axis=0) if found else np.zeros(births.LEVELS)


def place_chances(registry: Registry, code: int) -> NDArray[np.float64]:
    """How likely each level of nearness to one place is by chance."""
    shares = registry.ranker.shares
    apart = registry.columns.places.distances_from(code)[: len(shares.places)]
    levels = others.place_levels(apart[:, None], np.ones((len(apart), 1), np.bool_), 1)
    return others.place_chances(levels, shares.places, shares.places_each, 0.5 / shares.placed)


def _places(registry: Registry, some: Sequence[int]) -> NDArray[np.float64]:
    codes: dict[int, int] = defaultdict(int)
    for at in some:
        row = registry.columns.row_at(int(at))
        for code in dict.fromkeys((*row.homes, *row.seen)):
            codes[code] += 1
    if not codes:
        return np.zeros(others.PLACE_LEVELS)
    logarithms = [np.log(place_chances(registry, code)) for code in codes]
    return np.average(logarithms, axis=0, weights=list(codes.values()))
