"""Is the frame around every page right: the desks of the role, the language, what kind of place this is?"""

import pytest
from django.test import Client
from django.urls import reverse

from astra.accounts.rules.roles import DESKS
from astra.demo.pytest_cast import Cast
from astra.sites.desk import navigation

pytestmark = pytest.mark.django_db(databases=["default", "keystore"])
LANGUAGES = {"sr-latn": "sr-Latn", "sr": "sr-Cyrl", "en": "en"}


def switch(client: Client, language: str, back: str = "/my/") -> str:
    """Choose a language as the buttons do; returns where it leads."""
    answer = client.post(reverse("set_language"), {"language": language, "next": back})
    assert answer.status_code == 302
    return str(answer["Location"])


@pytest.mark.parametrize("language", LANGUAGES)
def test_language_is_chosen_signed_in_or_not_and_remembered(cast: Cast, language: str) -> None:
    for client, page in ((Client(), reverse("account_login")), (cast.client("mira"), reverse("accounts:account"))):
        assert switch(client, language, page) == page
        for _ in range(2):
            assert f'lang="{LANGUAGES[language]}"' in client.get(page).content.decode()
        cookie = client.cookies["language"]
        assert (cookie["httponly"], cookie["samesite"]) == (True, "Strict")


def test_language_leads_back_to_our_own_pages_only(cast: Cast) -> None:
    assert switch(Client(), "en", "https://elsewhere.example/") == "/"
    assert Client().get(reverse("set_language")).status_code == 405


def test_every_door_is_at_known_desks() -> None:
    assert {desk for door in navigation.DOORS for desk in door.desks} <= set(DESKS)
    keys = [door.key for door in navigation.DOORS]
    assert len(keys) == len(set(keys))


def test_who_has_no_desk_sees_no_desks(cast: Cast) -> None:
    signed_out = Client().get(reverse("account_login"))
    assert "nav" not in signed_out.context
    assert "work_name" not in signed_out.context
    seen = cast.client("lara").get("/").context["nav"]
    assert "Audit log" not in [item.label for item in seen]
    assert [item.url for item in seen if item.is_current] == ["/"]
