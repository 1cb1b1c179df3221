"""How is a proceeding written down: begun, led for what, with which hearings, measures, terms and decisions?"""

from django import forms
from django.utils.translation import gettext_lazy as _

from astra.justice.forms.parties import PartiesForm
from astra.justice.forms.parts import ChosenField, NumberField, PartForm, tier_field
from astra.justice.sections import (
    ClaimWords,
    DecisionWords,
    HearingWords,
    IncidentWords,
    ProceedingWords,
    TermWords,
)
from astra.vocabulary.amounts import AmountField
from astra.vocabulary.form_fields import CodeField, DayField, MomentField, line_field, words_field

ONLY_LEGAL = _("Sealed to those who can read this proceeding.")


class ProceedingForm(PartiesForm):
    """A proceeding begins."""

    words_type = ProceedingWords
    kind = CodeField("proceeding_kind", label=_("Kind"), required=True)
    begun_on = DayField(label=_("Since when"))
    authority_id = ChosenField(label=_("Authority from the directory"))
    authority = line_field(_("Authority, if not in the directory"))
    number = line_field(_("Number at the authority"), hint=ONLY_LEGAL)
    judge = line_field(_("Judge"))
    prosecutor = line_field(_("Prosecutor"))
    tier = tier_field()
    remark = words_field(_("What must be known"), rows=3)


class ReviseProceedingForm(PartiesForm):
    """Who leads it, under which number, and what each client is in it."""

    words_type = ProceedingWords
    authority_id = ChosenField(label=_("Authority from the directory"))
    authority = line_field(_("Authority, if not in the directory"))
    number = line_field(_("Number at the authority"), hint=ONLY_LEGAL)
    judge = line_field(_("Judge"))
    prosecutor = line_field(_("Prosecutor"))
    remark = words_field(_("What must be known"), rows=5)


class QualificationForm(PartForm):
    """Under which article from now on; the earlier one stays."""

    article = CodeField("criminal_article", label=_("Article"), required=True)
    paragraph = forms.CharField(label=_("Paragraph"), required=False, max_length=10)
    stage = CodeField("proceeding_stage", label=_("At which stage"), required=True)
    since = DayField(label=_("Since when"))


class HearingForm(PartForm):
    """A hearing is planned."""

    words_type = HearingWords
    kind = CodeField("hearing_kind", label=_("Kind"), required=True)
    begins_at = MomentField(label=_("Day and hour"))
    place = line_field(_("Place"), hint=_("Court, room, which entrance is safe"))
    escort = ChosenField(label=_("Who goes along"))
    is_prepared = forms.BooleanField(label=_("The person is prepared for it"), required=False)
    preparation = words_field(
        _("Preparation"), rows=3, hint=_("Visit to the courtroom, whom the person may meet, breaks")
    )
    remark = words_field(_("What must be known"), rows=2)


class PrepareForm(PartForm):
    """Who goes along, and is she prepared?"""

    words_type = HearingWords
    place = line_field(_("Place"))
    escort = ChosenField(label=_("Who goes along"))
    is_prepared = forms.BooleanField(label=_("The person is prepared for it"), required=False)
    preparation = words_field(_("Preparation"), rows=4)
    remark = words_field(_("What must be known"), rows=2)
    course = words_field(_("How it went"), rows=3)


class HeldForm(PartForm):
    """A hearing was held."""

    outcome = CodeField("hearing_outcome", label=_("How did it end?"), required=True)
    course = words_field(_("How it went, and how the person is"), rows=5)


class CancelledForm(PartForm):
    """A hearing was cancelled."""

    outcome = CodeField("postponed_because", label=_("Why?"), required=True)
    course = words_field(_("What must be known"), rows=3)


class PostponedForm(PartForm):
    """A hearing was put off to another time."""

    outcome = CodeField("postponed_because", label=_("Why?"), required=True)
    begins_at = MomentField(label=_("New day and hour"))
    course = words_field(_("What must be known"), rows=3)


class MeasureForm(PartForm):
    """A measure that protects her was asked for."""

    kind = CodeField("protective_measure", label=_("Which measure"), required=True)
    asked_on = DayField(label=_("Asked for on"))


class IncidentForm(PartForm):
    """Something in the proceeding hurt her again."""

    words_type = IncidentWords
    kind = CodeField("secondary_harm", label=_("What was it?"), required=True)
    happened_on = DayField(label=_("When"))
    what = words_field(_("What happened"), rows=4)
    done = words_field(_("What we did about it"), rows=3)
    is_reported = forms.BooleanField(label=_("A complaint was made"), required=False)


class TermForm(PartForm):
    """A term inside a proceeding."""

    words_type = TermWords
    code = CodeField("term_kind", label=_("Which term"), required=True)
    event_on = DayField(
        label=_("Runs from"), required=False, help_text=_("Day of delivery or of the event; the law's length is added.")
    )
    due_on = DayField(
        label=_("Last day, if you set it yourself"),
        required=False,
        help_text=_("Counted lengths are not yet confirmed by a lawyer: check them."),
    )
    title = line_field(_("What is to be done"))
    assigned = ChosenField(label=_("Who watches it"))


class CaseTermForm(TermForm):
    """A term of the file outside any proceeding."""

    tier = tier_field()


class DayForm(PartForm):
    """On which day."""

    day = DayField(label=_("When"))


class RemarkForm(DayForm):
    """On which day, and what must be known."""

    remark = words_field(_("What must be known"), rows=3)


class ProofForm(DayForm):
    """When a term was met, and how that is proved."""

    proof = line_field(_("How it is proved"), hint=_("Number, receipt stamp, return receipt"))


class DecisionForm(PartForm):
    """A decision at an instance."""

    words_type = DecisionWords
    instance = CodeField("instance", label=_("Instance"), required=True)
    outcome = CodeField("decision_outcome", label=_("What was decided"), required=True)
    decided_on = DayField(label=_("Decided on"))
    received_on = DayField(label=_("Received on"), required=False)
    is_plea = forms.BooleanField(label=_("By plea agreement"), required=False)
    is_final = forms.BooleanField(label=_("It is final"), required=False)
    remark = words_field(_("What it says, in your words"), rows=4)


class AppealForm(DayForm):
    """Somebody appealed."""

    appealed_by = CodeField("appealed_by", label=_("Who appealed?"), required=True)


class PenaltyForm(PartForm):
    """What one accused was sentenced to."""

    accused = CodeField(
        "role_in_process", label=_("Which accused"), required=True, help_text=_("The part in it, never a name")
    )
    kind = CodeField("penalty_kind", label=_("Penalty"), required=True)
    years = NumberField(label=_("Years"), required=False, min_value=0, max_value=60)
    months = NumberField(label=_("Months"), required=False, min_value=0)
    fine = AmountField(label=_("Amount"), required=False)
    currency = CodeField("currency", label=_("Currency"), initial="RSD")


class ClaimForm(PartForm):
    """Compensation is claimed."""

    words_type = ClaimWords
    kind = CodeField("claim_kind", label=_("For which damage"), required=True)
    claimed = AmountField(label=_("Amount claimed"))
    currency = CodeField("currency", label=_("Currency"), required=True, initial="RSD")
    claimed_on = DayField(label=_("Claimed on"))
    remark = words_field(_("What must be known"), rows=3)


class OrderForm(DayForm):
    """An amount was ordered."""

    ordered = AmountField(label=_("Amount ordered"))


class PaymentForm(PartForm):
    """Something was paid."""

    amount = AmountField(label=_("Amount paid"))
    paid_on = DayField(label=_("Paid on"))
    payer = CodeField("payer", label=_("Who paid?"), required=True)
