"""Does the same form open a conversation, an own page or a page that says nothing, and does her page work by itself?"""

from uuid import UUID

import pytest
from django.test import Client
from django.urls import reverse

from astra.cases.tests.making import make_case, make_person
from astra.consent import services as consent
from astra.consent.models import Consent
from astra.consent.rules.recording import NewConsent
from astra.demo.pytest_cast import Cast
from astra.hotline import services as hotline
from astra.kernel.clock import today
from astra.rights import services
from astra.rights.entries import Codes
from astra.rights.models import OwnRequest, OwnVisit
from astra.rights.rules import owning as rules
from astra.sites.public.tests.door import public_door
from astra.sites.public.tickets import COOKIE

pytestmark = pytest.mark.django_db(databases=["default", "keystore"])
ADDRESS = "/sr/m/"


def given(cast: Cast, person: UUID, parts: tuple[str, ...] = rules.PARTS) -> Codes:
    case = make_case(cast.actor("mira"), person)
    return services.give_page(
        actor=cast.actor("mira"), case_id=case, person_id=person, parts=parts, name="Zlata", is_in_person=True
    )


@pytest.fixture
def phone(cast: Cast) -> Client:
    """A browser at the public door."""
    return Client()


def come(phone: Client, code: str) -> str:
    answer = phone.post("/sr/b/", {"code": code}, follow=True)
    return answer.content.decode()


def test_one_form_opens_whatever_the_code_is_for(cast: Cast, phone: Client) -> None:
    with public_door():
        codes = given(cast, make_person(cast.actor("mira")))
        _visiting, _ticket, talk = hotline.begin_conversation(line="sos_trafficking", language="sr-latn")
        assert "Zlata" in come(phone, codes.own)
        assert "ponud" in come(Client(), codes.calm)
        assert "talk" in come(Client(), talk)
        assert "16" in come(Client(), "1234")


def test_the_second_code_leaves_nothing_in_the_browser_and_names_nobody(cast: Cast, phone: Client) -> None:
    with public_door():
        codes = given(cast, make_person(cast.actor("mira")))
        page = come(phone, codes.calm)
        assert COOKIE not in phone.cookies
        assert "Zlata" not in page
        assert OwnVisit.objects.count() == 0


def test_she_asks_and_takes_it_back(cast: Cast, phone: Client) -> None:
    with public_door():
        come(phone, given(cast, make_person(cast.actor("mira"))).own)
        page = phone.post(f"{ADDRESS}a/", {"kind": "correct", "words": "Nije tako bilo."}, follow=True)
        assert "Nije tako bilo." in page.content.decode()
        row = OwnRequest.objects.get()
        phone.post(f"{ADDRESS}t/", {"one": row.pk})
        row.refresh_from_db()
        assert row.state == "taken_back"


def test_what_is_missing_is_said_and_what_was_chosen_stays(cast: Cast, phone: Client) -> None:
    with public_door():
        come(phone, given(cast, make_person(cast.actor("mira"))).own)
        answer = phone.post(f"{ADDRESS}a/", {"kind": "complain", "words": " "})
        assert answer.status_code == 400
        assert 'value="complain" selected' in answer.content.decode()
        assert OwnRequest.objects.count() == 0


def test_she_takes_a_consent_back_with_one_press(cast: Cast, phone: Client) -> None:
    person = make_person(cast.actor("mira"))
    new = NewConsent("assistance", "own_team", "identity", method="written", language="sr", given_on=today())
    line = consent.record_consent(actor=cast.actor("mira"), person_id=person, new=new)
    with public_door():
        come(phone, given(cast, person).own)
        page = phone.post(f"{ADDRESS}w/", {"one": line}, follow=True).content.decode()
        assert Consent.objects.get(pk=line).withdrawn_on == today()
        assert f'value="{line}"' not in page
        assert phone.post(f"{ADDRESS}w/", {"one": "nobody"}).status_code == 404


def test_only_what_she_chose_is_shown(cast: Cast, phone: Client) -> None:
    with public_door():
        page = come(phone, given(cast, make_person(cast.actor("mira")), ("requests",)).own)
        assert "Zlata" not in page
        for part in ("agreed", "readers", "held"):
            assert f'id="{part}"' not in page


def test_leaving_closes_it_and_a_stranger_finds_nothing(cast: Cast, phone: Client) -> None:
    with public_door():
        come(phone, given(cast, make_person(cast.actor("mira"))).own)
        phone.get("/sr/x/")
        assert OwnVisit.objects.count() == 0
        assert phone.get(ADDRESS).headers["Location"] == "/sr/b/"
        assert Client().post(f"{ADDRESS}a/", {"kind": "copy"}).headers["Location"] == "/sr/b/"
        assert OwnRequest.objects.count() == 0


def test_colleagues_hand_over_codes_that_are_shown_once(cast: Cast) -> None:
    person = make_person(cast.actor("mira"))
    case = make_case(cast.actor("mira"), person)
    mira = cast.client("mira")
    address = reverse("rights:person", args=[case, person])
    refused = mira.post(reverse("rights:give", args=[case, person]), {"parts": ["held"], "name": "Z"})
    assert "error" in refused.content.decode()
    shown = mira.post(
        reverse("rights:give", args=[case, person]), {"parts": ["held"], "name": "Z", "is_in_person": "on"}
    ).content.decode()
    assert shown.count("astra-numbers") >= 2
    again = mira.get(address).content.decode()
    assert reverse("rights:new_code", args=[case, person]) in again
    assert cast.client("vesna").get(address).status_code == 404
