"""Which files are ours to judge, and how is a fault in one of them told?"""

import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

GENERATED = {"migrations", "__pycache__"}
AS_IT_CAME = {"gen_balkan.py"}
"""Kept byte for byte, so that what it makes can be made again: bench/data/README.md."""


@dataclass(frozen=True)
class Fault:
    """Something in the tree that `make check` does not let pass."""

    where: str
    what: str

    def __str__(self) -> str:
        return f"{self.where}: {self.what}"


def python_files(project: Path) -> Iterator[Path]:
    """Every Python file written by hand."""
    for folder in ("src", "tests", "bench"):
        for path in sorted((project / folder).rglob("*.py")):
            if not GENERATED.intersection(path.parts) and path.name not in AS_IT_CAME:
                yield path
    yield from sorted(project.glob("*.py"))


def kept_files(project: Path) -> list[Path]:
    """Every file that is kept in the repository or is about to be; nothing that git ignores."""
    command = ["git", "-C", str(project), "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(command, capture_output=True, check=True, text=True).stdout  # noqa: S603  (fixed command)
    return [project / name for name in listed.split("\0") if name and (project / name).is_file()]
