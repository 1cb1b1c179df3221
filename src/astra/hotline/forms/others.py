"""How are lists narrowed, promises made, attempts noted, and contacts logged without keys?"""

from copy import deepcopy
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from astra.accounts.selectors import colleagues
from astra.hotline.forms.contact import ContactForm
from astra.hotline.rules import callbacks, contacts
from astra.hotline.rules.contacts import Coded
from astra.hotline.sections import Caller, SafeContact, Words
from astra.hotline.selectors import Filters
from astra.vocabulary.form_fields import CodeField, DayField, MomentField, choices_of, line_field, words_field

RESULTS = [
    (callbacks.REACHED, _("Reached by phone")),
    (callbacks.NO_ANSWER, _("No answer")),
    (callbacks.SOMEBODY_ELSE, _("Somebody else answered")),
    (callbacks.UNSAFE, _("It is not safe to call: stop")),
]
REASONS = [
    ("double_entry", _("Entered twice")),
    ("wrong_entry", _("Entered by mistake")),
    ("test_entry", _("Only a test")),
]
ENDINGS = [
    ("reach", _("She was reached in another way")),
    ("give_up", _("We have tried enough")),
    ("stop", _("Nobody may call: she asked us not to, it is not safe, or she has died")),
]

TOLD = ("caller_name", "caller_phone", "safe_when", "safe_how", "safe_code_word", "safe_never_say", "safe_voicemail")
"""What is asked of whoever wants to be called back, as on the full form."""


def _colleagues() -> list[tuple[str, str]]:
    return [(str(one.member_id), one.work_name) for one in colleagues(desks=["hotline"])]


class FilterForm(forms.Form):
    """How the list of contacts is narrowed; the address holds codes only."""

    marks = "none"
    line = CodeField(contacts.LINE, label=_("Line"), blank=_("Everything"))
    kind = CodeField(contacts.KIND, label=_("Kind"), blank=_("Everything"))
    topic = CodeField(contacts.TOPIC, label=_("Topic"), blank=_("Everything"))
    since = DayField(label=_("From"), required=False)
    until = DayField(label=_("To"), required=False)
    mine = forms.BooleanField(label=_("Only mine"), required=False)

    def filters(self, actor_id: UUID | None) -> Filters:
        """What was asked for, as far as it makes sense."""
        self.full_clean()
        given: dict[str, Any] = self.cleaned_data
        return Filters(
            line=given.get("line", ""),
            kind=given.get("kind", ""),
            topic=given.get("topic", ""),
            since=given.get("since"),
            until=given.get("until"),
            counsellor_id=actor_id if given.get("mine") else None,
        )


class CallbackForm(forms.Form):
    """A promise to call back."""

    due_at = MomentField(label=_("When"))
    why = words_field(_("Why, and what to say"), rows=3)
    assigned_to = forms.ChoiceField(label=_("Who calls"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # Any: what Django forms take
        super().__init__(*args, **kwargs)
        anybody = [("", _("Whoever is on shift"))]
        field: Any = self.fields["assigned_to"]  # Any: a choice field
        field.choices = [*anybody, *_colleagues()]


class AttemptForm(forms.Form):
    """How a try to call back ended."""

    result = forms.ChoiceField(label=_("How did it go?"), choices=RESULTS, widget=forms.RadioSelect)
    words = words_field(_("In words"), rows=3)
    again_at = MomentField(label=_("Try again on"), required=False, help_text=_("Blank: later today, then less often"))


class EndingForm(forms.Form):
    """Why a promise ends without another try."""

    verb = forms.ChoiceField(label=_("Why does it end?"), choices=ENDINGS, widget=forms.RadioSelect)


class WithdrawForm(forms.Form):
    """Why a contact is taken back."""

    reason = forms.ChoiceField(label=_("Why?"), choices=REASONS, widget=forms.RadioSelect)


class ReviewForm(forms.Form):
    """What a senior tells a volunteer."""

    words = words_field(_("A word to her"), rows=2)


class VouchForm(forms.Form):
    """Whose contact it was, as the colleague on call has made sure."""

    counsellor = forms.ChoiceField(label=_("Who took this contact"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # Any: what Django forms take
        super().__init__(*args, **kwargs)
        field: Any = self.fields["counsellor"]  # Any: a choice field
        field.choices = [("", ""), *_colleagues()]


class WithoutKeysForm(forms.Form):
    """A contact of a colleague who cannot sign in tonight."""

    signed_as = line_field(_("Your sign-in name"))
    line = forms.ChoiceField(label=_("Line"), choices=choices_of(contacts.LINE))
    kind = forms.ChoiceField(label=_("Kind of contact"), choices=choices_of(contacts.KIND))
    received_at = MomentField(label=_("When it began"))
    said = words_field(_("What was said"), rows=8)
    done = words_field(_("What was done"), rows=4)
    key = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # Any: what Django forms take
        super().__init__(*args, **kwargs)
        self.fields["signed_as"].required = True
        self.fields |= {name: deepcopy(ContactForm.base_fields[name]) for name in TOLD}

    def coded(self) -> Coded:
        """The coded facts as typed."""
        given = self.cleaned_data
        return Coded(line=given["line"], kind=given["kind"], received_at=given["received_at"])

    def words(self) -> Words:
        """The words as typed."""
        return Words(said=self.cleaned_data["said"], done=self.cleaned_data["done"])

    def caller(self) -> Caller:
        """Whom to call back."""
        return Caller(self.cleaned_data["caller_name"], self.cleaned_data["caller_phone"])

    def safe(self) -> SafeContact:
        """What she said about calling her back."""
        return SafeContact(**{name.removeprefix("safe_"): self.cleaned_data[name] for name in TOLD if "safe_" in name})
