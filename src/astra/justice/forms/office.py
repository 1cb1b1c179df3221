"""How is a letter of the office written down that belongs to no case? Codes and an institution, no words."""

from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from astra.justice.forms.parts import ChosenField
from astra.vocabulary.form_fields import CodeField, DayField


class OfficeLetterForm(forms.Form):
    """A letter for the register outside any case."""

    marks = "required"
    direction = CodeField("letter_direction", label=_("Out or in"), required=True)
    dated_on = DayField(label=_("Date"))
    subject = CodeField("letter_subject", label=_("What it is"), required=True)
    institution_id = ChosenField(label=_("Institution from the directory"))
    proof = CodeField("delivery_proof", label=_("Proof of delivery"))
    delivered_on = DayField(label=_("Delivered on"), required=False)
    answer_due_on = DayField(
        label=_("Answer due on"), required=False, help_text=_("For a letter out: then silence leads to the next step.")
    )

    def __init__(self, *args: Any, institutions: list[tuple[UUID, str]], **kwargs: Any) -> None:  # Any: as Django's
        super().__init__(*args, **kwargs)
        chosen = self.fields["institution_id"]
        assert isinstance(chosen, forms.ChoiceField)
        chosen.required = True
        chosen.choices = [("", ""), *((str(pk), name) for pk, name in institutions)]


class OfficeStepForm(forms.Form):
    """On which day the institution answered, or something was done about its silence."""

    marks = "none"
    day = DayField(label=_("When"))
