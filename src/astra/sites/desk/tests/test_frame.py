"""Is the frame around every page right: the desks of the role, the language, what kind of place this is?"""

from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from pytest_django.fixtures import Settings

from astra.accounts.rules.roles import DESKS
from astra.cases import services as cases
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


def test_no_page_takes_the_letter_that_leads_to_the_desks() -> None:
    """A page on which g alone does something could not be left with g and a second letter."""
    taken = [
        path.name
        for path in (Path(settings.PROJECT) / "src" / "astra").glob("*/templates/**/*.html")
        if 'data-key="g"' in path.read_text(encoding="utf-8")
    ]
    assert taken == []


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


def test_the_desk_one_sits_at_is_marked(cast: Cast) -> None:
    client = cast.client("vesna")
    for page, marked in (
        ("/", ["/"]),
        (reverse("cases:open"), [reverse("cases:index")]),
        (reverse("hotline:callbacks"), [reverse("hotline:callbacks")]),
        (reverse("assistance:beds"), [reverse("cases:index")]),
        (reverse("justice:coming"), [reverse("justice:coming")]),
        (reverse("accounts:account"), []),
    ):
        seen = client.get(page).context["nav"]
        assert [item.url for item in seen if item.is_current] == marked, page


def test_another_desk_is_said_to_be_another_desk(cast: Cast) -> None:
    page = cast.client("mira").get(reverse("desk:log"))
    assert page.status_code == 403
    assert "403.html" in [template.name for template in page.templates]


def test_an_address_for_forms_leads_back(cast: Cast) -> None:
    page = cast.client("mira").get(reverse("hotline:quick"))
    assert (page.status_code, page["Allow"]) == (405, "POST")
    assert 'href="/"' in page.content.decode()


@pytest.mark.parametrize(("kind", "mark"), [("practice", "astra-practice"), ("demo", "astra-demo")])
def test_where_nothing_is_real_every_page_says_so(cast: Cast, settings: Settings, kind: str, mark: str) -> None:
    settings.INSTALLATION_KIND = kind
    case_id = cases.open_case(actor=cast.actor("mira"), ground="consent", title="Vežba")
    printed = reverse("cases:print", args=[case_id])
    browser = cast.client("mira")
    for client, address in ((Client(), reverse("account_login")), (browser, reverse("desk:home")), (browser, printed)):
        answer = client.get(address, headers={"accept-language": "en"}).content.decode()
        assert "Do not type real names." in answer, address
        assert mark in answer or address == printed
    settings.INSTALLATION_KIND = "office"
    assert "astra-mode" not in browser.get(printed).content.decode()
