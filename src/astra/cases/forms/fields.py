"""Which fields do the room's forms share, and how does a form say what a service refused?"""

from collections.abc import Callable, Iterable
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from astra import vocabulary
from astra.kernel.errors import AstraError, Conflict, Denied, Invalid, NotAllowedNow

DAYS = ["%d.%m.%Y.", "%d.%m.%Y", "%d. %m. %Y.", "%Y-%m-%d", "%d/%m/%Y"]
TIMES = ["%H:%M", "%H.%M", "%H%M"]
UNREMEMBERED = {"autocomplete": "off"}
"""Browsers keep nothing of what is typed about people."""


def act(form: forms.Form, deed: Callable[[], object]) -> bool:
    """Do what a valid form asks for; what a service refuses is shown on the form, at its field where there is one."""
    if not form.is_valid():
        return False
    try:
        deed()
    except Invalid as error:
        for problem in error.problems:
            field = problem.field if problem.field in form.fields else None
            form.add_error(field, gettext(problem.message) % problem.parts)
    except (Conflict, Denied, NotAllowedNow) as error:
        form.add_error(None, said(error))
    else:
        return True
    return False


def said(error: AstraError) -> str:
    """What an error says, in the reader's language."""
    return gettext(error.message) % error.parts


def offer(form: forms.Form, name: str, choices: Iterable[Any]) -> None:  # Any: a pair, or a group of pairs
    """Say what a choice field of a form offers, once it is known who asks."""
    field = form.fields[name]
    assert isinstance(field, forms.ChoiceField)
    field.choices = list(choices)


def choices_of(name: str, *, blank: bool = False, only: Iterable[str] = ()) -> Callable[[], list[Any]]:
    """The offered codes of a list, named in the reader's language; `only` keeps those groups."""
    groups = set(only)

    def offered() -> list[Any]:  # Any: a pair, or a group of pairs
        known, language = vocabulary.codes(name), get_language()
        shown: list[Any] = list(known.grouped_choices(language) if known.groups else known.choices(language))
        if groups:
            names = {known.group_label(group, language) for group in groups}
            shown = [group for group in shown if group[0] in names]
        return [("", ""), *shown] if blank else shown

    return offered


class CodeField(forms.ChoiceField):
    """One code of a list; blank means not known."""

    def __init__(self, name: str, *, only: Iterable[str] = (), **kwargs: Any) -> None:  # Any: what a field takes
        is_required = kwargs.setdefault("required", False)
        super().__init__(choices=choices_of(name, blank=not is_required, only=only), **kwargs)


class CodesField(forms.MultipleChoiceField):
    """Several codes of a list."""

    def __init__(self, name: str, **kwargs: Any) -> None:  # Any: what a field takes
        kwargs.setdefault("required", False)
        kwargs.setdefault("widget", forms.CheckboxSelectMultiple)
        super().__init__(choices=choices_of(name), **kwargs)


class DayField(forms.DateField):
    """A day, as people here write it."""

    def __init__(self, **kwargs: Any) -> None:  # Any: what a field takes
        attrs = {**UNREMEMBERED, "class": "govuk-input--width-10", "placeholder": "31.12.2026.", "inputmode": "numeric"}
        widget = forms.DateInput(format="%d.%m.%Y.", attrs=attrs)
        super().__init__(input_formats=DAYS, widget=widget, **kwargs)


class MomentField(forms.SplitDateTimeField):
    """A day and a time of day, as people here write them."""

    def __init__(self, **kwargs: Any) -> None:  # Any: what a field takes
        widget = forms.SplitDateTimeWidget(
            date_format="%d.%m.%Y.",
            time_format="%H:%M",
            date_attrs={**UNREMEMBERED, "data-now": "date", "class": "govuk-input--width-10"},
            time_attrs={**UNREMEMBERED, "data-now": "time", "class": "govuk-input--width-5"},
        )
        super().__init__(input_date_formats=DAYS, input_time_formats=TIMES, widget=widget, **kwargs)


class MembersField(forms.TypedMultipleChoiceField):
    """Several colleagues."""

    def __init__(self, **kwargs: Any) -> None:  # Any: what a field takes
        kwargs.setdefault("widget", forms.CheckboxSelectMultiple)
        super().__init__(coerce=UUID, **kwargs)


class MemberField(forms.TypedChoiceField):
    """One colleague, or nobody."""

    def __init__(self, **kwargs: Any) -> None:  # Any: what a field takes
        super().__init__(coerce=UUID, empty_value=None, **kwargs)


def line_field(label: Any, *, hint: Any = "", required: bool = False, **attrs: str) -> forms.CharField:  # Any: lazy
    """One line of text."""
    widget = forms.TextInput(attrs={**UNREMEMBERED, **attrs})
    return forms.CharField(label=label, help_text=hint, required=required, max_length=500, widget=widget)


def words_field(label: Any, *, rows: int = 4, hint: Any = "", required: bool = False) -> forms.CharField:  # Any: lazy
    """A place to write: keeps its lines, is never cut."""
    widget = forms.Textarea(attrs={**UNREMEMBERED, "rows": rows})
    return forms.CharField(label=label, help_text=hint, required=required, max_length=200_000, widget=widget)


NEUTRAL = _("Short and neutral: lists show it, and somebody may look over your shoulder.")
