"""How is an interpreter booked?"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from astra.cases.forms.fields import MemberField, offer
from astra.kernel.clock import LOCAL
from astra.vocabulary.form_fields import TIMES, CodeField, MomentField, line_field

_HOUR = {"class": "govuk-input--width-5", "inputmode": "numeric", "autocomplete": "off"}


class BookingForm(forms.Form):
    """An interpreter for an hour of a day."""

    marks = "required"
    language = CodeField("language", label=_("Language"), required=True)
    interpreter_id = MemberField(label=_("Interpreter"))
    begins = MomentField(label=_("Day and hour"))
    ends = forms.TimeField(label=_("Until"), input_formats=TIMES, widget=forms.TimeInput(format="%H:%M", attrs=_HOUR))
    purpose = CodeField("interpreting_for", label=_("For what"), required=True)
    conflict = CodeField(
        "interpreter_conflict",
        label=_("Do they know each other, or belong to the same community?"),
        required=True,
        widget=forms.RadioSelect,
    )
    place = line_field(_("Where, whom to ask for"))

    def __init__(self, *args: Any, interpreters: Sequence[tuple[UUID, str]], **kwargs: Any) -> None:  # Any: as forms
        super().__init__(*args, **kwargs)
        offer(self, "interpreter_id", [("", ""), *((str(one), name) for one, name in interpreters)])

    def clean(self) -> dict[str, Any]:
        """The end is on the day of the beginning."""
        given = super().clean() or self.cleaned_data
        begins, ends = given.get("begins"), given.get("ends")
        if begins and ends:
            given["ends"] = datetime.combine(begins.astimezone(LOCAL).date(), ends, LOCAL)
        return given
