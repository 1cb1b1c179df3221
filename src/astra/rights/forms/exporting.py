"""What is said when files are to leave: which, to whom, why, and for which key?"""

from collections.abc import Iterable
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from astra.vocabulary.form_fields import choices_of, line_field, words_field


class AskExportForm(forms.Form):
    """Files by their numbers, a recipient, a reason."""

    marks = "none"
    numbers = words_field(_("Numbers of the cases"), hint=_("With commas or one in a line, twenty at most."), rows=3)
    reason = forms.ChoiceField(label=_("Why are they given on?"), choices=choices_of("export_reason"))
    recipient = line_field(
        _("Who gets it?"), hint=_("Institution and person. It stands on every page and in every row.")
    )
    key = line_field(
        _("Age key of the recipient"),
        hint=_("If there is one: it begins with age1. Otherwise whoever agrees is shown words that open it."),
    )
    words = line_field(_("What for, in a few words"))

    def ids(self, known: dict[str, Iterable[UUID]]) -> list[UUID]:
        """The files behind the typed numbers; says which number leads nowhere."""
        found: list[UUID] = []
        for number, behind in known.items():
            cases = list(behind)
            if not cases:
                wrong = _("There is no case %(number)s, or it is not open to you.") % {"number": number}
                self.add_error("numbers", wrong)
            found += cases[:1]
        return found

    def typed(self) -> list[str]:
        """The numbers one by one."""
        text = self.cleaned_data.get("numbers", "").replace(",", "\n").replace(";", "\n")
        return [part.strip() for part in text.splitlines() if part.strip()]


class DecoyForm(forms.Form):
    """A file that is about nobody."""

    marks = "none"
    number = line_field(_("Number of the case"), required=True)
    is_invented = forms.BooleanField(
        label=_("It is about nobody: everybody in it is invented"),
        error_messages={"required": _("Say that it is about nobody. A real file is counted and helped.")},
    )
