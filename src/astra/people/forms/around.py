"""What does one type about how she may be reached, where she is, who decides for her, and whom she equals?"""

from collections.abc import Iterator
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from astra import vocabulary
from astra.people.rules.persons import SafeRule, Safety, Stay
from astra.people.rules.safety import one_each
from astra.vocabulary.form_fields import UNREMEMBERED, CodeField, DayField, line_field, words_field

RULES = "contact_rule"


def _ticks() -> list[tuple[str, str]]:
    known = vocabulary.codes(RULES)
    return [(code, known.label(code, get_language())) for code in known.having(needs_words=False)]


class SafetyForm(forms.Form):
    """How she may be contacted: what to tick, and what needs words."""

    marks = "none"

    revision = forms.IntegerField(widget=forms.HiddenInput, required=False)
    ticked = forms.MultipleChoiceField(
        label=_("What is allowed and what is not"),
        required=False,
        choices=_ticks,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, known: Safety, revision: int | None = None, **kwargs: Any) -> None:  # Any: Django
        rules = {rule.code: rule.words for rule in one_each(known.rules)}
        initial = {"revision": revision, "ticked": list(rules), "note": known.note, **rules}
        super().__init__(*args, **{"initial": initial, **kwargs})
        for code in self.worded():
            label = vocabulary.codes(RULES).label(code, get_language())
            self.fields[code] = forms.CharField(
                label=label, required=False, max_length=400, widget=forms.TextInput(UNREMEMBERED)
            )
        self.fields["note"] = words_field(_("Anything else that keeps her or him safe"))

    @staticmethod
    def worded() -> tuple[str, ...]:
        """The rules that need words."""
        return vocabulary.codes(RULES).having(needs_words=True)

    def safety(self) -> Safety:
        """The rules as they were typed."""
        return Safety(tuple(self._rules()), self.cleaned_data["note"].strip())

    def _rules(self) -> Iterator[SafeRule]:
        for code in vocabulary.codes(RULES).codes:
            words = str(self.cleaned_data.get(code) or "").strip()
            if words or code in self.cleaned_data["ticked"]:
                yield SafeRule(code, words)


class StayForm(forms.Form):
    """Where she is from now on."""

    marks = "required"

    kind = CodeField("whereabouts", label=_("Where is she or he?"), required=True)
    since = DayField(label=_("Since"), required=False, help_text=_("Blank: since an unknown day"))
    place = line_field(_("Place"))
    contact_rules = words_field(_("What follows for contacting her or him there"), rows=2)
    note = words_field(_("Note"), rows=2)

    def stay(self) -> Stay:
        """The stay as it was typed."""
        return Stay(**self.cleaned_data)


class GuardianForm(forms.Form):
    """Who decides for a child."""

    marks = "required"

    role = CodeField("guardianship", label=_("By what right?"), required=True)
    code_name = line_field(
        _("Code name of the person"), hint=_("As it stands on the person's page; register her or him first.")
    )
    organisation = forms.TypedChoiceField(label=_("Or an organisation"), required=False, coerce=UUID, empty_value=None)
    from_on = DayField(label=_("Since"))
    until_on = DayField(label=_("Until"), required=False, help_text=_("Coming of age ends it in any case."))

    def __init__(self, *args: Any, organisations: list[tuple[UUID, str]], **kwargs: Any) -> None:  # Any: Django
        super().__init__(*args, **kwargs)
        self.fields["organisation"].choices = [("", ""), *organisations]  # type: ignore[attr-defined]  # the field is a choice field


class EndForm(forms.Form):
    """The day on which something ends, or was done."""

    marks = "required"

    on = DayField(label=_("On which day"))


class MergeForm(forms.Form):
    """Which file is the same person's."""

    marks = "required"

    code_name = line_field(_("Code name of the other file"), hint=_("Both files are shown beside each other first."))

    def clean_code_name(self) -> str:
        """Spaces at the ends do not matter."""
        return str(self.cleaned_data["code_name"]).strip()
