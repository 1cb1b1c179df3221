"""Two files of one person, in a browser: found, compared, joined, confirmed by a colleague, undone; or told apart."""

import re
from collections.abc import Iterator
from datetime import date
from uuid import UUID

import pytest
from playwright.sync_api import Page, expect

from astra.demo.pytest_browser import press
from astra.demo.pytest_cast import Cast
from astra.kernel.partial_dates import PartialDate
from astra.people import index
from astra.people import selectors as reading
from astra.people import services as people
from astra.people.rules.persons import Identity, Name, NewPerson, SafeRule, Safety
from astra.vault import selectors as vault

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True, databases=["default", "keystore"])]
GIVEN, FAMILY = ("Ana", "Ivan", "Milica", "Petar", "Vesna"), ("Babić", "Ilić", "Kosanović", "Lukić", "Savić")
LOOK = {"sr-latn": "Pogledaj oba", "sr": "Погледај оба"}
BORN = PartialDate.on(date(1998, 3, 12))


@pytest.fixture(autouse=True)
def _empty_index() -> Iterator[None]:
    index._INDEX.wipe()
    yield
    index._INDEX.wipe()


def sealed_for(cast: Cast, *names: str) -> list[UUID]:
    return [vault.personal_circle(cast.employed[name].id) for name in names]


@pytest.fixture
def files(cast: Cast) -> tuple[UUID, UUID]:
    """Vesna's file and Dunja's of one person, in two scripts, both open to Mira and Sanja; and an office around."""
    mira = cast.actor("mira")
    names = [(given, family) for given in GIVEN for family in FAMILY]
    born = [PartialDate.on(date(1960 + n, n % 12 + 1, n % 28 + 1)) for n in range(len(names))]
    office = [Identity(names=(Name(*name),), birth=day) for name, day in zip(names, born, strict=True)]
    people.register_people(actor=mira, people=[NewPerson(one) for one in office])
    first, second = (
        people.register_person(
            actor=mira,
            identity=Identity(names=(Name(given, family),), birth=BORN, sex="female"),
            safety=Safety((SafeRule("never_say", words),)),
            code_name=code_name,
            to=sealed_for(cast, "mira", "sanja", third),
        )
        for given, family, words, code_name, third in (
            ("Zlatija", "Đorđević", "sud", "Lipa Tisa", "vesna"),
            ("Златија", "Ђорђевић", "policija", "Jela Drina", "dunja"),
        )
    )
    return first, second


@pytest.mark.parametrize(("language", "join"), [("sr-latn", "Spoji dosijee"), ("sr", "Споји досијее")])
def test_joined_by_one_confirmed_by_another_and_undone(
    cast: Cast, page: Page, files: tuple[UUID, UUID], language: str, join: str
) -> None:
    first, second = files
    page.goto("/sign-in/")
    page.context.add_cookies([{"name": "language", "value": language, "url": page.url.removesuffix("sign-in/")}])
    cast.sign_in(page, "mira")
    page.goto("/people/duplicates/?further=1")
    row = page.locator("tbody tr").first
    expect(row).to_contain_text("Zlatija Đorđević")
    expect(row).to_contain_text("Златија Ђорђевић")
    row.locator("a.govuk-button").focus()
    press(page, "Enter")
    expect(page.locator("tbody")).to_contain_text("Zlatija Đorđević")
    page.locator("label", has_text="Zlatija Đorđević").click()
    page.get_by_role("button", name=join).focus()
    press(page, "Enter")
    expect(page).to_have_url(re.compile(f"/people/{first}/$"))
    expect(page.locator(".astra-safe").first).to_contain_text("policija")
    assert reading.find_identity(cast.actor("vesna"), second) is None, "one person's word opens nothing"
    cast.sign_in(page, "sanja")
    page.goto("/people/duplicates/")
    page.locator(".astra-panel a", has_text=LOOK[language]).focus()
    press(page, "Enter")
    page.locator(f'form[action="/people/{second}/confirm/"] button').focus()
    press(page, "Enter")
    expect(page.locator(".astra-message--success")).to_be_visible()
    assert reading.find_identity(cast.actor("vesna"), second) is not None
    page.goto(f"/people/{second}/")
    page.locator(f'form[action="/people/{second}/separate/"] button').focus()
    press(page, "Enter")
    page.wait_for_url(f"**/people/{second}/sort-out/")
    assert reading.find_identity(cast.actor("vesna"), second) is None
    assert reading.find_identity(cast.actor("dunja"), second) is not None


def test_not_the_same_person_is_remembered(cast: Cast, page: Page, files: tuple[UUID, UUID]) -> None:
    cast.sign_in(page, "mira")
    page.goto("/people/duplicates/?further=1")
    page.locator("tbody tr a.govuk-button").first.click()
    page.locator('button[value="apart"]').focus()
    press(page, "Enter")
    page.wait_for_url("**/people/duplicates/")
    expect(page.locator(".astra-message--success")).to_be_visible()
    expect(page.locator("tbody tr")).to_have_count(0)
    index._INDEX.wipe()
    cast.sign_in(page, "sanja")
    page.goto("/people/duplicates/?further=1")
    expect(page.locator(".astra-empty")).to_be_visible()
    expect(page.locator("tbody tr")).to_have_count(0)
