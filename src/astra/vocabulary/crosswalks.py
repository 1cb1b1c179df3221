"""Which code of another standard says the same as ours, and what is lost on the way?

A crosswalk is a table under data/crosswalks. Each row says how the target stands to our code: `exact` (there and back
without loss), `broader` (the target says less), `narrower` (the target says more), `close`, or `none` (nothing fits;
written down so that nobody has to wonder).
"""

import tomllib
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache, lru_cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any

from astra.vocabulary.lists import codes
from astra.vocabulary.tables import read_table

RELATIONS = ("exact", "close", "broader", "narrower", "none")


@dataclass(frozen=True)
class Link:
    """One row: our code, their code, and how theirs stands to ours. A blank side has no counterpart."""

    code: str
    target: str
    relation: str
    note: str = ""


@dataclass(frozen=True)
class Crosswalk:
    """The way between one of our lists and one domain of a standard; made by `Crosswalk.of`."""

    name: str
    standard: str
    domain: str
    links: tuple[Link, ...]
    of_code: Mapping[str, tuple[Link, ...]] = field(repr=False)
    of_target: Mapping[str, tuple[Link, ...]] = field(repr=False)

    @classmethod
    def of(cls, name: str, standard: str, domain: str, links: Iterable[Link]) -> "Crosswalk":
        """Make a crosswalk from its rows and index them both ways, the exact ones first."""
        rows = tuple(links)
        of_code: defaultdict[str, list[Link]] = defaultdict(list)
        of_target: defaultdict[str, list[Link]] = defaultdict(list)
        for link in sorted(rows, key=lambda link: link.relation != "exact"):
            of_code[link.code].append(link)
            of_target[link.target].append(link)
        return cls(name, standard, domain, rows, _frozen(of_code), _frozen(of_target))

    def forward(self, code: str) -> tuple[str, ...]:
        """What their standard calls our code; empty when it has nothing for it."""
        return tuple(link.target for link in self.of_code.get(code, ()) if link.target)

    def back(self, target: str) -> tuple[str, ...]:
        """Which of our codes their code may mean, the exact one first."""
        return tuple(link.code for link in self.of_target.get(target, ()) if link.code)

    def exact(self, target: str) -> str | None:
        """The one code of ours that says exactly what theirs says, for import; None when there is none."""
        links = self.of_target.get(target, ())
        return links[0].code if links and links[0].relation == "exact" else None

    def is_lossy(self, code: str) -> bool:
        """Whether our code says something that does not survive the way there and back."""
        return [link.relation for link in self.of_code.get(code, ())] != ["exact"]

    def note(self, code: str) -> str:
        """What the table says about the way of a code."""
        return "; ".join(link.note for link in self.of_code.get(code, ()) if link.note)


def _frozen(links: Mapping[str, list[Link]]) -> Mapping[str, tuple[Link, ...]]:
    return MappingProxyType({key: tuple(rows) for key, rows in links.items()})


@lru_cache(maxsize=1)
def _register() -> dict[str, dict[str, Any]]:
    text = files(__package__).joinpath("data/crosswalks/index.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


def crosswalks() -> tuple[tuple[str, str], ...]:
    """Every (list, standard) that has a crosswalk."""
    return tuple((name, standard) for name, standards in _register().items() for standard in standards)


@cache
def crosswalk(name: str, standard: str) -> Crosswalk:
    """The crosswalk from our list to the standard."""
    entry = _register()[name][standard]
    if "fact" in entry:
        links = tuple(Link(code.code, code.facts[entry["fact"]], "exact") for code in codes(name))
    else:
        rows = read_table(f"crosswalks/{name}.{standard}.csv").rows
        links = tuple(Link(row["code"], row["target"], row["relation"], row["note"]) for row in rows)
    return Crosswalk.of(name, standard, entry.get("domain", ""), links)
