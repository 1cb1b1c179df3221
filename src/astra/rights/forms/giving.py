"""What is typed when somebody is given a page of her own, and when she asks something in person?"""

from django import forms
from django.utils.translation import gettext_lazy as _

from astra.rights.rules import owning
from astra.rights.rules import requests as rules
from astra.vocabulary.form_fields import TickedCodesField, choices_of, line_field, words_field


class GiveForm(forms.Form):
    """What she wants to see online, and that she is here."""

    marks = "none"
    parts = TickedCodesField(
        "own_page_part",
        label=_("What does the person want to see online?"),
        help_text=_(
            "Only what may be seen by somebody who forces the code out of her. The story and addresses are read in "
            "person, never online."
        ),
        initial=list(owning.PARTS),
    )
    name = line_field(
        _("What should the page call her or him?"), hint=_("A name, a nickname, or nothing. Whoever opens it reads it.")
    )
    is_in_person = forms.BooleanField(label=_("The person is here with me, and nobody else hears us"), required=False)


class CodeForm(forms.Form):
    """New codes: she is here."""

    marks = "none"
    is_in_person = forms.BooleanField(label=_("The person is here with me, and nobody else hears us"), required=False)


class RequestForm(forms.Form):
    """What somebody asked in person or by letter."""

    marks = "none"
    kind = forms.ChoiceField(
        label=_("What does the person ask?"),
        choices=choices_of("own_request_kind", only=tuple(one for one in rules.KINDS if one != rules.COMPLAIN)),
    )
    way = forms.ChoiceField(
        label=_("How did it come?"), choices=choices_of("own_request_way", only=(rules.IN_PERSON, rules.BY_LETTER))
    )
    words = words_field(_("In her or his own words"), rows=4)


class AnswerForm(forms.Form):
    """How a request is answered."""

    marks = "none"
    outcome = forms.ChoiceField(label=_("What was done?"), choices=choices_of("own_request_outcome"))
    words = words_field(_("The answer, as the person will read it"), hint=_("Plain words. Nobody else's name."), rows=5)


class LongerForm(forms.Form):
    """Why it takes longer."""

    marks = "none"
    words = line_field(_("Why does it take longer? The person is told."))
