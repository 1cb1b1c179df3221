"""How do our own registry and pairs do on a set? Quality, time and memory."""

import resource
import sys
import time
from collections import defaultdict
from dataclasses import dataclass
from itertools import combinations, islice
from pathlib import Path

import numpy as np

from astra.science.linkage.normalise.remembering import forget
from astra.science.linkage.pairs import dedupe, link
from astra.science.linkage.record import Name, Record
from astra.science.linkage.registry import Registry
from astra.science.linkage.tables import Table
from astra.science.linkage.weighing.weights import Weights, load_weights
from bench.judging import measures
from bench.judging.sets import Set, rows_of

LIMIT, BATCH, WARM_UP = 10, 50_000, 50
MEGABYTE = 1_000_000


@dataclass(frozen=True, slots=True)
class Asked:
    """What asking a registry all questions of a set came to."""

    answers: dict[str, list[tuple[str, float]]]
    built_seconds: float
    milliseconds: list[float]
    processor: list[float]
    """Milliseconds of processor time, which other work on the machine disturbs less."""
    peak_megabytes: float

    def percentile(self, percent: float) -> float:
        """Milliseconds within which so many of a hundred questions were answered."""
        return float(np.percentile(self.milliseconds, percent))


def learned_weights() -> Weights:
    """The learned weights; those set by hand, and saying so, where none have been learned yet."""
    try:
        return load_weights()
    except FileNotFoundError:
        print("no learned weights in this checkout: the rules set by hand are measured", file=sys.stderr)
        return Weights()


def registry_of(path: Path) -> Registry:
    """Read a table into a registry, in parts so that few records lie in memory twice."""
    registry = Registry(weights=learned_weights())
    records = Table(path).records()
    while batch := list(islice(records, BATCH)):
        registry.add(batch)
        if len(registry) >= 2 * BATCH:
            print(f"  {len(registry):,} records read", file=sys.stderr, flush=True)
    return registry


def ask(which: Set) -> Asked:
    """Ask a registry every question of its set; the first ones warm up and are asked again."""
    begun = time.perf_counter()
    registry = registry_of(which.registry)
    built = time.perf_counter() - begun
    questions = list(Table(which.queries).records())
    for question in questions[:WARM_UP]:
        registry.search(question, LIMIT)
    answers, taken, worked = {}, [], []
    for question in questions:
        start, work = time.perf_counter(), time.process_time()
        found = registry.search(question, LIMIT)
        taken.append((time.perf_counter() - start) * 1000)
        worked.append((time.process_time() - work) * 1000)
        answers[question.id] = [(one.record_id, one.probability) for one in found]
    return Asked(answers, built, taken, worked, peak_megabytes())


def peak_megabytes() -> float:
    """The most memory that this process has had; what the system counts begins with that of whoever started it."""
    status = Path("/proc/self/status")
    if status.exists():
        (line,) = (line for line in status.read_text(encoding="ascii").splitlines() if line.startswith("VmHWM"))
        return int(line.split()[1]) * 1024 / MEGABYTE
    factor = 1 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * factor / MEGABYTE


def languages(which: Set) -> dict[str, str]:
    """The language of each name on record."""
    return {row["record_id"]: row["languages"] for row in rows_of(which.registry)}


def true_pairs(which: Set) -> set[tuple[str, str]]:
    """The pairs of records that are of one person."""
    people: dict[str, list[str]] = defaultdict(list)
    for row in rows_of(which.truth):
        people[row["entity_id"]].append(row["record_id"])
    return {two for ids in people.values() for two in combinations(sorted(ids), 2)}


def duplicates(which: Set) -> tuple[dict[tuple[str, str], float], float]:
    """The pairs that are found in a registry, and the seconds it took."""
    begun = time.perf_counter()
    found = {
        (pair.first, pair.second): pair.probability for pair in dedupe(registry_of(which.registry), threshold=0.01)
    }
    return found, time.perf_counter() - begun


def _begun() -> float:
    """The clock, once our tables of names and places are loaded and no name of an earlier set is remembered."""
    some = [Record(id=str(at), names=(Name("Aca", "Ilić"),), places=("Niš",), addresses=("Nova 1",)) for at in range(2)]
    list(dedupe(Registry(some)))
    forget()
    return time.perf_counter()


def linked(first: list[Record], second: list[Record]) -> tuple[dict[tuple[str, str], float], float]:
    """The pairs that two lists share, and the seconds it took."""
    begun = _begun()
    pairs = link(first, second, threshold=0.01, weights=learned_weights())
    return {(pair.first, pair.second): pair.probability for pair in pairs}, time.perf_counter() - begun


def of_one(records: list[Record]) -> tuple[dict[tuple[str, str], float], float]:
    """The pairs within one list, and the seconds it took."""
    begun = _begun()
    pairs = dedupe(Registry(records, weights=learned_weights()), threshold=0.01)
    return {(pair.first, pair.second): pair.probability for pair in pairs}, time.perf_counter() - begun


def quality(asked: Asked, which: Set) -> measures.Quality:
    """Judge what was answered."""
    return measures.quality(asked.answers, rows_of(which.queries))
