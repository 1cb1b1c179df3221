"""Which questions are the weights learned from, and what did the ranker see of each?"""

import csv
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from astra.science.linkage.invented import invent
from astra.science.linkage.normalise.names import name_words
from astra.science.linkage.record import Record
from astra.science.linkage.registry import Registry
from astra.science.linkage.tables import Table, read_row
from astra.science.linkage.weighing.ranker import BIRTH, MARKS, NAME, PLACE, Weighed
from astra.science.linkage.weighing.weights import LEVELS, Weights

MOST_RIVALS = 60
"""So many of the best candidates of each question are learned from; the others say next to nothing."""


@dataclass
class Sample:
    """A registry with questions and their answers."""

    registry: Registry
    questions: list[Record]
    answers: list[frozenset[str]]

    @classmethod
    def invented(cls, seed: int, records: int, questions: int, noise: str) -> "Sample":
        """Invent a sample."""
        people = invent(seed, records, questions, noise=noise)
        return cls(
            Registry(read_row(row, "record_id") for row in people.registry),
            [read_row(row, "query_id") for row in people.queries],
            [frozenset(filter(None, row["true_ids"].split(";"))) for row in people.queries],
        )

    @classmethod
    def read(cls, folder: Path) -> "Sample":
        """Read a sample from the tables registry.csv and queries.csv (with true_ids) of a folder."""
        questions = list(Table(folder / "queries.csv").records())
        with (folder / "queries.csv").open(encoding="utf-8", newline="") as file:
            answers = {row["query_id"]: row["true_ids"] for row in csv.DictReader(file)}
        return cls(
            Registry(Table(folder / "registry.csv").records()),
            questions,
            [frozenset(filter(None, answers[question.id].split(";"))) for question in questions],
        )

    def first(self, number: int) -> "Sample":
        """The same registry with its first questions only."""
        return Sample(self.registry, self.questions[:number], self.answers[:number])

    def weighed_by(self, weights: Weights) -> None:
        """Let the registry weigh with these weights from now on."""
        self.registry.reweigh(weights)

    def names_of(self, rows: list[NDArray[np.int64]], weights: Weights) -> NDArray[np.float64]:
        """What the names of some candidates of each question say with these weights, one line each."""
        self.weighed_by(weights)
        ranker = self.registry.ranker
        says = [
            ranker.names(ranker.asked_words(name_words(question)), some)[1].total
            for question, some in zip(self.questions, rows, strict=True)
        ]
        return np.concatenate(says).astype(np.float64)

    def is_true(self, rows: NDArray[np.int64], answer: frozenset[str]) -> NDArray[np.bool_]:
        """Which rows are the person asked about."""
        ids = self.registry.columns.ids
        return np.array([ids[row] in answer for row in rows.tolist()], np.bool_)


@dataclass(frozen=True, slots=True)
class Seen:
    """What the ranker saw of the candidates of all questions, one line each.

    Parameters
    ----------
    levels : scipy.sparse.csr_array, shape (lines, columns)
        1 in the column of each level that the candidate has; marks are counted.
    names, chance : numpy.ndarray, shape (lines,)
        What the names say, and what the births and places say by their rarity.
    true : numpy.ndarray, shape (lines,), bool
        Whether the candidate is the person asked about.
    question : numpy.ndarray, shape (lines,)
        The number of the question.
    among : numpy.ndarray, shape (questions,)
        Natural logarithm of how many records there were.
    rows
        For each sample, the candidates of each of its questions: none if the question teaches nothing.
    """

    levels: csr_array
    names: NDArray[np.float64]
    chance: NDArray[np.float64]
    true: NDArray[np.bool_]
    question: NDArray[np.int64]
    among: NDArray[np.float64]
    rows: list[list[NDArray[np.int64]]]


def column_starts() -> dict[str, int]:
    """Where the columns of each table of levels begin."""
    starts, start = {}, 0
    for name, levels in LEVELS.items():
        starts[name] = start
        start += len(levels)
    return starts


def see(samples: Iterable[Sample], weights: Weights) -> Seen:
    """Let the ranker look at every question; those whose answer is no candidate teach nothing here."""
    parts: list[tuple[NDArray[Any], ...]] = []
    among: list[float] = []
    seen_rows: list[list[NDArray[np.int64]]] = []
    for sample in samples:
        sample.weighed_by(weights)
        seen_rows.append([])
        for question, answer in zip(sample.questions, sample.answers, strict=True):
            rows, weighed = sample.registry.weigh(question)
            true = sample.is_true(rows, answer)
            best = np.union1d(np.argsort(-weighed.total, kind="stable")[:MOST_RIVALS], np.flatnonzero(true))
            if answer and not true.any():
                best = best[:0]
            seen_rows[-1].append(rows[best])
            if not len(best):
                continue
            parts.append((*_lines(weighed.of(best), weights), true[best], np.full(len(best), len(among))))
            among.append(float(np.log(max(len(sample.registry), 1))))
    levels, names, chance, true, question_at = (np.concatenate(column) for column in zip(*parts, strict=True))
    whole = names.astype(np.float64), chance.astype(np.float64)
    return Seen(csr_array(levels.astype(np.float64)), *whole, true, question_at, np.array(among), seen_rows)


def _lines(weighed: Weighed, weights: Weights) -> tuple[NDArray[np.float32], NDArray[np.float32], NDArray[np.float32]]:
    number = len(weighed.says[NAME])
    starts = column_starts()
    levels = np.zeros((number, sum(map(len, LEVELS.values()))), np.float32)
    chance = np.zeros(number, np.float32)
    for name, found in weighed.levels.items():
        if name in LEVELS and name != MARKS:
            levels[np.arange(number), starts[name] + found] = 1
    for level, count in enumerate(weighed.marks.T):
        levels[:, starts[MARKS] + level] = count
    for name in (BIRTH, PLACE):
        own = np.array(getattr(weights, name), np.float32)[weighed.levels[name]]
        chance += np.where(weighed.levels[name] > 0, weighed.says[name] - own, 0.0)
    return levels, weighed.says[NAME], chance
