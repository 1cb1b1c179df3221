"""Which figures does somebody want to see? A period, a line, and whether they are to leave the house."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from astra.hotline.rules import contacts
from astra.hotline.rules import figures as rules
from astra.kernel.clock import today
from astra.kernel.errors import Invalid
from astra.vocabulary.form_fields import CodeField, DayField, show

EXACT, ROUNDED = "exact", "rounded"
PERIODS = {
    rules.THIS_MONTH: _("This month"),
    rules.LAST_MONTH: _("Last month"),
    rules.THIS_QUARTER: _("This quarter"),
    rules.LAST_QUARTER: _("Last quarter"),
    rules.THIS_YEAR: _("This year"),
    rules.LAST_YEAR: _("Last year"),
    rules.OWN: _("From … to …"),
}
NUMBERS = [(EXACT, _("Exact, for us")), (ROUNDED, _("Rounded to tens, for outside"))]


class FiguresForm(forms.Form):
    """What is counted; whoever does not coordinate gets rounded numbers only."""

    marks = "none"
    period = forms.ChoiceField(label=_("Period"), required=False)
    since = DayField(label=_("From"), required=False)
    until = DayField(label=_("To"), required=False)
    line = CodeField(contacts.LINE, label=_("Line"), blank=_("All lines"))
    numbers = forms.ChoiceField(label=_("Numbers"), choices=NUMBERS, required=False)

    def __init__(self, given: Any, *, may_be_exact: bool) -> None:  # Any: what an address carries
        self.usual = rules.THIS_MONTH if may_be_exact else rules.LAST_MONTH
        self.may_be_exact = may_be_exact
        asked = given.copy()
        asked.setdefault("period", self.usual)
        asked.setdefault("numbers", EXACT)
        super().__init__(asked)
        offered = PERIODS if may_be_exact else {name: PERIODS[name] for name in rules.OVER}
        period: Any = self.fields["period"]  # Any: a choice field
        period.choices = list(offered.items())
        if not may_be_exact:
            for name in ("since", "until", "numbers"):
                del self.fields[name]

    def clean(self) -> dict[str, Any]:  # Any: Django's signature
        """The days, if they can be counted."""
        given: dict[str, Any] = self.cleaned_data
        try:
            if self.is_rounded:
                rules.check_may_leave(self.chosen_period)
            self.days = rules.days_of(self.chosen_period, today(), since=given.get("since"), until=given.get("until"))
        except Invalid as error:
            show(self, error)
        return given

    @property
    def chosen_period(self) -> str:
        """Which period was asked for."""
        return self.cleaned_data.get("period") or self.usual

    @property
    def is_rounded(self) -> bool:
        """Whether the numbers may leave the house."""
        return not self.may_be_exact or self.cleaned_data.get("numbers") == ROUNDED

    @property
    def chosen_line(self) -> str:
        """On which line; blank: on all."""
        return str(self.cleaned_data.get("line", ""))
