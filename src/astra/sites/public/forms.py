"""What can somebody tell us in a form? Nothing has to be filled in but one thing, and it becomes a conversation."""

from typing import Any
from uuid import UUID, uuid4

from django import forms
from django.utils import translation
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from astra.kernel.words import msg

SERBIAN = "sr-latn"
READ_BY_US = ("sr-latn", "sr", "en")
"""In these languages our counsellors read what stands above an answer; in others it is repeated in Serbian."""
NOTHING = _("There is nothing in the form yet. Write at least one thing; what you do not know you may leave out.")


def _line(label: Any, *, help_text: Any = "", longest: int = 150) -> forms.CharField:  # Any: a lazy sentence
    widget = forms.TextInput(attrs={"autocomplete": "off", "dir": "auto", "spellcheck": "false"})
    return forms.CharField(label=label, help_text=help_text, max_length=longest, required=False, widget=widget)


def _words(label: Any, *, help_text: Any = "", longest: int, rows: int = 4) -> forms.CharField:  # Any: as above
    attrs = {"rows": rows, "autocomplete": "off", "dir": "auto", "spellcheck": "false"}
    widget = forms.Textarea(attrs=attrs)
    return forms.CharField(label=label, help_text=help_text, max_length=longest, required=False, widget=widget)


REACH = _("How may we reach you? (you need not answer)")
REACH_HELP = _(
    "A number or an address that only you use, when, and what we may say if somebody else answers. "
    "If you leave it empty, you read our answer here."
)


class Told(forms.Form):
    """What somebody tells us in a form; the form is sent once however often it arrives."""

    title = ""
    mark = forms.CharField(required=False, max_length=40, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # Any: Django's form arguments
        super().__init__(*args, **kwargs)
        for place, field in enumerate(self.fields.values()):
            field.widget.attrs["id"] = f"f{place}"  # it stands in the address when an error leads to the field

    def clean(self) -> dict[str, Any]:
        """Something has to be said."""
        given = super().clean() or {}
        if not self.errors and not any(words for name, words in given.items() if name != "mark"):
            raise forms.ValidationError(NOTHING)
        return given

    @property
    def once(self) -> UUID:
        """What makes a form that was sent twice one message."""
        try:
            return UUID(self.cleaned_data["mark"])
        except ValueError:
            return uuid4()

    def in_words(self, language: str) -> str:
        """Everything that was filled in, as one message with a heading above each answer."""
        parts = [_heading(self.title, language)]
        for name, field in self.fields.items():
            words = self.cleaned_data[name]
            if words and name != "mark":
                parts.append(f"{_heading(field.label, language)}\n{words}")
        return "\n\n".join(parts)


def _heading(text: Any, language: str) -> str:  # Any: a sentence, lazy or marked
    with translation.override(language):
        hers = gettext(str(text))
    with translation.override(SERBIAN):
        ours = gettext(str(text))
    return hers if language in READ_BY_US or hers == ours else f"{ours} · {hers}"


class OfferForm(Told):
    """A job offer that somebody wants us to look at."""

    title = msg("Check a job offer")
    employer = _line(_("Who is the employer? (company or person)"))
    agency = _line(_("Who brings you there? (agency or person)"))
    place = _line(_("In which country and town?"))
    work = _line(_("What work is it?"))
    found = _line(_("Where did you find the offer, or who told you of it?"))
    promised = _words(
        _("What are you promised?"),
        help_text=_("Pay, hours, a place to sleep, who pays for the journey. You may copy the advertisement here."),
        longest=1500,
        rows=6,
    )
    papers = _words(
        _("Which papers have you seen or signed? Has anybody asked for money or for your passport?"), longest=600
    )
    leaving = _line(_("When are you to leave?"))
    reach = _words(REACH, help_text=REACH_HELP, longest=300, rows=2)


class ReportForm(Told):
    """What somebody saw or suspects."""

    title = msg("Tell us what you have seen")
    seen = _words(
        _("What did you see or hear?"),
        help_text=_("In your own words. What you know yourself, and what somebody told you."),
        longest=1500,
        rows=6,
    )
    place = _line(_("Where?"), help_text=_("A town, a street, a name on the door, an address on the internet."))
    when = _line(_("When? Does it go on?"))
    who = _words(
        _("Who may be in danger?"),
        help_text=_("How many, how old, which language they speak. You need not know names."),
        longest=600,
    )
    others = _words(
        _("Who does it?"), help_text=_("People, cars, companies, profiles, as far as you know."), longest=600
    )
    reach = _words(REACH, help_text=REACH_HELP, longest=300, rows=2)
