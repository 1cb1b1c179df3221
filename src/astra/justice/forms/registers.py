"""How are letters, demands, rights, suspects and judgments written down?"""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from astra.justice.forms.parts import ChosenField, NumberField, PartForm, tier_field
from astra.justice.forms.proceedings import DayForm
from astra.justice.sections import DemandWords, LetterWords, RightWords, SuspectWords
from astra.justice.services.monitoring import NewAccused, NewJudgment
from astra.vocabulary.amounts import AmountField
from astra.vocabulary.form_fields import CodeField, DayField, line_field, words_field


class RightForm(PartForm):
    """A right is asked for."""

    words_type = RightWords
    kind = CodeField("special_right", label=_("Which right"), required=True)
    asked_on = DayField(label=_("Asked for on"))
    tier = tier_field()
    remark = words_field(_("On what it rests"), rows=3)


class GrantForm(DayForm):
    """A right was granted."""

    valid_from = DayField(label=_("Valid from"), required=False)
    valid_until = DayField(label=_("Valid until"), required=False)


class SuspectForm(PartForm):
    """Somebody who is suspected."""

    words_type = SuspectWords
    name = line_field(_("Name, or how the person is called"))
    part = CodeField("role_in_process", label=_("Part in it"), required=True)
    relation = CodeField("relation_to_trafficker", label=_("Who this is to the client"))
    proceeding_id = ChosenField(label=_("Proceeding"))
    links = words_field(_("Links with others"), rows=3)
    remark = words_field(_("What is known, and from whom"), rows=4)


class LinkForm(PartForm):
    """Two reported persons are linked."""

    other_id = ChosenField(label=_("With whom"))
    kind = CodeField("suspect_link", label=_("How"), blank=_("Not linked any more"), initial="works_together")


class FindSuspectForm(forms.Form):
    """A name, or words that are known of somebody."""

    marks = "none"
    text = line_field(_("Name or words, in either script"), required=True, length=100)


class LetterForm(PartForm):
    """A letter for the register."""

    direction = CodeField("letter_direction", label=_("Out or in"), required=True)
    dated_on = DayField(label=_("Date"))
    subject = CodeField("letter_subject", label=_("What it is"), required=True)
    institution_id = ChosenField(label=_("Institution from the directory"))
    institution = line_field(_("Institution, if not in the directory"))
    about = line_field(_("What it is about"), hint=_("Sealed"))
    their_number = line_field(_("Their number"))
    tier = tier_field()
    answers = ChosenField(label=_("Answers our letter"))
    answer_due_on = DayField(
        label=_("Answer due on"), required=False, help_text=_("For a letter out: then silence leads to the next step.")
    )
    proof = CodeField("delivery_proof", label=_("Proof of delivery"))
    delivered_on = DayField(label=_("Delivered on"), required=False)

    def arguments(self) -> dict[str, Any]:
        """What it is about in words is sealed with the institution; the coded subject is not."""
        given = dict(self.cleaned_data)
        words = LetterWords(
            institution=given.pop("institution"), subject=given.pop("about"), their_number=given.pop("their_number")
        )
        return given | {"words": words}


class ProveForm(DayForm):
    """How it is proved that a letter arrived."""

    proof = CodeField("delivery_proof", label=_("Proof of delivery"), required=True)
    where = line_field(_("Where the proof is kept"))


class DemandForm(PartForm):
    """Somebody demands something of the file."""

    asker = CodeField("demand_asker", label=_("Who demands it?"), required=True)
    who = line_field(_("Name and office"))
    right = CodeField("demand_right", label=_("On what right?"), required=True)
    received_on = DayField(label=_("Received on"))
    due_on = DayField(label=_("Answer until"), required=False)
    wanted = words_field(_("What exactly is demanded"), rows=4, required=True)

    def arguments(self) -> dict[str, Any]:
        """The name is sealed with the rest."""
        given = dict(self.cleaned_data)
        words = DemandWords(asker=given.pop("who"), wanted=given.pop("wanted"))
        return given | {"words": words}


class CheckForm(PartForm):
    """The lawyer's check."""

    right_holds = CodeField("right_holds", label=_("Does the right hold?"), required=True)
    opinion = words_field(_("Why, and what is the least that answers it"), rows=5)
    lawyer = line_field(_("Whose opinion it is"), hint=_("Write the name if the lawyer is somebody else than you."))


class GiveForm(DayForm):
    """What is given and what is held back."""

    given = words_field(_("What is given: the least that answers the demand"), rows=4)
    held_back = words_field(_("What is held back, and why"), rows=4)


class RefuseForm(DayForm):
    """Nothing is given."""

    held_back = words_field(_("Why it is refused"), rows=4)


class TellForm(PartForm):
    """She was told, or why not yet."""

    told_on = DayField(label=_("The person was told on"), required=False)
    untold_because = CodeField("untold_because", label=_("Or why not yet"))
    told = words_field(_("What the person was told, and what the answer was"), rows=3)


class JudgmentForm(forms.Form):
    """A judgment as codes: nothing that says whom it is about."""

    marks = "required"
    year = forms.IntegerField(label=_("Year of the judgment"), min_value=2000, max_value=2100)
    court = CodeField("judgment_court", label=_("Court"), required=True)
    instance = CodeField("instance", label=_("Instance"), required=True)
    article = CodeField("criminal_article", label=_("Article of the indictment"), required=True)
    final_article = CodeField("criminal_article", label=_("Article of the judgment"), required=True)
    outcome = CodeField("decision_outcome", label=_("What was decided"), required=True)
    form = CodeField("forms_of_exploitation", label=_("Form of exploitation"))
    is_plea = forms.BooleanField(label=_("By plea agreement"), required=False)
    months_since_charge = forms.IntegerField(label=_("Months since the indictment"), required=False, min_value=0)
    injured = forms.IntegerField(label=_("Injured parties"), required=False, min_value=0)
    injured_children = forms.IntegerField(label=_("Of them children"), required=False, min_value=0)
    has_special_status = CodeField("yes_no_unknown", label=_("Especially vulnerable witness"))
    compensation = CodeField("judgment_redress", label=_("Compensation"))
    compensation_amount = AmountField(label=_("Amount awarded"), required=False)
    currency = CodeField("currency", label=_("Currency"))

    def judgment(self) -> NewJudgment:
        """What the service takes."""
        return NewJudgment(**self.cleaned_data)


class AccusedForm(forms.Form):
    """One accused, as codes."""

    marks = "none"
    outcome = CodeField("decision_outcome", label=_("What was decided"))
    sex = CodeField("sex", label=_("Sex of the accused"))
    part = CodeField("role_in_process", label=_("Part in it"))
    penalty = CodeField("penalty_kind", label=_("Penalty"))
    years = NumberField(label=_("Years"), required=False, min_value=0, max_value=60)
    months = NumberField(label=_("Months"), required=False, min_value=0, max_value=11)


AccusedFormSet = forms.formset_factory(AccusedForm, extra=4, max_num=12)


def accused_in(formset: Any) -> list[NewAccused]:  # Any: a set of the forms above
    """The rows that were filled in."""
    return [NewAccused(**form.cleaned_data) for form in formset if form.cleaned_data.get("outcome")]
