"""Which weights make the right answers likeliest?

The levels enter the sum of evidence one by one, so their weights are those of a conditional logit: each question
chooses among its candidates and "nobody on record" (McFadden 1974, Conditional logit analysis of qualitative choice
behavior, equation 12). The few numbers of the names enter in other ways and are sought one after another.
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
FIRST_STEP, LAST_STEP = 0.4, 0.15
NUMBERS = [("channel", one.name) for one in fields(Channel)] + [("names", one.name) for one in fields(NameWeights)]
"""The numbers that are sought one after another."""

Say = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class _Choice:
    """The conditional logit over what the ranker saw; parameters: one for each level, the names, nobody on record."""

    seen: Seen
    start: NDArray[np.float64]
    fixed: NDArray[np.int64]

    def loss(self, parameters: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        """The negative log-likelihood and its gradient, with what holds the parameters back."""
        seen, width = self.seen, self.seen.levels.shape[1]
        questions = len(seen.among)
        sums = seen.levels @ parameters[:width] + seen.chance + seen.names * parameters[width]
        nobody = seen.among + parameters[width + 1]
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
        gradient = np.zeros(width + 2)
        gradient[:width] = seen.levels.T @ slope
        gradient[width] = seen.names @ slope
        gradient[width + 1] = (of_nobody / whole - ~is_known).sum()
        moved = parameters - self.start
        gradient += 2 * HELD_BACK * moved
        gradient[self.fixed] = 0.0
        return float(np.log(whole).sum() - np.log(right).sum() + HELD_BACK * (moved**2).sum()), gradient


def fit_levels(weights: Weights, samples: Sequence[Sample]) -> Weights:
    """Fit the weights of all levels, the weight of the names as a whole, and how likely nobody is on record."""
    seen = see(samples, weights)
    starts = column_starts()
    tables = [np.array(getattr(weights, name), np.float64) for name in LEVELS]
    nobody = np.log(1 - weights.known_before) - np.log(weights.known_before)
    start = np.concatenate([*tables, [1.0, nobody]])
    fixed = np.array([starts[name] for name in LEVELS if name != "marks"])
    choice = _Choice(seen, start, fixed)
    found = minimize(choice.loss, start, jac=True, method="L-BFGS-B", options={"maxiter": 400}).x
    fitted: dict[str, Any] = {
        name: tuple(float(value) for value in found[starts[name] : starts[name] + len(levels)])
        for name, levels in LEVELS.items()
    }
    names = replace(weights.names, scale=weights.names.scale * float(found[-2]))
    return replace(weights, names=names, known_before=float(1 / (1 + np.exp(found[-1]))), **fitted)


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


def fit_numbers(weights: Weights, samples: Sequence[Sample], say: Say) -> Weights:
    """Seek the numbers of the names, one after another, by steps that become smaller."""
    best = loss(weights, samples)
    step = FIRST_STEP
    while step >= LAST_STEP:
        for part, name in NUMBERS:
            for direction in (step, -step):
                while True:
                    tried = _moved(weights, part, name, direction)
                    value = loss(tried, samples)
                    if value >= best - 1e-5:
                        break
                    weights, best = tried, value
            say(f"step {step:.2f}, {part}.{name} = {getattr(getattr(weights, part), name):.2f}: {best:.5f}")
        step /= 2
    return weights


def _moved(weights: Weights, part: str, name: str, by: float) -> Weights:
    if part == "channel":
        moved = {name: round(getattr(weights.channel, name) + by, 3)}
        return replace(weights, channel=replace(weights.channel, **moved))
    by = by / 5 if name == "scale" else by
    return replace(weights, names=replace(weights.names, **{name: round(getattr(weights.names, name) + by, 3)}))
