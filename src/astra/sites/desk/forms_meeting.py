"""What is brought before the team, who was there, and what was decided?"""

from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from astra.accounts.selectors import colleagues
from astra.vocabulary.form_fields import DayField, words_field

DESKS = ("hotline", "cases")


def _team() -> list[tuple[str, str]]:
    return [(str(one.member_id), one.work_name) for one in colleagues(desks=DESKS)]


class FlagForm(forms.Form):
    """Something that the team should talk about."""

    marks = "none"
    words = words_field(_("Why should the team talk about it?"), rows=3)
    subject = forms.UUIDField(required=False, widget=forms.HiddenInput)


class MeetingForm(forms.Form):
    """A meeting that begins."""

    marks = "none"
    held_on = DayField(label=_("Day"))
    present = forms.MultipleChoiceField(label=_("Who is there"), required=False, widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # Any: what Django forms take
        super().__init__(*args, **kwargs)
        field: Any = self.fields["present"]  # Any: choice fields
        field.choices = _team()

    def members(self) -> list[UUID]:
        """Who was there."""
        return [UUID(one) for one in self.cleaned_data["present"]]


class DecisionForm(forms.Form):
    """What the team decided about one point."""

    marks = "none"
    words = words_field(_("What was decided"), rows=3)
    assigned_to = forms.ChoiceField(label=_("Who does it"), required=False)
    due_on = DayField(label=_("Until"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # Any: what Django forms take
        super().__init__(*args, **kwargs)
        field: Any = self.fields["assigned_to"]  # Any: a choice field
        field.choices = [("", _("Choose")), *_team()]

    def member(self) -> UUID | None:
        """Who does it."""
        given = self.cleaned_data["assigned_to"]
        return UUID(given) if given else None
