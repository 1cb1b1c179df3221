"""How is a file changed: its story, its ground, its facts, its notes, its people?"""

from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from astra.cases.forms.fields import NEUTRAL, offer
from astra.cases.forms.opening import CommonForm
from astra.cases.selectors import CaseFacts, PersonCard
from astra.vocabulary.form_fields import CodeField, DayField, MomentField, TickedCodesField, line_field, words_field


class RevisedForm(forms.Form):
    """A form that knows which revision its writer saw."""

    revision = forms.IntegerField(widget=forms.HiddenInput, required=False)


class SummaryForm(RevisedForm):
    """Title and story."""

    marks = "required"
    title = line_field(_("Title"), hint=NEUTRAL, required=True)
    story = words_field(_("What happened"), rows=14)


class RevisedCommonForm(CommonForm, RevisedForm):
    """What the cases of a group share, written anew."""


class GroundForm(forms.Form):
    """On what ground the file exists."""

    marks = "required"
    ground = CodeField("case_ground", label=_("On what ground do we keep the case?"), required=True)
    on = DayField(label=_("Since"), required=False, help_text=_("Blank: today"))
    words = words_field(_("What did she say, or what is the danger?"), rows=3)


class FactsForm(forms.Form):
    """Coded facts for deadlines and figures."""

    marks = "none"
    kind = CodeField("case_kind", label=_("Kind"), required=True)
    risk = CodeField("risk_level", label=_("Risk, as we see it"))
    forms_of = TickedCodesField("forms_of_exploitation", label=_("Forms of exploitation, as far as known"))
    countries = TickedCodesField(
        "country", label=_("Countries of exploitation"), widget=forms.SelectMultiple(attrs={"size": 6})
    )

    @classmethod
    def of(cls, facts: CaseFacts) -> "FactsForm":
        """The form with what is known."""
        given = {"kind": facts.kind, "risk": facts.risk, "forms_of": facts.forms, "countries": facts.countries}
        return cls(initial=given)


class NoteForm(forms.Form):
    """Something to be kept: what, when, for whom, about whom."""

    marks = "none"
    text = words_field(_("What is to be kept"), rows=5)
    title = line_field(_("Heading"))
    kind = CodeField(
        "event_kind", label=_("What was it?"), groups=("contact", "protection", "law", "trafficking"), required=True
    )
    happened_at = MomentField(label=_("When"), required=False, help_text=_("Blank: now"))
    tier = CodeField("case_tier", label=_("For whom"), required=True, widget=forms.RadioSelect)
    about = forms.TypedMultipleChoiceField(
        label=_("About whom"),
        help_text=_("Nobody chosen: the clients. The words are erased with those whom they are about."),
        coerce=UUID,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, people: list[PersonCard], **kwargs: Any) -> None:  # Any: what Django forms take
        kwargs.setdefault("initial", {"kind": "note", "tier": "team"})
        super().__init__(*args, **kwargs)
        shown = [(str(card.id), card.known.name) for card in people]
        offer(self, "about", shown)
        if len(shown) < 2:
            del self.fields["about"]


class NoteWordsForm(RevisedForm):
    """The words of a note that is there."""

    marks = "none"
    title = line_field(_("Heading"))
    text = words_field(_("What is to be kept"), rows=10)


class AddPersonForm(forms.Form):
    """Somebody comes into a file: found by name or code name, with a role."""

    marks = "required"
    query = line_field(_("Name, code name or number"), required=True)


class RoleForm(forms.Form):
    """Who somebody is in the file."""

    marks = "required"
    role = CodeField("case_role", label=_("Who is this person in the case?"), required=True)


class ContactsForm(forms.Form):
    """Which contacts join the file."""

    marks = "none"
    contacts = forms.TypedMultipleChoiceField(
        label=_("Contacts of the people in this case"), coerce=UUID, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, offered: list[tuple[str, str]], **kwargs: Any) -> None:  # Any: what forms take
        super().__init__(*args, **kwargs)
        offer(self, "contacts", offered)


class LinkForm(forms.Form):
    """The number of a file that belongs to this group."""

    marks = "none"
    number = line_field(_("File number"), required=True)


class FindForm(forms.Form):
    """A file number, or a reference of an older system; sent by POST, since an old reference may name somebody."""

    marks = "none"
    number = line_field(_("File number, new or old"), required=True)
