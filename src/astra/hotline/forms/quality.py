"""How large is a sample, and how was one contact of it?"""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from astra.hotline.rules import quality
from astra.vocabulary import codes
from astra.vocabulary.form_fields import DayField, choices_of, words_field
from astra.vocabulary.naming import label


class DrawForm(forms.Form):
    """Which month, how many, and the number from which chance begins."""

    marks = "none"
    month = DayField(label=_("A day of the month"))
    n = forms.IntegerField(label=_("How many contacts"), min_value=1, max_value=quality.MOST)
    seed = forms.IntegerField(
        label=_("Number to draw by"),
        min_value=1,
        max_value=999_999,
        help_text=_("The same number draws the same contacts: anybody can check it."),
    )


class ScoreForm(forms.Form):
    """Each point, and a word to whoever took the contact."""

    marks = "none"

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # Any: what Django forms take
        super().__init__(*args, **kwargs)
        for code in codes(quality.POINT).offered:
            self.fields[f"point_{code}"] = forms.ChoiceField(
                label=label(quality.POINT, code),
                choices=choices_of(quality.SCORE),
                widget=forms.RadioSelect(attrs={"class": "govuk-radios--inline"}),
            )
        self.fields["words"] = words_field(_("A word to whoever took it"), rows=4)

    def scores(self) -> dict[str, str]:
        """By point."""
        return {code: self.cleaned_data[f"point_{code}"] for code in codes(quality.POINT).offered}
