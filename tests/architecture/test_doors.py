"""Through which doors do rooms enter each other? Services and their entries, selectors, facts, rules."""

import ast
from collections.abc import Iterator
from pathlib import Path

from astra.config.checks.tree import python_files
from astra.config.environment import PROJECT

ROOMS = PROJECT / "src" / "astra"
DOORS = {"services", "entries", "selectors", "facts", "rules", "sections", "errors"}
OPEN_ROOMS = {"kernel", "science", "vocabulary"}  # these keep no data and have nothing to hide
JOINING = {"config", "demo", "sites"}  # these list the rooms by name: addresses, commands, inventories
FURTHER_DOORS = {
    "vault": {"actor", "keyring", "crypto", "uploads", "scanner", "prepared"},
    "cases": {"views", "forms"},  # the frame of a case, for rooms whose pages stand in it
    "assistance": {"work_sections"},  # the words of work and school
    "accounts": {"access", "doors", "terminal", "cookies"},
}
FURTHER_DOORS_FOR_JOINING = {"urls", "views", "forms", "commands", "middleware", "showing", "verify", "sequencer"} | {
    "desks",  # whoever founds an organisation says so
    "index",  # and that no card of the last one lies open any more
}


def imported(path: Path) -> Iterator[tuple[int, str]]:
    """The line and name of every module of ours that a file imports."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names if alias.name.startswith("astra."))
        elif isinstance(node, ast.ImportFrom) and (node.module or "").startswith("astra."):
            parts = str(node.module).split(".")
            names = [alias.name for alias in node.names] if len(parts) == 2 else [""]
            yield from ((node.lineno, f"{node.module}.{name}".rstrip(".")) for name in names)


def is_open(visitor: str, module: str) -> bool:
    """Whether a room may import this module of another room."""
    room, *rest = module.split(".")[1:]
    if room in (visitor, "config") or room in OPEN_ROOMS or visitor == "config":
        return True
    doors = DOORS | FURTHER_DOORS.get(room, set())
    if visitor in JOINING:
        doors |= FURTHER_DOORS_FOR_JOINING
    return bool(rest) and rest[0] in doors


def test_rooms_enter_each_other_through_doors() -> None:
    found = [
        f"{path.relative_to(PROJECT)}:{line} {module}"
        for path in python_files(PROJECT)
        if path.is_relative_to(ROOMS) and "tests" not in path.parts and path.parent != ROOMS
        for line, module in imported(path)
        if not is_open(path.relative_to(ROOMS).parts[0], module)
    ]
    assert found == []
