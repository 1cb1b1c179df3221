"""Do two candidates compete, or are they records of one person?

A question has one answer, so candidates share its probability; but two records of the person who is meant are both
right. How far two candidates are one person is judged by all that is known of them beside their names, and by what
their names have in common with the question.
"""

import numpy as np
from numpy.typing import NDArray

from astra.science.linkage.normalise.names import FATHER, MOTHER
from astra.science.linkage.weighing.ranker import NAME, Ranker, Weighed

MOST_RIVALS = 6
STRONG = 0.02
"""Only candidates above this probability are compared with each other."""
TWICE_ON_RECORD = 0.06
"""The share of records of whom there is another one, before anything is compared."""


def chances(
    ranker: Ranker, rows: NDArray[np.int64], weighed: Weighed, total: NDArray[np.float64], among: int
) -> NDArray[np.float64]:
    """How likely each candidate is the person asked about.

    Parameters
    ----------
    ranker : Ranker
        The ranker that weighed them.
    rows : numpy.ndarray, shape (n,)
        The candidates.
    weighed : Weighed
        What was weighed of them.
    total : numpy.ndarray, shape (n,)
        The sums of evidence.
    among : int
        How many records there are.
    """
    alone = ranker.probabilities(total, among)
    strong = np.argsort(-alone, kind="stable")[:MOST_RIVALS]
    strong = strong[alone[strong] > STRONG]
    if len(strong) < 2:
        return alone
    same = _sameness(ranker, rows[strong], weighed.of(strong), among)
    shared = same @ alone[strong]  # what the records of the same person have together, each counted as far as it is one
    found = alone.copy()
    found[strong] = np.minimum(shared, 1.0)
    return found


def _sameness(ranker: Ranker, rows: NDArray[np.int64], weighed: Weighed, among: int) -> NDArray[np.float64]:
    """How likely each two of a few candidates are one person, shape (n, n); each is itself."""
    beside = np.stack([_beside_names(ranker, row, rows) for row in rows.tolist()])
    names = weighed.says[NAME].astype(np.float64)
    evidence = (beside + beside.T) / 2 + np.minimum(names[:, None], names[None, :])
    odds = evidence - np.log(max(among, 1)) - np.log((1 - TWICE_ON_RECORD) / TWICE_ON_RECORD)
    same = 1 / (1 + np.exp(-np.clip(odds, -60, 60)))
    np.fill_diagonal(same, 1.0)
    return np.asarray(same, np.float64)


def _beside_names(ranker: Ranker, row: int, rows: NDArray[np.int64]) -> NDArray[np.float64]:
    """What all but the names of the persons themselves says of one candidate and the others."""
    parents = tuple(word for word in ranker.columns.words_at(row) if word.part in (FATHER, MOTHER))
    asked = ranker.asked_words(parents)
    return ranker.weigh(ranker.columns.row_at(row), asked, rows).total.astype(np.float64)
