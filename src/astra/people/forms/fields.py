"""Which fields do the room's forms share, and how does a form say what a service refused?"""

from collections.abc import Callable, Iterable
from datetime import date
from typing import Any, TypeVar

from django import forms
from django.forms import BaseFormSet
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from astra import vocabulary
from astra.kernel.clock import today
from astra.kernel.errors import AstraError, Conflict, Invalid, NotAllowedNow
from astra.kernel.partial_dates import PartialDate, parse_birth, say

T = TypeVar("T")

DAYS = ["%d.%m.%Y.", "%d.%m.%Y", "%d. %m. %Y.", "%Y-%m-%d", "%d/%m/%Y"]
UNREMEMBERED = {"autocomplete": "off", "spellcheck": "false"}
"""Browsers keep nothing of what is typed about people."""


def act(form: forms.Form, deed: Callable[[], T]) -> tuple[T] | None:
    """Do it and hand back what it made, in a tuple; or show on the form what stands against it."""
    try:
        return (deed(),)
    except (Invalid, Conflict, NotAllowedNow) as error:
        show(form, error)
        return None


def show(form: forms.Form, error: AstraError) -> None:
    """Show a refusal on the form, at its field where there is one."""
    if not isinstance(error, Invalid):
        form.add_error(None, gettext(error.message) % error.parts)
        return
    for problem in error.problems:
        field = problem.field if problem.field in form.fields else None
        form.add_error(field, gettext(problem.message) % problem.parts)


class CodesField(forms.CharField):
    """Several codes of a long list as people write them: names in any language and script, with commas between."""

    def __init__(self, list_name: str, **kwargs: Any) -> None:  # Any: Django's field arguments
        self.list_name = list_name
        super().__init__(**{"required": False, "help_text": _("Separate with commas."), **kwargs})

    def prepare_value(self, value: Any) -> Any:  # Any: Django's signature
        """Show codes by their names; what somebody typed stays as it was."""
        if isinstance(value, (tuple, list)):
            known = vocabulary.codes(self.list_name)
            return ", ".join(known.label(code, get_language()) for code in value)
        return value

    def to_python(self, value: Any) -> Any:  # Any: Django's signature
        """Find the code that each name means."""
        words = [word.strip() for word in str(value or "").replace(";", ",").split(",") if word.strip()]
        found = [(word, vocabulary.codes(self.list_name).find(word)) for word in words]
        unknown = [word for word, code in found if code is None]
        if unknown:
            raise forms.ValidationError(gettext("Not known: %(words)s") % {"words": ", ".join(unknown)})
        return tuple(dict.fromkeys(code for _word, code in found if code))


def coded(list_name: str, *, with_blank: bool = True) -> Callable[[], list[Any]]:
    """Choices of a code list in the reader's language, under its headings; asked for when the form is shown."""

    def offered() -> list[Any]:  # Any: a pair, or a group of pairs
        known = vocabulary.codes(list_name)
        shown: list[Any] = list(
            known.grouped_choices(get_language()) if known.groups else known.choices(get_language())
        )
        return [("", ""), *shown] if with_blank else shown

    return offered


class CodeField(forms.ChoiceField):
    """One code of a list; blank means not known."""

    def __init__(self, list_name: str, **kwargs: Any) -> None:  # Any: Django's field arguments
        is_required = kwargs.setdefault("required", False)
        super().__init__(choices=coded(list_name, with_blank=not is_required), **kwargs)


class DayField(forms.DateField):
    """A day, as people here write it."""

    def __init__(self, **kwargs: Any) -> None:  # Any: Django's field arguments
        attrs = {**UNREMEMBERED, "class": "govuk-input--width-10", "inputmode": "numeric", "data-now": "date"}
        widget = forms.DateInput(format="%d.%m.%Y.", attrs=attrs)
        super().__init__(input_formats=DAYS, widget=widget, **kwargs)


class BirthField(forms.CharField):
    """A birth date or an age as people say it; what was known stays as it was unless somebody writes otherwise."""

    def __init__(self, **kwargs: Any) -> None:  # Any: Django's field arguments
        super().__init__(required=False, max_length=60, widget=forms.TextInput(UNREMEMBERED), **kwargs)

    def prepare_value(self, value: Any) -> Any:  # Any: Django's signature
        """Show a known date as people say it."""
        return say(value, get_language()) if isinstance(value, PartialDate) else value

    def read(self, text: str, known: PartialDate | None, seen_on: date | None = None) -> PartialDate | None:
        """Read what was typed; the same words as before mean the same date as before."""
        if not text.strip():
            return None
        if known is not None and text == self.prepare_value(known):
            return known
        try:
            return parse_birth(text, seen_on=seen_on or today())
        except Invalid as error:
            problem = error.problems[0]
            raise forms.ValidationError(gettext(problem.message) % problem.parts) from None


def line_field(label: Any, *, hint: Any = "", length: int = 200, **attrs: str) -> forms.CharField:  # Any: lazy words
    """One line of text about somebody."""
    widget = forms.TextInput({**UNREMEMBERED, **attrs})
    return forms.CharField(label=label, help_text=hint, required=False, max_length=length, widget=widget)


def words_field(label: Any, *, rows: int = 3, hint: Any = "") -> forms.CharField:  # Any: lazy words
    """A place to write."""
    return forms.CharField(label=label, help_text=hint, required=False, widget=forms.Textarea({"rows": rows}))


def filled(formset: "BaseFormSet[Any]", *names: str) -> Iterable[dict[str, Any]]:
    """The rows of a set in which one of these fields was filled in."""
    for form in formset:
        if any(form.cleaned_data.get(name) for name in names):
            yield form.cleaned_data
