"""Which towns are there, who lives in them, and what do people write instead of their names?"""

from functools import lru_cache
from random import Random
from typing import NamedTuple

from astra.science.linkage.invented.drawing import Weighted, one_of
from astra.science.linkage.invented.hands import Hand
from astra.science.linkage.invented.slips import slip
from astra.science.linkage.invented.tables import parts_of, rows_of

_AT_HOME = 12.0
"""How much likelier a town of the own community is than its weight says."""
_ABROAD = "00"


class Town(NamedTuple):
    """One town: its name, the digits of its region in a national number ("00" abroad), and what stands for it."""

    name: str
    region: str
    weight: float
    communities: tuple[str, ...]
    foreign: tuple[str, ...]
    near: tuple[str, ...]
    camps: tuple[str, ...]


@lru_cache(maxsize=1)
def towns() -> tuple[Town, ...]:
    """Read every town of places.csv."""
    return tuple(
        Town(
            row["town"],
            row["region"],
            float(row["weight"]),
            parts_of(row["communities"]),
            parts_of(row["foreign"]),
            parts_of(row["near"]),
            parts_of(row["camps"]),
        )
        for row in rows_of("places.csv")
    )


@lru_cache(maxsize=32)
def _homes(community: str) -> Weighted[Town]:
    fitting = [town for town in towns() if town.region != _ABROAD or community in town.communities]
    return Weighted(fitting, [town.weight * (_AT_HOME if community in town.communities else 1.0) for town in fitting])


@lru_cache(maxsize=32)
def _origins(community: str) -> Weighted[Town]:
    """Where those come from who came over the border."""
    abroad = [town for town in towns() if town.region == _ABROAD and community in town.communities]
    return Weighted(abroad or towns(), [town.weight for town in abroad or towns()])


@lru_cache(maxsize=1)
def _camps() -> Weighted[Town]:
    with_camps = [town for town in towns() if town.camps]
    return Weighted(with_camps, [town.weight**0.5 for town in with_camps])


def draw_home(rng: Random, community: str) -> Town:
    """Draw the town where somebody of a community lives."""
    return _homes(community).draw(rng)


def draw_origin(rng: Random, community: str) -> Town:
    """Draw the town abroad where somebody of a community comes from."""
    return _origins(community).draw(rng)


def draw_elsewhere(rng: Random, community: str, *, is_on_the_way: bool) -> Town:
    """Draw a town where somebody may turn up; who is on the way turns up where camps are more often than at home."""
    return draw_camp_town(rng) if is_on_the_way and rng.random() < 0.8 else draw_home(rng, community)


def draw_camp_town(rng: Random) -> Town:
    """Draw a town with a camp or a reception centre."""
    return _camps().draw(rng)


def write_place(rng: Random, town: Town, near: str, hand: Hand, *, is_camp: bool = False) -> str:
    """Write a place as a desk or a caller does.

    Parameters
    ----------
    rng : Random
        The source of chance.
    town : Town
        Where it is.
    near : str
        The village or quarter where the person lives, or nothing.
    hand : Hand
        Who writes.
    is_camp : bool
        Whether she may be in a camp of the town.

    Returns
    -------
    str
        The place as written.
    """
    rates, done = hand.rates, hand.done
    if town.camps and is_camp and rng.random() < rates["camp"]:
        done.append("camp")
        text = one_of(rng, town.camps)
    elif town.near and rng.random() < rates["village"]:
        done.append("village")
        village = near or one_of(rng, town.near)
        around = (f"{village}, {town.name}", f"{town.name} - {village}", f"{village} ({town.name})")
        text = one_of(rng, (village, village, *around))
    elif town.foreign and rng.random() < rates["place_foreign"]:
        done.append("place_foreign")
        return one_of(rng, town.foreign)
    else:
        text = town.name
    if rng.random() < rates["place_misspelt"]:
        text, kind = slip(rng, text)
        if kind:
            done.append("place_misspelt")
    return hand.words(text)
