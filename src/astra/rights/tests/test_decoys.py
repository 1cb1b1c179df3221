"""Does the alarm stand as soon as somebody opens a file that nobody has reason to open, and nowhere else?"""

import re
from uuid import UUID

import pytest
from django.test import Client
from django.urls import reverse

from astra.audit.models import Pending
from astra.cases import services as cases
from astra.cases.facts import case_facts
from astra.cases.models import Case
from astra.cases.tests.making import make_case, make_person
from astra.demo.pytest_cast import Cast
from astra.kernel.errors import Denied, Invalid, NotFound
from astra.people.facts import people as person_facts
from astra.people.models import Person
from astra.rights import selectors, services
from astra.vault import selectors as vault
from astra.vault.models import Decoy, DecoyAlarm
from astra.vault.services.decoys import look_into

pytestmark = pytest.mark.django_db(databases=["default", "keystore"])


def laid_out(cast: Cast) -> tuple[UUID, UUID]:
    """A file about nobody, and the invented person in it."""
    mira = cast.actor("mira")
    person = make_person(mira, "Izmišljena Osoba")
    file = make_case(mira, person, title="Poznata pevačica")
    services.lay_out_decoy(actor=cast.actor("jelena"), number=Case.objects.get(pk=file).number)
    return file, person


def strip(client: Client) -> str:
    return client.get(reverse("rights:alarms")).content.decode()


@pytest.mark.parametrize("page", ["cases:case", "cases:print", "assistance:case", "justice:case", "people:person"])
def test_opening_any_of_its_pages_raises_the_alarm_at_once(cast: Cast, page: str) -> None:
    file, person = laid_out(cast)
    assert strip(cast.client("ana")).strip() == ""
    opened = cast.client("mira").get(reverse(page, args=[person if page.startswith("people") else file]))
    assert opened.status_code == 200
    alarm = DecoyAlarm.objects.get()
    assert (alarm.opened_by_id, alarm.was_refused) == (cast.mira.id, False)
    assert "vault.decoy_opened" in set(Pending.objects.values_list("verb", flat=True))
    for who in ("jelena", "ana"):
        assert "1 uzbuna" in strip(cast.client(who)), who
        assert reverse("rights:alarms") in cast.client(who).get("/").content.decode()
    assert reverse("rights:alarms") not in cast.client("mira").get("/").content.decode()


def test_a_part_of_it_that_is_opened_by_its_address_raises_the_alarm(cast: Cast) -> None:
    file, person = laid_out(cast)
    note = cases.add_note(actor=cast.actor("mira"), case_id=file, title="Poziv", text="Zvala je", tier="team")
    assert not DecoyAlarm.objects.exists()
    assert cast.client("mira").get(reverse("cases:note", args=[note])).status_code == 200
    assert [alarm.record_id for alarm in DecoyAlarm.objects.all()] == [person]


def test_trying_to_is_an_alarm_too(cast: Cast) -> None:
    file, _person = laid_out(cast)
    assert cast.client("vesna").get(reverse("cases:case", args=[file])).status_code == 404
    assert DecoyAlarm.objects.get().was_refused


def test_lists_and_other_files_raise_nothing(cast: Cast) -> None:
    laid_out(cast)
    other = make_case(cast.actor("mira"))
    client = cast.client("mira")
    for address in (reverse("cases:index"), reverse("cases:case", args=[other]), "/"):
        assert client.get(address).status_code == 200
    assert not DecoyAlarm.objects.exists()


def test_it_looks_like_any_file(cast: Cast) -> None:
    mira = cast.actor("mira")
    plain = make_case(mira, make_person(mira, "Druga Osoba"), title="Poznata pevačica")
    file, _person = laid_out(cast)
    client = cast.client("mira")
    listed = client.get(reverse("cases:index")).content.decode()
    assert str(plain) in listed
    assert str(file) in listed
    texts = [client.get(reverse("cases:case", args=[one])).content.decode() for one in (plain, file)]
    names = "|".join(Person.objects.values_list("code_name", flat=True))
    own = rf"[0-9a-f]{{8}}-[0-9a-f-]{{27}}|{names}|Druga Osoba|Izmišljena Osoba|=.\w{{64}}.|\d+"
    first, second = (re.sub(own, "", text).splitlines() for text in texts)
    assert first == second
    assert "decoy" not in texts[1]
    for page in ("rights:decoys", "rights:alarms"):
        assert client.get(reverse(page)).status_code == 403


def test_it_stands_in_no_figure(cast: Cast) -> None:
    before = len(list(case_facts())), len(list(person_facts()))
    file, _person = laid_out(cast)
    assert (len(list(case_facts())), len(list(person_facts()))) == before
    services.take_decoy_away(actor=cast.actor("jelena"), case_id=file)
    assert (len(list(case_facts())), len(list(person_facts()))) == (before[0] + 1, before[1] + 1)
    assert not Decoy.objects.exists()


def test_looking_around_in_one_file_is_one_alarm(cast: Cast) -> None:
    file, _person = laid_out(cast)
    client = cast.client("mira")
    for page in ("cases:case", "cases:print", "cases:case"):
        client.get(reverse(page, args=[file]))
    assert DecoyAlarm.objects.count() == 1


def test_somebody_else_looks_into_it(cast: Cast) -> None:
    file, _person = laid_out(cast)
    cast.client("jelena").get(reverse("cases:case", args=[file]))
    alarm = DecoyAlarm.objects.get()
    with pytest.raises(NotFound):
        look_into(actor=cast.actor("jelena"), alarm_id=alarm.pk)
    with pytest.raises(Denied):
        look_into(actor=cast.actor("mira"), alarm_id=alarm.pk)
    cast.client("ana").post(reverse("rights:seen", args=[alarm.pk]))
    assert vault.count_alarms(cast.actor("jelena")) == 0


def test_naming_it_for_an_export_is_an_alarm(cast: Cast) -> None:
    file, _person = laid_out(cast)
    services.ask_export(actor=cast.actor("mira"), case_ids=[file], reason="court", recipient="Sud")
    assert DecoyAlarm.objects.get().record_id == file


def test_a_real_person_does_not_become_one(cast: Cast) -> None:
    mira = cast.actor("mira")
    person = make_person(mira)
    make_case(mira, person)
    number = Case.objects.get(pk=make_case(cast.actor("mira"), person)).number
    with pytest.raises(Invalid, match="not about nobody"):
        services.lay_out_decoy(actor=cast.actor("jelena"), number=number)
    with pytest.raises(Invalid, match="no case"):
        services.lay_out_decoy(actor=cast.actor("jelena"), number="1/1999")
    with pytest.raises(Denied):
        selectors.decoy_files(mira)
