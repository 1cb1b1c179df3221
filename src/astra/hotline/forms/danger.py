"""What is said in the first seconds of danger, and what at its end?"""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from astra.hotline.rules import danger
from astra.vocabulary.form_fields import choices_of, words_field


class Beside(forms.Form):
    """It may stand on a page beside another form: its fields have names of their own for labels."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # Any: what Django forms take
        super().__init__(*args, **{"auto_id": "danger_%s", **kwargs})


class BeginForm(Beside):
    """Where, and what kind of danger; only the second must be said."""

    marks = "none"
    place = words_field(
        _("Where is the person?"), rows=2, hint=_("Also a part of it. Colleagues who are alerted read it.")
    )
    situation = forms.ChoiceField(
        label=_("What is happening?"), choices=choices_of(danger.SITUATION), widget=forms.RadioSelect
    )
    contact = forms.UUIDField(required=False, widget=forms.HiddenInput)
    conversation = forms.UUIDField(required=False, widget=forms.HiddenInput)


class PlaceForm(Beside):
    """Where the person is, as far as it is known by now."""

    marks = "none"
    place = words_field(_("Where is the person?"), rows=2)


class ClosingForm(Beside):
    """How it ended, and to which contact it belongs."""

    marks = "none"
    # Nothing is chosen beforehand: what was done must never be a slip of the hand.
    outcome = forms.ChoiceField(label=_("What was done?"), choices=choices_of(danger.OUTCOME, blank=_("Choose")))
    words = words_field(_("In words"), rows=3)
    contact = forms.ChoiceField(label=_("It belongs to the contact"), required=False)

    def __init__(self, *args: Any, offered: Sequence[tuple[str, str]], **kwargs: Any) -> None:  # Any: as Django's
        super().__init__(*args, **kwargs)
        field: Any = self.fields["contact"]  # Any: a choice field
        field.choices = [("", _("Written down later")), *offered]
