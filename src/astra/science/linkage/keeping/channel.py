"""How likely does one name become another on its way through ears, pens, keyboards and scanners?

A weighted edit distance between folded words: what people mishear, mistype or misread costs little, anything else
costs one. All words of a vocabulary that may be meant are compared at once.
"""

import numpy as np
from numpy.typing import NDArray

LONGEST = 20
"""Letters of a word that are compared; longer words are cut."""
BEYOND = 9.0
PARTS_OF_ONE = 20
"""Costs are added as whole numbers of so many parts, so that a distance is the same from both sides."""
BAND = 3
"""Letters that stand farther apart than so many places are not held against each other."""
LETTERS = "abcdefghijklmnopqrstuvwxyz0123456789"
_CODE = {letter: code for code, letter in enumerate(LETTERS, start=1)}
OTHER = len(LETTERS) + 1
CODES = np.array([0, *(_CODE.get(chr(sign), OTHER) for sign in range(1, 128)), OTHER], np.uint8)
"""The code of each ASCII letter; the last stands for any other letter."""

_SWAPS = {
    0.20: "jd",
    0.30: "ij jg",
    0.40: "ae ei ou ao cs sz cz ck uv",
    0.50: "kg bp dt vf jz jc mn hk hg oe iu eu",
    0.65: "bv pf tc zd lr ln li ce nu hb ft gj kq ai",
    0.80: "ui io as sd df er rt tz zu op bn nm kl jk hj gh fg xc cv vb uo ea iu qe wn rn",
}
"""Letters that are taken for each other (heard, misread, neighbours on the keyboard), and what that costs."""
_LOSSES = {"h": 0.35, "j": 0.35, "a": 0.75, "e": 0.75, "i": 0.7, "o": 0.75, "u": 0.75}


def _parts(price: float) -> np.int16:
    return np.int16(round(price * PARTS_OF_ONE))


LAST_LOST, TURNED, FAR = _parts(0.65), _parts(0.85), np.int16(1_000)


def _swap_costs() -> NDArray[np.int16]:
    costs = np.full((OTHER + 1, OTHER + 1), PARTS_OF_ONE, np.int16)
    for price in sorted(_SWAPS, reverse=True):
        for pair in _SWAPS[price].split():
            first, second = _CODE[pair[0]], _CODE[pair[1]]
            costs[first, second] = costs[second, first] = _parts(price)
    np.fill_diagonal(costs, 0)
    return costs


def _loss_costs() -> NDArray[np.int16]:
    costs = np.full(OTHER + 1, PARTS_OF_ONE, np.int16)
    for letter, price in _LOSSES.items():
        costs[_CODE[letter]] = _parts(price)
    return costs


SWAP, LOSS = _swap_costs(), _loss_costs()


def letter_codes(word: str) -> NDArray[np.uint8]:
    """Write a folded word as letter codes of fixed length, 0 behind its end.

    Parameters
    ----------
    word : str
        A word as `sounds.sound` leaves it.

    Returns
    -------
    numpy.ndarray, shape (20,), uint8
        1 to 26 for letters, 27 to 36 for digits, 37 for anything else.

    Examples
    --------
    >>> letter_codes("ana")[:4].tolist()
    [1, 14, 1, 0]
    """
    codes = np.zeros(LONGEST, np.uint8)
    cut = word[:LONGEST]
    codes[: len(cut)] = [_CODE.get(letter, OTHER) for letter in cut]
    return codes


def distances(word: NDArray[np.uint8], others: NDArray[np.uint8], lengths: NDArray[np.uint8]) -> NDArray[np.float32]:
    """Compare one word with many: the cheapest way to make the one from the other.

    Parameters
    ----------
    word : numpy.ndarray, shape (20,), uint8
        Letter codes of the word.
    others : numpy.ndarray, shape (n, 20), uint8
        Letter codes of the words it is compared with.
    lengths : numpy.ndarray, shape (n,), uint8
        Their lengths.

    Returns
    -------
    numpy.ndarray, shape (n,), float32
        0 for the same word, about 0.3 to 0.8 for a slip that people make, 1 for any other letter.

    Notes
    -----
    Symmetric. The restricted edit distance with adjacent turns of Damerau (1964, Communications of the ACM 7(3),
    171-176), with a price for each pair of letters.

    Examples
    --------
    >>> rows = np.stack([letter_codes(name) for name in ("milica", "milca", "jovan")])
    >>> [round(float(cost), 2) for cost in distances(letter_codes("milica"), rows, np.array([6, 5, 5], np.uint8))]
    [0.0, 0.7, 4.45]
    """
    size = int((word > 0).sum())
    longest = int(lengths.max(initial=0))
    columns = np.ascontiguousarray(others[:, :longest].T)  # (longest, n): one letter place of all words at a time
    number = len(others)
    losses = LOSS[columns]
    is_last = np.arange(longest)[:, None] == (lengths[None, :].astype(np.int64) - 1)
    losses = np.where(is_last, np.minimum(losses, LAST_LOST), losses)
    before = np.full((longest + 1, number), FAR, np.int16)
    before[0] = 0
    np.cumsum(losses[:BAND], axis=0, out=before[1 : BAND + 1])
    two_before = before
    for at in range(size):
        letter = int(word[at])
        loss = min(LOSS[letter], LAST_LOST) if at == size - 1 else LOSS[letter]
        first, last = max(at - BAND, 0), min(at + BAND + 1, longest)
        now = np.full_like(before, FAR)
        now[0] = before[0] + loss if at < BAND else FAR
        best = np.minimum(before[first:last] + SWAP[letter][columns[first:last]], before[first + 1 : last + 1] + loss)
        if at and last > max(first, 1):
            second = max(first, 1)
            turned = (columns[second:last] == word[at - 1]) & (columns[second - 1 : last - 1] == letter)
            turned &= columns[second:last] != letter
            by_turning = np.where(turned, two_before[second - 1 : last - 1] + TURNED, FAR)
            np.minimum(best[second - first :], by_turning, out=best[second - first :])
        for place in range(first, last):
            now[place + 1] = np.minimum(best[place - first], now[place] + losses[place])
        two_before, before = before, now
    costs = before[lengths.astype(np.int64), np.arange(number)]
    return (costs / np.float32(PARTS_OF_ONE)).astype(np.float32)
