"""How is a referral prepared, sent, answered and taken back?"""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from astra.assistance.rules import referrals as rules
from astra.cases.forms.fields import MemberField, offer
from astra.vocabulary import codes
from astra.vocabulary.form_fields import CodeField, DayField, TickedCodesField, words_field

OUTSIDE = [code for code in codes("consent_recipient").entries if code not in rules.NOBODY_OUTSIDE]


class ReferralForm(forms.Form):
    """To whom, for what, and what they are told."""

    marks = "required"
    service = CodeField("service_type", label=_("For what help"), required=True)
    organisation_id = MemberField(label=_("To which organisation"))
    recipient = CodeField("consent_recipient", label=_("Who they are for the consent"), required=True, only=OUTSIDE)
    person_id = MemberField(label=_("Who is referred"), required=False)
    sections = TickedCodesField("consent_section", label=_("What they are told, and nothing else"))
    told = words_field(_("What you ask them, in the words that they will read"), rows=4)
    tier = CodeField("case_tier", label=_("Who can read it"), blank=_("As the kind of help says"))

    def __init__(
        self, *args: Any, clients: Mapping[UUID, str], organisations: Mapping[UUID, str], **kwargs: Any
    ) -> None:  # Any: what forms take
        super().__init__(*args, **kwargs)
        people = [(str(one), name) for one, name in clients.items()]
        offer(self, "person_id", people if len(people) == 1 else [("", ""), *people])
        offer(self, "organisation_id", [("", ""), *((str(one), name) for one, name in organisations.items())])


class SentForm(forms.Form):
    """It went out."""

    marks = "none"
    sent_on = DayField(label=_("Sent on"))
    answer_by = DayField(label=_("Ask for the answer by"))


class AnsweredForm(forms.Form):
    """What they answered."""

    marks = "none"
    answer = forms.ChoiceField(
        label=_("What did they answer?"),
        choices=[("accept_referral", _("They accept")), ("decline_referral", _("They decline"))],
        widget=forms.RadioSelect,
    )
    declined = CodeField("referral_declined", label=_("If they decline: why"))
    on = DayField(label=_("On which day"))
    said = words_field(_("What they said: whom to ask for, when to come"), rows=3)


class EndedForm(forms.Form):
    """The help was given, or the referral is taken back."""

    marks = "none"
    on = DayField(label=_("On which day"))
    said = words_field(_("What became of it"), rows=3)
