"""What do other programs find in the same set? They live in an environment of their own, made when first asked.

Names are folded for them by our own fold, so that the comparison is of engines; each is asked with and without it.
"""

import hashlib
import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from astra.science.linkage.blind.kernels import all_pairs
from astra.science.linkage.keeping.rows import birth_numbers
from astra.science.linkage.normalise.names import FAMILY, GIVEN, OWN, TEXT, name_words
from astra.science.linkage.normalise.sounds import sound
from astra.science.linkage.record import Record
from astra.science.linkage.tables import Table
from bench import encoding
from bench.judging.sets import Set

LOCK = Path("requirements") / "peers.txt"
KEPT = Path("var") / "bench" / "peers"
POSTGRES = Path("tests") / "throwaway_postgres.sh"
SIZE = max(1, int(os.environ.get("SIZE", "1")))
MOST_ASKED = 1_500 // SIZE
Found = dict[str, Any]  # Any: what came back as JSON
NAMES = {
    "rapidfuzz": ("rapidfuzz token_sort, raw", "rapidfuzz token_sort, our fold, age and sex"),
    "trgm": ("pg_trgm, raw", "pg_trgm, our fold, age and sex"),
    "splink": ("splink link_only, our fold (whole set at once)",),
}


def python() -> Path | None:
    """The interpreter of the peers' environment, made if it is not there; None, and said so, where that fails."""
    found, stamp = KEPT / "bin" / "python", KEPT / "made-of"
    wanted = hashlib.sha256(LOCK.read_bytes()).hexdigest()
    if stamp.exists() and stamp.read_text(encoding="ascii") == wanted:
        return found
    print("making the environment of the peers (hashes checked) ...", file=sys.stderr, flush=True)
    shutil.rmtree(KEPT, ignore_errors=True)
    uv = Path(sys.executable).parent / "uv"
    made = _runs([sys.executable, "-m", "venv", str(KEPT)]) and (
        (uv.exists() and _runs([str(uv), "pip", "sync", "-q", "--require-hashes", "--python", str(found), str(LOCK)]))
        or _runs([str(found), "-m", "pip", "install", "-q", "--require-hashes", "-r", str(LOCK)])
    )
    if not made:
        print("peers: not installed (no network, or the lock file does not fit this machine)")
        return None
    stamp.write_text(wanted, encoding="ascii")
    return found


def _runs(command: list[str]) -> bool:
    return subprocess.run(command, check=False).returncode == 0  # noqa: S603  our own commands


def tell(task: str, told: Any, *, before: tuple[str, ...] = ()) -> Found | None:  # Any: whatever JSON can hold
    """Let the peers do a task: what it is told goes there as JSON, and what it found comes back; None if it cannot."""
    peers = python()
    if peers is None:
        return None
    with tempfile.TemporaryDirectory(prefix="astra-peers-") as folder:
        question, answer = Path(folder) / "told.json", Path(folder) / "found.json"
        question.write_text(json.dumps(told), encoding="utf-8")
        command = [*before, str(peers), "-m", "bench.judging.apart", task, str(question), str(answer)]
        if not _runs(command):
            print(f"{task}: did not run")
            return None
        found: Found = json.loads(answer.read_text(encoding="utf-8"))
        return found


def searches(which: Set) -> Iterator[tuple[str, dict[str, list[tuple[str, float]]], tuple[float, float]]]:
    """What each peer finds: its name, the answers to each query, and the milliseconds of the middle and slow end."""
    records = [_plain(record) for record in Table(which.registry).records()]
    queries = [_plain(record) for record in Table(which.queries).records()]
    tasks: list[tuple[str, tuple[str, ...]]] = [("rapidfuzz", ()), ("splink", ())]
    if shutil.which("runuser") or os.geteuid():
        tasks.insert(1, ("trgm", (str(POSTGRES),)))
    for task, before in tasks:
        asked = queries if task == "splink" else queries[:MOST_ASKED]
        found = tell(task, {"records": records, "queries": asked}, before=before)
        for name, way in zip(NAMES[task], (found or {}).get("ways", []), strict=False):
            answers = {query: [(one, chance) for one, chance in given] for query, given in way["answers"].items()}
            yield name, answers, (way["p50"], way["p95"])


def _plain(record: Record) -> dict[str, Any]:
    """A record as the peers get it: the name raw and folded, sex, year and day of birth, place, national number."""
    words = [word for word in name_words(record) if word.part in OWN]
    folded = {part: [sound(word.plain) for word in words if word.part == part] for part in (GIVEN, FAMILY, TEXT)}
    undivided = folded[TEXT]
    name = record.names[0] if record.names else None
    _, middle, _ = birth_numbers(record.birth)
    return {
        "id": record.id,
        "raw": " ".join(filter(None, (name.given, name.family, name.text))) if name else "",
        "fold": " ".join(sound(word.plain) for word in words),
        "given": " ".join(folded[GIVEN] or undivided[:1]),
        "family": " ".join(folded[FAMILY] or undivided[1:]),
        "sex": record.sex,
        "year": middle,
        "born": record.birth.earliest.isoformat()
        if record.birth and record.birth.is_exact and record.birth.earliest
        else "",
        "place": sound("".join(record.places[:1])),
        "national": record.national_id,
    }


def measure_filters(filters: NDArray[np.uint64], records: list[Record]) -> None:
    """anonlink on the same filters and clkhash on the same names, each in one process."""
    with tempfile.TemporaryDirectory(prefix="astra-filters-") as folder:
        path = Path(folder) / "filters.npy"
        np.save(path, filters[:16_384])
        rows = [(one["given"], one["family"], one["born"], one["sex"]) for one in map(_plain, records[:4_000])]
        found = tell("filters", {"filters": str(path), "rows": rows})
    for what, rate in (found or {}).items():
        print(f"{what:<68} {rate:>10.3f}", flush=True)
    theirs = next((rate for what, rate in (found or {}).items() if what.startswith("anonlink")), None)
    if theirs:
        half = len(filters[:16_384]) // 2
        left, right = filters[:half], filters[half : 2 * half]
        (taken,) = encoding.seconds(lambda: all_pairs(left, right, encoding.THRESHOLD, threads=1, skips=False))
        encoding.say("times as fast as anonlink, 1 core each", half * half / taken / 1e6 / theirs, "times", 3)
