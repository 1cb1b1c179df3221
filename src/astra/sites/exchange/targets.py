"""What can a column of somebody's spreadsheet hold? The fields that an import fills; the table is data."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any

from astra.science.script import normalise

PEOPLE, CONTACTS, CASES = "people", "contacts", "cases"
KINDS = (CONTACTS, PEOPLE, CASES)

TEXT, CODE, CODES, DAY, MOMENT, CLOCK = "text", "code", "codes", "day", "moment", "clock"
BIRTH, AGE, MINUTES, NUMBERS, COLLEAGUE = "birth", "age", "minutes", "people", "colleague"
READS = (TEXT, CODE, CODES, DAY, MOMENT, CLOCK, BIRTH, AGE, MINUTES, NUMBERS, COLLEAGUE)


@dataclass(frozen=True)
class Target:
    """One field that a column can fill: how its cells are read, from which code list, and how it is usually called."""

    name: str
    reads: str
    headers: tuple[str, ...]
    code_list: str = ""
    is_required: bool = False
    gathers: bool = False
    """Several columns may fill it; each is then named in the text."""

    @property
    def has_codes(self) -> bool:
        """Whether words of the table must be told apart: codes of a list, or colleagues."""
        return self.reads in (CODE, CODES, COLLEAGUE)


@cache
def _data() -> dict[str, Any]:  # Any: TOML
    return tomllib.loads(files(__package__).joinpath("data/targets.toml").read_text(encoding="utf-8"))


def words_of(list_name: str) -> Mapping[str, str]:
    """What offices write for the codes of a list beside their names: folded word and code."""
    found: Mapping[str, str] = _data()["words"].get(list_name, {})
    return found


@cache
def targets(kind: str) -> Mapping[str, Target]:
    """The fields that an import of this kind can fill, by name."""
    return MappingProxyType(
        {
            name: Target(
                name=name,
                reads=entry["reads"],
                headers=tuple(entry["headers"]),
                code_list=entry.get("list", ""),
                is_required=entry.get("required", False),
                gathers=entry.get("gathers", False),
            )
            for name, entry in _data()[kind].items()
        }
    )


def guess(kind: str, header: str) -> Target | None:
    """The field that a column of this name most probably means: the same words first, then the same beginning."""
    words = normalise(header)
    if not words:
        return None
    for found in targets(kind).values():
        if words in found.headers or words == normalise(found.name):
            return found
    beginnings = [
        (len(h), found) for found in targets(kind).values() for h in found.headers if words.startswith(h + " ")
    ]
    return max(beginnings, key=lambda pair: pair[0])[1] if beginnings else None
