"""Does signing in work in a real browser: a passkey, the app, codes, the lock? Everything through the pages."""

import re

import pytest
from playwright.sync_api import CDPSession, Page, expect

from astra.accounts.models import User
from astra.accounts.services import invitations
from astra.accounts.tests.support import code_of
from astra.demo.pytest_cast import Cast

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True, databases=["default", "keystore"])]

MIRA = "breza topola jasen vrba kesten hrast"


def _type_words(page: Page, name: str, words: str) -> None:
    page.goto("/sign-in/")
    page.fill("input[name=login]", name)
    page.fill("input[name=password]", words)
    page.get_by_role("button", name="Go on").click()


def _forget_codes(cast: Cast) -> None:
    User.objects.filter(pk=cast.mira.user_id).update(codes_noted_at=None)


def _virtual_passkey(page: Page) -> CDPSession:
    """Plug a key into the browser that answers every ceremony, as a person with a fingerprint would."""
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    session.send(
        "WebAuthn.addVirtualAuthenticator",
        {
            "options": {
                "protocol": "ctap2",
                "transport": "internal",
                "hasResidentKey": True,
                "hasUserVerification": True,
                "isUserVerified": True,
            }
        },
    )
    return session


def test_a_passkey_from_first_visit_to_second(cast: Cast, page: Page) -> None:
    _forget_codes(cast)
    _virtual_passkey(page)
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("console", lambda message: faults.append(message.text) if message.type == "error" else None)
    _type_words(page, "mira", MIRA)
    page.get_by_role("link", name="Set up a passkey").click()
    page.get_by_label("What do you call it?").fill("office")
    page.wait_for_load_state("load")
    page.get_by_role("button", name="Set up").click()
    expect(page.get_by_role("heading", name="Recovery codes")).to_be_visible()
    expect(page.locator("ol code")).to_have_count(10)
    page.get_by_role("button", name="I have written them down").click()
    expect(page).to_have_url(re.compile(r"/$"))
    page.get_by_role("button", name="Sign out").first.click()
    _type_words(page, "mira", MIRA)
    use = page.get_by_role("button", name="Use my passkey")
    expect(use).to_be_visible()
    page.wait_for_load_state("load")
    use.click()
    expect(page).to_have_url(re.compile(r"/$"))
    expect(page.get_by_role("link", name="Mira")).to_be_visible()
    assert faults == []


def test_a_passkey_that_does_not_answer_says_so(cast: Cast, page: Page) -> None:
    _forget_codes(cast)
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    _type_words(page, "mira", MIRA)
    page.goto("/second-factor/passkeys/add/")
    page.evaluate("() => { navigator.credentials.create = () => Promise.reject(new Error('no')); }")
    page.get_by_role("button", name="Set up").click()
    expect(page.locator("[data-passkey-error]")).to_be_visible()


def test_the_app_and_a_recovery_code(cast: Cast, page: Page) -> None:
    _forget_codes(cast)
    _type_words(page, "mira", MIRA)
    page.get_by_role("link", name="Set up the app").click()
    page.locator("input[name=code]").fill(code_of(page.locator("main code").inner_text()))
    page.get_by_role("button", name="Set up").click()
    code = page.locator("ol code").first.inner_text()
    page.get_by_role("button", name="I have written them down").click()
    page.get_by_role("button", name="Sign out").first.click()
    _type_words(page, "mira", MIRA)
    page.get_by_label("Code", exact=True).fill("12345678")
    page.get_by_role("button", name="Go on").click()
    expect(page.locator(".govuk-error-summary")).to_be_visible()
    page.get_by_label("Code", exact=True).fill(code)
    page.get_by_role("button", name="Go on").click()
    expect(page.get_by_role("link", name="Mira")).to_be_visible()


def test_joining_without_javascript(cast: Cast, page: Page) -> None:
    link = invitations.invite(actor=cast.actor("petar"), role="educator")
    browser = page.context.browser
    assert browser is not None
    plain = browser.new_context(java_script_enabled=False, locale="en-GB")
    newcomer = plain.new_page()
    page.goto("/sign-in/")
    newcomer.goto(page.url.replace("/sign-in/", f"/join/{link.token}/"))
    words = newcomer.locator("p.govuk-heading-m").inner_text()
    newcomer.get_by_label("Work name").fill("Nova")
    newcomer.get_by_label("Sign-in name").fill("Nova")
    newcomer.get_by_role("button", name="I have written the words down").click()
    newcomer.get_by_label("Type your six words").fill(words)
    newcomer.get_by_role("button", name="Done").click()
    newcomer.get_by_label("Sign-in name").fill("nova")
    newcomer.get_by_label("Passphrase").fill(words)
    newcomer.get_by_role("button", name="Go on").click()
    expect(newcomer.get_by_role("heading", name="One more thing that only you have")).to_be_visible()
    plain.close()


def test_lock_and_unlock_on_the_page(cast: Cast, page: Page) -> None:
    cast.sign_in(page, "mira")
    page.goto("/my/")
    page.get_by_role("button", name="Lock").click()
    cover = page.locator("[data-lock-cover]")
    expect(cover).to_be_visible()
    with page.expect_response("**/unlock/") as wrong:
        cover.get_by_label("Passphrase").fill("wrong")
        cover.get_by_role("button", name="Unlock").click()
    assert wrong.value.status == 400
    cover.get_by_label("Passphrase").fill(MIRA)
    cover.get_by_role("button", name="Unlock").click()
    expect(cover).to_be_hidden()
    page.goto("/my/words/")
    expect(page.get_by_role("heading", name="New words")).to_be_visible()
