"""How does data protection look for entries on the log, and order what only it may order?"""

import re
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from astra.accounts.selectors import colleagues
from astra.sites.desk.log_words import ROOMS, VERBS
from astra.vocabulary.form_fields import DayField

AN_ID = re.compile(r"[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}", re.IGNORECASE)
REASONS = [
    ("her_request", _("She asked for it")),
    ("guardian_request", _("Her guardian asked for it")),
    ("time_is_up", _("We have no ground to keep it any longer")),
    ("wrong_person", _("It should never have been kept")),
]


class LogForm(forms.Form):
    """Which entries are shown: codes and a day only, so they may stand in the address."""

    marks = "none"
    who = forms.ChoiceField(label=_("Colleague"), required=False)
    what = forms.ChoiceField(label=_("What"), required=False)
    day = DayField(label=_("Day"), required=False)
    about = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput)
    """The pseudonym of one record."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # Any: what Django forms take
        super().__init__(*args, **kwargs)
        staff = [(str(one.member_id), one.work_name) for one in colleagues(with_departed=True)]
        self.fields["who"].choices = [("", _("Everybody")), *staff]  # type: ignore[attr-defined]  # a choice field
        self.fields["what"].choices = [("", _("Everything")), *verb_choices()]  # type: ignore[attr-defined]  # a choice field

    def wanted(self) -> dict[str, Any]:
        """What to look for; a part that makes no sense asks for nothing."""
        self.full_clean()
        given = self.cleaned_data
        return {
            "actor_id": UUID(given["who"]) if given.get("who") else None,
            "verb": given.get("what", ""),
            "day": given.get("day"),
            "subject": given.get("about", ""),
        }


def verb_choices() -> list[tuple[str, list[tuple[str, str]]]]:
    """Every verb by room; the first of each group stands for the whole room."""
    found = []
    for room, name in ROOMS.items():
        verbs = [(verb, gettext(words)) for verb, words in VERBS.items() if verb.partition(".")[0] == room]
        whole = (f"{room}.", gettext("All of: %(room)s") % {"room": gettext(name)})
        found.append((gettext(name), [whole, *sorted(verbs, key=lambda pair: pair[1])]))
    return found


class RecordField(forms.CharField):
    """A record, by its id as it stands in an address of ours: typed, or the whole address pasted."""

    default_error_messages = {"invalid": _("Paste the address of the page, or the long id in it.")}

    def __init__(self, **kwargs: Any) -> None:  # Any: whatever a form field takes
        attrs = {"autocomplete": "off", "autocapitalize": "off", "spellcheck": "false"}
        super().__init__(max_length=300, widget=forms.TextInput(attrs), **kwargs)

    def clean(self, value: Any) -> Any:  # Any: Django's protocol; here text becomes an id
        """The first id in what was pasted."""
        text = str(super().clean(value))
        found = AN_ID.search(text)
        if found is None:
            raise forms.ValidationError(self.error_messages["invalid"], code="invalid")
        return UUID(found.group())


class RecordForm(forms.Form):
    """One record, whose entries are looked for."""

    record = RecordField(label=_("Entries about one record"), help_text=_("The address of its page, or its id."))


class ErasureForm(forms.Form):
    """Who is to be forgotten, and on which ground."""

    record = RecordField(label=_("The person"), help_text=_("The address of the person's page, or its id."))
    reason = forms.ChoiceField(label=_("Why"), choices=REASONS, widget=forms.RadioSelect)
    is_sure = forms.BooleanField(
        label=_("I have checked that this is the right person. Nobody can bring back what is erased."),
        error_messages={"required": _("Check first: nothing can be brought back.")},
    )
