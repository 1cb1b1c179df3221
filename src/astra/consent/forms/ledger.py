"""What does one write down when consent was asked, withdrawn, or left aside?"""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from astra.consent.rules import ledger, overrides
from astra.consent.rules.recording import NewConsent
from astra.vocabulary.form_fields import UNREMEMBERED, CodeField, DayField, TickedCodesField, words_field

ANSWERS = (ledger.GIVEN, ledger.REFUSED, ledger.NOT_ASKED)
PARENTS = ("mother", "father", "guardian", "family")
ALONE = ("danger_to_life", "child_in_danger", "medical_emergency")


class OrganisationField(forms.TypedChoiceField):
    """One organisation of the directory, or none in particular."""

    def __init__(self) -> None:
        super().__init__(label=_("One organisation in particular"), required=False, coerce=UUID, empty_value=None)


class WithOrganisations(forms.Form):
    """A form that may name an organisation."""

    def __init__(self, *args: Any, organisations: list[tuple[UUID, str]], **kwargs: Any) -> None:  # Any: Django
        super().__init__(*args, **kwargs)
        self.fields["organisation_id"].choices = [("", ""), *organisations]  # type: ignore[attr-defined]  # the field is a choice field


class QuestionForm(WithOrganisations):
    """What somebody wants to share, and with whom."""

    marks = "none"

    purpose = CodeField("consent_purpose", label=_("For what?"), required=True)
    recipient = CodeField("consent_recipient", label=_("To whom?"), required=True)
    organisation_id = OrganisationField()
    section = CodeField("consent_section", label=_("Which part of the file?"), required=True)


class ConsentForm(WithOrganisations):
    """One line of the ledger. The parts about a child are shown for children only."""

    marks = "none"

    purpose = CodeField("consent_purpose", label=_("For what?"), required=True)
    recipient = CodeField("consent_recipient", label=_("To whom?"), required=True, initial="own_team")
    organisation_id = OrganisationField()
    section = CodeField("consent_section", label=_("Which part of the file?"), required=True, initial="everything")
    ground = CodeField(
        "case_ground",
        label=_("On what ground?"),
        required=True,
        only=ledger.GROUNDS,
        initial=ledger.CONSENT,
        widget=forms.RadioSelect,
    )
    answer = CodeField(
        "consent_answer",
        label=_("What was the answer?"),
        required=True,
        only=ANSWERS,
        initial=ledger.GIVEN,
        widget=forms.RadioSelect(attrs={"class": "govuk-radios--inline"}),
    )
    ask_by = DayField(label=_("By which day will somebody ask?"), required=False)
    giver = CodeField("consent_giver", label=_("Who gave or refused it?"), initial=ledger.SELF)
    giver_id = forms.TypedChoiceField(
        label=_("Which of those who decide for the child?"),
        help_text=_("When this right ends, what was agreed on it ends too."),
        required=False,
        coerce=UUID,
        empty_value=None,
    )
    method = CodeField("consent_method", label=_("How?"), initial="spoken_phone")
    language = CodeField("language", label=_("In which language was it explained?"), initial="sr")
    interpreter = forms.CharField(
        label=_("Interpreter"), required=False, max_length=120, widget=forms.TextInput(UNREMEMBERED)
    )
    child_view = CodeField("child_view", label=_("What does the child say?"))
    given_on = DayField(label=_("When?"), required=False, help_text=_("Blank: today"))
    until_on = DayField(label=_("Until when?"), required=False, help_text=_("Blank: until it is withdrawn"))
    words = words_field(_("In her or his own words"))
    withheld = words_field(_("What must be held back, and from whom?"), rows=2)
    not_told = TickedCodesField(
        "consent_recipient",
        label=_("Who must not be told?"),
        required=False,
        only=PARENTS,
        help_text=_("This stands from now on among the rules of safe contact."),
    )

    def __init__(
        self, *args: Any, is_child: bool, guardians: Sequence[tuple[UUID, str]] = (), **kwargs: Any
    ) -> None:  # Any: Django's form arguments
        super().__init__(*args, **kwargs)
        if not is_child:
            del self.fields["child_view"], self.fields["not_told"]
        if is_child and guardians:
            self.fields["giver_id"].choices = [("", ""), *guardians]  # type: ignore[attr-defined]  # a choice field
        else:
            del self.fields["giver_id"]

    def clean(self) -> dict[str, Any]:
        """Whoever speaks for herself is no guardian."""
        given: dict[str, Any] = super().clean() or self.cleaned_data
        if given.get("giver") not in ledger.GUARDIANS:
            given.pop("giver_id", None)
        return given

    def new(self) -> NewConsent:
        """The line as it was typed."""
        typed = {**self.cleaned_data}
        typed.pop("not_told", None)
        return NewConsent(has_interpreter=bool(typed["interpreter"].strip()), **typed)


class WithdrawForm(forms.Form):
    """Consent is taken back."""

    marks = "none"

    wish = CodeField("withdrawal_wish", label=_("What does she or he want done with what was shared?"))
    words = words_field(_("In her or his own words"))


class DangerForm(WithOrganisations):
    """One person alone, in danger to life."""

    marks = "none"

    reason_code = CodeField(
        "override_reason", label=_("Why now, and alone?"), required=True, only=ALONE, widget=forms.RadioSelect
    )
    recipient = CodeField(
        "consent_recipient",
        label=_("Who is told?"),
        required=True,
        only=overrides.DANGER_RECIPIENTS,
        widget=forms.RadioSelect,
    )
    organisation_id = OrganisationField()
    sections = TickedCodesField(
        "consent_section", label=_("What do they need to know?"), required=True, only=overrides.MINIMUM
    )
    why = words_field(_("What is the danger?"), required=True)
    given = words_field(_("What exactly was said to them?"))

    def clean_sections(self) -> tuple[str, ...]:
        """Codes in a fixed order."""
        return tuple(self.cleaned_data["sections"])


class OverrideForm(WithOrganisations):
    """A second person is asked to agree."""

    marks = "none"

    reason_code = CodeField("override_reason", label=_("Why without consent?"), required=True)
    purpose = CodeField("consent_purpose", label=_("For what?"), required=True)
    recipient = CodeField("consent_recipient", label=_("To whom?"), required=True)
    organisation_id = OrganisationField()
    sections = TickedCodesField("consent_section", label=_("Which parts of the file?"), required=True)
    why = words_field(_("The reason, for the colleague who decides"), required=True)

    def clean_sections(self) -> tuple[str, ...]:
        """Codes in a fixed order."""
        return tuple(self.cleaned_data["sections"])


class DecisionForm(forms.Form):
    """The second person's answer."""

    marks = "none"

    agrees = forms.ChoiceField(
        label=_("Do you agree?"),
        choices=[("yes", _("Yes, for seven days")), ("no", _("No"))],
        widget=forms.RadioSelect,
    )
    words = words_field(_("Why?"), rows=2)


def _outcomes() -> list[tuple[str, str]]:
    return [(code, str(_(words))) for code, words in overrides.OUTCOMES.items()]


class ReviewForm(forms.Form):
    """What somebody else thinks of it afterwards."""

    marks = "none"

    outcome = forms.ChoiceField(label=_("Looking at it again"), choices=_outcomes, widget=forms.RadioSelect)
    words = words_field(_("What do we learn from it?"), rows=2)
