"""Does Astra live through one night at the hotline, in a real browser?

A silent call, a wrong number, a mother about her daughter, the daughter who wants nothing told, an anonymous client who
gives her name at last, eight workers from one building site, a hand-over at seven, a third colleague who is refused;
and all of it on the log.
"""

import re
from collections.abc import Iterator
from uuid import UUID

import pytest
from django.conf import settings
from django.urls import reverse
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from astra.audit.keys import ensure_signing_key
from astra.audit.services import sequence_pending
from astra.demo.pytest_browser import press
from astra.demo.pytest_cast import Cast
from astra.kernel.ids import new_id

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True, databases=["default", "keystore"])]
CONTACT = re.compile(r"/contacts/([0-9a-f-]{36})/$")
PERSON = re.compile(r"/people/([0-9a-f-]{36})/$")
CASE = re.compile(r"/cases/([0-9a-f-]{36})/$")
WORKERS = [f"Radnik {number}" for number in ("prvi", "drugi", "treći", "četvrti", "peti", "šesti", "sedmi", "osmi")]


class Night:
    """Everybody on duty, each in a browser of her own."""

    def __init__(self, browser: Browser, server: LiveServer, cast: Cast) -> None:
        self._browser, self._server, self._cast = browser, server, cast
        self._pages: dict[str, Page] = {}
        self.faults: list[str] = []

    def page(self, name: str) -> Page:
        """Somebody's page; signed in at first use."""
        if name not in self._pages:
            context = self._browser.new_context(base_url=self._server.url, locale="en-GB")
            page = context.new_page()
            page.on("pageerror", lambda error: self.faults.append(str(error)))
            self._cast.sign_in(page, name)
            self._pages[name] = page
        return self._pages[name]

    def close(self) -> None:
        """Everybody goes home."""
        for page in self._pages.values():
            page.context.close()


@pytest.fixture
def night(browser: Browser, live_server: LiveServer, cast: Cast) -> Iterator[Night]:
    everybody = Night(browser, live_server, cast)
    yield everybody
    everybody.close()


def save(page: Page) -> UUID:
    """Save the contact at hand with the keyboard and return which one it became."""
    press(page, "Control+Enter")
    expect(page).to_have_url(CONTACT)
    found = CONTACT.search(page.url)
    assert found
    return UUID(found[1])


def one_click(page: Page, words: str) -> None:
    page.goto(reverse("hotline:contacts"))
    page.get_by_role("button", name=words).click()
    expect(page.get_by_role("status").filter(has_text=words)).to_be_visible()


def new_contact(page: Page, kind: str, role: str, said: str) -> None:
    page.goto(reverse("hotline:new"))
    page.check(f'input[name="kind"][value="{kind}"]', force=True)
    page.select_option('select[name="caller_role"]', role)
    page.fill('textarea[name="said"]', said)


def a_mother_about_her_daughter(page: Page) -> UUID:
    new_contact(page, "about_someone", "mother", "Ćerka se tri dana ne javlja. Otišla je sa poznanikom.")
    page.fill('input[name="caller_name"]', "Radmila Krstić")
    page.check('input[name="caller_file"]', force=True)
    page.fill('input[name="about"]', "Jelena Krstić")
    page.check('input[name="about_file"]', force=True)
    return save(page)


def the_daughter_who_wants_nothing_told(page: Page) -> UUID:
    new_contact(page, "about_self", "self", "Dobro je. Ne želi da majka zna gde je.")
    page.fill('input[name="caller_name"]', "Jelena Krstic")
    known = page.locator("#known")
    expect(known).to_contain_text("Jelena Krstić")
    known.get_by_role("button").first.click()
    expect(page.locator('input[name="link"]')).to_have_count(1)
    page.locator("summary", has_text="How to call back safely").click()
    page.fill('[name="safe_never_say"]', "Ništa ne govoriti majci.")
    page.fill('[name="safe_code_word"]', "zimnica")
    return save(page)


def an_anonymous_client(page: Page) -> tuple[UUID, str]:
    new_contact(page, "about_self", "self", "Neće da kaže ime. Radi u baru, pasoš joj je oduzet.")
    page.check('input[name="caller_file"]', force=True)
    contact = save(page)
    link = page.locator("aside a[href^='/people/']").first
    return contact, link.inner_text().strip()


def gives_her_name_at_last(page: Page, contact: UUID, code_name: str) -> None:
    page.goto(reverse("hotline:contact", args=[contact]))
    page.locator("aside a[href^='/people/']", has_text=code_name).click()
    page.locator("a[href$='/identity/']").first.click()
    page.locator('input[name$="given"]').first.fill("Olena")
    page.locator('input[name$="family"]').first.fill("Kovalenko")
    press(page, "Control+Enter")
    expect(page).to_have_url(PERSON)
    page.goto(reverse("hotline:contact", args=[contact]))
    expect(page.locator("aside")).to_contain_text("Olena Kovalenko")


def eight_workers(page: Page) -> UUID:
    page.goto(reverse("cases:open_group"))
    page.fill('[name="title"]', "Gradilište kod obilaznice")
    page.select_option('select[name="kind"]', "group")
    page.check('input[name="ground"][value="consent"]', force=True)
    page.fill('[name="site"]', "Kontejneri iza gradilišta")
    page.fill('[name="employer"]', "Podizvođač bez ugovora")
    page.fill('[name="names"]', "\n".join(WORKERS))
    ground = page.locator('[name="member_ground"]').first
    if ground.evaluate("e => e.tagName") == "SELECT":
        ground.select_option("consent")
    else:
        page.check('input[name="member_ground"][value="consent"]', force=True)
    press(page, "Control+Enter")
    expect(page).to_have_url(CASE)
    found = CASE.search(page.url)
    assert found
    return UUID(found[1])


def nobodys_words_show_in_anothers_file(page: Page) -> None:
    """Eight files of their own: each knows its worker, and what one said stands in his alone."""
    group = page.url
    page.wait_for_load_state("load")
    files = page.locator("#group a[href^='/cases/']").evaluate_all("links => links.map(l => l.getAttribute('href'))")
    files = list(dict.fromkeys(path for path in files if CASE.search(path)))
    assert len(files) == len(WORKERS)
    seen = []
    for path in files:
        page.goto(path)
        seen.append(page.locator("body").inner_text())
    for worker in WORKERS:
        assert sum(worker in text for text in seen) == 1
    page.goto(files[0])
    page.locator("summary", has_text="New note").click()
    page.locator("textarea[name='text']").fill("Samo njegove reči.")
    press(page, "Control+Enter")
    expect(page.locator("main")).to_contain_text("Samo njegove reči.")
    for path in (group, *files[1:]):
        page.goto(path)
        expect(page.locator("body")).not_to_contain_text("Samo njegove reči.")


def hand_over_at_seven(giver: Page, receiver: Page, group: UUID) -> None:
    giver.goto(reverse("cases:hand_over"))
    giver.check(f'input[name="cases"][value="{group}"]', force=True)
    giver.select_option('select[name="receiver"]', label="Sanja")
    giver.fill('textarea[name="text"]', "Osam radnika, u devet zove inspekcija.")
    press(giver, "Control+Enter")
    expect(giver.get_by_text("Not taken over yet").first).to_be_visible()
    receiver.goto(reverse("cases:hand_over"))
    expect(receiver.get_by_text("u devet zove inspekcija")).to_be_visible()
    receiver.get_by_role("button", name="Take over").first.click()
    expect(receiver.get_by_text("u devet zove inspekcija")).to_be_hidden()
    receiver.goto(reverse("cases:case", args=[group]))
    expect(receiver.get_by_role("heading", level=1)).to_contain_text("Gradilište")


def refused(page: Page, case: UUID) -> None:
    """A third colleague gets the same answer for what is not hers and for what does not exist."""
    answers = []
    for record in (case, new_id()):
        answer = page.goto(reverse("cases:case", args=[record]))
        assert answer is not None
        answers.append((answer.status, page.locator("main").inner_text()))
    assert answers[0] == answers[1]
    assert answers[0][0] == 404


def test_one_night(night: Night) -> None:
    mira = night.page("mira")
    one_click(mira, "Silent")
    one_click(mira, "Wrong number")
    mother = a_mother_about_her_daughter(mira)
    daughter = the_daughter_who_wants_nothing_told(mira)
    mira.goto(reverse("hotline:contact", args=[daughter]))
    expect(mira.locator("body")).to_contain_text("Ništa ne govoriti majci.")
    contact, code_name = an_anonymous_client(mira)
    gives_her_name_at_last(mira, contact, code_name)
    group = eight_workers(mira)
    nobodys_words_show_in_anothers_file(mira)
    hand_over_at_seven(mira, night.page("sanja"), group)
    for record in (group, mother):
        assert record
    refused(night.page("vesna"), group)
    ensure_signing_key(settings.ENV.home)
    while sequence_pending():
        pass
    ana = night.page("ana")
    ana.goto(reverse("desk:log"))
    for words in ("Mira", "Sanja", "Vesna"):
        expect(ana.locator("body")).to_contain_text(words)
    expect(ana.locator("body")).not_to_contain_text("Kovalenko")
    assert night.faults == []
