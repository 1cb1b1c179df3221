"""Which field do only the hotline's forms need? Several codes chosen with the keyboard alone."""

from typing import Any

from django import forms

from astra.vocabulary.form_fields import Choices, PlainSelect, choices_of


class SeveralSelects(forms.MultiWidget):
    """Several drop-down lists in a row: a few letters choose, Tab goes on, nothing has to be opened."""

    template_name = "hotline/several.html"

    def __init__(self, count: int, attrs: dict[str, Any] | None = None) -> None:
        super().__init__([PlainSelect() for _ in range(count)], attrs)

    @property
    def choices(self) -> Choices:
        """What each of the lists offers."""
        return list(self.widgets[0].choices)  # type: ignore[attr-defined]  # the widgets are selects

    @choices.setter
    def choices(self, value: Choices) -> None:
        for widget in self.widgets:
            widget.choices = value  # type: ignore[attr-defined]  # the widgets are selects

    def decompress(self, value: Any) -> list[str]:
        """The codes in their order."""
        return list(value or [])


class SeveralField(forms.MultipleChoiceField):
    """Several codes of a list, chosen one after the other."""

    def __init__(self, name: str, *, count: int = 4, **kwargs: Any) -> None:  # Any: whatever a form field takes
        kwargs.setdefault("required", False)
        super().__init__(choices=choices_of(name, blank=""), widget=SeveralSelects(count), **kwargs)

    def to_python(self, value: Any) -> list[str]:
        """The chosen codes, each once, without the lists that were left alone."""
        return list(dict.fromkeys(super().to_python([code for code in value or [] if code])))
