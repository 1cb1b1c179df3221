"""Who supervises, and what is written of a sitting?"""

from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from astra.accounts.selectors import colleagues
from astra.hotline.selectors.supervision import DESKS
from astra.vocabulary.form_fields import words_field


def _names() -> list[tuple[str, str]]:
    return [(str(one.member_id), one.work_name) for one in colleagues(desks=DESKS)]


class FoundingForm(forms.Form):
    """Who supervises from now on."""

    marks = "none"
    members = forms.MultipleChoiceField(label=_("Who supervises?"), required=False, widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # Any: what Django forms take
        super().__init__(*args, **kwargs)
        field: Any = self.fields["members"]  # Any: choice fields
        field.choices = _names()

    def chosen(self) -> list[UUID]:
        """Their ids."""
        return [UUID(one) for one in self.cleaned_data["members"]]


class SupervisionForm(forms.Form):
    """A note on a sitting."""

    marks = "none"
    words = words_field(_("What has to be remembered of the sitting"), rows=5)
    about = forms.ChoiceField(label=_("With whom was it?"), required=False)
    is_shared = forms.BooleanField(label=_("This colleague may read it too"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # Any: what Django forms take
        super().__init__(*args, **kwargs)
        field: Any = self.fields["about"]  # Any: a choice field
        field.choices = [("", _("Several, or nobody in particular")), *_names()]

    def concerned(self) -> UUID | None:
        """The colleague concerned."""
        given = self.cleaned_data["about"]
        return UUID(given) if given else None


class MemberForm(forms.Form):
    """One colleague who comes into the circle or goes."""

    member = forms.UUIDField()
