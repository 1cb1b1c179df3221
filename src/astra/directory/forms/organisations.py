"""What does one type about an organisation? Itself, what it offers, where it is, whom we know there."""

from typing import Any

from django import forms
from django.forms import BaseFormSet, formset_factory
from django.utils.translation import gettext_lazy as _

from astra.directory.models import Organisation, Place, Service
from astra.directory.rules import Entry, PlaceLine, ServiceLine
from astra.directory.sections import ContactPerson, Contacts
from astra.vocabulary.form_fields import CodeField, WrittenCodesField, filled


class FilterForm(forms.Form):
    """Which organisations to show."""

    marks = "none"

    name = forms.CharField(label=_("Name of the organisation"), required=False, max_length=80)
    service = CodeField("service_type", label=_("Service"), blank=_("Everything"))
    place = forms.CharField(label=_("Near which town"), required=False, max_length=80)
    language = CodeField("language", label=_("Language"), blank=_("Everything"))
    accepts = CodeField("accepted_group", label=_("Accepts"), blank=_("Everything"))
    kind = CodeField("organisation_type", label=_("Kind"), blank=_("Everything"))
    country = CodeField("country", label=_("Country"), blank=_("Everything"))
    open_now = forms.BooleanField(label=_("Only those open at this hour"), required=False)
    with_closed = forms.BooleanField(label=_("Also those that closed"), required=False)


class OrganisationForm(forms.Form):
    """The organisation itself."""

    marks = "required"

    name = forms.CharField(label=_("Name of the organisation"), max_length=160)
    kind = CodeField("organisation_type", label=_("Kind"), required=True)
    country = CodeField("country", label=_("Country"), required=True, initial="RS")
    public_phone = forms.CharField(
        label=_("Public phone"),
        required=False,
        max_length=60,
        help_text=_("A number that anybody may know. Numbers of persons belong to the contact persons."),
    )
    website = forms.URLField(label=_("Website"), required=False, assume_scheme="https")
    referral_note = forms.CharField(
        label=_("How to refer somebody there"),
        required=False,
        help_text=_("Papers, waiting time, opening. Nothing about anybody."),
        widget=forms.Textarea({"rows": 3}),
    )


class ServiceForm(forms.Form):
    """One kind of help."""

    marks = "none"

    kind = CodeField("service_type", label=_("Service"))
    languages = WrittenCodesField("language", label=_("Languages"), max_length=120)
    for_whom = WrittenCodesField("accepted_group", label=_("Accepts"), max_length=120)
    note = forms.CharField(label=_("Conditions"), required=False, max_length=400)


class PlaceForm(forms.Form):
    """One place."""

    marks = "none"

    id = forms.UUIDField(required=False, widget=forms.HiddenInput)
    name = forms.CharField(label=_("Name of the place"), required=False, max_length=120)
    town = forms.CharField(label=_("Town"), required=False, max_length=80)
    address = forms.CharField(label=_("Address"), required=False, max_length=200)
    hours = forms.CharField(label=_("Hours"), required=False, max_length=200)
    is_hidden = forms.BooleanField(
        label=_("The address is secret (a shelter)"), required=False, help_text=_("It is sealed.")
    )


class PersonForm(forms.Form):
    """Somebody whom we know there."""

    marks = "none"

    name = forms.CharField(label=_("Name"), required=False, max_length=120)
    role = forms.CharField(label=_("Role"), required=False, max_length=120)
    phone = forms.CharField(label=_("Phone"), required=False, max_length=60)
    email = forms.EmailField(label=_("E-mail"), required=False)
    note = forms.CharField(label=_("Note"), required=False, max_length=400)


class ContactsForm(forms.Form):
    """What goes with the contact persons."""

    marks = "none"

    revision = forms.IntegerField(widget=forms.HiddenInput)
    note = forms.CharField(label=_("Note for all"), required=False, widget=forms.Textarea({"rows": 3}))


ServiceFormSet = formset_factory(ServiceForm, extra=2)
PlaceFormSet = formset_factory(PlaceForm, extra=1)
PersonFormSet = formset_factory(PersonForm, extra=2)


class EntryForms:
    """The three parts of an organisation's page as one."""

    def __init__(self, data: Any = None, initial: "EntryInitial | None" = None) -> None:  # Any: a query dictionary
        given = initial or EntryInitial({}, [], [])
        self.form = OrganisationForm(data, initial=given.organisation)
        self.services: BaseFormSet[Any] = ServiceFormSet(data, initial=given.services, prefix="services")
        self.places: BaseFormSet[Any] = PlaceFormSet(data, initial=given.places, prefix="places")

    def is_valid(self) -> bool:
        """Whether all parts are."""
        return all([self.form.is_valid(), self.services.is_valid(), self.places.is_valid()])

    def entry(self) -> Entry:
        """The organisation as it was typed."""
        services = tuple(ServiceLine(**row) for row in filled(self.services, "kind"))
        places = tuple(PlaceLine(**row) for row in filled(self.places, "name", "town", "address", "hours"))
        return Entry(**self.form.cleaned_data, services=services, places=places)


class EntryInitial:
    """An organisation as its forms begin."""

    def __init__(self, organisation: dict[str, Any], services: list[Any], places: list[Any]) -> None:
        self.organisation, self.services, self.places = organisation, services, places

    @classmethod
    def of(
        cls, row: Organisation, services: list[Service], places: list[Place], contacts: Contacts | None
    ) -> "EntryInitial":
        """As it is now; hidden addresses come from the sealed part."""
        hidden = {one.place_id: one for one in contacts.addresses} if contacts else {}
        names = ("name", "kind", "country", "website", "public_phone", "referral_note")
        return cls(
            {name: getattr(row, name) for name in names},
            [
                {
                    "kind": s.kind,
                    "for_whom": s.for_whom.split(),
                    "languages": s.languages.split(),
                    "note": s.note,
                }
                for s in services
            ],
            [
                {
                    "id": place.pk,
                    "name": place.name,
                    "town": hidden[place.pk].town if place.pk in hidden else place.town,
                    "address": hidden[place.pk].address if place.pk in hidden else place.address,
                    "hours": place.hours,
                    "is_hidden": place.is_hidden,
                }
                for place in places
            ],
        )


def persons_of(formset: "BaseFormSet[Any]") -> tuple[ContactPerson, ...]:
    """The contact persons as they were typed."""
    return tuple(ContactPerson(**row) for row in filled(formset, "name", "phone", "email"))
