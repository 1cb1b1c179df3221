"""Which pages are photographed, on whose screen, and what does she do there before? `tests.shots` takes them."""

from collections.abc import Callable
from dataclasses import dataclass

from playwright.sync_api import Page

Step = Callable[[Page], None]
NOBODY = "00000000-0000-7000-8000-000000000000"


@dataclass(frozen=True)
class Shot:
    """One picture: whose screen, which address, and what she does there before it is taken."""

    name: str
    who: str
    path: str
    then: tuple[Step, ...] = ()


def follow(selector: str) -> Step:
    """Go where the first such link leads."""

    def step(page: Page) -> None:
        page.goto(str(page.locator(selector).first.get_attribute("href")))

    return step


def fill(selector: str, text: str) -> Step:
    """Type into a field as a person does."""

    def step(page: Page) -> None:
        page.locator(selector).first.press_sequentially(text, delay=15)
        page.wait_for_timeout(900)

    return step


def search(text: str) -> Step:
    """Use the search box at the top, or the page's own where there is no room for it."""

    def step(page: Page) -> None:
        page.locator("main input[name=q]").first.fill(text)
        page.locator("main input[name=q]").first.press("Enter")
        page.wait_for_load_state("networkidle")

    return step


def click(selector: str) -> Step:
    """Press something and wait for what it brings."""

    def step(page: Page) -> None:
        page.locator(selector).first.click()
        page.wait_for_load_state("networkidle")

    return step


def mark(selector: str) -> Step:
    """Choose an answer."""

    def step(page: Page) -> None:
        page.locator(selector).first.check(force=True)

    return step


CASE = follow("tr:has-text('Škola i smeštaj posle povratka') a[href^='/cases/']")
GROUP = follow("tr:has-text('Gradilište') a[href^='/cases/']")
MOTHER = (search("Radmila Đukanović"), follow("main a[href^='/people/0']"))
DAUGHTER = (search("Teodora Đukanović"), follow("main a[href^='/people/0']"))
SAVE = click("main .astra-form-end .govuk-button, main form .govuk-button")
TASK = follow("#tasks a[href^='/cases/tasks/']")
CHAT = (follow("tr:not(:has(button)) [id^=open-]"),)
PARTNER = follow("tr:has-text('Suncokret') a")
CONSENTS = (CASE, follow("a[href^='/consent/people/']"))


def at(path: str) -> Step:
    """A page below the present one."""

    def step(page: Page) -> None:
        page.goto(page.url.rstrip("/") + "/" + path)

    return step


OFFER = (follow("tr a[href*='/offers/0']"),)
ANSWER = (follow("tr:has-text('Hotel Primerhof') a[href*='/offers/0']"), at("answer/"))
CHECKED = (follow("tr:has-text('Sunčani') a"),)
OFFERS = (
    Shot("figures", "jelena", "/contacts/figures/?period=this_year"),
    Shot("offers", "mira", "/contacts/offers/"),
    Shot("offers-done", "mira", "/contacts/offers/?show=done"),
    Shot("offer", "mira", "/contacts/offers/", OFFER),
    Shot("offer-new", "mira", "/contacts/offers/new/", (fill("input[name=employer]", "suncni pu"),)),
    Shot("offer-change", "mira", "/contacts/offers/", (*OFFER, at("change/"))),
    Shot("offer-answer", "mira", "/contacts/offers/", ANSWER),
    Shot("offer-promise", "mira", "/contacts/offers/", (*OFFER, at("promise/"))),
    Shot("offer-of-conversation", "mira", "/contacts/conversations/", (*CHAT, follow("a[href*='?conversation_id=']"))),
    Shot("register", "mira", "/contacts/offers/register/"),
    Shot("register-entry", "mira", "/contacts/offers/register/", CHECKED),
    Shot("register-add", "mira", "/contacts/offers/register/add/"),
    Shot("directory-map", "mira", "/directory/map/"),
)

ENTRANCE = (
    Shot("sign-in", "", "/sign-in/"),
    Shot("sign-in-refused", "", "/sign-in/", (fill("input[name=login]", "nobody"), click("main .govuk-button"))),
    Shot("without-keys", "", "/contacts/without-keys/"),
    Shot("locked", "tara", "/my/", (click("[data-lock-form] button"),)),
    Shot("unlock", "nina", "/unlock/"),
)
DAYS = (
    Shot("my-day-counsellor", "mira", "/"),
    Shot("my-day-case-worker", "vesna", "/"),
    Shot("my-day-coordinator", "jelena", "/"),
    Shot("my-day-volunteer", "lara", "/"),
    Shot("my-day-data-protection", "ana", "/"),
    Shot("my-day-administrator", "petar", "/"),
    Shot("my-day-educator", "outsider", "/"),
)
HOTLINE = (
    Shot("contacts", "mira", "/contacts/"),
    Shot("contacts-narrowed", "mira", "/contacts/?kind=about_self&topic=job_offer_check"),
    Shot("contacts-none", "mira", "/contacts/?kind=press"),
    Shot("contacts-one-click", "mira", "/contacts/", (click("button[name=kind][value=silent]"),)),
    Shot("contact-new", "mira", "/contacts/new/"),
    Shot("contact-new-empty", "mira", "/contacts/new/", (click("button[name=save][value=done]"),)),
    Shot("contact-new-known", "mira", "/contacts/new/", (fill("input[name=caller_name]", "Radmila Đuk"),)),
    Shot(
        "contact-new-child",
        "mira",
        "/contacts/new/",
        (
            mark("input[name=kind][value=about_someone]"),
            click("details summary"),
            fill("input[name=about]", "Teodora Đukanović"),
            click("#known button >> nth=1"),
        ),
    ),
    Shot("contact-new-volunteer", "lara", "/contacts/new/"),
    Shot("contact", "mira", "/contacts/", (follow("tr:has-text('Radmila') a"),)),
    Shot("contact-to-review", "jelena", "/contacts/review/", (follow("main td a"),)),
    Shot("conversations", "mira", "/contacts/conversations/"),
    Shot("conversations-volunteer", "lara", "/contacts/conversations/"),
    Shot("conversation", "mira", "/contacts/conversations/", CHAT),
    Shot("conversation-free", "mira", "/contacts/conversations/", (follow("[id^=open-]"),)),
    Shot("conversation-answers", "mira", "/contacts/conversations/", (*CHAT, click("summary[data-key=r]"))),
    Shot("conversation-logged", "mira", "/contacts/conversations/", (*CHAT, follow("a[href*='?conversation=']"))),
    Shot("callbacks", "mira", "/contacts/callbacks/"),
    Shot("callback", "mira", "/", (follow("a[href^='/contacts/callbacks/']:not([href$='callbacks/'])"),)),
    Shot("drafts", "mira", "/contacts/drafts/"),
    Shot("drafts-none", "milena", "/contacts/drafts/"),
    Shot("draft-discard", "mira", "/contacts/drafts/", (follow("a[href$='/discard/']"),)),
    Shot("review", "jelena", "/contacts/review/"),
    Shot("vouch", "mira", "/contacts/vouch/"),
)
PEOPLE = (
    Shot("people", "mira", "/people/"),
    Shot("people-search", "mira", "/people/", (search("Đukanovic"),)),
    Shot("people-duplicates", "mira", "/people/duplicates/?further=1"),
    Shot("people-another-file", "mira", "/people/", (*DAUGHTER, at("merge/"))),
    Shot("people-nobody", "mira", "/people/", (search("Xyzxyz"),)),
    Shot("person", "mira", "/people/", DAUGHTER),
    Shot("person-identity", "mira", "/people/", (*DAUGHTER, at("identity/"))),
    Shot("person-contact", "mira", "/people/", (*MOTHER, at("contact/"))),
    Shot("person-safety", "mira", "/people/", (*MOTHER, at("safety/"))),
    Shot("person-whereabouts", "mira", "/people/", (*DAUGHTER, at("whereabouts/"))),
    Shot("person-guardian", "mira", "/", (follow("main a[href^='/people/0']"), at("guardian/"))),
    Shot("person-merge", "mira", "/people/", (*DAUGHTER, at("merge/"))),
    Shot("person-new", "mira", "/people/new/"),
    Shot("person-consents", "vesna", "/cases/", CONSENTS),
    Shot("consent-record", "vesna", "/cases/", (*CONSENTS, at("record/"))),
    Shot("consent-danger", "vesna", "/cases/", (*CONSENTS, at("danger/"))),
    Shot("consent-ask", "vesna", "/cases/", (*CONSENTS, at("ask/"))),
    Shot("consent-withdraw", "vesna", "/cases/", (*CONSENTS, follow("a[href$='/withdraw/']"))),
    Shot("consents-due", "jelena", "/consent/"),
)
CASES = (
    Shot("cases", "vesna", "/cases/"),
    Shot("cases-none", "milena", "/cases/"),
    Shot("case", "vesna", "/cases/", (CASE,)),
    Shot("case-for-psychologist", "dunja", "/cases/", (CASE,)),
    Shot("case-group", "vesna", "/cases/", (GROUP,)),
    Shot("case-new", "mira", "/cases/new/"),
    Shot("case-new-empty", "mira", "/cases/new/", (SAVE,)),
    Shot("case-group-new", "mira", "/cases/new/group/"),
    Shot("case-story", "vesna", "/cases/", (CASE, at("summary/"))),
    Shot("case-ground", "vesna", "/cases/", (CASE, at("ground/"))),
    Shot("case-facts", "vesna", "/cases/", (CASE, at("facts/"))),
    Shot("case-add-person", "vesna", "/cases/", (CASE, at("people/new/"))),
    Shot("case-add-contacts", "vesna", "/cases/", (CASE, at("contacts/new/"))),
    Shot("case-add-document", "vesna", "/cases/", (CASE, at("documents/new/"))),
    Shot("case-task-new", "vesna", "/cases/", (CASE, at("tasks/new/"))),
    Shot("case-task", "vesna", "/cases/", (CASE, TASK)),
    Shot("case-team", "vesna", "/cases/", (CASE, at("team/"))),
    Shot("case-wall", "jelena", "/cases/", (CASE, at("wall/"))),
    Shot("case-hold", "vesna", "/cases/", (CASE, at("hold/"))),
    Shot("case-close", "vesna", "/cases/", (CASE, at("close/"))),
    Shot("case-menu", "vesna", "/cases/", (CASE, click(".astra-identity .astra-menu > summary"))),
    Shot("case-print", "vesna", "/cases/", (CASE, at("print/"))),
    Shot("hand-over", "vesna", "/cases/hand-over/"),
    Shot("hand-over-one", "vesna", "/cases/", (CASE, at("hand-over/"))),
    Shot("hand-over-received", "mira", "/cases/hand-over/"),
)
OFFICE = (
    Shot("directory", "vesna", "/directory/"),
    Shot("directory-organisation", "vesna", "/directory/", (PARTNER,)),
    Shot("directory-contacts", "vesna", "/directory/", (PARTNER, at("contacts/"))),
    Shot("directory-edit", "vesna", "/directory/", (PARTNER, at("edit/"))),
    Shot("directory-add", "vesna", "/directory/add/"),
    Shot("directory-none", "vesna", "/directory/?name=xyzxyz"),
    Shot("colleagues", "jelena", "/colleagues/"),
    Shot("colleague", "petar", "/colleagues/", (follow("tr:has-text('Vesna') a"),)),
    Shot("colleague-roles", "petar", "/colleagues/", (follow("tr:has-text('Vesna') a"), at("roles/"))),
    Shot("colleague-training", "petar", "/colleagues/", (follow("tr:has-text('Vesna') a"), at("preparation/"))),
    Shot("colleague-forgot", "petar", "/colleagues/", (follow("tr:has-text('Vesna') a"), at("help-back/"))),
    Shot("colleague-leaves", "petar", "/colleagues/", (follow("tr:has-text('Vesna') a"), at("leave/"))),
    Shot("colleague-invite", "petar", "/colleagues/invite/"),
    Shot("everybody-out", "petar", "/colleagues/sign-everybody-out/"),
    Shot("account", "mira", "/my/"),
    Shot("account-words", "mira", "/my/words/"),
    Shot("account-second-factor", "mira", "/my/second-factor/"),
    Shot("audit-log", "ana", "/log/"),
    Shot("audit-entry", "ana", "/log/?what=people.searched", (follow("td a[href^='/log/']"),)),
    Shot("audit-log-none", "ana", "/log/?day=1.1.2020."),
    Shot("erasure", "ana", "/erasure/"),
    Shot("keys", "jelena", "/keys/"),
    Shot("emergency", "jelena", "/emergency/"),
    Shot("nothing-here", "mira", f"/people/{NOBODY}/"),
    Shot("not-her-desk", "mira", "/log/"),
    Shot("only-after-a-form", "mira", "/contacts/quick/"),
)
SHOTS = (*ENTRANCE, *DAYS, *HOTLINE, *OFFERS, *PEOPLE, *CASES, *OFFICE)
