"""How are a house, a bed and a stay written down?"""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from astra.cases.forms.fields import MemberField, offer
from astra.vocabulary.form_fields import CodeField, DayField, TickedCodesField, line_field, words_field


class HouseForm(forms.Form):
    """A house under a neutral name."""

    marks = "required"
    name = line_field(_("A short name that says nothing to a stranger"), required=True)
    organisation_id = MemberField(label=_("Whose house it is"), required=False)

    def __init__(self, *args: Any, organisations: Mapping[UUID, str], **kwargs: Any) -> None:  # Any: what forms take
        super().__init__(*args, **kwargs)
        offer(self, "organisation_id", [("", _("Ours")), *((str(one), name) for one, name in organisations.items())])


class BedForm(forms.Form):
    """A bed in a room."""

    marks = "required"
    room = line_field(_("Room"), required=True)
    label = line_field(_("Bed"), required=True)
    accepts = TickedCodesField("bed_for", label=_("For whom"))


class ChangeBedForm(forms.Form):
    """For whom a bed is from now on, or that it is no longer there."""

    marks = "none"
    accepts = TickedCodesField("bed_for", label=_("For whom"))
    is_retired = forms.BooleanField(label=_("This bed is no longer there"), required=False)


class StayForm(forms.Form):
    """Somebody comes to stay."""

    marks = "required"
    person_id = MemberField(label=_("Who stays"), required=False)
    first = DayField(label=_("From the evening of"))
    until = DayField(label=_("To the morning of"))
    bed_id = MemberField(label=_("Which bed"))
    rules_agreed = forms.BooleanField(label=_("The house rules were spoken of and agreed"), required=False)
    remark = words_field(_("What was agreed, what to look after"), rows=3)

    def __init__(
        self, *args: Any, clients: Mapping[UUID, str], beds: Sequence[tuple[UUID, str]], **kwargs: Any
    ) -> None:  # Any: what forms take
        super().__init__(*args, **kwargs)
        shown = [(str(one), name) for one, name in clients.items()]
        offer(self, "person_id", shown if len(shown) == 1 else [("", ""), *shown])
        offer(self, "bed_id", [("", ""), *((str(one), name) for one, name in beds)])


class ProlongForm(forms.Form):
    """Somebody stays longer."""

    marks = "required"
    until = DayField(label=_("To the morning of"))


class LeaveForm(forms.Form):
    """Somebody leaves."""

    marks = "required"
    left_on = DayField(label=_("When did the person leave?"))
    reason = CodeField("leaving_reason", label=_("Where to?"), required=True)
