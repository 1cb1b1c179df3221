"""Which fields do the room's forms share, and how does a form say what a service refused?"""

from collections.abc import Callable, Iterable
from typing import Any, TypeVar

from django import forms
from django.forms import BaseFormSet
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from astra import vocabulary
from astra.kernel.errors import AstraError, Conflict, Invalid, NotAllowedNow

T = TypeVar("T")


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


def coded(list_name: str, *, with_blank: bool = True, blank: Any = "") -> Callable[[], list[Any]]:  # Any: words
    """Choices of a code list in the reader's language, under its headings; asked for when the form is shown."""

    def offered() -> list[Any]:  # Any: a pair, or a group of pairs
        known = vocabulary.codes(list_name)
        shown: list[Any] = list(
            known.grouped_choices(get_language()) if known.groups else known.choices(get_language())
        )
        return [("", blank), *shown] if with_blank else shown

    return offered


class CodeField(forms.ChoiceField):
    """One code of a list; blank means not known."""

    def __init__(self, list_name: str, *, blank: Any = "", **kwargs: Any) -> None:  # Any: words, field arguments
        is_required = kwargs.setdefault("required", False)
        super().__init__(choices=coded(list_name, with_blank=not is_required, blank=blank), **kwargs)


def filled(formset: "BaseFormSet[Any]", *names: str) -> Iterable[dict[str, Any]]:
    """The rows of a set in which one of these fields was filled in."""
    for form in formset:
        if any(form.cleaned_data.get(name) for name in names):
            yield form.cleaned_data
