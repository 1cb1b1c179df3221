"""Do we know this person? Every figure of matching beside its target. `make bench-matching`; no Django and no home.

`python -m bench.matching` measures all parts, `python -m bench.matching quality million ...` some of them:
quality, harder, duplicates, febrl, kernels, peers, million. `python -m bench.matching score OUT.csv QUERIES.csv`
judges what `astra match` wrote. With SIZE=10 only the fixed set and the filters are measured, unless more is named.
The sets are made once and kept in var/bench/matching; so is the environment of the peers.
"""

import json
import os
import platform
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import numpy as np

from astra.science.linkage.tables import Table
from bench import encoding
from bench.judging import febrl, measures, ours, picture, rivals, sets
from bench.judging.measures import Quality
from bench.judging.ours import Asked
from bench.judging.sets import Set

PICTURE = Path("docs") / "pictures" / "matching-reliability.svg"
MILLION_ALONE = "million-alone"
SIZE = max(1, int(os.environ.get("SIZE", "1")))
ENCODED = 100_000
SHORT = ["quality", "kernels"]
"""What is measured in the short form, with SIZE."""
missed: list[str] = []


def say(what: str, measured: float, unit: str = "", least: float | None = None, most: float | None = None) -> None:
    """Print one figure beside its target, and note where it is missed."""
    target = f"   (target: at least {least:g})" if least is not None else ""
    target = f"   (target: at most {most:g})" if most is not None else target
    is_missed = (least is not None and measured < least) or (most is not None and measured > most)
    if is_missed:
        missed.append(what)
    print(f"{what:<66} {measured:>10.3f} {unit}{target}{'   MISSED' if is_missed else ''}", flush=True)


def say_quality(name: str, found: Quality, least: tuple[float, float | None, float | None] | None) -> None:
    """Print how good the answers to one set are."""
    at_10, at_1, recall = least or (None, None, None)
    say(f"{name}: hit@10", found.at_10, "", at_10)
    say(f"{name}: hit@1", found.at_1, "", at_1)
    say(f"{name}: recall at 95 % precision", found.recall, "", recall)
    say(f"{name}: best F1", found.f1)
    say(f"{name}: calibration error, all pairs", found.error, "", most=0.03)
    say(f"{name}: calibration error, first answers only", found.error_of_first)
    for kind, (first, tenth, number) in found.kinds.items():
        print(f"    {kind:<16} hit@1 {first:.3f}   hit@10 {tenth:.3f}   {number} questions")


def say_time(name: str, asked: Asked, most: float | None = None) -> None:
    """Print how long it took."""
    say(f"{name}: reading the table and building", asked.built_seconds, "s")
    say(f"{name}: half of the questions within", asked.percentile(50), "ms")
    say(f"{name}: 95 of 100 questions within", asked.percentile(95), "ms", most=most)
    middle, slow = np.percentile(asked.processor, [50, 95])
    say(f"{name}: processor time of half of the questions", float(middle), "ms")
    say(f"{name}: processor time of 95 of 100 questions", float(slow), "ms")
    say(f"{name}: most memory of the process", asked.peak_megabytes, "MB")


def say_fairness(asked: Asked, which: Set, *, is_promised: bool = True) -> None:
    """Print recall by language of the name, and how far the lowest is below the highest."""
    found = measures.by_language(asked.answers, sets.rows_of(which.queries), ours.languages(which))
    for language, (first, tenth, number) in found.items():
        print(f"    {language:<16} hit@1 {first:.3f}   hit@10 {tenth:.3f}   {number} questions")
    compared = [tenth for _, tenth, number in found.values() if number >= measures.FEWEST]
    most = measures.FAIR if is_promised else None
    say("fairness: hit@10, lowest language below the highest", max(compared) - min(compared), "", most=most)


def measure_quality() -> None:
    """The fixed set."""
    which = sets.fixed()
    asked = ours.ask(which)
    found = ours.quality(asked, which)
    say_quality("fixed set", found, (0.99, 0.96, 0.90))
    say_fairness(asked, which)
    say_time("16,000 records", asked)
    picture.reliability(found.bins, "Fixed set: pairs by the probability they were given", PICTURE)


def measure_harder() -> None:
    """Two sets of ours that are harder on purpose: one of the same kind as the fixed set, and one of another kind."""
    which = sets.harder()
    asked = ours.ask(which)
    say_quality("harder set (ours)", ours.quality(asked, which), (0.985, 0.945, 0.90))
    say_fairness(asked, which)
    which = sets.invented()
    asked = ours.ask(which)
    say_quality("invented people, hard (ours)", ours.quality(asked, which), None)
    say_fairness(asked, which, is_promised=False)


def measure_duplicates() -> None:
    """Duplicates of the fixed set against the truth."""
    which = sets.fixed()
    found, seconds = ours.duplicates(which)
    true = ours.true_pairs(which)
    likely = {two: chance for two, chance in found.items() if chance >= 0.5}
    right = len(true & set(likely))
    say("duplicates: precision at probability .5", right / max(len(likely), 1))
    say("duplicates: recall at probability .5", right / len(true))
    say("duplicates: best F1", measures.best_f1(found, true)[2])
    say("duplicates of 16,000 records: all pairs in", seconds, "s")


def measure_million() -> None:
    """A million records, in a process of its own for the sake of its memory."""
    if SIZE > 1:
        print("a million records: left out (SIZE is set)")
        return
    sets.million()
    told = subprocess.run([sys.executable, "-m", "bench.matching", MILLION_ALONE], check=False)  # noqa: S603  ourselves
    if told.returncode:
        missed.append("a million records")


def measure_million_alone() -> None:
    """The figures of the million."""
    which = sets.million()
    asked = ours.ask(which)
    say_quality("1,000,000 records", ours.quality(asked, which), (0.88, None, None))
    say_fairness(asked, which, is_promised=False)  # some fifty questions for each language: too few to promise
    say_time("1,000,000 records", asked, most=25)
    encoding.measure_encoding_many(which.registry, ENCODED)


def measure_kernels() -> None:
    """Filters: made, scanned, paired; with anonlink and clkhash beside them where the peers are there."""
    records = list(Table(sets.fixed().registry).records())
    filters = encoding.measure_encoding(records)
    encoding.measure_scan(filters)
    encoding.measure_pairs(filters)  # looks for anonlink in our own environment; the peers' one is asked next
    rivals.measure_filters(filters, records)


def measure_peers() -> None:
    """What others find in the fixed set, in the same run."""
    for name, answers, milliseconds in rivals.searches(sets.fixed()):
        found = measures.quality(
            answers, [row for row in sets.rows_of(sets.fixed().queries) if row["query_id"] in answers]
        )
        print(
            f"{name:<44} hit@1 {found.at_1:.3f}  hit@10 {found.at_10:.3f}  F1 {found.f1:.3f}  R@P95 {found.recall:.3f}"
            f"  p50 {milliseconds[0]:.1f} ms  p95 {milliseconds[1]:.1f} ms  {len(answers)} questions",
            flush=True,
        )


def measure_febrl() -> None:
    """FEBRL 3 and 4, beside Splink."""
    febrl.measure(say)


def score(out: str, queries: str) -> None:
    """Judge what `astra match` wrote."""
    found = measures.quality(measures.read_answers(Path(out)), sets.rows_of(Path(queries)))
    say_quality(Path(out).name, found, None)
    print(
        json.dumps(
            {"hit@10": found.at_10, "hit@1": found.at_1, "R@P95": found.recall, "F1": found.f1, "ECE": found.error}
        )
    )


PARTS = {
    "quality": measure_quality,
    "harder": measure_harder,
    "duplicates": measure_duplicates,
    "febrl": measure_febrl,
    "kernels": measure_kernels,
    "peers": measure_peers,
    "million": measure_million,
}


def main() -> int:
    """Measure what was asked for; 1 when a target is missed."""
    asked = sys.argv[1:]
    if asked[:1] == ["score"]:
        score(*asked[1:3])
        return 0
    if asked == [MILLION_ALONE]:
        measure_million_alone()
        return 1 if missed else 0
    cores, version = os.cpu_count(), platform.python_version()
    print(f"matching, {datetime.now(UTC):%Y-%m-%d}, {cores} cores, {platform.machine()}, Python {version}")
    for part in asked or (list(PARTS) if SIZE == 1 else SHORT):
        print(f"--- {part}", flush=True)
        PARTS[part]()
    if missed:
        print(f"missed: {'; '.join(missed)}")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
