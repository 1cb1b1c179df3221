"""What do the forms of this room share? Coded fields, words for the sealed section, a place."""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from typing import Any, ClassVar
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from astra.cases.rules.tiers import LEGAL
from astra.vocabulary.form_fields import CodeField


@dataclass(frozen=True)
class Place:
    """Where a form stands: its file, its tier, and what its choices are made from."""

    case_id: UUID
    clients: Mapping[UUID, str] = field(default_factory=dict)
    workers: Mapping[UUID, str] = field(default_factory=dict)
    institutions: list[tuple[UUID, str]] = field(default_factory=list)
    proceedings: list[tuple[UUID, str]] = field(default_factory=list)
    letters: list[tuple[UUID, str]] = field(default_factory=list)
    suspects: list[tuple[UUID, str]] = field(default_factory=list)


class ChosenField(forms.TypedChoiceField):
    """One of the things that this file or the directory has, or none."""

    def __init__(self, **kwargs: Any) -> None:  # Any: what a field takes
        super().__init__(coerce=UUID, empty_value=None, required=False, **kwargs)


class PartForm(forms.Form):
    """A form whose sealed words go to the service as one value, and whose other fields go by their names."""

    marks = "required"
    words_type: ClassVar[type | None] = None

    def __init__(self, *args: Any, place: Place, **kwargs: Any) -> None:  # Any: what Django forms take
        super().__init__(*args, **kwargs)
        self.standing = place
        choices = {
            "escort": place.workers,
            "assigned": place.workers,
            "authority_id": dict(place.institutions),
            "institution_id": dict(place.institutions),
            "proceeding_id": dict(place.proceedings),
            "answers": dict(place.letters),
            "other_id": dict(place.suspects),
        }
        for name, found in choices.items():
            if name in self.fields:
                chosen = self.fields[name]
                assert isinstance(chosen, forms.ChoiceField)
                chosen.choices = [("", ""), *((str(pk), words) for pk, words in found.items())]

    def arguments(self) -> dict[str, Any]:
        """What the service takes."""
        given = dict(self.cleaned_data)
        if self.words_type is not None:
            names = {one.name for one in fields(self.words_type)}
            words = {name: given.pop(name) for name in list(given) if name in names}
            given["words"] = self.words_type(**words)
        return given


class NumberField(forms.IntegerField):
    """A count that may be left blank, which is nought."""

    def clean(self, value: Any) -> int:  # Any: Django's signature
        """Blank is nought."""
        return super().clean(value) or 0


def tier_field() -> CodeField:
    """Which part of the file may read it; the legal part unless somebody says otherwise."""
    return CodeField("case_tier", label=_("Who can read it"), required=True, initial=LEGAL, only=("team", "legal"))
