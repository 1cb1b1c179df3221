"""What does one type about somebody: quickly on the phone, wholly at the desk?"""

from dataclasses import replace
from typing import Any

from django import forms
from django.forms import BaseFormSet, formset_factory
from django.utils.translation import gettext_lazy as _

from astra.kernel.clock import today
from astra.people.forms.fields import BirthField
from astra.people.rules import queries
from astra.people.rules.persons import ContactDetail, ContactDetails, Identity, IdNumber, Name
from astra.vocabulary.form_fields import CodeField, WrittenCodesField, filled, line_field, words_field

BIRTH_HINT = _("As it was said: 16, about 16, 1998, March 1998, 12.3.1998.")
TOO_LITTLE = _("Type at least two letters of a name, or a number.")
SAFE = [("", _("Not known")), ("yes", _("Safe")), ("no", _("Not safe"))]


class SearchForm(forms.Form):
    """Do we know somebody?"""

    marks = "none"

    q = line_field(_("Name, code name, phone or file number"))
    age = forms.IntegerField(label=_("Age"), required=False, min_value=0, max_value=120)
    place = line_field(_("Place"), length=80)

    def clean(self) -> dict[str, Any]:
        """Say so where there is nothing to search by, instead of "nobody like this"."""
        typed = self.cleaned_data
        if "q" in typed and queries.read(typed["q"], today()).is_empty:
            self.add_error("q", TOO_LITTLE)
        return typed


class QuickForm(forms.Form):
    """Somebody new, in the middle of a call: nothing is required, not even a name."""

    marks = "none"

    name = line_field(_("Name, as she or he said it"), hint=_("In either script. Leave blank: a code name is drawn."))
    birth = BirthField(label=_("Age or birth date"), help_text=BIRTH_HINT)
    sex = CodeField("sex", label=_("Sex"))
    phone = line_field(_("Phone"), length=60, type="tel")
    phone_is_safe = forms.ChoiceField(label=_("Is it safe to call this number?"), required=False, choices=SAFE)

    def clean_birth(self) -> Any:  # Any: a partial date or nothing
        """Read the age or the date."""
        return BirthField().read(self.cleaned_data["birth"], None)

    def identity(self) -> Identity:
        """Who she is, as far as it was said."""
        given = self.cleaned_data
        names = (Name(text=given["name"]),) if given["name"] else ()
        return Identity(names=names, birth=given["birth"], sex=given["sex"])

    def details(self) -> ContactDetails:
        """The number, if one was given."""
        given = self.cleaned_data
        if not given["phone"]:
            return ContactDetails()
        return ContactDetails((ContactDetail("mobile", given["phone"], given["phone_is_safe"]),))


class NameForm(forms.Form):
    """One name. The first one in the list is the one to call her by."""

    marks = "none"

    given = line_field(_("First name"), length=80)
    family = line_field(_("Surname"), length=80)
    text = line_field(_("Or the name in one piece"), length=160)
    kind = CodeField("name_kind", label=_("Kind"), initial="birth")


class NumberForm(forms.Form):
    """One number on a document, or an old file number."""

    marks = "none"

    kind = line_field(_("Which number"), length=60)
    number = line_field(_("Number"), length=60)
    country = CodeField("country", label=_("Country"))


class IdentityForm(forms.Form):
    """Who somebody is."""

    marks = "none"

    revision = forms.IntegerField(widget=forms.HiddenInput)
    birth = BirthField(label=_("Age or birth date"), help_text=BIRTH_HINT)
    birth_place = line_field(_("Place of birth"), length=120)
    sex = CodeField("sex", label=_("Sex in documents"))
    gender = CodeField("gender", label=_("Gender, as she or he says it"))
    citizenships = WrittenCodesField("country", label=_("Citizenships"))
    languages = WrittenCodesField("language", label=_("Languages"))
    mother = line_field(_("Mother's name"), length=160)
    father = line_field(_("Father's name"), length=160)
    notes = words_field(_("Anything else by which to know her or him"))

    def __init__(self, *args: Any, known: Identity, **kwargs: Any) -> None:  # Any: Django's form arguments
        super().__init__(*args, **kwargs)
        self.known = known

    def clean_birth(self) -> Any:  # Any: a partial date or nothing
        """Read the age or the date; unchanged words keep what was known."""
        return BirthField().read(self.cleaned_data["birth"], self.known.birth)


NameFormSet = formset_factory(NameForm, extra=2)
NumberFormSet = formset_factory(NumberForm, extra=1)
PARTS = ("birth", "birth_place", "sex", "gender", "citizenships", "languages", "mother", "father", "notes")


class IdentityForms:
    """The parts of the identity page as one."""

    def __init__(self, data: Any, known: Identity, revision: int) -> None:  # Any: a query dictionary or nothing
        self.known = known
        given = {name: getattr(known, name) for name in PARTS}
        self.form = IdentityForm(data, known=known, initial={"revision": revision, **given})
        names = [{"given": n.given, "family": n.family, "text": n.text, "kind": n.kind} for n in known.names]
        numbers = [{"kind": n.kind, "number": n.number, "country": n.country} for n in known.numbers]
        self.names: BaseFormSet[Any] = NameFormSet(data, initial=names, prefix="names")
        self.numbers: BaseFormSet[Any] = NumberFormSet(data, initial=numbers, prefix="numbers")

    def is_valid(self) -> bool:
        """Whether all parts are."""
        return all([self.form.is_valid(), self.names.is_valid(), self.numbers.is_valid()])

    def identity(self) -> Identity:
        """Who she is, as it was typed; what the page does not show stays."""
        names = tuple(Name(**row) for row in filled(self.names, "given", "family", "text"))
        numbers = tuple(IdNumber(**row) for row in filled(self.numbers, "number"))
        typed = {name: self.form.cleaned_data[name] for name in PARTS}
        return replace(self.known, names=names, numbers=numbers, **typed)

    @property
    def revision(self) -> int:
        """The revision that the writer saw."""
        return int(self.form.cleaned_data["revision"])


class DetailForm(forms.Form):
    """One way to reach her."""

    marks = "none"

    kind = CodeField("contact_detail_kind", label=_("Kind"), initial="mobile")
    value = line_field(_("Number, address or name of the account"))
    is_safe = forms.ChoiceField(label=_("Safe?"), required=False, choices=SAFE)
    note = line_field(_("Whose, when, who else reads it"), length=400)


DetailFormSet = formset_factory(DetailForm, extra=2)


class RevisionForm(forms.Form):
    """Which revision the writer saw; blank: nothing was there."""

    revision = forms.IntegerField(widget=forms.HiddenInput, required=False)


def details_of(formset: "BaseFormSet[Any]") -> ContactDetails:
    """The contact details as they were typed."""
    return ContactDetails(tuple(ContactDetail(**row) for row in filled(formset, "value")))
