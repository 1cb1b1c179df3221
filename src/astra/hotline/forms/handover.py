"""What does one shift write down for the next?"""

from django import forms
from django.utils.translation import gettext_lazy as _

from astra.hotline.rules import handover
from astra.vocabulary.form_fields import CodeField, choices_of, words_field


class PointForm(forms.Form):
    """One thing that the next shift has to know."""

    marks = "none"
    kind = forms.ChoiceField(label=_("What is it?"), choices=choices_of(handover.KIND, blank=_("Choose")))
    line = CodeField("hotline_line", label=_("Line"), required=True)
    words = words_field(_("What has to be known and said"), rows=3)
    subject = forms.UUIDField(required=False, widget=forms.HiddenInput)
