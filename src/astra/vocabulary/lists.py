"""Which codes does a list allow, and how is each called in the reader's language?

A list is one TOML file under data/lists (countries and languages take their names from CLDR). An installation may add
codes, rename or retire them in files of the same form in a folder of its own. Lists are read when first asked for.
"""

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache, cached_property
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from types import MappingProxyType
from typing import Any

from astra.kernel.errors import Invalid, Problem
from astra.kernel.languages import LANGUAGES, known_language
from astra.kernel.words import msg
from astra.science.script import normalise, sort_key, to_cyrillic
from astra.vocabulary.cldr import add_names
from astra.vocabulary.errors import BrokenVocabulary

_CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,39}")
_WORDS = frozenset({"sr_latn", "sr", "en", "note", "group", "retired", "import_only"})
_own_folder: Path | None = None


@dataclass(frozen=True, slots=True)
class Code:
    """One code: its names, an explanation, its group, and what programs need to know of it (`facts`)."""

    code: str
    labels: Mapping[str, str]
    note: str = ""
    group: str = ""
    is_retired: bool = False
    is_import_only: bool = False
    facts: Mapping[str, Any] = field(default_factory=dict)

    @property
    def is_offered(self) -> bool:
        """Whether a form offers this code for new entries."""
        return not (self.is_retired or self.is_import_only)


@dataclass(frozen=True)
class CodeList:
    """A code list in its order: what a form offers, what the database may hold, and the names of both."""

    name: str
    source: str
    licence: str
    entries: Mapping[str, Code]
    groups: Mapping[str, Mapping[str, str]]
    is_by_name: bool = False

    @property
    def codes(self) -> tuple[str, ...]:
        """Every code that may be stored, retired ones too."""
        return tuple(self.entries)

    @property
    def offered(self) -> tuple[str, ...]:
        """The codes that a form offers for new entries."""
        return tuple(code for code, entry in self.entries.items() if entry.is_offered)

    def __contains__(self, code: object) -> bool:
        return code in self.entries

    def __iter__(self) -> Iterator[Code]:
        return iter(self.entries.values())

    def __len__(self) -> int:
        return len(self.entries)

    def label(self, code: str, language: str | None = "sr-latn") -> str:
        """The name of a code; a blank stays blank, a code this version does not know shows itself."""
        entry = self.entries.get(code)
        return entry.labels[known_language(language)] if entry else code

    def labels(self, codes: Iterable[str], language: str | None = "sr-latn") -> tuple[str, ...]:
        """The names of several codes, in the order of the list."""
        wanted = set(codes)
        return tuple(self.label(code, language) for code in self.entries if code in wanted)

    def note(self, code: str) -> str:
        """The explanation of a code (English), or a blank."""
        return self.entries[code].note if code in self.entries else ""

    def choices(self, language: str | None = "sr-latn", *, keep: Iterable[str] = ()) -> list[tuple[str, str]]:
        """Pairs for a form: the offered codes, and those in `keep` (what the record already holds).

        A long list stands in the order of its names, after the codes that are used most (`first = true`).
        """
        kept, key = set(keep), known_language(language)
        entries = self._by_name[key] if self.is_by_name else self
        return [(entry.code, entry.labels[key]) for entry in entries if entry.is_offered or entry.code in kept]

    @cached_property
    def _by_name(self) -> dict[str, tuple[Code, ...]]:
        """Every entry in the order of its names, for each language; sorted once, forms ask for it all day."""

        def place(entry: Code, language: str) -> tuple[bool, object]:
            is_first = bool(entry.facts.get("first"))
            return not is_first, () if is_first else sort_key(entry.labels[language])

        return {key: tuple(sorted(self, key=lambda entry: place(entry, key))) for key in LANGUAGES}

    def grouped_choices(
        self, language: str | None = "sr-latn", *, keep: Iterable[str] = ()
    ) -> list[tuple[str, list[tuple[str, str]]]]:
        """The choices under the names of their groups, in the order of the groups."""
        key = known_language(language)
        offered = self.choices(language, keep=keep)
        return [
            (names[key], [(code, label) for code, label in offered if self.entries[code].group == group])
            for group, names in self.groups.items()
        ]

    def group_label(self, group: str, language: str | None = "sr-latn") -> str:
        """The name of a group."""
        return self.groups[group][known_language(language)]

    def fact(self, code: str, name: str, default: Any = None) -> Any:
        """What a program needs to know of a code: `fact("silent", "is_data")`."""
        entry = self.entries.get(code)
        return entry.facts.get(name, default) if entry else default

    def having(self, **facts: object) -> tuple[str, ...]:
        """The codes with all these facts: `having(is_data=True)`."""
        return tuple(
            code
            for code, entry in self.entries.items()
            if all(entry.facts.get(name) == value for name, value in facts.items())
        )

    def find(self, text: str) -> str | None:
        """The code that a spreadsheet means: by code or by name in any language and script; None when in doubt."""
        return _spellings(self.name).get(normalise(text)) if text else None


def lists() -> tuple[str, ...]:
    """The names of all lists, in alphabetical order."""
    shipped = {entry.name for entry in _shipped().iterdir()}
    own = {path.name for path in _own_folder.glob("*.toml")} if _own_folder else set()
    return tuple(sorted(name.removesuffix(".toml") for name in shipped | own if name.endswith(".toml")))


@cache
def codes(name: str) -> CodeList:
    """The list of this name."""
    raw = _read(name)
    entries = _entries(name, raw)
    groups = {key: _labels(f"{name}.groups.{key}", words) for key, words in raw.get("groups", {}).items()}
    for entry in entries.values():
        if bool(groups) != bool(entry.group) or (entry.group and entry.group not in groups):
            raise BrokenVocabulary(f"{name}: {entry.code} is in no group of this list ({entry.group!r})")
    return CodeList(
        name=name,
        source=raw["source"],
        licence=raw["licence"],
        entries=MappingProxyType(entries),
        groups=MappingProxyType(groups),
        is_by_name=raw.get("order") == "name",
    )


def check(name: str, code: str, *, field: str = "") -> str:
    """Return the code, or raise `Invalid` naming what the list allows."""
    known = codes(name)
    if code in known:
        return code
    shown = ", ".join(known.offered[:40]) + (", ..." if len(known.offered) > 40 else "")
    raise Invalid(Problem(field or name, msg("This is not one of the allowed values."), allowed=shown))


def use_own_lists(folder: Path | None) -> None:
    """Read additions of this installation from a folder (files `<list>.toml`); None forgets them."""
    global _own_folder  # noqa: PLW0603  one installation, one folder; set once at start-up
    _own_folder = folder if folder and folder.is_dir() else None
    codes.cache_clear()
    _spellings.cache_clear()


def _shipped() -> Traversable:
    return files(__package__).joinpath("data/lists")


def _read(name: str) -> dict[str, Any]:
    """Read a list as shipped, with the installation's own additions laid over it."""
    shipped = _shipped().joinpath(f"{name}.toml")
    own = _own_folder / f"{name}.toml" if _own_folder else None
    if not shipped.is_file() and not (own and own.is_file()):
        raise KeyError(f"there is no code list {name!r}")
    raw: dict[str, Any] = _parse(name, shipped) if shipped.is_file() else {}
    if own and own.is_file():
        added = _parse(name, own)
        raw = {
            **added,
            **raw,
            "groups": raw.get("groups", {}) | added.get("groups", {}),
            "codes": {
                code: raw.get("codes", {}).get(code, {}) | added.get("codes", {}).get(code, {})
                for code in [*raw.get("codes", {}), *added.get("codes", {})]
            },
        }
    if not raw.get("source") or not raw.get("licence"):
        raise BrokenVocabulary(f"{name}: source and licence must be stated")
    return add_names(raw)


def _parse(name: str, path: Traversable) -> dict[str, Any]:
    """Parse one file; TOML itself refuses a code that is given twice."""
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as error:
        raise BrokenVocabulary(f"{name}: {error}") from error


def _entries(name: str, raw: Mapping[str, Any]) -> dict[str, Code]:
    entries = {}
    for code, words in raw.get("codes", {}).items():
        if not _CODE.fullmatch(code):
            raise BrokenVocabulary(f"{name}: {code!r} is not a code (letters, digits, - and _, at most 40)")
        entries[code] = Code(
            code=code,
            labels=_labels(f"{name}.{code}", words),
            note=words.get("note", ""),
            group=words.get("group", ""),
            is_retired=bool(words.get("retired", False)),
            is_import_only=bool(words.get("import_only", False)),
            facts=MappingProxyType({key: value for key, value in words.items() if key not in _WORDS}),
        )
    if not entries:
        raise BrokenVocabulary(f"{name}: the list has no codes")
    return entries


def _labels(where: str, words: Mapping[str, Any]) -> Mapping[str, str]:
    """The names in all languages; Cyrillic is made from Latin where it is not written."""
    latin, english = words.get("sr_latn"), words.get("en")
    if not latin or not english:
        raise BrokenVocabulary(f"{where}: sr_latn and en must be written")
    return MappingProxyType({"sr-latn": latin, "sr": words.get("sr") or to_cyrillic(latin), "en": english})


@cache
def _spellings(name: str) -> dict[str, str]:
    """Every folded spelling of every code; one that would mean two codes means none."""
    found: dict[str, str] = {}
    doubtful = set()
    for entry in codes(name):
        also = [*entry.facts.get("also", []), entry.facts.get("alpha3", entry.code)]
        for spelling in {normalise(text) for text in (entry.code, *entry.labels.values(), *also)}:
            if found.setdefault(spelling, entry.code) != entry.code:
                doubtful.add(spelling)
    own = {normalise(code): code for code in codes(name).codes}
    return {spelling: code for spelling, code in found.items() if spelling not in doubtful} | own
