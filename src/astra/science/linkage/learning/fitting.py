"""Which weights make the right answers likeliest?

Each question chooses among its candidates and "nobody on record", so the weights are those of a conditional logit
(McFadden 1974, Conditional logit analysis of qualitative choice behavior, equation 12). The levels enter the sum of
evidence one by one. The numbers of the names enter in other ways: how the sum moves with each of them is measured by
moving it, the logit is fitted along these slopes, and the slopes are measured again where it led.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, fields, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from astra.science.linkage.keeping.vocabulary import Channel
from astra.science.linkage.learning.samples import Sample, Seen, column_starts, see
from astra.science.linkage.weighing.weights import LEVELS, NameWeights, Weights

HELD_BACK = 2.0
"""How strongly weights are held to where they were: a level that nobody has stays there."""
LEAST_LIKELY = -9.0
"""No answer counts as less likely than this, so that hopeless questions do not rule."""
MOVED_BY = 0.3
"""So far is a number moved to see how the evidence moves with it."""
FARTHEST = 0.8
"""No number goes farther in one round: beyond, its slope is another."""
ROUNDS, LEAST_GAIN = 6, 3e-4
NUMBERS = [("channel", one.name) for one in fields(Channel)] + [("names", one.name) for one in fields(NameWeights)]
"""The numbers of the names."""

Say = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class _Choice:
    """The conditional logit over what the ranker saw; parameters: the levels, nobody on record, the numbers' moves."""

    seen: Seen
    slopes: NDArray[np.float64]
    """How the evidence of each line moves with each number, shape (lines, numbers)."""
    start: NDArray[np.float64]
    fixed: NDArray[np.int64]

    def loss(self, parameters: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        """The negative log-likelihood and its gradient, with what holds the parameters back."""
        seen, width = self.seen, self.seen.levels.shape[1]
        questions = len(seen.among)
        sums = seen.levels @ parameters[:width] + seen.chance + seen.names
        sums += self.slopes @ parameters[width + 1 :]
        nobody = seen.among + parameters[width]
        most = nobody.copy()
        np.maximum.at(most, seen.question, sums)
        weights = np.exp(sums - most[seen.question])
        of_nobody = np.exp(nobody - most)
        whole = np.bincount(seen.question, weights, questions) + of_nobody
        right = np.bincount(seen.question[seen.true], weights[seen.true], questions)
        is_known = right > 0
        right = np.where(is_known, right, of_nobody)
        slope = weights / whole[seen.question]
        slope[seen.true] -= weights[seen.true] / right[seen.question[seen.true]]
        gradient = np.zeros(len(parameters))
        gradient[:width] = seen.levels.T @ slope
        gradient[width] = (of_nobody / whole - ~is_known).sum()
        gradient[width + 1 :] = self.slopes.T @ slope
        moved = parameters - self.start
        gradient += 2 * HELD_BACK * moved
        gradient[self.fixed] = 0.0
        return float(np.log(whole).sum() - np.log(right).sum() + HELD_BACK * (moved**2).sum()), gradient


def fit(weights: Weights, samples: Sequence[Sample], say: Say) -> Weights:
    """Fit all weights, round after round, as long as the right answers become likelier."""
    best = loss(weights, samples)
    say(f"to begin with: {best:.5f}")
    for number in range(1, ROUNDS + 1):
        seen = see(samples, weights)
        slopes = _slopes(samples, weights, seen)
        share, tried, value = 1.0, weights, np.inf
        while value > best and share > 0.2:
            tried = _fitted(weights, seen, slopes, FARTHEST * share)
            value, share = loss(tried, samples), share / 2
        say(f"round {number}: {value:.5f}")
        if value > best - LEAST_GAIN:
            break
        weights, best = tried, value
    return weights


def fit_levels(weights: Weights, samples: Sequence[Sample]) -> Weights:
    """Fit the weights of the levels alone, the numbers of the names as they are."""
    seen = see(samples, weights)
    return _fitted(weights, seen, np.zeros((len(seen.names), 0)), 0.0)


def _slopes(samples: Sequence[Sample], weights: Weights, seen: Seen) -> NDArray[np.float64]:
    """How the evidence of the names moves with each of their numbers, measured by moving it."""
    columns = []
    for part, name in NUMBERS:
        moved = [sample.names_of(rows, moved_by(weights, part, name, MOVED_BY)) for sample, rows in
                 zip(samples, seen.rows, strict=True)]  # fmt: skip
        columns.append((np.concatenate(moved) - seen.names) / MOVED_BY)
    return np.stack(columns, axis=1)


def _fitted(weights: Weights, seen: Seen, slopes: NDArray[np.float64], farthest: float) -> Weights:
    starts = column_starts()
    tables = [np.array(getattr(weights, name), np.float64) for name in LEVELS]
    nobody = np.log(1 - weights.known_before) - np.log(weights.known_before)
    start = np.concatenate([*tables, [nobody], np.zeros(slopes.shape[1])])
    fixed = np.array([starts[name] for name in LEVELS if name != "marks"])
    choice = _Choice(seen, slopes, start, fixed)
    bounds = [(None, None)] * (len(start) - slopes.shape[1]) + [(-farthest, farthest)] * slopes.shape[1]
    options = {"maxiter": 400, "maxfun": 600}
    found = minimize(choice.loss, start, jac=True, method="L-BFGS-B", bounds=bounds, options=options).x
    fitted: dict[str, Any] = {
        name: tuple(float(value) for value in found[starts[name] : starts[name] + len(levels)])
        for name, levels in LEVELS.items()
    }
    width = seen.levels.shape[1]
    weights = replace(weights, known_before=float(1 / (1 + np.exp(found[width]))), **fitted)
    for (part, name), by in zip(NUMBERS, found[width + 1 :].tolist(), strict=False):
        weights = moved_by(weights, part, name, by)
    return weights


def moved_by(weights: Weights, part: str, name: str, by: float) -> Weights:
    """The same weights with one number of the names moved."""
    if part == "channel":
        return replace(weights, channel=replace(weights.channel, **{name: getattr(weights.channel, name) + by}))
    by = by / 5 if name == "scale" else by  # a factor, so that its step is as far as those of the others
    return replace(weights, names=replace(weights.names, **{name: getattr(weights.names, name) + by}))


def loss(weights: Weights, samples: Sequence[Sample]) -> float:
    """How unlikely the right answers are: the mean negative log-likelihood of a question."""
    total, number = 0.0, 0
    nobody = np.log(1 - weights.known_before) - np.log(weights.known_before)
    for sample in samples:
        sample.weighed_by(weights)
        none = np.log(max(len(sample.registry), 1)) + nobody
        for question, answer in zip(sample.questions, sample.answers, strict=True):
            rows, weighed = sample.registry.weigh(question)
            sums = np.append(weighed.total.astype(np.float64), none)
            true = np.append(sample.is_true(rows, answer), not answer)
            likely = np.logaddexp.reduce(sums[true]) - np.logaddexp.reduce(sums) if true.any() else LEAST_LIKELY
            total -= max(float(likely), LEAST_LIKELY)
            number += 1
    return total / max(number, 1)
