"""How do people write codes, days and words into a form, and how does a form say what a service refused?

It stands here because the vocabulary is the lowest room that may know Django, and every room above has forms.
A room keeps the fields that only its own forms need.
"""

from collections.abc import Callable, Collection, Iterable, Sequence
from functools import lru_cache
from typing import Any, TypeVar

from django import forms
from django.forms import BaseFormSet
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from astra.kernel.errors import AstraError, Conflict, Denied, Invalid, NotAllowedNow
from astra.vocabulary.lists import codes

T = TypeVar("T")
Choices = Sequence[tuple[str, Any]]  # Any: a name, or a group of choices

DAYS = ["%d.%m.%Y.", "%d.%m.%Y", "%d. %m. %Y.", "%d/%m/%Y", "%Y-%m-%d"]
TIMES = ["%H:%M", "%H.%M", "%H%M"]
UNREMEMBERED = {"autocomplete": "off", "spellcheck": "false"}
"""Browsers keep nothing of what is typed about people, and send none of it to a speller elsewhere."""

_SHORT = {**UNREMEMBERED, "class": "govuk-input--width-5"}
_DAY = {**UNREMEMBERED, "class": "govuk-input--width-10", "placeholder": "31.12.2026.", "data-now": "date"}


# ---- What a service refused


def act(form: forms.Form, deed: Callable[[], T]) -> tuple[T] | None:
    """Do what a valid form asks for and hand back, in a tuple, what it made; or show on the form what is against it."""
    if not form.is_valid():
        return None
    try:
        return (deed(),)
    except (Invalid, Conflict, Denied, NotAllowedNow) as error:
        show(form, error)
        return None


def show(form: forms.Form, error: AstraError) -> None:
    """Show a refusal on the form it came from, at its field where there is one."""
    if not isinstance(error, Invalid):
        form.add_error(None, said(error))
        return
    for problem in error.problems:
        field = problem.field if problem.field in form.fields else None
        form.add_error(field, _in_words(problem.message, problem.parts))


def said(error: AstraError) -> str:
    """What an error says, in the reader's language."""
    return _in_words(error.message, error.parts)


def _in_words(message: str, parts: dict[str, object]) -> str:
    """Parts may be marked words themselves."""
    return gettext(message) % {
        name: gettext(part) if part and isinstance(part, str) else part for name, part in parts.items()
    }


# ---- Codes


def choices_of(
    list_name: str,
    *,
    blank: Any = None,  # Any: words, now or later in the reader's language
    only: Collection[str] = (),
    groups: Collection[str] = (),
) -> Callable[[], Choices]:
    """The offered codes of a list under its headings, in the language of whoever reads the form.

    `blank` says what no code at all is called; `only` keeps these codes, `groups` those under these headings.
    """

    def offered() -> Choices:
        known, language = codes(list_name), get_language()
        shown: Choices = known.grouped_choices(language) if known.groups else known.choices(language)
        if groups:
            headings = {known.group_label(group, language) for group in groups}
            shown = [group for group in shown if group[0] in headings]
        if only:
            shown = [pair for pair in shown if pair[0] in only]
        return list(shown) if blank is None else [("", blank), *shown]

    return offered


class PlainSelect(forms.Select):
    """A drop-down list that is drawn in one go: a form with a thousand options must not make anybody wait."""

    template_name = "django/forms/widgets/plain_select.html"

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
            parts.append(_option(str(code), str(name), is_chosen=code == chosen))
    return mark_safe("".join(parts))  # noqa: S308  (every part was escaped by format_html)


@lru_cache(maxsize=5_000)
def _option(code: str, name: str, *, is_chosen: bool) -> SafeString:
    mark = mark_safe(" selected") if is_chosen else ""
    return format_html('<option value="{}"{}>{}</option>', code, mark, name)


class CodeField(forms.ChoiceField):
    """One code of a list; blank means not known, unless a code is required.

    A drop-down list that must be answered begins empty, unless it has an answer that is mostly right: nobody keeps the
    first code of a list by pressing Enter.
    """

    def __init__(
        self,
        list_name: str,
        *,
        blank: Any = "",
        only: Collection[str] = (),
        groups: Collection[str] = (),
        **kwargs: Any,  # Any: words, and what Django's field takes
    ) -> None:
        is_required = kwargs.setdefault("required", False)
        begins_empty = "widget" not in kwargs and "initial" not in kwargs
        kwargs.setdefault("widget", PlainSelect)
        unknown = blank if begins_empty or not is_required else None
        super().__init__(choices=choices_of(list_name, blank=unknown, only=only, groups=groups), **kwargs)


class TickedCodesField(forms.MultipleChoiceField):
    """Several codes of a short list, to be ticked."""

    def __init__(self, list_name: str, *, only: Collection[str] = (), **kwargs: Any) -> None:  # Any: what a field takes
        kwargs.setdefault("required", False)
        kwargs.setdefault("widget", forms.CheckboxSelectMultiple)
        super().__init__(choices=choices_of(list_name, only=only), **kwargs)


class WrittenCodesField(forms.CharField):
    """Several codes of a long list as people write them: names in any language and script, with commas between."""

    def __init__(self, list_name: str, **kwargs: Any) -> None:  # Any: Django's field arguments
        self.list_name = list_name
        super().__init__(**{"required": False, "help_text": _("Separate with commas."), **kwargs})

    def prepare_value(self, value: Any) -> Any:  # Any: Django's signature
        """Show codes by their names; what somebody typed stays as it was."""
        if isinstance(value, (tuple, list)):
            known = codes(self.list_name)
            return ", ".join(known.label(code, get_language()) for code in value)
        return value

    def to_python(self, value: Any) -> Any:  # Any: Django's signature
        """Find the code that each name means."""
        words = [word.strip() for word in str(value or "").replace(";", ",").split(",") if word.strip()]
        found = [(word, codes(self.list_name).find(word)) for word in words]
        unknown = [word for word, code in found if code is None]
        if unknown:
            raise forms.ValidationError(gettext("Not known: %(words)s") % {"words": ", ".join(unknown)})
        return tuple(dict.fromkeys(code for _word, code in found if code))


# ---- Days and moments


class DayField(forms.DateField):
    """A day, as people here write it."""

    def __init__(self, **kwargs: Any) -> None:  # Any: Django's field arguments
        widget = forms.DateInput(format="%d.%m.%Y.", attrs=_DAY)
        super().__init__(input_formats=DAYS, widget=widget, **kwargs)


class MomentField(forms.SplitDateTimeField):
    """A day and a time of day, as people here write them."""

    def __init__(self, **kwargs: Any) -> None:  # Any: Django's field arguments
        widget = forms.SplitDateTimeWidget(
            date_format="%d.%m.%Y.",
            time_format="%H:%M",
            date_attrs=_DAY,
            time_attrs={**_SHORT, "data-now": "time"},
        )
        super().__init__(input_date_formats=DAYS, input_time_formats=TIMES, widget=widget, **kwargs)


# ---- Words


def line_field(
    label: Any, *, hint: Any = "", required: bool = False, length: int = 500, **attrs: str
) -> forms.CharField:  # Any: lazy words
    """One line of text about somebody; `type` may say that it is a telephone number or an address."""
    widget = forms.TextInput(attrs={**UNREMEMBERED, **attrs})
    return forms.CharField(label=label, help_text=hint, required=required, max_length=length, widget=widget)


def words_field(
    label: Any, *, rows: int = 3, hint: Any = "", required: bool = False, **attrs: str
) -> forms.CharField:  # Any: lazy words
    """A place to write: keeps its lines, is never cut."""
    widget = forms.Textarea(attrs={**UNREMEMBERED, "rows": rows, **attrs})
    return forms.CharField(label=label, help_text=hint, required=required, max_length=200_000, widget=widget)


def filled(formset: "BaseFormSet[Any]", *names: str) -> Iterable[dict[str, Any]]:
    """The rows of a set in which one of these fields was filled in."""
    for form in formset:
        if any(form.cleaned_data.get(name) for name in names):
            yield form.cleaned_data
