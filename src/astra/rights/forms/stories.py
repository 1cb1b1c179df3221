"""What is typed about somebody's own story, a parent who asks for a file, and what others still hold?"""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from astra.rights.rules import recalls, stories
from astra.rights.sections import ParentAsks, ParentDecided
from astra.vocabulary.form_fields import Choices, DayField, choices_of, line_field, words_field

SCRIPTS = (("sr", _("Serbian, Latin")), ("sr-Cyrl", _("Serbian, Cyrillic")), ("en", _("English")))


def _institutions() -> Choices:
    """Everybody but our own team."""
    return [("", ""), *(one for one in choices_of("consent_recipient")() if one[0] != recalls.OWN_TEAM)]


class StoryForm(forms.Form):
    """The story, on one page."""

    marks = "none"
    text = words_field(
        _("The story, in the person's own words"),
        rows=14,
        hint=_("At most one page. Write together; leave out what nobody has to read, and everybody else's names."),
        maxlength=str(stories.LONGEST),
    )
    revision = forms.IntegerField(required=False, widget=forms.HiddenInput)


class ApproveForm(forms.Form):
    """The person has read this text and approves it."""

    marks = "none"
    is_in_person = forms.BooleanField(
        label=_("The person is here, has read or heard this text, and approves it"), required=False
    )
    may_print = forms.BooleanField(
        label=_("The person wants it printed for institutions, so that it is told once"), required=False
    )
    revision = forms.IntegerField(widget=forms.HiddenInput)


class HereForm(forms.Form):
    """The person is here."""

    marks = "none"
    is_in_person = forms.BooleanField(label=_("The person is here with me, and nobody else hears us"), required=False)


class PrintForm(forms.Form):
    """For which institution, in which language the heading."""

    marks = "none"
    recipient = forms.ChoiceField(label=_("For which institution?"), choices=_institutions)
    script = forms.ChoiceField(label=_("Script"), choices=SCRIPTS)


class ParentForm(forms.Form):
    """A parent or guardian asks for a child's file."""

    marks = "none"
    asker = line_field(_("Who asks?"))
    right = forms.ChoiceField(label=_("On what right?"), choices=choices_of("guardianship", blank=""))
    paper = line_field(
        _("On what does the right rest?"), hint=_("The paper that you have seen, or that you have seen none.")
    )
    wanted = words_field(_("What does the parent or guardian want to see, and why?"), rows=3)
    child_view = forms.ChoiceField(label=_("What does the child say?"), choices=choices_of("child_view", blank=""))
    child_words = words_field(_("The child's own words"), rows=3)
    received_on = DayField(label=_("Asked on"), required=False, help_text=_("Today if left empty."))

    def arguments(self) -> dict[str, Any]:
        """What the service takes."""
        given = dict(self.cleaned_data)
        words = {name: given.pop(name) for name in ("asker", "paper", "wanted", "child_words")}
        return {**given, "words": ParentAsks(**words)}


class DecisionForm(forms.Form):
    """How it was decided."""

    marks = "none"
    child_view = forms.ChoiceField(label=_("What does the child say?"), choices=choices_of("child_view", blank=""))
    child_words = words_field(_("The child's own words"), rows=3)
    outcome = forms.ChoiceField(label=_("Decision"), choices=choices_of("parent_access_outcome", blank=""))
    shown = words_field(_("What exactly is shown, and how?"), rows=3, hint=_("Only if something is shown."))
    reason = words_field(_("Why is it decided like this?"), rows=3)

    def arguments(self) -> dict[str, Any]:
        """What the service takes."""
        given = dict(self.cleaned_data)
        words = ParentDecided(reason=given.pop("reason"), shown=given.pop("shown"))
        return {**given, "words": words}


class RecallForm(forms.Form):
    """What whoever had received something answered."""

    marks = "none"
    outcome = forms.ChoiceField(label=_("What did they answer?"), choices=choices_of("recall_outcome", blank=""))


ALL_OF_IT = _("Those who can open all of it are named here.")
NOBODY_ELSE = _(
    "Nobody else can open all of it. Let a colleague into those parts of the case, or tick what is read together."
)


class PrepareForm(forms.Form):
    """What is left out because it speaks of others in its words, and who checks it."""

    marks = "none"
    checker = forms.TypedChoiceField(label=_("Which colleague checks it?"), coerce=UUID, empty_value=None)

    def __init__(self, *args: Any, workers: Mapping[UUID, str], **kwargs: Any) -> None:  # Any: what forms take
        super().__init__(*args, **kwargs)
        field = self.fields["checker"]
        field.help_text = ALL_OF_IT if workers else NOBODY_ELSE
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", ""), *((str(pk), name) for pk, name in workers.items())]
