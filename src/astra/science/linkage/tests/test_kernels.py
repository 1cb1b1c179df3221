"""Do the compiled loops, the same loops as plain Python, and numpy find what counting by hand finds?"""

import doctest
import importlib.util
import subprocess
import sys
from itertools import pairwise
from types import ModuleType

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays as drawn_arrays
from numpy.typing import NDArray

from astra.science.linkage.blind import arrays, compiled, kernels, loops
from astra.science.linkage.blind.packed import BLOCK, LANES

Filters = NDArray[np.uint64]
SET = np.uint64(2**64 - 1)


def read_as_python(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """Load the loops as on a machine without a compiler."""
    monkeypatch.setitem(sys.modules, "numba", None)
    bare = load("bare_compiled", compiled)
    assert not bare.IS_COMPILED
    monkeypatch.setitem(sys.modules, "astra.science.linkage.blind.compiled", bare)
    return load("bare_loops", loops)


def load(name: str, module: ModuleType) -> ModuleType:
    spec = importlib.util.spec_from_file_location(name, str(module.__file__))
    assert spec is not None
    assert spec.loader is not None
    made = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(made)
    return made


@pytest.fixture(params=["compiled", "plain", "numpy"])
def engine(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """Put each engine to work in turn."""
    which = {"compiled": loops, "numpy": arrays}
    chosen = read_as_python(monkeypatch) if request.param == "plain" else which[request.param]
    monkeypatch.setattr(kernels, "ENGINE", chosen)
    return chosen


def some(rows: int, seed: int = 1, ones: float = 0.25) -> Filters:
    """Filters in families, so that some are alike, with an empty and a full one among them."""
    rng = np.random.default_rng(seed)
    family = rng.random((max(1, rows // 4), 1024)) < ones
    bits = family[rng.integers(0, len(family), rows)] ^ (rng.random((rows, 1024)) < 0.1 * rng.random((rows, 1)))
    filters = np.packbits(bits, axis=1, bitorder="little").view("<u8").astype(np.uint64)
    if rows > 3:
        filters[1], filters[2] = 0, SET
    return filters


def by_hand(a: Filters, b: Filters) -> list[list[float]]:
    """Dice of all pairs with whole numbers of Python."""
    left = [int.from_bytes(row.astype("<u8").tobytes(), "little") for row in a]
    right = [int.from_bytes(row.astype("<u8").tobytes(), "little") for row in b]
    return [[2 * (x & y).bit_count() / max(1, x.bit_count() + y.bit_count()) for y in right] for x in left]


def found_by_hand(a: Filters, b: Filters, threshold: float) -> list[tuple[int, int, float]]:
    likeness = by_hand(a, b)
    return [(x, y, dice) for x, row in enumerate(likeness) for y, dice in enumerate(row) if dice >= threshold]


def listed(pairs: kernels.Pairs) -> list[tuple[int, int, float]]:
    return list(zip(*(column.tolist() for column in pairs), strict=True))


@pytest.mark.parametrize("rows", [0, 1, 5, 300])
def test_popcounts(engine: ModuleType, rows: int) -> None:
    filters = some(rows)
    assert kernels.popcounts(filters).tolist() == [sum(int(word).bit_count() for word in row) for row in filters]


@pytest.mark.parametrize("rows", [0, 1, 7, 300])
def test_scan_and_best_agree_with_counting(engine: ModuleType, rows: int) -> None:
    filters = some(rows)
    counts = kernels.popcounts(filters)
    for query in (some(4)[0], some(4)[1], some(4)[2], some(9, seed=5)[7]):
        expected = by_hand(filters, query[None])
        assert kernels.dice_scan(filters, counts, query).tolist() == [dice for (dice,) in expected]
        order = sorted((-dice, row) for row, (dice,) in enumerate(expected) if dice > 0)
        for limit in (0, 1, 6, 1000):
            best = kernels.best(filters, counts, query, limit)
            assert list(zip((-best.dice).tolist(), best.rows.tolist(), strict=True)) == order[:limit]


def test_of_equals_the_earlier_row_is_kept(engine: ModuleType) -> None:
    filters = some(5)[np.array([0, 3, 0, 0, 3, 0])]
    best = kernels.best(filters, kernels.popcounts(filters), filters[0], 3)
    assert best.rows.tolist() == [0, 2, 3]
    assert best.dice.tolist() == [1.0, 1.0, 1.0]


def test_threads_change_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kernels, "_WORTH_A_THREAD", 50)
    monkeypatch.setattr(kernels, "_BAND", 64)
    filters = some(700)
    counts = kernels.popcounts(filters)
    alone, together = (kernels.best(filters, counts, filters[9], 40, threads=threads) for threads in (1, 3))
    assert alone.rows.tolist() == together.rows.tolist()
    assert alone.dice.tolist() == together.dice.tolist()
    scans = [kernels.dice_scan(filters, counts, filters[9], threads=threads).tolist() for threads in (1, 3)]
    assert scans[0] == scans[1]
    pairs = [listed(kernels.all_pairs(filters, filters[:300], 0.6, threads=threads)) for threads in (1, 3)]
    assert pairs[0] == pairs[1]
    assert len(pairs[0]) > 300


@pytest.mark.parametrize(
    ("rows", "others"), [(0, 0), (0, 4), (4, 0), (1, 1), (9, LANES), (12, BLOCK - 1), (5, BLOCK), (7, BLOCK + 1)]
)
@pytest.mark.parametrize("skips", [True, False])
def test_all_pairs_agree_with_counting(engine: ModuleType, rows: int, others: int, skips: bool) -> None:
    a, b = some(rows), some(others, seed=2)
    b[: min(rows, others)] |= a[: min(rows, others)]
    for threshold in (0.3, 0.7, 1.0):
        assert listed(kernels.all_pairs(a, b, threshold, skips=skips)) == found_by_hand(a, b, threshold)


@pytest.mark.parametrize("skips", [True, False])
def test_pairs_within_are_each_pair_once(engine: ModuleType, skips: bool) -> None:
    filters = some(40)
    for threshold in (0.3, 0.8):
        expected = [pair for pair in found_by_hand(filters, filters, threshold) if pair[0] < pair[1]]
        assert listed(kernels.pairs_within(filters, threshold, skips=skips)) == expected
        assert expected


def test_more_hits_than_were_made_room_for(engine: ModuleType) -> None:
    filters = np.repeat(some(1), 40, axis=0)
    assert len(kernels.all_pairs(filters, filters, 1.0).left) == 1600


def test_bands_and_tiles_join_without_a_seam(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kernels, "_BAND", 16)
    monkeypatch.setattr(arrays, "_TILE", 16)
    monkeypatch.setattr(arrays, "_CHUNK", 16)
    filters = some(100)
    expected = [pair for pair in found_by_hand(filters, filters, 0.6) if pair[0] < pair[1]]
    for chosen in (loops, arrays):
        monkeypatch.setattr(kernels, "ENGINE", chosen)
        assert listed(kernels.pairs_within(filters, 0.6)) == expected


@pytest.mark.parametrize("ones", range(1, 12))
def test_a_pair_on_the_threshold_is_in_and_one_just_below_is_not(engine: ModuleType, ones: int) -> None:
    """Of 12 and 12 + ones bits `ones` are shared: Dice is 2 ones / (24 + ones)."""
    left = np.zeros((1, 16), np.uint64)
    right = np.zeros((1, 16), np.uint64)
    left[0, 0] = (1 << 12) - 1
    right[0, 0] = ((1 << (12 + ones)) - 1) << (12 - ones)
    dice = 2.0 * ones / (24 + ones)
    assert listed(kernels.all_pairs(left, right, dice)) == [(0, 0, dice)]
    assert listed(kernels.all_pairs(left, right, float(np.nextafter(dice, 1)))) == []


def test_progress_counts_all_rows(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kernels, "_BAND", 10)
    told: list[tuple[int, int]] = []
    kernels.all_pairs(some(35), some(5), 0.9, threads=1, progress=lambda done, rows: told.append((done, rows)))
    assert told == [(10, 35), (20, 35), (30, 35), (35, 35)]


def test_parts_cover_all_rows_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kernels, "ENGINE", loops)
    monkeypatch.delattr("os.sched_getaffinity", raising=False)
    parts = kernels._parts(1_000_003, None)
    assert parts[0].start == 0
    assert parts[-1].stop == 1_000_003
    assert all(one.stop == other.start for one, other in pairwise(parts))
    assert len(kernels._parts(10, 8)) == 1


def test_what_does_not_fit_is_refused() -> None:
    filters = some(4)
    counts = kernels.popcounts(filters)
    with pytest.raises(ValueError, match="uint64 of shape"):
        kernels.popcounts(filters[:, :8])
    with pytest.raises(ValueError, match="uint64 of shape"):
        kernels.popcounts(filters.astype(np.int64))
    with pytest.raises(ValueError, match="query"):
        kernels.best(filters, counts, filters, 3)
    with pytest.raises(ValueError, match="counts"):
        kernels.dice_scan(filters, counts[:2], filters[0])
    with pytest.raises(ValueError, match="limit"):
        kernels.best(filters, counts, filters[0], -1)
    for threshold in (0.0, -1.0, 1.1, float("nan")):
        with pytest.raises(ValueError, match="threshold"):
            kernels.all_pairs(filters, filters, threshold)


def test_rows_that_do_not_lie_together_are_read_right() -> None:
    filters = some(64)
    assert kernels.popcounts(filters[::2]).tolist() == kernels.popcounts(filters)[::2].tolist()
    assert listed(kernels.all_pairs(filters[::2], filters[1::2], 0.5)) == found_by_hand(
        filters[::2], filters[1::2], 0.5
    )


@given(
    drawn_arrays(np.uint64, (12, 16), elements=st.integers(0, 2**64 - 1)),
    drawn_arrays(np.uint64, (9, 16), elements=st.integers(0, 2**64 - 1)),
    st.floats(0.05, 1.0),
)
@settings(max_examples=15)
def test_any_filters_are_paired_the_same_both_ways(a: Filters, b: Filters, threshold: float) -> None:
    there = listed(kernels.all_pairs(a, b, threshold))
    back = listed(kernels.all_pairs(b, a, threshold))
    assert there == sorted((x, y, dice) for y, x, dice in back)
    assert there == found_by_hand(a, b, threshold)


def test_a_machine_without_a_compiler_finds_the_same() -> None:
    script = """
import sys
sys.modules["numba"] = None
import numpy as np
from astra.science.linkage.blind import arrays, kernels
assert kernels.ENGINE is arrays
filters = np.array([[1] * 16, [3] * 16, [8] * 16], np.uint64)
found = kernels.best(filters, kernels.popcounts(filters), filters[0], 2)
print(kernels.pairs_within(filters, 0.6).right.tolist(), found.rows.tolist())
"""
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.split("\n")[0] == "[1] [0, 1]"


def test_examples() -> None:
    result = doctest.testmod(kernels)
    assert result.attempted > 0
    assert result.failed == 0
