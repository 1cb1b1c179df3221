"""How are invented people written to files, and what was done to them?"""

import argparse
import csv
import sys
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path

from astra.science.linkage.invented.inventing import NOISES, Invented, invent
from astra.science.linkage.invented.rows import QUERY_COLUMNS, REGISTRY_COLUMNS
from astra.science.linkage.invented.tables import Row

TRUTH_COLUMNS = ("record_id", "entity_id")


def _write(path: Path, columns: Sequence[str], rows: Iterable[Row]) -> None:
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, columns)
        writer.writeheader()
        writer.writerows(rows)


def summary(people: Invented) -> str:
    """Say what is in the tables, and how often each thing was done."""
    kinds = Counter(row["kind"] for row in people.queries)
    unknown = sum(not row["true_ids"] for row in people.queries)
    entities = len({row["entity_id"] for row in people.truth})
    asked: Counter[str] = Counter()
    for row in people.queries:
        asked.update(name if not name.startswith("age_err") else "age_err" for name in row["corruptions"].split(";"))
    lines = [
        f"{len(people.registry)} records of {entities} people; {len(people.queries)} questions, {unknown} of strangers",
        "kinds: " + ", ".join(f"{kind} {count}" for kind, count in kinds.most_common()),
        f"{'':24}{'records':>9}{'questions':>11}",
    ]
    for name in sorted({*asked, *people.done}):
        lines.append(f"{name:24}{people.done.get(name, 0):>9}{asked.get(name, 0):>11}")
    return "\n".join(lines)


def main(arguments: Sequence[str] | None = None) -> int:
    """Write registry.csv, queries.csv and truth.csv."""
    parser = argparse.ArgumentParser(prog="python -m astra.science.linkage.invented", description=__doc__)
    parser.add_argument("--seed", type=int, default=5, help="the same seed gives the same people")
    parser.add_argument("--records", type=int, default=16_000)
    parser.add_argument("--queries", type=int, default=3_000)
    parser.add_argument("--noise", choices=NOISES, default="ordinary")
    parser.add_argument("--out", type=Path, required=True, help="the folder for the three tables")
    wanted = parser.parse_args(arguments)
    people = invent(wanted.seed, wanted.records, wanted.queries, noise=wanted.noise)
    wanted.out.mkdir(parents=True, exist_ok=True)
    _write(wanted.out / "registry.csv", REGISTRY_COLUMNS, people.registry)
    _write(wanted.out / "queries.csv", QUERY_COLUMNS, people.queries)
    _write(wanted.out / "truth.csv", TRUTH_COLUMNS, people.truth)
    sys.stdout.write(summary(people) + "\n")
    return 0


if __name__ == "__main__":  # pragma: no cover
    sys.exit(main())
