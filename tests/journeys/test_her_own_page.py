"""Does her own page hold from the desk where the code is handed over to a small phone without a script, and back?

Codes typed on the phone, who opened her file, a correction asked and answered, her own words, a consent for one
partner taken back, and left; then the second code, which says nothing. In both scripts.
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from uuid import UUID

import pytest
from django.conf import settings
from django.urls import reverse
from playwright.sync_api import Browser, BrowserContext, Page, ViewportSize, expect
from pytest_django.fixtures import Settings
from pytest_django.live_server_helper import LiveServer

from astra.audit.services import ensure_signing_key, sequence_pending
from astra.cases.tests.making import make_case, make_person
from astra.consent import services as consent
from astra.consent.models import Consent
from astra.consent.rules.recording import NewConsent
from astra.demo.pytest_browser import found_by_axe, let_connections_end, press
from astra.demo.pytest_cast import Cast
from astra.kernel.clock import today
from astra.rights import selectors as rights
from astra.rights.models import OwnRequest, OwnVisit
from astra.sites.public.tests.door import public_door

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True, databases=["default", "keystore"])]

CODE = re.compile(r"(\d{4}) (\d{4}) (\d{4}) (\d{4})")
SMALL = ViewportSize(width=390, height=844)
TITLES = {"sr": "Na šta si pristao ili pristala", "sc": "На шта си пристао или пристала"}
OURS = "Ispravili smo datum. Hvala."


class Phone:
    """Her phone: small, at the public door, with or without scripts."""

    def __init__(self, browser: Browser, site: str, *, scripts: bool = False) -> None:
        self._context: BrowserContext = browser.new_context(
            base_url=site, viewport=SMALL, locale="sr-Latn-RS", java_script_enabled=scripts
        )
        self._context.route(f"{settings.ENV.exit_to}**", lambda route: route.fulfill(status=200, body="Weather"))
        self.page = self._context.new_page()

    def come(self, language: str, code: str) -> None:
        """Type a code where every code is typed."""
        self.page.goto(f"/{language}/b/")
        self.page.locator('input[name="code"]').fill(code)
        self.page.locator('input[name="code"]').press("Enter")

    def fits(self) -> bool:
        """Whether nothing stands beside the screen."""
        widest = self.page.locator("body").evaluate("() => document.documentElement.scrollWidth")
        return int(widest) <= SMALL["width"]

    def close(self) -> None:
        """Put it away."""
        self._context.close()


@pytest.fixture
def _own_log(tmp_path: Path, settings: Settings) -> None:
    """A home of this test alone, so that its log can be numbered."""
    settings.ENV = replace(settings.ENV, home=tmp_path)
    ensure_signing_key(tmp_path)


@pytest.fixture
def site() -> Iterator[str]:
    """The public site, running beside the desk."""
    with public_door():
        running = LiveServer("localhost")
    yield running.url
    running.stop()


@pytest.fixture
def phone(browser: Browser, site: str) -> Iterator[Phone]:
    """Her phone, which runs no script."""
    hers = Phone(browser, site)
    yield hers
    hers.close()
    let_connections_end(within_s=0.5)


@contextmanager
def on_the_phone(desk: Page) -> Iterator[None]:
    """While she holds her phone this process is the public door's; the colleague's page asks for nothing."""
    desk.goto("about:blank")
    with public_door():
        yield


@pytest.fixture
def file(cast: Cast) -> tuple[UUID, UUID]:
    """A case of Mira's with one client, who agreed to two things."""
    mira = cast.actor("mira")
    person = make_person(mira)
    for recipient in ("partner_organisation", "lawyer"):
        new = NewConsent("representation", recipient, "identity", method="written", language="sr", given_on=today())
        consent.record_consent(actor=mira, person_id=person, new=new)
    return make_case(mira, person), person


def hand_over_codes(cast: Cast, desk: Page, file: tuple[UUID, UUID]) -> tuple[str, str]:
    """At the desk, by keyboard: she is here, the codes are shown once."""
    cast.sign_in(desk, "mira")
    desk.goto(reverse("rights:person", args=file))
    desk.locator('input[name="name"]').fill("Zlata")
    desk.locator('form[action$="/give/"] input[name="is_in_person"]').focus()
    press(desk, "Space")
    desk.get_by_role("button", name=re.compile("Prikaži kodove|Show the codes")).press("Enter")
    expect(desk.locator(".astra-panel .astra-numbers")).to_have_count(2)
    assert found_by_axe(desk) == []
    own, calm = ["".join(found) for found in CODE.findall(desk.locator("main").inner_text())]
    return own, calm


@pytest.mark.usefixtures("_own_log")
@pytest.mark.parametrize("language", ["sr", "sc"])
def test_from_the_desk_to_her_phone_and_back(
    cast: Cast, page: Page, phone: Phone, file: tuple[UUID, UUID], language: str
) -> None:
    case, person = file
    own, calm = hand_over_codes(cast, page, file)
    sequence_pending()
    hers = phone.page
    with on_the_phone(page):
        phone.come(language, own)
        expect(hers.get_by_role("heading", level=1)).to_have_text("Zlata")
        expect(hers.locator("#agreed")).to_have_text(TITLES[language])
        expect(hers.locator('section[aria-labelledby="readers"] dl')).to_contain_text(str(today().year))
        assert phone.fits()
        for kind, words in (("correct", "Rođena sam 2005, ne 2004."), ("own_words", "Nisam htela da odem.")):
            hers.locator("#kind").select_option(kind)
            hers.locator("#words").fill(words)
            hers.locator('form[action$="/m/a/"] button').press("Enter")
            expect(hers.locator('section[aria-labelledby="asked"]')).to_contain_text(words)
        hers.locator('section[aria-labelledby="agreed"] article', has_text=_partner(language)).get_by_role(
            "button"
        ).press("Enter")
        expect(hers.locator('section[aria-labelledby="agreed"] button')).to_have_count(1)
        assert phone.fits()
    taken = Consent.objects.get(person=person, recipient="partner_organisation")
    assert taken.withdrawn_on == today()
    assert Consent.objects.get(person=person, recipient="lawyer").withdrawn_on is None
    _answer_at_the_desk(page, case, person, taken.pk)
    with on_the_phone(page):
        hers.goto(f"/{language}/m/")
        expect(hers.locator('section[aria-labelledby="asked"]')).to_contain_text(OURS)
        hers.locator(".exit").first.click()
        assert OwnVisit.objects.count() == 0
        hers.goto(f"/{language}/m/")
        expect(hers).to_have_url(re.compile(rf"/{language}/b/$"))
        phone.come(language, calm)
        expect(hers.locator("main")).not_to_contain_text("Zlata")
        assert phone.fits()
        assert OwnVisit.objects.count() == 0


def _partner(language: str) -> str:
    return {"sr": "Partnerska organizacija", "sc": "Партнерска организација"}[language]


def _answer_at_the_desk(desk: Page, case: UUID, person: UUID, consent_id: UUID) -> None:
    """The team finds her words in the file as hers, answers the correction, and sees what the partner still holds."""
    desk.goto(reverse("cases:case", args=[case]))
    correction = OwnRequest.objects.get(kind="correct")
    own = OwnRequest.objects.get(kind="own_words")
    desk.locator(f'a[href="{reverse("rights:request", args=[own.pk])}"]').first.press("Enter")
    expect(desk.locator("main")).to_contain_text("Nisam htela da odem.")
    desk.goto(reverse("rights:request", args=[correction.pk]))
    desk.locator('select[name="outcome"]').select_option("done")
    desk.locator('form[action$="/answer/"] textarea[name="words"]').fill(OURS)
    desk.locator('form[action$="/answer/"] button').press("Enter")
    expect(desk.locator("main")).to_contain_text(OURS)
    desk.goto(reverse("rights:person", args=[case, person]))
    desk.locator(f'#recalls a[href="{reverse("rights:recall", args=[consent_id])}"]').press("Enter")
    desk.locator('select[name="outcome"]').select_option("destroyed")
    desk.locator('form:has(select[name="outcome"]) button').press("Enter")
    expect(desk.locator('select[name="outcome"]')).to_have_count(0)


def test_axe_finds_nothing_on_her_phone(
    browser: Browser, cast: Cast, page: Page, site: str, file: tuple[UUID, UUID]
) -> None:
    _case, person = file
    mira = cast.actor("mira")
    own, calm = hand_over_codes(cast, page, file)
    phone = Phone(browser, site, scripts=True)
    with on_the_phone(page):
        phone.come("sr", own)
        expect(phone.page).to_have_url(re.compile("/sr/m/$"))
        for asked, language in enumerate(("sr", "sc", "en"), start=1):
            phone.page.goto(f"/{language}/m/")
            assert found_by_axe(phone.page) == [], language
            assert phone.fits(), language
            phone.page.locator('form[action$="/m/a/"] button').press("Enter")
            expect(phone.page.locator('section[aria-labelledby="asked"] article')).to_have_count(asked)
            assert found_by_axe(phone.page) == [], language
        other = Phone(browser, site, scripts=True)
        other.come("sr", calm)
        expect(other.page.locator('input[name="code"]')).to_have_count(0)
        expect(other.page.locator("main")).to_be_visible()  # between two pages there is neither
        assert found_by_axe(other.page) == []
        other.close()
    assert len(rights.requests_of(mira, person)) == 3
    phone.close()
    let_connections_end(within_s=0.5)
