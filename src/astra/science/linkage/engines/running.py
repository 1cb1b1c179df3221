"""Which records are of one person, when a database compares them? As `pairs`, with another engine behind it."""

import importlib
import math
from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from typing import Any

import numpy as np

from astra.science.linkage.engines.chances import Chances, chances_of
from astra.science.linkage.engines.databases import ENGINES, Database
from astra.science.linkage.engines.flat import FlatRow, Flattening
from astra.science.linkage.engines.levels import Comparison, comparisons
from astra.science.linkage.engines.model import settings
from astra.science.linkage.pairs import WORTH_KEEPING, Pair, probabilities
from astra.science.linkage.record import Record
from astra.science.linkage.registry import Registry
from astra.science.linkage.weighing.evidence import births, others
from astra.science.linkage.weighing.ranker import BIRTH, HEIGHT, NUMBER, PLACE
from astra.science.linkage.weighing.reasons import WORDS, Reason
from astra.science.linkage.weighing.weights import Weights

_CALLED = {NUMBER: "national"}
_SAYS_SOMETHING = 0.3


def dedupe_on(engine: str, registry: Registry, *, threshold: float = 0.5) -> Iterator[Pair]:
    """Find the records of a registry that are of one person, compared by a database.

    Parameters
    ----------
    engine : str
        "duckdb" or "spark".
    registry : Registry
        The records.
    threshold : float
        The least probability of a pair that is given.

    Yields
    ------
    Pair
        The likeliest first, as `pairs.dedupe` gives them.

    Raises
    ------
    EngineMissing
        Where the engine is not installed.
    """
    with ENGINES[engine]() as database:
        at = np.flatnonzero(registry.columns.is_there.rows).tolist()
        rows = list(Flattening(registry).rows(at))
        chances = chances_of(registry, rows, at)
        tables = [database.table(rows, "records")]
        found = _weighed(database, tables, registry.weights, chances, len(rows))
        yield from _likely(found, {row["unique_id"]: row for row in rows}, len(rows), threshold)


def link_on(
    engine: str, first: Iterable[Record], second: Iterable[Record], *, threshold: float = 0.5, weights: Weights
) -> Iterator[Pair]:
    """Find the records of two lists that are of one person, compared by a database.

    Parameters
    ----------
    engine, threshold
        As in `dedupe_on`.
    first, second : iterable of Record
        The lists; an id may stand in both.
    weights : Weights
        What agreements are worth.

    Yields
    ------
    Pair
        A record of the first list and one of the second, the likeliest pair first.

    Raises
    ------
    EngineMissing
        Where the engine is not installed.
    """
    with ENGINES[engine]() as database:
        registry = Registry(weights=weights)
        sides = [_added(registry, side, records) for side, records in (("a", first), ("b", second))]
        flattening = Flattening(registry)
        rows = [list(flattening.rows(side)) for side in sides]
        both, at = [*rows[0], *rows[1]], [*sides[0], *sides[1]]
        chances = chances_of(registry, both, at)
        tables = [database.table(some, name) for some, name in zip(rows, ("list_a", "list_b"), strict=True)]
        found = _weighed(database, tables, weights, chances, len(both))
        for pair in _likely(found, {row["unique_id"]: row for row in both}, len(both), threshold):
            one, other = sorted((pair.first, pair.second))
            yield Pair(one[1:], other[1:], pair.probability, pair.why)


def _added(registry: Registry, side: str, records: Iterable[Record]) -> Sequence[int]:
    """Add a list under ids that tell the lists apart, and say in which rows it stands."""
    begun = registry.columns.size
    names = [name for name in Record.__slots__ if name != "id"]
    registry.add(Record(id=side + one.id, **{name: getattr(one, name) for name in names}) for one in records)
    return range(begun, registry.columns.size)


class _Found:
    """A pair as Splink gives it back."""

    def __init__(self, row: dict[str, Any], compared: tuple[Comparison, ...], before: float) -> None:
        self.ids: tuple[str, str] = (min(both := (row["unique_id_l"], row["unique_id_r"])), max(both))
        self.says = row["match_weight"] * math.log(2) - before
        self._row, self._compared = row, compared

    def reasons(self, rows: dict[str, FlatRow]) -> tuple[Reason, ...]:
        """Why: the level of each comparison in words."""
        one, other = (rows[record_id] for record_id in self.ids)
        found = [self._reason(comparison, one, other) for comparison in self._compared]
        ordered = sorted(filter(None, found), key=lambda reason: (-reason.says, str(reason)))
        return tuple({str(reason): reason for reason in ordered}.values())

    def _reason(self, comparison: Comparison, one: FlatRow, other: FlatRow) -> Reason | None:
        gamma = self._row[f"gamma_{comparison.about}"]
        if gamma < 0:
            return None
        level = comparison.levels[len(comparison.levels) - 1 - gamma]
        says = sum(self._row[column] or 0.0 for column in _columns(comparison)[1:]) * math.log(2)
        about = _CALLED.get(comparison.about, comparison.about)
        if (about, level.how) not in WORDS or abs(says) < _SAYS_SOMETHING:
            return None
        return Reason(about, level.how, says, _amount(about, level.how, one, other))


def _amount(about: str, how: str, one: FlatRow, other: FlatRow) -> int:
    """Years, kilometres or centimetres apart, where the sentence names them."""
    if about == BIRTH and int(how) not in (births.SAME_DAY, births.TURNED):
        return max(round(abs(float(one["born_middle"]) - float(other["born_middle"]))), 1)
    if about == PLACE and others.PLACE_SAME < int(how) < others.PLACE_OTHER:
        return _kilometres(one, other)
    return abs(int(one["height"]) - int(other["height"])) if about == HEIGHT else 0


def _kilometres(one: FlatRow, other: FlatRow) -> int:
    apart: list[float] = []
    for mine in ("1", "2"):
        for theirs in ("1", "2"):
            north, east = one[f"lat_{mine}"], one[f"lon_{mine}"]
            if north is not None and other[f"lat_{theirs}"] is not None:
                across = (east - other[f"lon_{theirs}"]) * math.cos(math.radians(north))
                apart.append(111.2 * math.hypot(north - other[f"lat_{theirs}"], across))
    return round(min(apart, default=0.0))


def _weighed(database: Database, tables: list[Any], weights: Weights, chances: Chances, records: int) -> list[_Found]:
    """Let Splink weigh every pair that is called, and keep those that are worth it."""
    compared = comparisons(weights, chances, database.dialect)
    model = settings(compared, "dedupe_only" if len(tables) == 1 else "link_only", records)
    linker = importlib.import_module("splink").Linker(tables, model, log_level="ERROR")
    for column, values in chances.frequencies.items():
        linker.table_management.register_term_frequency_lookup(database.lookup(column, values), column)
    share = model["probability_two_random_records_match"]
    before = math.log(share / (1 - share))
    floor = (math.log(max(records, 1)) + WORTH_KEEPING + before) / math.log(2)
    predicted = linker.inference.predict(threshold_match_weight=floor if database.filters_early else None)
    kept = database.kept(predicted, floor, [column for one in compared for column in _columns(one)])
    return [_Found(row, compared, before) for row in kept]


def _columns(comparison: Comparison) -> list[str]:
    """The level of a comparison and its weight; where rarity counts, what that adds."""
    adjusted = [f"mw_tf_adj_{comparison.about}"] if any(level.rare for level in comparison.levels) else []
    return [f"gamma_{comparison.about}", f"mw_{comparison.about}", *adjusted]


def _likely(found: list[_Found], rows: dict[str, FlatRow], among: int, threshold: float) -> Iterator[Pair]:
    chances = probabilities([one.says for one in found], among)
    likely = [(chance, one) for chance, one in zip(chances, found, strict=True) if chance >= threshold]
    for chance, one in sorted(likely, key=lambda pair: (-pair[0], pair[1].ids)):
        yield Pair(*one.ids, chance, partial(one.reasons, rows))
