"""Which fields do only the forms of cases need? Colleagues, and choices that depend on who asks."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

NEUTRAL = _("Short and neutral: lists show it, and somebody may look over your shoulder.")


def offer(form: forms.Form, name: str, choices: Iterable[Any]) -> None:  # Any: a pair, or a group of pairs
    """Say what a choice field of a form offers, once it is known who asks."""
    field = form.fields[name]
    assert isinstance(field, forms.ChoiceField)
    field.choices = list(choices)


class MembersField(forms.TypedMultipleChoiceField):
    """Several colleagues."""

    def __init__(self, **kwargs: Any) -> None:  # Any: what a field takes
        kwargs.setdefault("widget", forms.CheckboxSelectMultiple)
        super().__init__(coerce=UUID, **kwargs)


class MemberField(forms.TypedChoiceField):
    """One colleague, or nobody."""

    def __init__(self, **kwargs: Any) -> None:  # Any: what a field takes
        super().__init__(coerce=UUID, empty_value=None, **kwargs)
