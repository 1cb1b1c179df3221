"""How does an XLSForm come in?"""

from django import forms
from django.utils.translation import gettext_lazy as _

from astra.vocabulary.form_fields import line_field


class QuestionSetForm(forms.Form):
    """The file and what the set is called."""

    marks = "required"
    title = line_field(_("What the set is called"), required=True, length=120)
    file = forms.FileField(label=_("Excel workbook (.xlsx) in the form of XLSForm"))
