"""What does it say when two addresses agree? A rare street says more, but a family and a shelter share theirs."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from astra.science.linkage.keeping.addresses import KEPT, Addresses, Houses, Letters, written
from astra.science.linkage.normalise.addresses import Address

ADDRESS = "address"
UNKNOWN, SAME, STREET, ALIKE, OTHER = range(5)
AGREES = (0.0, -0.7, -1.6, -2.3, -1.1)
"""How often two addresses of one person agree so, as natural logarithms; set by hand, there being no addresses to learn
from: half of the records of one person name the same house, a third another one, because people move."""
NUMBER_BY_CHANCE = 0.05
"""How often two houses of one street have the same number."""
ALIKE_BY_CHANCE = 0.004
"""How often two streets are spelled alike."""
MOST = 4.5
"""The most that an address says: whoever lives together shares it."""
LEAST = (0.0, 0.7, 0.4, 0.0, AGREES[OTHER])
"""What each agreement says at least: a street where half a town lives speaks for her still, a little."""
LEAST_CHANCE = 1e-6
SAME_STREET, ALIKE_STREET = 0.8, 0.55
"""How like two streets must be, as the share of their letters' marks that both have."""
Rows = NDArray[np.int64]


def weigh(addresses: Addresses, first: Rows, second: Rows) -> tuple[NDArray[np.uint8], NDArray[np.float32]]:
    """How the addresses of pairs of rows agree, and what that says; of several, those that say most.

    Parameters
    ----------
    addresses : Addresses
        The addresses of a registry.
    first, second : numpy.ndarray, shape (n,)
        The rows of each pair.
    """
    levels, says = np.zeros(len(first), np.uint8), np.zeros(len(first), np.float32)
    hers, many = addresses.of(first)
    theirs, more = addresses.of(second)
    for at in range(int(many.max(initial=0))):
        for beside in range(int(more.max(initial=0))):
            some = np.flatnonzero((many > at) & (more > beside))
            one, other = hers[some] + at, theirs[some] + beside
            shares = np.maximum(addresses.sharing[one], addresses.sharing[other]) / max(addresses.total, 1)
            found, said = _compare(addresses.at(one), addresses.at(other), shares)
            _keep_better(levels, says, some, found, said)
    return levels, says


def weigh_asked(
    addresses: Addresses, asked: Sequence[Address], rows: Rows
) -> tuple[NDArray[np.uint8], NDArray[np.float32]]:
    """The same where a question has addresses and the rows are candidates."""
    hers = np.frombuffer(written(asked), KEPT)
    sharing = addresses.sharing_of(hers["letters"])
    levels, says = np.zeros(len(rows), np.uint8), np.zeros(len(rows), np.float32)
    theirs, more = addresses.of(rows)
    for address, number in zip(hers, sharing, strict=True):
        for beside in range(int(more.max(initial=0))):
            some = np.flatnonzero(more > beside)
            places = theirs[some] + beside
            shares = np.maximum(addresses.sharing[places], number) / max(addresses.total, 1)
            found, said = _compare((address["letters"][None], address["numbers"][None]), addresses.at(places), shares)
            _keep_better(levels, says, some, found, said)
    return levels, says


def _keep_better(
    levels: NDArray[np.uint8],
    says: NDArray[np.float32],
    some: Rows,
    found: NDArray[np.uint8],
    said: NDArray[np.float32],
) -> None:
    better = (found > 0) & ((levels[some] == UNKNOWN) | (said > says[some]))
    levels[some[better]], says[some[better]] = found[better], said[better]


def _compare(
    hers: tuple[Letters, Houses], theirs: tuple[Letters, Houses], share: NDArray[np.float64]
) -> tuple[NDArray[np.uint8], NDArray[np.float32]]:
    """How single addresses agree; `share` is how many of all name the street, the one that more do."""
    (letters, houses), (their_letters, their_houses) = hers, theirs
    sizes = _ones(letters), _ones(their_letters)
    likeness = 2 * _ones(letters & their_letters) / np.maximum(sizes[0] + sizes[1], 1)
    numbers = np.zeros(likeness.shape, np.bool_)
    for number in houses.T:
        for other in their_houses.T:
            numbers |= (number == other) & (number > 0)
    is_numbered, is_alike = numbers, likeness >= ALIKE_STREET
    levels = np.where(is_alike, np.where(is_numbered, STREET, ALIKE), OTHER)
    levels = np.where(likeness >= SAME_STREET, np.where(is_numbered, SAME, STREET), levels)
    levels = np.where((sizes[0] > 0) & (sizes[1] > 0), levels, UNKNOWN).astype(np.uint8)
    every = np.ones_like(share)
    chances = np.stack([every, share * NUMBER_BY_CHANCE, share, share + ALIKE_BY_CHANCE, every])
    chance = np.maximum(chances[levels, np.arange(len(levels))], LEAST_CHANCE)
    says = np.array(AGREES)[levels] - np.log(chance)
    return levels, np.clip(says, np.array(LEAST)[levels], MOST).astype(np.float32)


def _ones(letters: Letters) -> NDArray[np.int64]:
    counts = np.bitwise_count(letters)
    return np.asarray(counts[:, 0].astype(np.int64) + counts[:, 1], np.int64)
