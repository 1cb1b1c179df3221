"""How good are ranked answers with probabilities? Every figure comes from query, rank, record and probability."""

import csv
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

BINS = 10
PRECISION = 0.95
FAIR = 0.05
FEWEST = 30
"""Languages with fewer questions are reported but not compared."""
Answers = Mapping[str, list[tuple[str, float]]]
"""For each query the records given, the likeliest first, each with its probability."""


@dataclass
class Quality:
    """The figures of one set of answers."""

    at_1: float
    at_10: float
    f1: float
    recall: float
    error: float
    error_of_first: float
    kinds: dict[str, tuple[float, float, int]] = field(default_factory=dict)
    bins: list[tuple[float, float, int]] = field(default_factory=list)
    """For each bin of probability: the mean probability, the share that is true, how many."""


def read_answers(path: Path) -> dict[str, list[tuple[str, float]]]:
    """Read what `astra match` wrote."""
    found: dict[str, list[tuple[int, str, float]]] = defaultdict(list)
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            found[row["query_id"]].append((int(row["rank"]), row["record_id"], float(row["probability"])))
    return {query: [(record, chance) for _, record, chance in sorted(rows)] for query, rows in found.items()}


def true_ids(row: Mapping[str, str]) -> frozenset[str]:
    """The records that answer a question."""
    return frozenset(filter(None, row["true_ids"].split(";")))


def quality(answers: Answers, queries: Iterable[Mapping[str, str]]) -> Quality:
    """Judge answers.

    Parameters
    ----------
    answers : mapping
        What was given for each query.
    queries : iterable of rows
        The questions with `true_ids` and `kind`.
    """
    rows = list(queries)
    ranks = {row["query_id"]: _rank(answers.get(row["query_id"], []), true_ids(row)) for row in rows}
    asked = [row for row in rows if row["true_ids"]]
    f1, recall = _accepting(answers, rows)
    pairs = np.array(
        [(chance, record in true_ids(row)) for row in rows for record, chance in answers.get(row["query_id"], [])],
        float,
    ).reshape(-1, 2)
    first = np.array(
        [(chance, record in true_ids(row)) for row in rows for record, chance in answers.get(row["query_id"], [])[:1]],
        float,
    ).reshape(-1, 2)
    found = Quality(
        _share(ranks, asked, 1),
        _share(ranks, asked, 10),
        f1,
        recall,
        calibration_error(pairs),
        calibration_error(first),
    )
    for kind in sorted({row["kind"] for row in asked}):
        some = [row for row in asked if row["kind"] == kind]
        found.kinds[kind] = _share(ranks, some, 1), _share(ranks, some, 10), len(some)
    found.bins = bins_of(pairs)
    return found


def _rank(given: list[tuple[str, float]], true: frozenset[str]) -> int:
    return next((at for at, (record, _) in enumerate(given, start=1) if record in true), 10**9)


def _share(ranks: Mapping[str, int], rows: list[Mapping[str, str]], within: int) -> float:
    return sum(ranks[row["query_id"]] <= within for row in rows) / max(len(rows), 1)


def _accepting(answers: Answers, rows: list[Mapping[str, str]]) -> tuple[float, float]:
    """Accept the first answer above a threshold or say none: the best F1, and the recall at 95 % precision."""
    tops = [(answers[row["query_id"]][0], true_ids(row)) for row in rows if answers.get(row["query_id"])]
    tops.sort(key=lambda top: -top[0][1])
    right = np.cumsum([record in true for (record, _), true in tops])
    taken = np.arange(1, len(tops) + 1)
    is_end = np.append(np.diff([chance for (_, chance), _ in tops]) != 0, True)  # equal probabilities go together
    known = sum(bool(row["true_ids"]) for row in rows)
    f1 = 2 * right / (taken + known)
    enough = right[is_end & (right / taken >= PRECISION)]
    return float(f1[is_end].max(initial=0.0)), float(enough.max(initial=0)) / max(known, 1)


def bins_of(pairs: NDArray[np.float64]) -> list[tuple[float, float, int]]:
    """Mean probability, share that is true and number in each of ten bins; bins without pairs are left out."""
    at = np.minimum((pairs[:, 0] * BINS).astype(int), BINS - 1)
    return [
        (float(pairs[at == one, 0].mean()), float(pairs[at == one, 1].mean()), int((at == one).sum()))
        for one in range(BINS)
        if (at == one).any()
    ]


def calibration_error(pairs: NDArray[np.float64]) -> float:
    """The expected calibration error: how far probability and truth are apart in the bins, by their numbers.

    Source: Naeini, Cooper and Hauskrecht 2015, Proceedings of AAAI 29, 2901-2907.
    """
    return sum(abs(said - true) * number for said, true, number in bins_of(pairs)) / max(len(pairs), 1)


def by_language(
    answers: Answers, queries: Iterable[Mapping[str, str]], languages: Mapping[str, str]
) -> dict[str, tuple[float, float, int]]:
    """hit@1, hit@10 and number of questions by the language of the name on record."""
    groups: dict[str, list[Mapping[str, str]]] = defaultdict(list)
    ranks = {}
    for row in queries:
        if row["true_ids"]:
            groups[languages[min(true_ids(row))]].append(row)
            ranks[row["query_id"]] = _rank(answers.get(row["query_id"], []), true_ids(row))
    return {name: (_share(ranks, some, 1), _share(ranks, some, 10), len(some)) for name, some in sorted(groups.items())}


def best_f1(pairs: Mapping[tuple[str, str], float], true: set[tuple[str, str]]) -> tuple[float, float, float]:
    """Precision, recall and F1 of pairs at their best threshold."""
    ordered = sorted(pairs.items(), key=lambda pair: -pair[1])
    right = np.cumsum([two in true for two, _ in ordered])
    taken = np.arange(1, len(ordered) + 1)
    f1 = 2 * right / (taken + len(true))
    at = int(f1.argmax()) if len(f1) else 0
    return (float(right[at] / taken[at]), float(right[at] / len(true)), float(f1[at])) if len(f1) else (0.0, 0.0, 0.0)
