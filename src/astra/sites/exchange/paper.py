"""Of what does a blank form consist, and how are its fields and codes called on paper?

The names come from the screen's own forms. Nothing on paper says what the organisation works on: codes whose names
would tell have neutral ones (data/neutral.toml).
"""

import tomllib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from astra import vocabulary
from astra.science.script import to_cyrillic
from astra.sites.exchange.neutral import is_neutral

TICKS, LINE, LINES, DAY, MOMENT, DIGITS = "ticks", "line", "lines", "day", "moment", "digits"
GRID, NOTE = "grid", "note"
FEW = 6
"""So many of the countries and languages have boxes; another one is written by hand."""


@dataclass(frozen=True)
class Choices:
    """Boxes to tick under one heading; the heading may be blank."""

    title: str
    names: tuple[str, ...]


@dataclass(frozen=True)
class Place:
    """One place on paper: what it is called, and what there is to do."""

    label: str
    kind: str
    choices: tuple[Choices, ...] = ()
    rows: int = 0
    """Lines to write on, rows of a grid, or boxes for digits."""
    width: str = "full"
    """full, half, third, two-thirds or quarter of the page."""
    columns: tuple[str, ...] = ()
    """The heads of a grid."""
    hint: str = ""
    fields: tuple[str, ...] = ()
    """Which fields of the screen stand here."""

    @property
    def numbered_rows(self) -> range:
        """The rows, for a template to walk over."""
        return range(self.rows)


@dataclass(frozen=True)
class Part:
    """Places that belong together."""

    title: str
    places: tuple[Place, ...]
    on_new_page: bool = False
    is_dense: bool = False
    """Long lists, in small letters."""


@dataclass(frozen=True)
class Sheet:
    """One blank form."""

    kind: str
    title: str
    parts: tuple[Part, ...]
    is_of_call: bool = False
    """Whether the time of a call stands on it, which it keeps when it is typed in."""


class Namer:
    """How fields and codes are called in one language, neutrally."""

    def __init__(self, language: str) -> None:
        self.language = language

    def label(self, form: type[forms.Form], field: str) -> str:
        """The name of a field as the screen shows it."""
        found: forms.Field = form.base_fields[field]
        return str(found.label)

    def codes(self, list_name: str, *, only: Callable[[vocabulary.Code], bool] | None = None) -> tuple[Choices, ...]:
        """The offered codes of a list, under the headings of their groups."""
        known = vocabulary.codes(list_name)
        offered = [entry for entry in known if entry.is_offered and (only is None or only(entry))]
        if not known.groups:
            return (Choices("", tuple(self.code(list_name, entry) for entry in offered)),)
        return tuple(
            Choices(self.group(list_name, group), tuple(self.code(list_name, e) for e in offered if e.group == group))
            for group in known.groups
            if any(entry.group == group for entry in offered)
        )

    def ticks(self, form: type[forms.Form], field: str, list_name: str, width: str = "full") -> Place:
        """Boxes for a field of the screen, with the codes that it offers there."""
        codes = set(_values(form, field))
        choices = self.codes(list_name, only=lambda entry: entry.code in codes)
        return Place(self.label(form, field), TICKS, choices, width=width, fields=(field,))

    def few(self, form: type[forms.Form], field: str, list_name: str) -> Place:
        """Boxes for the codes of a long list that are used most, and room for another one."""
        known = vocabulary.codes(list_name)
        first = [code for code, _name in known.choices(self.language)][:FEW]
        choices = Choices("", tuple(self.code(list_name, known.entries[code]) for code in first))
        return Place(self.label(form, field), TICKS, (choices,), hint=_("Another one"), fields=(field,))

    def own_choices(self, form: type[forms.Form], field: str) -> Place:
        """Boxes for a field whose choices are no code list."""
        found: Any = form.base_fields[field]  # Any: a choice field of any kind
        choices = Choices("", tuple(str(label) for _value, label in found.choices))
        return Place(self.label(form, field), TICKS, (choices,), fields=(field,))

    def lines(self, form: type[forms.Form], *fields: str, width: str = "full", rows: int = 0) -> list[Place]:
        """Room to write for fields of the screen: one line each, or several."""
        kind = LINES if rows else LINE
        return [Place(self.label(form, one), kind, rows=rows, width=width, fields=(one,)) for one in fields]

    def place(self, form: type[forms.Form], field: str, kind: str, width: str = "half", rows: int = 0) -> Place:
        """Boxes for a day, a moment or digits."""
        return Place(self.label(form, field), kind, rows=rows, width=width, fields=(field,))

    def grid(self, title: str, form: type[forms.Form], *fields: str, rows: int) -> Place:
        """A small table."""
        columns = tuple(self.label(form, one) for one in fields)
        return Place(title, GRID, rows=rows, columns=columns, fields=fields)

    def code(self, list_name: str, entry: vocabulary.Code) -> str:
        """The name of a code, or a neutral one, or its place in the list."""
        instead = self._instead(_neutral_names().get(list_name, {}), entry.code)
        found = instead or entry.labels[self.language]
        return found if is_neutral(found) else f"{vocabulary.codes(list_name).codes.index(entry.code) + 1}."

    def group(self, list_name: str, group: str) -> str:
        """The heading of a group of codes, neutrally."""
        instead = self._instead(_neutral_names().get("groups", {}).get(list_name, {}), group)
        found = instead or vocabulary.codes(list_name).group_label(group, self.language)
        return found if is_neutral(found) else ""

    def _instead(self, names: Mapping[str, Any], code: str) -> str:  # Any: TOML
        given = names.get(code)
        if given is None:
            return ""
        latin = str(given["sr_latn"])
        return {"sr-latn": latin, "sr": to_cyrillic(latin), "en": str(given["en"])}[self.language]


def _values(form: type[forms.Form], field: str) -> Iterator[str]:
    """The codes that a field of the screen offers, out of their groups."""
    found: Any = form.base_fields[field]  # Any: a choice field of any kind
    for value, label in found.choices:
        if isinstance(label, list | tuple):
            yield from (str(code) for code, _name in label)
        else:
            yield str(value)


@cache
def _neutral_names() -> dict[str, Any]:  # Any: TOML
    return tomllib.loads(files(__package__).joinpath("data/neutral.toml").read_text(encoding="utf-8"))


def ungrouped(choices: Iterable[Choices]) -> tuple[Choices, ...]:
    """The same boxes without headings."""
    return (Choices("", tuple(name for some in choices for name in some.names)),)


def texts_of(sheet: Sheet) -> Iterator[str]:
    """Everything that is printed of a sheet, for making sure that it tells nothing."""
    yield sheet.title
    for part in sheet.parts:
        yield part.title
        for place in part.places:
            yield from (place.label, place.hint, *place.columns)
            for choices in place.choices:
                yield from (choices.title, *choices.names)


def fields_of(sheet: Sheet) -> Sequence[str]:
    """The fields of the screen that stand on a sheet."""
    return [name for part in sheet.parts for place in part.places for name in place.fields]
