"""What is typed about identification and risk? Three facts on three forms, and one that listens first."""

from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from astra.cases.forms.fields import MembersField, offer
from astra.identification.entries import NewAssessment, NewChoice, NewDecision, NewRisk, NewScreening
from astra.identification.rules import indicators, risk
from astra.identification.rules.screening import HEARD, Answer
from astra.kernel.clock import today
from astra.vocabulary.form_fields import CodeField, DayField, TickedCodesField, choices_of, line_field, words_field

PROFILE_NAMES = {"adult": _("adult"), "child": _("child")}
PROFILES = (("child", _("A child (under 18)")), ("adult", _("An adult")))


class AssessmentForm(forms.Form):
    """What we think ourselves."""

    marks = "required"
    status = CodeField("trafficking_status", label=_("What do we think?"), required=True)
    profile = forms.ChoiceField(label=_("At the time it happened the person was"), choices=PROFILES)
    acts = TickedCodesField("kz388_acts", label=_("What was done to the person"))
    means = TickedCodesField("kz388_means", label=_("By which means"), help_text=_("A child's case needs none."))
    forms = TickedCodesField("forms_of_exploitation", label=_("For what"))
    words = words_field(_("Why do we think so?"), rows=4)
    on = DayField(label=_("On"), initial=today)

    def new(self) -> NewAssessment:
        """As typed."""
        given = self.cleaned_data
        sets = {name: tuple(given[name]) for name in ("acts", "means", "forms")}
        return NewAssessment(given["on"], given["status"], given["profile"], words=given["words"], **sets)


class DecisionForm(forms.Form):
    """How the formal procedure stands."""

    marks = "required"
    body = CodeField("decided_by", label=_("Who decides?"), required=True, initial="protection_centre")
    decision = CodeField("formal_decision", label=_("How does it stand?"), required=True, initial="pending")
    reported_on = DayField(label=_("Reported on"))
    decided_on = DayField(label=_("Decided on"), required=False)
    appeal = CodeField("decision_appeal", label=_("Appeal"), required=True, initial="none")
    who = line_field(_("Who decided there, number of the decision"))
    words = words_field(_("On what ground, and what the appeal says"), rows=4)
    procedure = forms.UUIDField(required=False, widget=forms.HiddenInput)

    def new(self) -> NewDecision:
        """As typed."""
        return NewDecision(**self.cleaned_data)


class ChoiceForm(forms.Form):
    """What the person wants."""

    marks = "required"
    choice = CodeField("own_choice", label=_("What does the person want?"), required=True)
    words = words_field(_("In her or his own words"), rows=4)
    on = DayField(label=_("Said on"), initial=today)

    def new(self) -> NewChoice:
        """As typed."""
        return NewChoice(**self.cleaned_data)


class RiskForm(forms.Form):
    """How great the danger is, heading by heading."""

    marks = "required"
    on = DayField(label=_("Assessed on"), initial=today)
    until = DayField(
        label=_("Holds until"),
        required=False,
        help_text=_("Blank: a day for immediate danger, a week for high, a month for raised, three months else."),
    )
    told = MembersField(label=_("Who must know now?"), required=False)

    def __init__(self, *args: Any, workers: dict[UUID, str], **kwargs: Any) -> None:  # Any: what forms take
        super().__init__(*args, **kwargs)
        self._names = dict(choices_of("risk_heading")())
        for heading in risk.HEADINGS:
            self.fields[heading] = CodeField("risk_level", label=_("How high is it?"), blank=_("Not assessed"))
            self.fields[f"{heading}_words"] = words_field(_("What the risk is"), rows=2)
            self.fields[f"{heading}_done"] = line_field(_("What is done about it"))
        self.order_fields([*(name for name in self.fields if name not in ("on", "until", "told"))])
        offer(self, "told", [(str(member), name) for member, name in workers.items()])

    def headings(self) -> list[dict[str, Any]]:  # Any: bound fields
        """The fields of each heading together."""
        return [
            {
                "name": self._names[one],
                "level": self[one],
                "words": self[f"{one}_words"],
                "done": self[f"{one}_done"],
            }
            for one in risk.HEADINGS
        ]

    def new(self) -> NewRisk:
        """As typed; until when it holds is proposed by the gravest level."""
        given = self.cleaned_data
        levels = tuple(
            risk.Level(one, given[one], given[f"{one}_words"], given[f"{one}_done"]) for one in risk.HEADINGS
        )
        until = given["until"] or risk.proposed_until((one.level for one in levels), given["on"])
        return NewRisk(given["on"], until, levels, tuple(given["told"]))


class ScreeningForm(forms.Form):
    """What was heard and denied; each indicator has its answer, its words, and the record that they come from."""

    marks = "none"
    on = DayField(label=_("Listened on"), initial=today)
    acts = TickedCodesField("kz388_acts", label=_("What was done to the person"))
    remark = words_field(_("What else is to be remembered"), rows=3)

    def __init__(self, *args: Any, sources: list[tuple[str, str]], **kwargs: Any) -> None:  # Any: what forms take
        super().__init__(*args, **kwargs)
        for code in indicators.indicators():
            key = field_of(code)
            self.fields[key] = CodeField("screening_answer", label=_("What was said"), blank=_("Not spoken about"))
            self.fields[f"{key}_words"] = line_field(_("The words that support it"))
            self.fields[f"{key}_from"] = forms.ChoiceField(
                label=_("Where they stand"), required=False, choices=[("", _("Said now")), *sources]
            )

    def dimensions(self) -> list[dict[str, Any]]:  # Any: bound fields
        """The indicators of each dimension with their fields, in the order of the source."""
        language = get_language() or "en"
        return [
            {
                "code": code,
                "name": one.names[language],
                "rows": [self._row(each, language) for each in indicators.in_dimension(code)],
            }
            for code, one in indicators.dimensions().items()
        ]

    def _row(self, one: indicators.Indicator, language: str) -> dict[str, Any]:  # Any: bound fields
        key = field_of(one.code)
        return {
            "key": key,
            "name": one.names[language],
            "strengths": [
                (PROFILE_NAMES[profile], strength) for profile, strength in one.strengths.items() if strength
            ],
            "fields": [self[key], self[f"{key}_words"], self[f"{key}_from"]],
        }

    def new(self) -> NewScreening:
        """As typed."""
        given = self.cleaned_data
        answers = []
        for code in indicators.indicators():
            key = field_of(code)
            if given[key] or given[f"{key}_words"]:
                answer = given[key] or HEARD
                answers.append(Answer(code, answer, given[f"{key}_words"], given[f"{key}_from"]))
        return NewScreening(given["on"], tuple(answers), tuple(given["acts"]), given["remark"])


def field_of(code: str) -> str:
    """What the field of an indicator is called."""
    return code.replace(".", "_")
