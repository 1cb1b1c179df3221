"""Which fields do the hotline's forms share? Codes of the vocabulary, and a day with a time in two small fields."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from django import forms
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from astra import vocabulary

DAYS = ["%d.%m.%Y.", "%d.%m.%Y", "%d. %m. %Y.", "%Y-%m-%d", "%d/%m/%Y"]
TIMES = ["%H:%M", "%H.%M", "%H%M"]
NOTHING = [("", "")]
Choices = Sequence[tuple[str, Any]]  # Any: a name, or a group of choices


def _offered(name: str, *, is_grouped: bool, blank: bool) -> Choices:
    known = vocabulary.codes(name)
    language = get_language()
    shown: Choices = known.grouped_choices(language) if is_grouped and known.groups else known.choices(language)
    return [*NOTHING, *shown] if blank else list(shown)


def choices_of(name: str, *, is_grouped: bool = True, blank: bool = True) -> Callable[[], Choices]:
    """The offered codes of a list, named in the language of whoever reads the form."""
    return lambda: _offered(name, is_grouped=is_grouped, blank=blank)


class PlainSelect(forms.Select):
    """A drop-down list that is drawn in one go: a form with a thousand options must not make anybody wait."""

    template_name = "hotline/select.html"

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """The attributes, and every option as one piece of HTML."""
        context = forms.Widget.get_context(self, name, value, attrs)
        context["widget"]["options"] = _options(self.choices, str(value or ""))
        return context


def _options(choices: Iterable[tuple[Any, Any]], chosen: str) -> SafeString:
    parts = []
    for code, name in choices:
        if isinstance(name, list | tuple):
            parts.append(format_html('<optgroup label="{}">{}</optgroup>', code, _options(name, chosen)))
        else:
            mark = mark_safe(" selected") if code == chosen else ""
            parts.append(format_html('<option value="{}"{}>{}</option>', code, mark, name))
    return mark_safe("".join(parts))  # noqa: S308  (every part was escaped by format_html)


class CodeField(forms.ChoiceField):
    """One code of a list, or blank: not known."""

    def __init__(self, name: str, *, blank: Any = "", **kwargs: Any) -> None:  # Any: words, and what a field takes
        kwargs.setdefault("required", False)
        super().__init__(choices=lambda: [("", blank), *choices_of(name, blank=False)()], widget=PlainSelect, **kwargs)


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
        super().__init__(choices=choices_of(name), widget=SeveralSelects(count), **kwargs)

    def to_python(self, value: Any) -> list[str]:
        """The chosen codes, each once, without the lists that were left alone."""
        return list(dict.fromkeys(super().to_python([code for code in value or [] if code])))


class MomentField(forms.SplitDateTimeField):
    """A day and a time of day, as people here write them."""

    def __init__(self, **kwargs: Any) -> None:  # Any: whatever a form field takes
        widget = forms.SplitDateTimeWidget(
            date_format="%d.%m.%Y.",
            time_format="%H:%M",
            date_attrs={"data-now": "date", "class": "govuk-input--width-10", "autocomplete": "off"},
            time_attrs={"data-now": "time", "class": "govuk-input--width-5", "autocomplete": "off"},
        )
        super().__init__(input_date_formats=DAYS, input_time_formats=TIMES, widget=widget, **kwargs)


class DayField(forms.DateField):
    """A day, as people here write it."""

    def __init__(self, **kwargs: Any) -> None:  # Any: whatever a form field takes
        attrs = {"class": "govuk-input--width-10", "autocomplete": "off", "placeholder": "31.12.2026."}
        widget = forms.DateInput(format="%d.%m.%Y.", attrs=attrs)
        super().__init__(input_formats=DAYS, widget=widget, **kwargs)


def words_field(label: Any, *, rows: int = 3, hint: Any = "", **attrs: str) -> forms.CharField:
    """A place to write: grows, keeps its lines, is never cut."""
    widget = forms.Textarea(attrs={"rows": rows, "autocomplete": "off", **attrs})
    return forms.CharField(required=False, label=label, help_text=hint, widget=widget, max_length=200_000)


def line_field(label: Any, *, kind: str = "text", hint: Any = "", **attrs: str) -> forms.CharField:
    """One line of text; browsers neither remember nor correct what is typed about people."""
    given = {"autocomplete": "off", "autocapitalize": "off", "spellcheck": "false", **attrs}
    widget = forms.TextInput(attrs={**given, "type": kind})
    return forms.CharField(required=False, label=label, help_text=hint, widget=widget, max_length=500)
