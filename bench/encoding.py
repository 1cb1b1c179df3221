"""How fast are filters made, scanned and paired, and how well do they match blindly? No Django and no home.

`python -m bench.encoding FOLDER`, where FOLDER holds registry.csv and queries.csv as `linkage.tables` reads them, with
true_ids in the queries. `SIZE=10` takes a tenth of the memory. Peers (clkhash, anonlink) are measured in the same run
where they are installed.
"""

import csv
import os
import platform
import sys
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from astra.science.linkage.blind.compiled import IS_COMPILED, ask_for, compiled
from astra.science.linkage.blind.encoding import Encoder
from astra.science.linkage.blind.kernels import all_pairs, best, dice_scan, pairs_within, popcounts
from astra.science.linkage.normalise.remembering import forget
from astra.science.linkage.record import Record
from astra.science.linkage.tables import Table

try:
    from anonlink.similarities import dice_coefficient_accelerated  # type: ignore[import-not-found]  # a peer, seldom there
    from bitarray import bitarray  # type: ignore[import-not-found]  # comes with the peer
except ImportError:
    dice_coefficient_accelerated = None
try:
    from clkhash import clk, comparators, field_formats, schema  # type: ignore[import-not-found]  # a peer, seldom there
except ImportError:
    clk = None

SIZE = max(1, int(os.environ.get("SIZE", "1")))
SCANNED = 8_000_000 // SIZE  # 1 GB, several times the largest cache
PAIRED = 8_192
THRESHOLD = 0.7
STRUCTURED = ("new_client", "partner_list")
ROUNDS = 9


def say(what: str, measured: float, unit: str, promised: float | None = None) -> None:
    """Print one figure beside the promise."""
    beside = "" if promised is None else f"   (promise: {promised:g} {unit})"
    print(f"{what:<68} {measured:>10.3f} {unit}{beside}", flush=True)


def seconds(*works: Callable[[], object], rounds: int = ROUNDS) -> list[float]:
    """The quickest of some rounds of each; rounds take turns, so that a busy moment of the machine hits all alike."""
    taken = [[_clocked(work) for work in works] for _ in range(rounds)]
    return [min(column) for column in zip(*taken, strict=True)]


def _clocked(work: Callable[[], object]) -> float:
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


def main() -> None:
    """Print all figures for one folder."""
    folder = Path(sys.argv[1])
    with_compiler = "compiled" if IS_COMPILED else "numpy only (not installed: numba)"
    machine = f"{os.cpu_count()} cores, {platform.machine()}, Python {platform.python_version()}"
    print(f"encoding, {datetime.now(UTC):%Y-%m-%d}, {machine}, {with_compiler}")
    records = list(Table(folder / "registry.csv").records())
    filters = measure_encoding(records)
    measure_peer_encoding(records)
    measure_scan(filters)
    measure_pairs(filters)
    measure_blind_search(folder, records, filters)


def measure_encoding_many(path: Path, number: int) -> None:
    """The same for the first records of a long table: names and places come back, most people do not."""
    records = list(islice(Table(path).records(), number))
    fresh = encoder()
    begun = time.process_time()
    fresh.encode_many(records)
    say(f"encoding {number} records, one core", number / (time.process_time() - begun) / 1e3, "k/s", 50)


def encoder() -> Encoder:
    """A fresh encoder, which remembers nothing."""
    return Encoder(bytes(range(32)), purpose="bench")


def measure_encoding(records: list[Record]) -> NDArray[np.uint64]:
    """Processor time for records that an encoder has never seen, and for those whose parts it has met."""
    encoder().encode_many(records[:100])  # the tables of names and places are read once a process
    forget()
    met = encoder()
    begun = time.process_time()
    filters = met.encode_many(records)
    fresh = time.process_time() - begun
    begun = time.process_time()
    met.encode_many(records)
    known = time.process_time() - begun
    say(f"encoding {len(records)} records, first of their kind, one core", len(records) / fresh / 1e3, "k/s", 50)
    say("encoding records of names, dates and places met before, one core", len(records) / known / 1e3, "k/s", 50)
    say("ones of a filter, in the middle", float(np.median(popcounts(filters))), "bits")
    return filters


def measure_peer_encoding(records: list[Record]) -> None:
    """The same for clkhash: names, date of birth and sex in pairs of letters."""
    if clk is None:
        print("clkhash: not installed (pip install clkhash)")
        return
    pairs = comparators.NgramComparison(2)
    how = field_formats.FieldHashingProperties(comparator=pairs, strategy=field_formats.BitsPerFeatureStrategy(20))
    fields = [field_formats.StringSpec(name, how) for name in ("given", "family", "born", "sex")]
    scheme = schema.Schema(fields, 1024)
    rows = [_row(record) for record in records[:4000]]
    taken = _clocked(lambda: clk.generate_clks(rows, scheme, "secret of some length", max_workers=1))
    # By the clock: its work is done in a process of its own.
    say("clkhash: encoding names, date of birth and sex, one core", len(rows) / taken / 1e3, "k/s")


def _row(record: Record) -> tuple[str, str, str, str]:
    name = record.names[0]
    born = record.birth.earliest.isoformat() if record.birth and record.birth.earliest else ""
    return name.given, name.family, born, record.sex


def measure_scan(filters: NDArray[np.uint64]) -> None:
    """One query against many filters, beside the speed of reading the same memory."""
    many = filters[np.arange(SCANNED) % len(filters)]
    counts = popcounts(many)
    query = filters[0].copy()
    gigabytes = many.nbytes / 1e9
    wider = (many.nbytes + counts.nbytes) / many.nbytes  # a scan reads how many ones each filter has as well
    for threads in (1, 2):
        works = (
            partial(_read, many, threads, _sum),
            partial(_read, many, threads, _touch if IS_COMPILED else _sum),
            partial(best, many, counts, query, 120, threads),
            partial(dice_scan, many, counts, query, threads),
        )
        read, touched, found, scanned = seconds(*works)
        who = f"{threads} thread{'s' if threads > 1 else ''}"
        say(f"reading the memory of {SCANNED} filters, {who}", gigabytes / read, "GB/s")
        say(f"touching each of its lines once, {who}", gigabytes / touched, "GB/s")
        say(f"best 120 for one query, {who}", SCANNED / found / 1e6, "M/s")
        say(f"best 120 for one query, {who}, share of reading", wider * 100 * read / found, "%", 90)
        say(f"best 120 for one query, {who}, share of touching", wider * 100 * touched / found, "%", 90)
        say(f"Dice of all for one query, written out, {who}, share of reading", 100 * read / scanned, "%")


def _read(many: NDArray[np.uint64], threads: int, how: Callable[[NDArray[np.uint64]], int]) -> int:
    parts = np.array_split(many, threads)
    with ThreadPoolExecutor(threads) as pool:
        return sum(pool.map(how, parts))


def _sum(many: NDArray[np.uint64]) -> int:
    """The probe: add up every word."""
    return int(many.sum())


@compiled
def _touch(many: NDArray[np.uint64]) -> int:
    """A harder one: read one word of each line of memory, with the same foresight as our loops."""
    total = np.uint64(0)
    for row in range(len(many)):
        ask_for(many, row + 16)
        total ^= many[row, 0] ^ many[row, 8]
    return total  # type: ignore[return-value]  # compiled, it comes back as int


def measure_pairs(filters: NDArray[np.uint64]) -> None:
    """All pairs, hits stored, beside anonlink on the same filters."""
    left, right = filters[:PAIRED], filters[PAIRED : 2 * PAIRED]
    pairs = len(left) * len(right)
    works: list[Callable[[], object]] = [
        lambda: all_pairs(left, right, THRESHOLD, threads=1, skips=False),
        lambda: all_pairs(left, right, THRESHOLD, threads=1),
        lambda: all_pairs(left, right, THRESHOLD, threads=2, skips=False),
    ]
    names = ["1 core, every pair compared", "1 core, hopeless lengths skipped", "2 cores, every pair compared"]
    hits = len(all_pairs(left, right, THRESHOLD).left)
    if dice_coefficient_accelerated is not None:
        theirs = [[_bits(row) for row in side] for side in (left, right)]
        found = dice_coefficient_accelerated(theirs, THRESHOLD, k=None)
        assert len(found[0]) == hits, "anonlink must find the same pairs"
        works.append(lambda: dice_coefficient_accelerated(theirs, THRESHOLD, k=None))
    rates = [pairs / taken / 1e6 for taken in seconds(*works)]
    for name, rate in zip(names, rates, strict=False):
        say(f"all pairs of {len(left)} and {len(right)}, {hits} hits, {name}", rate, "M/s")
    if dice_coefficient_accelerated is None:
        print("anonlink: not installed (pip install anonlink)")
    else:
        say("anonlink: the same pairs, 1 core", rates[3], "M/s")
        say("times as fast as anonlink, 1 core each", rates[0] / rates[3], "times", 3)
    (within,) = seconds(lambda: pairs_within(filters, THRESHOLD))
    say(f"pairs within all {len(filters)}", within, "s")


def _bits(row: NDArray[np.uint64]) -> Any:  # Any: bitarray is there only with its peer
    bits = bitarray(endian="little")
    bits.frombytes(row.astype("<u8").tobytes())
    return bits


def measure_blind_search(folder: Path, records: list[Record], filters: NDArray[np.uint64]) -> None:
    """Where the true record stands when nothing but Dice ranks, by kind of question."""
    with (folder / "queries.csv").open(encoding="utf-8", newline="") as file:
        rows = {row["query_id"]: row for row in csv.DictReader(file)}
    questions = [record for record in Table(folder / "queries.csv").records() if record.id in rows]
    asked = encoder().encode_many(questions)
    counts = popcounts(filters)
    ids = np.array([record.id for record in records])
    places: dict[str, list[int]] = {}
    tops: list[tuple[float, bool, bool]] = []
    for question, query in zip(questions, asked, strict=True):
        row = rows[question.id]
        true = set(filter(None, row["true_ids"].split(";")))
        found = best(filters, counts, query, 500)
        named = [name in true for name in ids[found.rows]]
        if true:
            places.setdefault(row["kind"], []).append(named.index(True) if any(named) else len(ids))
        if row["kind"] in STRUCTURED and named:
            tops.append((float(found.dice[0]), named[0], bool(true)))
    structured = np.array([place for kind in STRUCTURED for place in places.get(kind, [])])
    everything = np.array([place for kind in places.values() for place in kind])
    say("blind: hit@1, structured questions", float((structured < 1).mean()), "")
    say("blind: hit@10, structured questions", float((structured < 10).mean()), "", 0.98)
    say("blind: recall at 95 % precision, structured questions", _recall(tops), "", 0.6)
    say("blind: hit@10, all questions", float((everything < 10).mean()), "")
    say("candidates: recall@120, all questions", float((everything < 120).mean()), "", 0.97)
    say("candidates: recall@500, all questions", float((everything < 500).mean()), "")
    for kind, found_at in sorted(places.items()):
        say(f"candidates: recall@120, {kind}", float((np.array(found_at) < 120).mean()), "")


def _recall(tops: list[tuple[float, bool, bool]]) -> float:
    """The share of people found when the best is taken or none is, at the threshold where 95 of 100 taken are right."""
    ordered = sorted(tops, key=lambda top: -top[0])
    right = np.cumsum([is_right for _, is_right, _ in ordered])
    taken = np.arange(1, len(ordered) + 1)
    enough = right[right / taken >= 0.95]
    return float(enough.max(initial=0)) / sum(is_known for _, _, is_known in ordered)


if __name__ == "__main__":
    main()
