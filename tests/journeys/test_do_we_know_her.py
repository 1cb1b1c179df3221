"""Does the desk recognise somebody while her name is typed, whatever the spelling, and does it say why?"""

import re
from datetime import date
from uuid import UUID

import pytest
from playwright.sync_api import Locator, Page, expect

from astra.demo.pytest_cast import Cast
from astra.kernel.partial_dates import PartialDate
from astra.people import services as people
from astra.people.rules.persons import ContactDetail, ContactDetails, Identity, Name, SafeRule, Safety

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True, databases=["default", "keystore"])]

SHELTER = "011 123 4567"


def register(
    cast: Cast, given: str, family: str, *, phone: str = "", safety: Safety | None = None, **parts: str
) -> UUID:
    born = parts.get("born", "")
    birth = PartialDate.on(date.fromisoformat(born)) if born else None
    return people.register_person(
        actor=cast.actor("mira"),
        identity=Identity(
            names=(Name(given, family),),
            birth=birth,
            mother=parts.get("mother", ""),
            father=parts.get("father", ""),
        ),
        details=ContactDetails((ContactDetail("home_phone", phone),) if phone else ()),
        safety=safety,
    )


@pytest.fixture
def desk(cast: Cast, page: Page) -> Page:
    """The people page of a counsellor, among some people of whom nobody asks."""
    for given, family in (("Mirjana", "Tot"), ("Stefan", "Babić"), ("Vlora", "Hasani"), ("Ljubica", "Đokić")):
        register(cast, given, family)
    cast.sign_in(page, "mira")
    page.goto("/people/")
    return page


def typed(page: Page, words: str) -> Locator:
    """Type into the search box and give the answers that appear."""
    field = page.locator("main input[name=q]")
    field.fill("")
    field.press_sequentially(words, delay=5)
    return page.locator("#known article")


def test_typed_in_cyrillic_and_stored_without_diacritics(cast: Cast, desk: Page) -> None:
    register(cast, "Zorica", "Djordjevic")
    answers = typed(desk, "Ђорђевић Зорица")
    expect(answers).to_have_count(1)
    expect(answers.first).to_contain_text("Zorica Djordjevic")
    expect(answers.first).to_contain_text("surname: same")
    expect(answers.first).to_contain_text("first name: same")
    expect(answers.first).to_contain_text("likely")


@pytest.mark.parametrize(
    "words", ["Đerđ Krasnići", "djerdj krasniqi", "Gjergj Krasniqi", "Ђерђ Краснићи", "krasniq gje"]
)
def test_an_albanian_child_under_three_spellings(cast: Cast, desk: Page, words: str) -> None:
    register(cast, "Gjergj", "Krasniqi", born="2013-05-06")
    answers = typed(desk, words)
    expect(answers.first).to_contain_text("Gjergj Krasniqi")
    expect(answers.first).to_contain_text(re.compile("surname: (same|begins so)"))
    expect(answers.first).to_contain_text(re.compile("first name: (same|begins so)"))


def test_another_spelling_is_said(cast: Cast, desk: Page) -> None:
    register(cast, "Gjergj", "Krasniqi")
    answers = typed(desk, "Djerdj Krasnići ")
    expect(answers.first).to_contain_text("surname: same, other spelling")
    expect(answers.first).to_contain_text("first name: same, other spelling")


def test_twins_are_told_apart_by_the_first_name_only(cast: Cast, desk: Page) -> None:
    for given in ("Milica", "Milena"):
        register(cast, given, "Lukić", born="2009-03-02", mother="Vera", father="Ivan")
    answers = typed(desk, "lukic 2.3.2009")
    expect(answers.filter(has_text="Lukić")).to_have_count(2)
    expect(desk.locator("#known")).to_contain_text("date of birth: same")
    expect(desk.locator("#known")).not_to_contain_text("likely")
    answers = typed(desk, "milena lukic 2.3.2009")
    expect(answers.first).to_contain_text("Milena")
    expect(answers.first).to_contain_text("likely")
    expect(answers.nth(1)).to_contain_text("Milica")
    expect(answers.nth(1)).not_to_contain_text("likely")


def test_mother_and_daughter_are_told_apart_by_age(cast: Cast, desk: Page) -> None:
    register(cast, "Marija", "Savić", born="1979-01-20")
    register(cast, "Marijana", "Savić", born="2010-11-03")
    desk.locator("main input[name=age]").fill("16")
    answers = typed(desk, "marija savic")
    expect(answers.first).to_contain_text("Marijana")
    expect(answers.nth(1)).to_contain_text(re.compile(r"age: \d+ years apart"))
    desk.locator("main input[name=age]").fill("47")
    answers = typed(desk, "marija savic ")
    expect(answers.first).to_contain_text("Marija Savić")
    expect(answers.first).not_to_contain_text("years apart")


def test_the_phone_of_a_shelter_identifies_nobody(cast: Cast, desk: Page) -> None:
    for given, family in (("Jasna", "Perić"), ("Snežana", "Matić"), ("Dragana", "Ristić")):
        register(cast, given, family, phone=SHELTER)
    answers = typed(desk, "+381 11 1234567")
    expect(answers).to_have_count(3)
    for answer in answers.all():
        expect(answer).to_contain_text("phone number: same")
        expect(answer).not_to_contain_text("likely")
    answers = typed(desk, "Snezana 0111234567")
    expect(answers.first).to_contain_text("Snežana")


def test_how_to_reach_her_stands_with_every_answer(cast: Cast, desk: Page) -> None:
    register(cast, "Ivona", "Pavlić", safety=Safety((SafeRule("do_not_call"),)))
    register(cast, "Ivona", "Pavlović")
    answers = typed(desk, "ivona pavl")
    expect(answers).to_have_count(2)
    expect(answers.filter(has_text="Pavlić").locator(".astra-safe")).to_be_visible()
    expect(answers.filter(has_text="Pavlović")).to_contain_text("Nobody has asked yet how it is safe to call")
