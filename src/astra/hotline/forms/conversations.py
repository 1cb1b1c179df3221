"""What is typed in a conversation, and what has to be said when it is handed over, blocked or ended?"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from astra.hotline.rules.channels import NEVER, NOTICE, WORDS
from astra.hotline.rules.contacts import day_begins
from astra.hotline.sections import SafeContact
from astra.vocabulary.form_fields import CodeField, DayField, line_field

OUTCOME = "conversation_outcome"
NOTED = ("when", "how", "code_word", "never_say")


class AnswerForm(forms.Form):
    """What she answers; the room's own rules say whether it can be sent."""

    text = forms.CharField(required=False, strip=False)
    mark = forms.UUIDField(required=False)
    """Makes an answer that is sent twice one answer."""


class FileForm(forms.Form):
    """A file that goes to the person; the upload handler has it, sealed."""

    file_mark = forms.UUIDField(required=False)
    """Makes a file that is sent twice one message."""


class StepForm(forms.Form):
    """A step about which nothing has to be said."""


class OfferForm(forms.Form):
    """Which colleague is asked to take over."""

    marks = "none"
    colleague = forms.ChoiceField(label=_("Who should take over?"))

    def __init__(self, *args: Any, colleagues: Sequence[tuple[str, str]], **kwargs: Any) -> None:  # Any: as Django's
        super().__init__(*args, **kwargs)
        field: Any = self.fields["colleague"]  # Any: a choice field
        field.choices = [("", ""), *colleagues]


class BlockForm(forms.Form):
    """Until which day no messages are taken."""

    marks = "none"
    until = DayField(
        label=_("Take no messages until"), help_text=_("At most a month. The block ends by itself on that morning.")
    )

    def moment(self) -> datetime:
        """The first moment of that day."""
        return day_begins(self.cleaned_data["until"])


class SafeNoteForm(forms.Form):
    """How the person may be answered or called, as they say it."""

    marks = "none"
    safe_when = line_field(_("When it is safe to write or call"))
    safe_how = line_field(_("How"))
    safe_code_word = line_field(_("Code word"))
    safe_never_say = line_field(_("Never say"))
    safe_seen = forms.IntegerField(required=False, min_value=0, widget=forms.HiddenInput)
    """The revision that was on the screen."""

    def safe(self) -> SafeContact:
        """What was typed; voicemail is asked when somebody calls."""
        given = {name: str(self.cleaned_data.get(f"safe_{name}", "")).strip() for name in NOTED}
        return SafeContact(**given)


class ReplyForm(forms.Form):
    """How the person may be written back to, as they said it."""

    marks = "none"
    reply = forms.ChoiceField(
        label=_("What did the person say?"),
        choices=[
            (NOTICE, _("It is safe to send a notice: that there is a message, where to read it, and a number for it")),
            (WORDS, _("The person asked for the words themselves, and knows who may read them there")),
            (NEVER, _("Never write back there")),
        ],
        widget=forms.RadioSelect,
    )


class SendForm(forms.Form):
    """Which answer is sent again."""

    cursor = forms.IntegerField(min_value=1, widget=forms.HiddenInput)


class EndForm(forms.Form):
    """How a conversation ended."""

    marks = "none"
    outcome = CodeField(OUTCOME, label=_("How did it end?"), required=True)
