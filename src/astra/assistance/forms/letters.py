"""How is a letter begun, written and handed in, and how does an organisation bring its own template?"""

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext, gettext_lazy
from django.utils.translation import gettext_lazy as _

from astra.assistance.rules import letters as rules
from astra.cases.selectors import PersonCard
from astra.kernel.clock import today
from astra.vocabulary.form_fields import CodeField, line_field, words_field
from astra.vocabulary.naming import day

SCRIPT_NAMES = (
    (rules.LATIN, _("Serbian, Latin")),
    (rules.CYRILLIC, _("Serbian, Cyrillic")),
    (rules.ENGLISH, _("English")),
)
LONG = ("body", "address", "recipient")


class BeginForm(forms.Form):
    """Which letter, in which script, about whom, for whom to read."""

    marks = "required"
    kind = CodeField("letter_kind", label=_("What kind of letter"), required=True)
    script = forms.ChoiceField(label=_("Script"), choices=SCRIPT_NAMES, initial=rules.CYRILLIC)
    about = forms.TypedChoiceField(label=_("About whom"), coerce=UUID, empty_value=None, required=False)
    tier = CodeField("case_tier", label=_("Who can read it"), required=True, initial="team")
    referral = forms.UUIDField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, people: Iterable[PersonCard], **kwargs: Any) -> None:  # Any: what forms take
        super().__init__(*args, **kwargs)
        field = self.fields["about"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", gettext("Nobody of the case")), *((str(card.id), card.known.name) for card in people)]


class LetterForm(forms.Form):
    """What goes into a letter: each part is ticked by whoever writes; nothing goes in by itself."""

    marks = "none"

    def __init__(
        self, *args: Any, kind: str, offered: Mapping[str, str], ticked: Iterable[str] = (), **kwargs: Any
    ) -> None:  # Any: what forms take
        super().__init__(*args, **kwargs)
        self.kind = rules.kinds()[kind]
        initial = {"day": day(today())} | dict(offered)
        for name in self.kind.places():
            label = gettext_lazy(rules.PLACES[name])
            make = words_field if name in LONG else line_field
            self.fields[name] = make(label, required=False)
            self.fields[name].initial = initial.get(name, "")
            if name not in self.kind.needed:
                self.fields[f"with_{name}"] = forms.BooleanField(
                    label=_("Put it in"), required=False, initial=name in ticked
                )

    def rows(self) -> list[dict[str, Any]]:
        """Each place with its tick, if it has one."""
        return [
            {"field": self[name], "tick": self[f"with_{name}"] if f"with_{name}" in self.fields else None}
            for name in self.kind.places()
        ]

    def values(self) -> dict[str, str]:
        """What was ticked, and what the letter cannot do without."""
        given = self.cleaned_data
        return {
            name: given[name] for name in self.kind.places() if name in self.kind.needed or given.get(f"with_{name}")
        }


class HandInForm(forms.Form):
    """Who confirms, where somebody must."""

    marks = "none"
    confirmer = forms.TypedChoiceField(label=_("Who confirms"), coerce=UUID, empty_value=None, required=False)

    def __init__(self, *args: Any, workers: Mapping[UUID, str], **kwargs: Any) -> None:  # Any: what forms take
        super().__init__(*args, **kwargs)
        field = self.fields["confirmer"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", gettext("Nobody chosen")), *((str(member), name) for member, name in workers.items())]


class DecisionForm(forms.Form):
    """Why it is confirmed or sent back."""

    marks = "none"
    said = words_field(_("Why"), rows=2)


class TemplateForm(forms.Form):
    """An organisation's own DOCX."""

    marks = "required"
    file = forms.FileField(label=_("Word document (.docx)"))
