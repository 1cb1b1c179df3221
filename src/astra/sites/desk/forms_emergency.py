"""What does an officer say when she asks for an opening, and what does somebody else say of it afterwards?"""

from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from astra import vocabulary
from astra.accounts.selectors import colleagues
from astra.sites.desk.forms import RecordField
from astra.vault.services import lastresort

READING_DESKS = ("hotline", "cases", "missing")
OUTCOMES = [
    (lastresort.RIGHT, _("It was right")),
    (lastresort.TOO_MUCH, _("It was right, but more was opened than needed")),
    (lastresort.WRONG, _("It should not have been done")),
]


def reasons() -> list[tuple[str, str]]:
    """Why something is done without the usual right."""
    return vocabulary.codes("override_reason").choices(get_language())


def readers() -> list[tuple[str, str]]:
    """Colleagues who work with people, and could be asked to read."""
    return [("", ""), *((str(one.member_id), one.work_name) for one in colleagues(desks=READING_DESKS))]


class AskForm(forms.Form):
    """One record, one reader, one reason."""

    record = RecordField(label=_("What has to be opened"), help_text=_("The address of its page, or its id."))
    reader = forms.TypedChoiceField(label=_("Who has to read it"), coerce=UUID)
    reason = forms.ChoiceField(label=_("Why"), choices=reasons)
    words = forms.CharField(
        label=_("In a few words"),
        help_text=_("Data protection reads this, nobody else."),
        widget=forms.Textarea({"rows": 3, "autocomplete": "off", "spellcheck": "false"}),
        max_length=2000,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # Any: what Django forms take
        super().__init__(*args, **kwargs)
        self.fields["reader"].choices = readers()  # type: ignore[attr-defined]  # a choice field


class ReviewForm(forms.Form):
    """What somebody else found."""

    outcome = forms.ChoiceField(label=_("Was it right?"), choices=OUTCOMES, widget=forms.RadioSelect)
    words = forms.CharField(
        label=_("In a few words"),
        help_text=_("Data protection reads this, nobody else."),
        widget=forms.Textarea({"rows": 3, "autocomplete": "off", "spellcheck": "false"}),
        max_length=2000,
        required=False,
    )
