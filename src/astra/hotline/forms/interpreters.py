"""What is asked before an interpreter is called, and what does the register say of her?"""

from django import forms
from django.utils.translation import gettext_lazy as _

from astra.hotline.rules import interpreters as rules
from astra.hotline.sections import InterpreterWords
from astra.vocabulary.form_fields import CodeField, DayField, WrittenCodesField, line_field, words_field


class WishForm(forms.Form):
    """Which language, and whose voice; coded, so that it may stand in an address."""

    marks = "none"
    language = CodeField("language", label=_("Language"), blank=_("Choose"))
    sex = CodeField("sex", label=_("Whom does the person want to hear?"), blank=_("No wish"))
    contact = forms.UUIDField(required=False, widget=forms.HiddenInput)
    conversation = forms.UUIDField(required=False, widget=forms.HiddenInput)


class ChooseForm(WishForm):
    """Somebody is chosen, once it was asked whether they know each other."""

    interpreter = forms.UUIDField(widget=forms.HiddenInput)
    conflict = CodeField(
        rules.CONFLICT,
        label=_("Do they know each other, or belong to the same community?"),
        required=True,
        widget=forms.RadioSelect,
    )


class InterpreterForm(forms.Form):
    """An entry of the register."""

    name = line_field(_("Name"), required=True)
    phone = line_field(_("Number"), required=True, type="tel")
    languages = WrittenCodesField("language", label=_("Languages"), required=True)
    dialects = line_field(_("Dialects, regions"))
    sex = CodeField("sex", label=_("Sex"))
    is_sworn = forms.BooleanField(label=_("Sworn court interpreter"), required=False)
    signed_on = DayField(label=_("Confidentiality signed on"), required=False)
    hours = line_field(_("When to reach"))
    community = line_field(_("Community, place, whom it could be a conflict with"))
    note = words_field(_("Note"), rows=2)
    ended_on = DayField(label=_("Works with us no longer since"), required=False)

    def facts(self) -> rules.Facts:
        """The coded part."""
        given = self.cleaned_data
        return rules.Facts(
            tuple(given["languages"]), given["sex"], given["is_sworn"], given["signed_on"], given["ended_on"]
        )

    def words(self) -> InterpreterWords:
        """The sealed part."""
        given = self.cleaned_data
        return InterpreterWords(
            given["name"], given["phone"], given["dialects"], given["hours"], given["community"], given["note"]
        )
