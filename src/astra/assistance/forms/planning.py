"""How are needs, a plan with its goals and steps, and the scale written down?"""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from astra import vocabulary
from astra.cases.forms.fields import MemberField, offer
from astra.vocabulary.form_fields import CodeField, DayField, line_field, words_field


def _day() -> DayField:
    return DayField(label=_("On which day"), required=False, help_text=_("Blank: today."))


class ByDomainForm(forms.Form):
    """A form with one field for each part of life."""

    marks = "none"

    def by_domain(self) -> dict[str, Any]:  # Any: a level or a value
        """What was given for each part of life."""
        return {domain: self.cleaned_data.get(domain) for domain in _domains()}

    def put_domains_before(self, names: list[str]) -> None:
        """The parts of life first, then the words."""
        self.order_fields([name for name in self.fields if name not in names] + names)


def _domains() -> dict[str, str]:
    known, language = vocabulary.codes("life_domain"), get_language()
    return {domain: known.label(domain, language) for domain in known.offered}


class NeedsForm(ByDomainForm):
    """What she needs: in her words, and how urgent in each part of life."""

    her_words = words_field(_("What the person says is needed"), rows=4, hint=_("In the person’s own words."))
    remark = words_field(_("What we add"), rows=3)
    assessed_on = _day()

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # Any: what Django forms take
        super().__init__(*args, **kwargs)
        for domain, name in _domains().items():
            self.fields[domain] = CodeField("need_level", label=name, blank=_("Not spoken of"))


class PlanForm(forms.Form):
    """The plan as a whole: what she says to it, and when it is looked at again."""

    marks = "required"
    agreement = CodeField("plan_agreement", label=_("What does the person say to the plan?"), required=True)
    her_words = words_field(_("In the person’s own words"), rows=3)
    review_on = DayField(label=_("When do you look at it again together?"))


class ReviewForm(PlanForm):
    """The plan looked at again; who saved meanwhile is not written over."""

    revision = forms.IntegerField(widget=forms.HiddenInput)


class GoalForm(forms.Form):
    """A goal in her words."""

    marks = "required"
    domain = CodeField("life_domain", label=_("Part of life"), required=True)
    her_words = words_field(
        _("What the person wants to reach"), rows=2, hint=_("In the person’s own words."), required=True
    )
    tier = CodeField("case_tier", label=_("Who can read it"), blank=_("As the part of life says"))


class StepForm(forms.Form):
    """A step towards a goal."""

    marks = "required"
    title = line_field(_("What is to be done"), required=True)
    due_on = DayField(label=_("Until when"), required=False)
    assigned = MemberField(label=_("Who does it"), required=False)

    def __init__(self, *args: Any, workers: Mapping[UUID, str], **kwargs: Any) -> None:  # Any: what forms take
        super().__init__(*args, **kwargs)
        shown = [(str(member), name) for member, name in workers.items()]
        offer(self, "assigned", [("", _("Whoever leads the case")), *shown])


class ScaleForm(ByDomainForm):
    """The scale, filled in by the worker or by the person herself."""

    rated_by = CodeField("rated_by", label=_("Who rates?"), required=True, widget=forms.RadioSelect)
    rated_on = _day()
    person_id = MemberField(label=_("Whose way"), required=False)

    def __init__(self, *args: Any, clients: Mapping[UUID, str], **kwargs: Any) -> None:  # Any: what Django forms take
        super().__init__(*args, **kwargs)
        people = [(str(one), name) for one, name in clients.items()]
        offer(self, "person_id", people if len(people) == 1 else [("", ""), *people])
        steps = [
            ("", _("Not known")),
            ("1", _("1: very hard")),
            ("2", "2"),
            ("3", "3"),
            ("4", "4"),
            ("5", _("5: well, without us")),
        ]
        for domain, name in _domains().items():
            self.fields[domain] = forms.TypedChoiceField(
                label=name, choices=steps, coerce=int, empty_value=None, required=False
            )
