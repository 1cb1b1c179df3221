"""Which field do only forms about people need? A birth date or an age, as people say it."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import get_language, gettext

from astra.kernel.clock import today
from astra.kernel.errors import Invalid
from astra.kernel.partial_dates import PartialDate, parse_birth, say
from astra.vocabulary.form_fields import UNREMEMBERED


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
