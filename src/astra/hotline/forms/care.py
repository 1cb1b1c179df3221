"""What does a colleague write of her own work, and for whom?"""

from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from astra.accounts.selectors import colleagues
from astra.hotline.rules import care
from astra.vocabulary.form_fields import words_field


class DebriefForm(forms.Form):
    """A note after the work."""

    marks = "none"
    words = words_field(
        _("For myself and those I choose"), rows=5, hint=_("How it was for you. No names of those who called.")
    )
    readers = forms.MultipleChoiceField(
        label=_("Who else may read it?"), required=False, widget=forms.CheckboxSelectMultiple
    )
    supervisor = forms.ChoiceField(label=_("Or only my supervisor and I:"), required=False)
    for_coordination = words_field(_("Meant for the coordinator"), rows=2, hint=_("Only this part is read there."))
    is_hard = forms.BooleanField(label=_("This contact was hard"), required=False)
    contact = forms.UUIDField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, own: UUID | None, **kwargs: Any) -> None:  # Any: what Django forms take
        super().__init__(*args, **kwargs)
        others = [(str(one.member_id), one.work_name) for one in colleagues(desks=["hotline", "cases"])]
        others = [(member, name) for member, name in others if member != str(own)]
        several: Any = self.fields["readers"]  # Any: choice fields
        one: Any = self.fields["supervisor"]
        several.choices, one.choices = others, [("", _("Nobody")), *others]

    def kind(self) -> str:
        """A note of supervision is read by two people alone."""
        return care.SUPERVISION if self.cleaned_data["supervisor"] else care.OWN

    def chosen(self) -> list[UUID]:
        """Who may read it."""
        given = self.cleaned_data
        return [UUID(one) for one in ([given["supervisor"]] if given["supervisor"] else given["readers"])]
