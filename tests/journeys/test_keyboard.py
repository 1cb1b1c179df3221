"""Can the whole work be done with the keyboard alone, is the focus always seen, and does a contact take two minutes?

Nothing here touches a mouse: every test presses and types only, and after each key that moves the focus it looks
whether a person would see where it is.
"""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from astra.cases import services as cases
from astra.demo import second_factors
from astra.demo.pytest_browser import press
from astra.demo.pytest_cast import Cast
from astra.people import services as people
from astra.people.rules.persons import Identity, Name

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True, databases=["default", "keystore"])]

A_KEY_S = 0.28
"""How long one key takes somebody who types forty words a minute, with the thinking left out."""
TWO_MINUTES_S = 120
MANY_TABS = 60
SEEN = """() => {
  const at = document.activeElement;
  const shown = at.matches('a, button, summary, input, select, textarea, [tabindex]');
  const style = getComputedStyle(at), box = at.getBoundingClientRect();
  const drawn = (style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2) || style.boxShadow !== 'none';
  const x = box.x + Math.min(box.width / 2, 20), y = box.y + Math.min(box.height / 2, 16);
  const top = document.elementFromPoint(x, y);
  const free = top !== null && (at.contains(top) || top.contains(at) || at.labels?.[0]?.contains(top));
  return {shown, drawn, free, what: at.outerHTML.slice(0, 120)};
}"""


class Hands:
    """Somebody who uses the keyboard only, and counts."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.pressed = 0

    def press(self, *keys: str) -> None:
        """Press keys one after the other."""
        press(self.page, *keys)
        self.pressed += sum(key.count("+") + 1 for key in keys)

    def type(self, words: str) -> None:
        """Write something."""
        self.page.keyboard.type(words)
        self.pressed += len(words)

    def tab_to(self, selector: str, *, key: str = "Tab") -> None:
        """Go on until this has the focus; on the way the focus must be seen everywhere."""
        for _ in range(MANY_TABS):
            self.press(key)
            seen = self.page.evaluate(SEEN)
            assert seen["shown"], seen
            assert seen["drawn"], f"nobody sees the focus: {seen['what']}"
            assert seen["free"], f"something covers the focus: {seen['what']}"
            if self.page.evaluate("selector => document.activeElement.matches(selector)", selector):
                return
        raise AssertionError(f"no way to {selector}")

    def go_to(self, door: str, path: str) -> None:
        """Use the shortcut of a desk."""
        self.press("g", door)
        self.page.wait_for_url(f"**{path}")


@pytest.fixture
def mira(cast: Cast, page: Page) -> Iterator[Hands]:
    """The counsellor at her desk."""
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    cast.sign_in(page, "mira")
    page.goto("/")
    yield Hands(page)
    assert faults == []


def test_signing_in(cast: Cast, page: Page) -> None:
    second_factors.set_up(["mira"])
    hands = Hands(page)
    page.goto("/sign-in/")
    expect(page.locator("input[name=login]")).to_be_focused()
    hands.type("mira")
    hands.tab_to("input[name=password]")
    hands.type(cast.mira.person.passphrase)
    hands.press("Enter")
    page.wait_for_url("**/second-factor/")
    expect(page.locator("input[name=code]")).to_be_focused()
    hands.type(second_factors.present_code("mira").digits)
    hands.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text("My day")


def test_an_ordinary_contact_takes_less_than_two_minutes(mira: Hands) -> None:
    page = mira.page
    mira.press("n")
    page.wait_for_url("**/contacts/new/")
    mira.press("2")
    expect(page.get_by_role("radio", name="About somebody else")).to_be_checked()
    mira.tab_to("select[name=caller_role]")
    mira.type("Moth")
    mira.tab_to("input[name=caller_name]")
    mira.type("Radmila")
    mira.tab_to("textarea[name=said]")
    mira.type("Ćerka se tri dana ne javlja. Otišla je sa poznanikom, telefon je isključen.")
    mira.tab_to("textarea[name=done]")
    mira.type("Objašnjeno kako da prijavi nestanak i šta mi možemo.")
    mira.tab_to("select[name^=topics]")
    mira.type("Runa")
    mira.press("Control+Enter")
    page.wait_for_url("**/contacts/*-*/")
    expect(page.locator("main")).to_contain_text("telefon je isključen")
    assert mira.pressed * A_KEY_S < TWO_MINUTES_S


def test_one_key_for_a_silent_call(mira: Hands) -> None:
    mira.go_to("c", "/contacts/")
    mira.press("1")
    expect(mira.page.get_by_role("status").filter(has_text="Silent")).to_be_visible()
    assert mira.pressed == 3


def test_a_contact_without_a_kind_leads_to_what_is_missing(mira: Hands) -> None:
    page = mira.page
    mira.press("n")
    page.wait_for_url("**/contacts/new/")
    mira.tab_to("textarea[name=said]")
    mira.type("Nešto")
    mira.press("Control+Enter")
    summary = page.locator(".govuk-error-summary")
    expect(summary).to_be_focused()
    mira.tab_to(".govuk-error-summary a")
    mira.press("Enter")
    expect(page.locator("input[name=kind]").first).to_be_focused()
    expect(page.locator("textarea[name=said]")).to_have_value("Nešto")


def test_a_person_is_found_and_opened(cast: Cast, mira: Hands) -> None:
    people.register_person(actor=cast.actor("mira"), identity=Identity(names=(Name("Радмила", "Ђукановић"),)))
    mira.press("/")
    expect(mira.page.locator("#search-everywhere")).to_be_focused()
    mira.type("radmila djukanovic")
    mira.press("Enter")
    mira.page.wait_for_url("**/people/")
    mira.tab_to("main article a")
    mira.press("Enter")
    expect(mira.page.get_by_role("heading", level=1)).to_contain_text("Радмила Ђукановић")


def test_a_case_is_opened_and_handed_over(mira: Hands) -> None:
    page = mira.page
    mira.go_to("f", "/cases/")
    mira.press("n")
    page.wait_for_url("**/cases/new/")
    mira.tab_to("input[name=title]")
    mira.type("Smeštaj")
    mira.tab_to("input[name=ground]")
    mira.press("Space")
    mira.press("Control+Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Smeštaj")
    mira.go_to("f", "/cases/")
    mira.press("h")
    page.wait_for_url("**/cases/hand-over/")
    mira.tab_to("input[name=cases]")
    mira.press("Space")
    mira.tab_to("select[name=receiver]")
    mira.type("Sanj")
    mira.tab_to("textarea[name=text]")
    mira.type("Zove u devet.")
    mira.press("Control+Enter")
    expect(page.get_by_text("Not taken over yet").first).to_be_visible()


def test_skipping_to_what_matters(cast: Cast, mira: Hands) -> None:
    case = cases.open_case(actor=cast.actor("mira"), ground="consent", title="Kratko", lead=cast.mira.id)
    mira.page.goto(f"/cases/{case}/")
    mira.tab_to(".govuk-skip-link")
    mira.press("Enter")
    mira.press("Tab")
    assert mira.page.evaluate("document.activeElement.closest('main') !== null")


def test_unlocking_returns_to_the_same_field(cast: Cast, mira: Hands) -> None:
    page = mira.page
    mira.press("n")
    page.wait_for_url("**/contacts/new/")
    mira.press("2")
    mira.tab_to("input[name=is_paper]", key="Shift+Tab")
    mira.press("Shift+L")
    cover = page.locator("[data-lock-cover]")
    expect(cover.locator("input[type=password]")).to_be_focused()
    mira.type(cast.mira.person.passphrase)
    mira.press("Enter")
    expect(cover).to_be_hidden()
    expect(page.locator("input[name=is_paper]")).to_be_focused()
    expect(page.get_by_role("radio", name="About somebody else")).to_be_checked()
