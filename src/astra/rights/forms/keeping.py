"""What is said when something is to go, or to be kept for longer?"""

from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from astra.vocabulary.form_fields import DayField, choices_of, line_field


class ProposeForm(forms.Form):
    """Why what was ticked is to go; the ticks stand in the table beside it."""

    marks = "none"
    lines = forms.TypedMultipleChoiceField(required=False, coerce=UUID, error_messages={})
    reason = forms.ChoiceField(label=_("Why is it to go?"), choices=choices_of("retention_reason"))
    words = line_field(_("In a few words"), hint=_("For data protection alone. No names."))

    def __init__(self, *args: Any, offered: list[str], **kwargs: Any) -> None:  # Any: what Django forms take
        super().__init__(*args, **kwargs)
        self.fields["lines"].choices = [(one, one) for one in offered]  # type: ignore[attr-defined]  # a choice field


class RefuseForm(forms.Form):
    """Why it is not to go."""

    marks = "none"
    words = line_field(_("Why not?"), hint=_("For data protection alone. No names."))


class LongerForm(forms.Form):
    """Until when something is kept for longer, and why."""

    marks = "none"
    reason = forms.ChoiceField(label=_("Why is it kept for longer?"), choices=choices_of("retention_longer"))
    until = DayField(label=_("Until which day?"), help_text=_("At most two years from today."), required=False)
    words = line_field(_("In a few words"), hint=_("For data protection alone. No names."))
