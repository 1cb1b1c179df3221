"""How are work, school, a child's protection and receipts written down?"""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from astra.cases.forms.fields import MemberField, offer
from astra.vocabulary.amounts import AmountField
from astra.vocabulary.form_fields import CodeField, DayField, choices_of, line_field, words_field

NEUTRAL = _("Others read it: nothing of us, of trafficking or of a shelter.")
ANY_AMOUNT: dict[str, None] = {"min_value": None, "max_digits": None, "decimal_places": None}
"""What can stand there is said by the rules, in one sentence."""


class ChosenCode(CodeField):
    """A code that somebody must choose: nothing stands there before, so that nothing is said by accident."""

    def __init__(self, list_name: str, **kwargs: Any) -> None:  # Any: words, and what Django's field takes
        super().__init__(list_name, required=True, **kwargs)
        self.choices = choices_of(list_name, blank="")


class ClientForm(forms.Form):
    """Something about one client of a case; a case with one client does not ask which."""

    marks = "required"
    person_id = MemberField(label=_("Who is it about"), required=False)

    def __init__(self, *args: Any, clients: Mapping[UUID, str], **kwargs: Any) -> None:  # Any: what forms take
        super().__init__(*args, **kwargs)
        people = [(str(one), name) for one, name in clients.items()]
        if len(people) == 1:
            del self.fields["person_id"]
        else:
            offer(self, "person_id", [("", ""), *people])


# ---- Work


class CvForm(ClientForm):
    """A curriculum vitae; its script is chosen when it is printed."""

    name = line_field(_("Name"), required=True)
    reach = words_field(_("How an employer reaches the person"), rows=2, hint=_("Only what is safe to give."))
    about = words_field(_("About myself"), hint=NEUTRAL)
    experience = words_field(_("Work so far"), rows=5, hint=NEUTRAL)
    schooling = words_field(_("School and training"), rows=4, hint=NEUTRAL)
    skills = words_field(_("Skills"), hint=NEUTRAL)
    languages = words_field(_("Languages"), rows=2)


class CvRevisionForm(CvForm):
    """What stands on it, to be changed."""

    revision = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # Any: what forms take
        super().__init__(*args, clients={}, **kwargs)
        del self.fields["person_id"]


class ApplicationForm(ClientForm):
    """An application for work."""

    applied_on = DayField(label=_("When"))
    employer = line_field(_("Employer"), required=True)
    post = line_field(_("Which work"), required=True)
    remark = words_field(_("What is to be known"))


class AnswerForm(forms.Form):
    """The answer to an application."""

    marks = "none"
    answer = ChosenCode("application_answer", label=_("Answer"))
    answered_on = DayField(label=_("When"))


class PlacementForm(ClientForm):
    """Work that begins."""

    began_on = DayField(label=_("Begins on"))
    employer_id = forms.TypedChoiceField(
        label=_("Employer who takes part"), coerce=int, empty_value=None, required=False
    )
    employer = line_field(_("Or another employer"))
    post = line_field(_("Which work"), required=True)
    sector = ChosenCode("labour_sector", label=_("Branch"))
    despite = words_field(
        _("Why this place all the same"),
        hint=_("Only where the register of checked employers has warnings. The register is asked when you save."),
    )

    def __init__(self, *args: Any, employers: Mapping[int, str], **kwargs: Any) -> None:  # Any: what forms take
        super().__init__(*args, **kwargs)
        offer(self, "employer_id", [("", _("None of them")), *((str(one), name) for one, name in employers.items())])


class RetentionForm(forms.Form):
    """Whether somebody still works there."""

    marks = "none"
    answer = ChosenCode("retention_answer", label=_("Does the person still work there?"))
    asked_on = DayField(label=_("Asked on"))


class PlacementEndForm(forms.Form):
    """The end of work."""

    marks = "required"
    ended_on = DayField(label=_("Last day"))
    end = ChosenCode("placement_end", label=_("Why it ended"))
    left_because = words_field(_("In words"))


class EmployerForm(forms.Form):
    """An employer who takes part."""

    marks = "required"
    organisation_id = MemberField(label=_("Organisation of the directory"))
    since = DayField(label=_("Takes part since"))
    offers = words_field(_("What the employer offers"), required=True, hint=_("About the organisation; name nobody."))

    def __init__(self, *args: Any, organisations: Mapping[UUID, str], **kwargs: Any) -> None:  # Any: what forms take
        super().__init__(*args, **kwargs)
        offer(self, "organisation_id", [("", ""), *((str(one), name) for one, name in organisations.items())])


class EmployerEndForm(forms.Form):
    """An employer takes part no more."""

    marks = "none"
    until = DayField(label=_("Last day"))


# ---- School


class EnrolForm(ClientForm):
    """A school, a course, tutoring or training."""

    kind = ChosenCode("schooling_kind", label=_("What kind"))
    began_on = DayField(label=_("Begins on"))
    where = line_field(_("Which school or course"), required=True)
    remark = words_field(_("What is to be known"))


class SchoolEndForm(forms.Form):
    """The end of schooling."""

    marks = "none"
    ended_on = DayField(label=_("Last day"))
    end = ChosenCode("schooling_end", label=_("How it ended"))


class ExamForm(forms.Form):
    """An exam, ahead or past."""

    marks = "required"
    on = DayField(label=_("When"))
    subject = line_field(_("In what"), required=True)
    result = CodeField("exam_result", label=_("Result"), blank=_("Not yet known"))
    mark = line_field(_("Mark"))


class ResultForm(forms.Form):
    """How an exam ended."""

    marks = "required"
    result = ChosenCode("exam_result", label=_("Result"))
    mark = line_field(_("Mark"))


class ScholarshipForm(forms.Form):
    """A scholarship."""

    marks = "none"
    amount = AmountField(label=_("Dinars a month"), **ANY_AMOUNT)
    since = DayField(label=_("From"))
    until = DayField(label=_("Until"))
    funded_by = ChosenCode("funded_by", label=_("Who pays"))


# ---- A child without parents here


class GuardianForm(ClientForm):
    """A guardian with the right and its days."""

    code = ChosenCode("guardianship", label=_("By which right"))
    who = line_field(_("Who is the guardian"), required=True)
    on = DayField(label=_("Since"))
    until = DayField(label=_("Until"), required=False)
    reasons = words_field(_("What is to be known"))


class AgeForm(ClientForm):
    """What is known of the age."""

    code = ChosenCode("age_state", label=_("What is known of the age"))
    on = DayField(label=_("Since"))
    who = line_field(_("Who assessed it"))
    child_said = words_field(_("What the child says"))
    reasons = words_field(_("How it was assessed"))


class BestInterestForm(ClientForm):
    """A decision in the child's best interest."""

    code = ChosenCode("best_interest", label=_("What was decided"))
    on = DayField(label=_("Decided on"))
    who = words_field(_("Who took part"), rows=2, required=True)
    child_said = words_field(
        _("What the child says"), required=True, hint=_("In the child's own words where possible.")
    )
    reasons = words_field(_("Reasons"))
    is_tracing_safe = forms.BooleanField(label=_("Tracing the family was assessed as safe"), required=False)
    is_tracing_wanted = forms.BooleanField(label=_("The child wants the family to be traced"), required=False)


class StepForm(ClientForm):
    """A step of asylum."""

    code = ChosenCode("asylum_step", label=_("Which step"))
    on = DayField(label=_("When"))
    reasons = words_field(_("What is to be known"))


class TracingForm(ClientForm):
    """A step of tracing the family."""

    code = ChosenCode("tracing_step", label=_("Which step"))
    on = DayField(label=_("When"))
    reasons = words_field(_("What is to be known"))


# ---- Receipts


class ReceiptForm(ClientForm):
    """A receipt in neutral words."""

    kind = ChosenCode("receipt_kind", label=_("What is handed over"))
    amount = AmountField(label=_("Amount in dinars"), **ANY_AMOUNT)
    for_what = line_field(_("For what"), required=True, hint=NEUTRAL)
    payee = line_field(_("Who receives it"), required=True)
    issued_on = DayField(label=_("When"))
    funded_by = ChosenCode("funded_by", label=_("Who pays"))
    heading = line_field(_("Heading on the paper"), hint=_("A neutral name, or empty. Never what we do."))


class SignForm(forms.Form):
    """The paper was signed."""

    marks = "none"
    signed_on = DayField(label=_("Signed on"))


class VoidForm(forms.Form):
    """Why a receipt counts no more."""

    marks = "none"
    void = ChosenCode("receipt_void", label=_("Why"))
