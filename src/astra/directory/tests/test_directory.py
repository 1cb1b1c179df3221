"""Organisations: added, found by service and town, kept right; persons and shelters' addresses are sealed."""

from datetime import date, timedelta
from uuid import UUID

import pytest
from django.urls import reverse

from astra.demo.pytest_cast import Cast
from astra.directory import facts, selectors, services
from astra.directory.models import Organisation, Place
from astra.directory.rules import Entry, PlaceLine, ServiceLine, check_is_due
from astra.directory.sections import ContactPerson
from astra.kernel.clock import today
from astra.kernel.errors import Conflict, Denied, Invalid
from astra.vault.actor import Actor

pytestmark = pytest.mark.django_db(databases=["default", "keystore"])
SHELTER = PlaceLine(name="Kuća", town="Niš", address="Tajna 1", is_hidden=True)
OFFICE = PlaceLine(town="Чачак", address="Javna 2")
HOUSE = Entry("Sigurna kuća „Đurđevak“", "shelter", services=(ServiceLine("escort"),), places=(SHELTER, OFFICE))
DIANA = ContactPerson(name="Dijana", phone="0601234567")


def add(actor: Actor) -> UUID:
    return services.add_organisation(actor=actor, entry=HOUSE, persons=(DIANA,))


def test_found_by_name_service_and_town_in_either_script(cast: Cast) -> None:
    mira = cast.actor("mira")
    made = add(mira)
    for narrowed in ({"text": "djurdjevak"}, {"service": "escort"}, {"place": "cacak"}, {"kind": "shelter"}):
        assert [line.id for line in selectors.list_organisations(mira, day=today(), **narrowed)] == [made]  # type: ignore[arg-type]
    assert selectors.list_organisations(mira, day=today(), place="Niš") == []
    assert selectors.choices(mira) == [(made, HOUSE.name)]


def test_a_hidden_address_and_persons_are_sealed(cast: Cast) -> None:
    made = add(cast.actor("mira"))
    assert sorted(Place.objects.values_list("town", "address")) == [("", ""), ("Чачак", "Javna 2")]
    opened = selectors.contacts_of(cast.actor("outsider"), made)
    assert opened is not None
    assert opened.content.persons == (DIANA,)
    assert [(one.town, one.address) for one in opened.content.addresses] == [("Niš", "Tajna 1")]


def test_every_fault_of_an_entry_is_named(cast: Cast) -> None:
    mira = cast.actor("mira")
    twice = (ServiceLine("escort"), ServiceLine("escort"))
    with pytest.raises(Invalid) as refused:
        services.add_organisation(
            actor=mira, entry=Entry(" ", "shelter", services=twice, places=(PlaceLine(is_hidden=True),))
        )
    assert [problem.field for problem in refused.value.problems] == ["name", "services", "places"]
    with pytest.raises(Invalid):
        services.add_organisation(actor=mira, entry=Entry("Kuća", "castle"))


def test_two_who_write_at_once(cast: Cast) -> None:
    mira = cast.actor("mira")
    made = add(mira)
    services.revise_contacts(actor=mira, organisation_id=made, persons=(), note="", revision=1)
    with pytest.raises(Conflict):
        services.revise_contacts(actor=mira, organisation_id=made, persons=(DIANA,), note="", revision=1)


def test_closed_and_reopened(cast: Cast) -> None:
    mira = cast.actor("mira")
    made = add(mira)
    services.close_organisation(actor=mira, organisation_id=made, on=today())
    assert selectors.list_organisations(mira, day=today()) == []
    assert selectors.list_organisations(mira, day=today(), with_closed=True)[0].is_closed
    services.reopen_organisation(actor=mira, organisation_id=made)
    assert selectors.list_organisations(mira, day=today() + timedelta(days=400))[0].needs_check
    services.confirm_organisation(actor=mira, organisation_id=made, on=today())
    assert [fact.services for fact in facts.organisations()] == [("escort",)]


def test_only_who_sits_at_the_desk(cast: Cast) -> None:
    made = add(cast.actor("mira"))
    nina = cast.actor("nina")
    with pytest.raises(Denied):
        selectors.list_organisations(nina, day=today())
    with pytest.raises(Denied):
        services.close_organisation(actor=nina, organisation_id=made, on=today())


@pytest.mark.parametrize(("days", "is_due"), [(0, False), (364, False), (365, True)])
def test_an_entry_is_checked_once_a_year(days: int, is_due: bool) -> None:
    assert check_is_due(date(2026, 1, 1), date(2026, 1, 1) + timedelta(days=days)) == is_due
    assert check_is_due(None, date(2026, 1, 1))


def page(name: str, *args: object) -> str:
    return reverse(f"directory:{name}", args=args)


def test_the_pages_of_an_organisation(cast: Cast) -> None:
    browser = cast.client("mira")
    assert browser.get(page("list")).status_code == 200
    typed = {
        "name": "Zvezdara",
        "kind": "social_work_centre",
        "country": "RS",
        "services-TOTAL_FORMS": "1",
        "services-INITIAL_FORMS": "0",
        "services-0-kind": "escort",
        "services-0-languages": "srpski, romski",
        "places-TOTAL_FORMS": "1",
        "places-INITIAL_FORMS": "0",
        "places-0-town": "Niš",
        "places-0-address": "Tajna 1",
        "places-0-is_hidden": "on",
    }
    answer = browser.post(page("add"), typed)
    made = Organisation.objects.get()
    assert answer["Location"] == page("contacts", made.pk)
    contacts = {
        "revision": "1",
        "note": "",
        "persons-TOTAL_FORMS": "1",
        "persons-INITIAL_FORMS": "0",
        "persons-0-name": "Dijana",
    }
    assert browser.post(page("contacts", made.pk), contacts).status_code == 302
    shown = browser.get(page("organisation", made.pk)).content.decode()
    assert "Dijana" in shown
    assert "Tajna 1" in shown
    assert browser.get(page("list")).content.decode().count("Zvezdara") == 1
    found = browser.post(page("list"), {"place": "nis"}).content.decode()
    assert "Zvezdara" not in found
    edited = browser.get(page("edit", made.pk)).content.decode()
    assert "Tajna 1" in edited
    assert browser.post(page("edit", made.pk), {**typed, "name": ""}).status_code == 200
    assert browser.post(page("edit", made.pk), {**typed, "name": "Zvezdara 2"}).status_code == 302
    for name in ("confirm", "close", "reopen"):
        assert browser.post(page(name, made.pk)).status_code == 302
    assert Organisation.objects.get().name == "Zvezdara 2"


def test_the_researcher_is_turned_away(cast: Cast) -> None:
    made = add(cast.actor("mira"))
    browser = cast.client("nina")
    for name, args in (("list", ()), ("add", ()), ("organisation", (made,)), ("contacts", (made,))):
        assert browser.get(page(name, *args)).status_code == 403
