"""Which fields do the room's forms share, and how does a form say what a service refused?"""

from collections.abc import Callable
from typing import Any, TypeVar

from django import forms
from django.utils.translation import get_language, gettext

from astra import vocabulary
from astra.kernel.errors import AstraError, Conflict, Denied, Invalid, NotAllowedNow

T = TypeVar("T")

DAYS = ["%d.%m.%Y.", "%d.%m.%Y", "%d. %m. %Y.", "%Y-%m-%d", "%d/%m/%Y"]
UNREMEMBERED = {"autocomplete": "off", "spellcheck": "false"}


def act(form: forms.Form, deed: Callable[[], T]) -> tuple[T] | None:
    """Do it and hand back what it made, in a tuple; or show on the form what stands against it."""
    try:
        return (deed(),)
    except (Invalid, Conflict, Denied, NotAllowedNow) as error:
        show(form, error)
        return None


def show(form: forms.Form, error: AstraError) -> None:
    """Show a refusal on the form, at its field where there is one."""
    if not isinstance(error, Invalid):
        form.add_error(None, gettext(error.message) % error.parts)
        return
    for problem in error.problems:
        field = problem.field if problem.field in form.fields else None
        parts = {name: gettext(str(value)) for name, value in problem.parts.items()}
        form.add_error(field, gettext(problem.message) % parts)


def coded(list_name: str, *, with_blank: bool, only: tuple[str, ...] = ()) -> Callable[[], list[Any]]:
    """Choices of a code list in the reader's language; `only` keeps those codes."""

    def offered() -> list[Any]:  # Any: a pair, or a group of pairs
        known = vocabulary.codes(list_name)
        shown: list[Any] = list(
            known.grouped_choices(get_language()) if known.groups else known.choices(get_language())
        )
        if only:
            shown = [pair for pair in shown if pair[0] in only]
        return [("", ""), *shown] if with_blank else shown

    return offered


class CodeField(forms.ChoiceField):
    """One code of a list; blank means not known."""

    def __init__(self, list_name: str, *, only: tuple[str, ...] = (), **kwargs: Any) -> None:  # Any: Django
        is_required = kwargs.setdefault("required", False)
        super().__init__(choices=coded(list_name, with_blank=not is_required, only=only), **kwargs)


class CodesField(forms.MultipleChoiceField):
    """Several codes of a list, to be ticked."""

    def __init__(self, list_name: str, *, only: tuple[str, ...] = (), **kwargs: Any) -> None:  # Any: Django
        kwargs.setdefault("widget", forms.CheckboxSelectMultiple)
        super().__init__(choices=coded(list_name, with_blank=False, only=only), **kwargs)


class DayField(forms.DateField):
    """A day, as people here write it."""

    def __init__(self, **kwargs: Any) -> None:  # Any: Django's field arguments
        attrs = {**UNREMEMBERED, "class": "govuk-input--width-10", "inputmode": "numeric"}
        super().__init__(input_formats=DAYS, widget=forms.DateInput(format="%d.%m.%Y.", attrs=attrs), **kwargs)


def words_field(label: Any, *, rows: int = 3, hint: Any = "", required: bool = False) -> forms.CharField:  # Any: lazy
    """A place to write."""
    return forms.CharField(label=label, help_text=hint, required=required, widget=forms.Textarea({"rows": rows}))
