"""Of which years does somebody want a table, and is it to leave the house?"""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from astra.kernel.clock import today
from astra.kernel.errors import Invalid
from astra.research.rules.grids import check_years
from astra.vocabulary.form_fields import show

EXACT, ROUNDED = "exact", "rounded"
NUMBERS = [(EXACT, _("Exact, for us")), (ROUNDED, _("Rounded to tens, for outside"))]
USUAL_YEARS = 5
_YEAR = {"class": "govuk-input--width-4", "inputmode": "numeric", "autocomplete": "off"}


class YearsForm(forms.Form):
    """From which year to which; whoever does not coordinate gets rounded numbers only."""

    marks = "none"
    since = forms.IntegerField(label=_("From the year"), widget=forms.TextInput(attrs=_YEAR))
    until = forms.IntegerField(label=_("To the year"), widget=forms.TextInput(attrs=_YEAR))
    numbers = forms.ChoiceField(label=_("Numbers"), choices=NUMBERS, required=False)

    def __init__(self, given: Any, *, may_be_exact: bool) -> None:  # Any: what an address carries
        self.may_be_exact = may_be_exact
        asked = given.copy()
        last = today().year - (not may_be_exact or asked.get("numbers") == ROUNDED)
        for name, value in (("since", last - USUAL_YEARS + 1), ("until", last), ("numbers", EXACT)):
            if not asked.get(name):
                asked[name] = str(value)
        super().__init__(asked)
        if not may_be_exact:
            del self.fields["numbers"]

    def clean(self) -> dict[str, Any]:  # Any: Django's signature
        """The years, if they can be counted."""
        given: dict[str, Any] = self.cleaned_data
        if "since" in given and "until" in given:
            try:
                self.years = check_years(given["since"], given["until"], today().year, is_rounded=self.is_rounded)
            except Invalid as error:
                show(self, error)
        return given

    @property
    def is_rounded(self) -> bool:
        """Whether the numbers may leave the house."""
        return not self.may_be_exact or self.cleaned_data.get("numbers") == ROUNDED
