"""Do the lock files hold versions and hashes only? An address in one would choose where code comes from."""

import json
import re
from collections.abc import Iterator
from pathlib import Path

from astra.config.checks.tree import Fault

ADDRESS = re.compile(r"://|@\s*file:|git\+|--(?:extra-)?index-url|--find-links|-i\s")
PIN = re.compile(r"^[a-z0-9][a-z0-9._-]*==[^\s;]+")


def find_faults(project: Path) -> Iterator[Fault]:
    """Look at the Python locks and at the front-end lock."""
    for path in sorted((project / "requirements").glob("*.txt")):
        yield from _python_faults(path, str(path.relative_to(project)))
    lock = project / "package-lock.json"
    if lock.exists():
        yield from _npm_faults(lock, lock.name)


def _python_faults(path: Path, where: str) -> Iterator[Fault]:
    """Every requirement is pinned and has a hash; no line names a place."""
    text = path.read_text(encoding="utf-8")
    for number, line in enumerate(text.splitlines(), start=1):
        if ADDRESS.search(line):
            yield Fault(f"{where}:{number}", "holds an address")
    for entry in re.split(r"\n(?=\S)", text.strip()):
        if not PIN.match(entry) or "--hash=sha256:" not in entry:
            yield Fault(where, f"is not pinned with a hash: {entry.splitlines()[0]}")


def _npm_faults(path: Path, where: str) -> Iterator[Fault]:
    """Every package has a version and an integrity hash, and no resolved address."""
    for name, package in json.loads(path.read_text(encoding="utf-8"))["packages"].items():
        if "resolved" in package:
            yield Fault(where, f"{name} holds an address")
        if name and ("version" not in package or "integrity" not in package):
            yield Fault(where, f"{name} has no version or no integrity hash")
