"""Can data protection forget a person, see what is left to do, and who renews keys?"""

from http import HTTPStatus

import pytest
from django.urls import reverse

from astra.cases import services as cases
from astra.demo.pytest_cast import Cast
from astra.kernel.errors import NotFound
from astra.people import selectors, services
from astra.people.rules.persons import Identity, Name

pytestmark = pytest.mark.django_db(databases=["default", "keystore"])


@pytest.mark.parametrize("language", ["en", "sr-latn", "sr"])
def test_pages_without_anything_to_do(cast: Cast, language: str) -> None:
    client = cast.client("ana")
    client.cookies["language"] = language
    for name in ("keeping", "keys"):
        assert client.get(reverse(f"desk:{name}")).status_code == HTTPStatus.OK


def test_a_person_is_erased_by_her_id_after_a_second_look(cast: Cast) -> None:
    client = cast.client("ana")
    person = services.register_person(actor=cast.actor("mira"), identity=Identity(names=(Name(text="Una"),)))
    given = {"record": str(person), "reason": "her_request"}
    refused = client.post(reverse("desk:erase"), given)
    assert refused.context["form"].errors.keys() == {"is_sure"}
    assert selectors.identity(cast.actor("mira"), person)
    assert client.post(reverse("desk:erase"), {**given, "is_sure": "on"}).status_code == HTTPStatus.FOUND
    with pytest.raises(NotFound):
        selectors.identity(cast.actor("mira"), person)
    page = client.get(reverse("desk:keeping"))
    assert [row["cells"][3]["text"] for row in page.context["ordered"]] == ["Ana"]


def test_what_is_not_a_person_is_not_erased(cast: Cast) -> None:
    given = {"record": str(cast.mira.id), "reason": "her_request", "is_sure": "on"}
    answer = cast.client("ana").post(reverse("desk:erase"), given)
    assert answer.context["form"].errors.keys() == {"record"}


def test_a_legal_hold_is_shown_and_keeps_a_person(cast: Cast) -> None:
    person = services.register_person(actor=cast.actor("mira"))
    case = cases.open_case(actor=cast.actor("mira"), ground="consent", people=[(person, "client")])
    cases.hold(actor=cast.actor("mira"), case_id=case, words="The court asked for it.")
    client = cast.client("ana")
    answer = client.post(reverse("desk:erase"), {"record": str(person), "reason": "her_request", "is_sure": "on"})
    assert answer.context["form"].errors.keys() == {"record"}
    held = client.get(reverse("desk:keeping")).context["held"]
    assert {row["value"] for row in held} == {"1"}
    assert selectors.identity(cast.actor("mira"), person)


def test_keys_are_moved_by_those_who_hold_them(cast: Cast) -> None:
    for name in ("ana", "jelena"):
        assert cast.client(name).post(reverse("desk:renew_keys")).status_code == HTTPStatus.FOUND
    assert cast.client("mira").post(reverse("desk:renew_keys")).status_code == HTTPStatus.FORBIDDEN
