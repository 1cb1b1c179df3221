"""What is written down for a regular caller, and why does a plan end?"""

from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from astra.accounts.selectors import colleagues
from astra.hotline.rules import regulars
from astra.hotline.sections import PlanWords
from astra.hotline.services import Planned
from astra.vocabulary.form_fields import DayField, choices_of, line_field, words_field


class PlanForm(forms.Form):
    """How every shift answers this caller."""

    marks = "none"
    nickname = line_field(
        _("What we call this caller"), hint=_("Only where there is no name. Nothing that others would recognise.")
    )
    helps = words_field(_("What helps"), rows=3)
    not_helps = words_field(_("What does not help"), rows=3)
    how_long = words_field(_("How long, how often, at which hours"), rows=2)
    numbers = line_field(
        _("Numbers, separated by commas"), hint=_("Only if the caller is content that we know them by it.")
    )
    led_by = forms.ChoiceField(label=_("Who leads"), required=False)
    review_on = DayField(label=_("Look at it again on"))
    person = forms.UUIDField(required=False, widget=forms.HiddenInput)
    contact = forms.UUIDField(required=False, widget=forms.HiddenInput)
    revision = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # Any: what Django forms take
        super().__init__(*args, **kwargs)
        names = [(str(one.member_id), one.work_name) for one in colleagues(desks=["hotline"])]
        field: Any = self.fields["led_by"]  # Any: a choice field
        field.choices = [("", _("Nobody yet")), *names]

    def planned(self) -> Planned:
        """The plan as typed."""
        given = self.cleaned_data
        numbers = tuple(one.strip() for one in given["numbers"].split(",") if one.strip())
        words = PlanWords(given["nickname"], given["helps"], given["not_helps"], given["how_long"], numbers)
        return Planned(words, given["review_on"], UUID(given["led_by"]) if given["led_by"] else None)


class PlanEndForm(forms.Form):
    """Why a plan ends."""

    reason = forms.ChoiceField(label=_("Why does it end?"), choices=choices_of(regulars.END, blank=_("Choose")))
