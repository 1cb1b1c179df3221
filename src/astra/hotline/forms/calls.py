"""What is typed about telephones? Where one sits, and which line a number is."""

from django import forms
from django.utils.translation import gettext_lazy as _

from astra.hotline.rules import contacts
from astra.vocabulary.form_fields import choices_of, line_field


class TelephoneForm(forms.Form):
    """At which telephone she sits."""

    marks = "none"
    extension = line_field(_("I am at telephone"))

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # what Django forms take
        self.fields["extension"].widget.attrs |= {"inputmode": "numeric", "size": "8"}


class LineNumberForm(forms.Form):
    """Which line one of our numbers is."""

    number = line_field(_("Number that is called"), type="tel")
    line = forms.ChoiceField(label=_("Line"), choices=choices_of(contacts.LINE))

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # what Django forms take
        self.fields["number"].required = True
