"""What did the organisation decide about looking on?"""

from django import forms
from django.utils.translation import gettext_lazy as _

from astra.vocabulary.form_fields import DayField


class WatchForm(forms.Form):
    """A decision of the organisation, as it is recorded here."""

    marks = "none"
    is_allowed = forms.ChoiceField(
        label=_("May supervisors look on at conversations that go on?"),
        choices=[("no", _("No")), ("yes", _("Yes, seen by whoever answers, and said on the public page"))],
        widget=forms.RadioSelect,
    )
    decided_on = DayField(label=_("Decided by the organisation on"))
