"""How are a service, a field action, an attempt, a welfare check and a group written down?"""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from astra.cases.forms.fields import MemberField, offer
from astra.vocabulary.form_fields import CodeField, DayField, MomentField, line_field, words_field


class ServiceForm(forms.Form):
    """A service given."""

    marks = "required"
    kind = CodeField("service_type", label=_("What was given"), required=True)
    given_on = DayField(label=_("When"))
    person_id = MemberField(label=_("To whom"), required=False)
    organisation_id = MemberField(label=_("Who gave it"), required=False)
    minutes = forms.IntegerField(label=_("Minutes"), required=False, min_value=0)
    units = forms.IntegerField(label=_("How many"), initial=1, min_value=1)
    cost = forms.DecimalField(label=_("Cost in dinars"), required=False, min_value=0, decimal_places=2)
    funded_by = CodeField("funded_by", label=_("Who paid"))
    tier = CodeField("case_tier", label=_("Who can read it"), blank=_("As the kind of service says"))
    remark = words_field(_("What was done"), rows=3)

    def __init__(
        self, *args: Any, clients: Mapping[UUID, str], organisations: Mapping[UUID, str], **kwargs: Any
    ) -> None:  # Any: what forms take
        super().__init__(*args, **kwargs)
        people = [(str(one), name) for one, name in clients.items()]
        offer(self, "person_id", people if len(people) == 1 else [("", ""), *people])
        places = [(str(one), name) for one, name in organisations.items()]
        offer(self, "organisation_id", [("", _("I did")), *places])


class FieldForm(forms.Form):
    """A way to somebody: who goes, where, until when."""

    marks = "required"
    going = MemberField(label=_("Who goes"))
    begins_at = MomentField(label=_("Sets out"))
    back_by = MomentField(label=_("Back at the latest"))
    every_min = forms.IntegerField(label=_("Gives a sign every how many minutes"), initial=60)
    risk = CodeField("risk_level", label=_("How dangerous"), required=True)
    place = line_field(_("Where to"), required=True)
    purpose = line_field(_("What for"))
    danger = words_field(_("What may be dangerous, and what to do then"), rows=3)

    def __init__(self, *args: Any, workers: Mapping[UUID, str], **kwargs: Any) -> None:  # Any: what forms take
        super().__init__(*args, **kwargs)
        offer(self, "going", [(str(member), name) for member, name in workers.items()])


class AttemptForm(forms.Form):
    """A try to reach her."""

    marks = "none"
    way = CodeField("attempt_way", label=_("How"), required=True)
    result = CodeField("attempt_result", label=_("How did it end?"), required=True)
    on = DayField(label=_("On which day"), required=False, help_text=_("Blank: today."))


class WelfareForm(forms.Form):
    """A welfare check: its harm first."""

    marks = "required"
    harm = words_field(_("What harm could a visit do?"), rows=4, required=True)
    reasons = words_field(_("What speaks for it?"), rows=3)
    is_wanted = forms.BooleanField(label=_("We ask for the welfare check"), required=False)


class GroupForm(forms.Form):
    """A meeting of several clients."""

    marks = "required"
    held_on = DayField(label=_("When"))
    kind = CodeField("service_type", label=_("What was given"), required=True, initial="peer_support")
    minutes = forms.IntegerField(label=_("Minutes"), required=False, min_value=0)
    numbers = words_field(
        _("Numbers of the cases, one a line"),
        rows=5,
        required=True,
        hint=_("No case learns of another: each gets one line of its own."),
    )
    topic = words_field(_("What you did together"), rows=3, hint=_("Only you can read this. Name nobody."))
