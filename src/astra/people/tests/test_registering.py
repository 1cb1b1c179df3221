"""Somebody gets a file: sealed, listed for the right circles, known by a code name, and on the log."""

from datetime import date

import pytest

from astra.audit.models import Pending
from astra.demo.pytest_cast import Cast
from astra.kernel.errors import Denied, Invalid, NotFound
from astra.people import selectors, services
from astra.people.models import Person
from astra.people.rules.persons import Identity, Name, NewPerson, SafeRule, Safety, Stay

pytestmark = pytest.mark.django_db(databases=["default", "keystore"])


def test_a_code_name_is_enough(cast: Cast) -> None:
    mira = cast.actor("mira")
    person_id = services.register_person(actor=mira)
    row = Person.objects.get(pk=person_id)
    assert len(row.code_name.split()) == 2
    assert selectors.display_names(mira, [person_id]) == {person_id: row.code_name}
    assert Pending.objects.filter(verb="people.registered").count() == 1


def test_a_name_given_later_is_added(cast: Cast) -> None:
    mira = cast.actor("mira")
    person_id = services.register_person(actor=mira)
    services.add_name(actor=mira, person_id=person_id, name=Name(given="Марија", family="Ђорђевић"), is_first=True)
    assert selectors.display_names(mira, [person_id]) == {person_id: "Марија Ђорђевић"}
    found = selectors.search(cast.actor("sanja"), "djordjevic marija")
    assert [match.person_id for match in found] == [person_id]


def test_many_at_once(cast: Cast) -> None:
    people = [NewPerson(Identity(names=(Name(text=f"Osoba {n}"),))) for n in range(600)]
    made = services.register_people(actor=cast.actor("mira"), people=people)
    assert len(set(made)) == 600
    assert Pending.objects.filter(verb="people.registered_many").count() == 2
    assert Person.objects.values("code_name").distinct().count() == 600


def test_the_outsider_neither_registers_nor_sees(cast: Cast) -> None:
    person_id = services.register_person(actor=cast.actor("mira"), identity=Identity(names=(Name(text="Ana"),)))
    outsider = cast.actor("outsider")
    with pytest.raises(Denied):
        services.register_person(actor=outsider)
    with pytest.raises(Denied):
        selectors.search(outsider, "Ana")
    for read in (selectors.identity, selectors.facts_of, selectors.guardians):
        with pytest.raises(NotFound):
            read(outsider, person_id)
    assert selectors.safety(outsider, person_id) is None


def test_a_volunteer_registers_without_reading(cast: Cast) -> None:
    lara = cast.actor("lara")
    safety = Safety(rules=(SafeRule("do_not_call"),))
    person_id = services.register_person(actor=lara, identity=Identity(names=(Name(text="Ana"),)), safety=safety)
    with pytest.raises(NotFound):
        selectors.identity(cast.actor("lara"), person_id)
    opened = selectors.safety(cast.actor("lara"), person_id)
    assert opened is not None
    assert opened.content == safety
    assert selectors.identity(cast.actor("mira"), person_id).content.names[0].text == "Ana"


def test_codes_must_be_in_their_lists(cast: Cast) -> None:
    with pytest.raises(Invalid):
        services.register_person(actor=cast.actor("mira"), identity=Identity(sex="blue"))


def test_a_code_name_is_given_once(cast: Cast) -> None:
    mira = cast.actor("mira")
    services.register_person(actor=mira, code_name="Lipa Tisa")
    with pytest.raises(Invalid):
        services.register_person(actor=mira, code_name="Lipa Tisa")


def test_a_death_stops_callbacks(cast: Cast) -> None:
    mira = cast.actor("mira")
    person_id = services.register_person(actor=mira)
    assert selectors.may_be_called(person_id)
    services.set_whereabouts(actor=mira, person_id=person_id, stay=Stay(kind="died", since=date(2026, 3, 1)))
    services.set_whereabouts(actor=mira, person_id=person_id, stay=Stay(kind="shelter", since=date(2026, 1, 1)))
    assert not selectors.may_be_called(person_id)
    assert selectors.facts_of(mira, person_id).whereabouts == "died"
