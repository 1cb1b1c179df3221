"""Do drafts, the lock, "known?" and the keys do what a counsellor relies on, also when the connection is away?"""

from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Dialog, Page, Response, expect

from astra.sites.desk.tests.stage import ORIGIN, Answer, Stage, render

pytestmark = pytest.mark.browser

DRAFT = "form[data-draft-url]"


class Server:
    """Answers as the desk would; a test turns its switches."""

    def __init__(self) -> None:
        self.draft: Answer = (204, "")
        self.known = "<p>Lasta 14</p>"
        self.passphrase = "six little words"

    def __call__(self, path: str, form: dict[str, list[str]]) -> Answer:
        if path == "/draft":
            return self.draft
        if path == "/known":
            return (200, self.known)
        if path == "/unlock":
            return (204, "") if form["passphrase"] == [self.passphrase] else (400, "")
        return (204, "")


@pytest.fixture
def server() -> Server:
    return Server()


@pytest.fixture
def stage(browser: Browser, server: Server) -> Stage:
    return Stage(browser, render(language="en", failed_form=None), answer=server)


def _state(page: Page, state: str) -> None:
    expect(page.locator(f"{DRAFT} [data-draft-state={state}]")).to_be_visible()


def _is_answered(response: Response) -> bool:
    """Whether this answers the form itself, not its draft."""
    return response.request.method == "POST" and urlsplit(response.url).path == "/"


def test_what_is_typed_is_kept_without_asking(stage: Stage) -> None:
    page = stage.open()
    page.fill("#id_said", "Majka zove zbog ćerke.")
    with page.expect_request("**/draft"):
        pass
    _state(page, "saved")
    sent = stage.posts("/draft")[-1]
    page.close()
    assert sent["said"] == ["Majka zove zbog ćerke."]
    assert "csrfmiddlewaretoken" not in sent
    assert "passphrase" not in sent
    assert stage.faults == []


def test_what_is_typed_before_the_scripts_are_there_is_kept_and_known(stage: Stage) -> None:
    page, let_scripts_in = stage.open_before_its_scripts()
    page.fill("#id_said", "Majka zove zbog ćerke.")
    page.fill("#id_name", "Milica")
    with page.expect_request("**/draft"):
        let_scripts_in()
    _state(page, "saved")
    assert stage.posts("/draft")[-1]["said"] == ["Majka zove zbog ćerke."]
    expect(page.locator("#known")).to_have_text("Lasta 14")
    page.close()


def test_a_page_that_nobody_touched_makes_no_draft(stage: Stage) -> None:
    page = stage.open(clock=True)
    page.clock.run_for(10_000)
    assert stage.asked == []
    page.close()


def test_not_saved_is_shouted_and_tried_again(stage: Stage, server: Server) -> None:
    server.draft = None
    page = stage.open(clock=True)
    page.fill("#id_said", "Majka zove.")
    page.clock.run_for(1500)
    _state(page, "unsaved")
    server.draft = (204, "")
    page.clock.run_for(3000)
    _state(page, "saved")
    page.close()


def test_signed_out_keeps_the_words_and_says_how_to_go_on(stage: Stage, server: Server) -> None:
    server.draft = (403, "")
    page = stage.open()
    page.fill("#id_said", "Majka zove.")
    _state(page, "away")
    assert page.input_value("#id_said") == "Majka zove."
    page.close()


def test_a_conflict_is_left_to_people(stage: Stage, server: Server) -> None:
    server.draft = (409, "")
    page = stage.open(clock=True)
    page.fill("#id_said", "Majka zove.")
    page.clock.run_for(1500)
    _state(page, "conflict")
    page.clock.run_for(60_000)
    page.close()
    assert len(stage.posts("/draft")) == 1


def test_form_is_not_sent_into_a_dead_line(stage: Stage, server: Server) -> None:
    server.draft = None
    page = stage.open()
    page.fill("#id_said", "Majka zove.")
    page.locator(DRAFT).get_by_role("button", name="Sačuvaj").click()
    _state(page, "unsaved")
    assert stage.posts("/") == []
    server.draft = (204, "")
    with page.expect_response(_is_answered):
        page.locator(DRAFT).get_by_role("button", name="Sačuvaj").click()
    page.close()
    assert len(stage.posts("/")) == 1


def test_leaving_with_unsaved_words_asks_first(stage: Stage, server: Server) -> None:
    server.draft = None
    page = stage.open()
    asked: list[str] = []

    def answer(dialog: Dialog) -> None:
        asked.append(dialog.type)
        dialog.accept()

    page.on("dialog", answer)
    page.locator("#id_said").press_sequentially("Majka")
    _state(page, "unsaved")
    page.goto(f"{ORIGIN}/elsewhere")
    page.close()
    assert asked == ["beforeunload"]


def test_lock_covers_everything_and_unlocking_returns_to_the_same_place(stage: Stage) -> None:
    page = stage.open()
    page.fill("#id_said", "Majka zove zbog ćerke.")
    page.evaluate("document.getElementById('id_said').setSelectionRange(6, 6)")
    page.locator("#id_said").press("Escape")
    page.locator("#id_said").focus()
    page.evaluate("document.getElementById('id_said').setSelectionRange(6, 6)")
    with page.expect_request("**/lock"):
        page.evaluate("document.querySelector('[data-lock-form]').requestSubmit()")
    expect(page.locator("[data-lock-cover]")).to_be_visible()
    expect(page.locator("#main")).to_be_hidden()
    assert page.evaluate("document.getElementById('main').closest('[inert]') !== null")
    page.fill("#unlock-passphrase", "wrong")
    page.keyboard.press("Enter")
    expect(page.locator("[data-unlock-error=wrong]")).to_be_visible()
    assert page.input_value("#unlock-passphrase") == ""
    page.fill("#unlock-passphrase", "six little words")
    page.keyboard.press("Enter")
    expect(page.locator("#main")).to_be_visible()
    assert page.evaluate("[document.activeElement.id, document.activeElement.selectionStart]") == ["id_said", 6]
    assert page.input_value("#id_said") == "Majka zove zbog ćerke."
    page.close()
    assert stage.posts("/draft"), "words are kept before the lock is told"
    assert len(stage.posts("/lock")) == 1
    assert [list(form) for form in stage.posts("/unlock")] == [["csrfmiddlewaretoken", "passphrase"]] * 2


def test_nobody_there_locks_after_a_warning(stage: Stage) -> None:
    page = stage.open(clock=True)
    page.clock.run_for(14 * 60_000 + 10_000)
    expect(page.locator("[data-idle-warning]")).to_be_visible()
    page.clock.run_for(60_000)
    expect(page.locator("[data-lock-cover]")).to_be_visible()
    page.close()


def test_a_key_stays_the_lock(stage: Stage) -> None:
    page = stage.open(clock=True)
    page.clock.run_for(14 * 60_000 + 10_000)
    page.keyboard.press("Shift")
    page.clock.run_for(60_000)
    expect(page.locator("[data-lock-cover]")).to_be_hidden()
    page.close()


def test_an_open_call_holds_the_lock_for_an_hour(stage: Stage) -> None:
    stage.html = stage.html.replace('<form class="astra-panel"', '<form data-holds-lock class="astra-panel"')
    page = stage.open(clock=True)
    page.clock.run_for(58 * 60_000)
    expect(page.locator("[data-lock-cover]")).to_be_hidden()
    page.clock.run_for(3 * 60_000)
    expect(page.locator("[data-lock-cover]")).to_be_visible()
    page.close()


def test_on_a_phone_the_answer_stands_under_the_field_that_asked(stage: Stage) -> None:
    beside = '<aside class="astra-aside"><div class="astra-known" id="known"></div></aside>'
    stage.html = stage.html.replace('id="known"', 'id="elsewhere"').replace("</main>", f"{beside}</main>", 1)
    stage.width = 390
    page = stage.open()
    page.fill("#id_name", "Milica")
    expect(page.locator("#known")).to_have_text("Lasta 14")
    assert page.evaluate("document.querySelector('[data-known-url]').nextElementSibling.id") == "known"
    page.close()


def test_known_answers_while_typing_and_never_in_an_address(stage: Stage, server: Server) -> None:
    page = stage.open()
    page.locator("#id_name").press_sequentially("Mi")
    page.wait_for_timeout(400)
    assert stage.posts("/known") == []
    page.locator("#id_name").press_sequentially("lica")
    expect(page.locator("#known")).to_have_text("Lasta 14")
    assert stage.posts("/known")[-1] == {"name": ["Milica"]}
    server.known = ""
    page.fill("#id_name", "")
    expect(page.locator("#known")).to_have_text("")
    page.close()


def test_keys_lead_to_desks_fields_and_help(stage: Stage) -> None:
    page = stage.open()
    page.keyboard.press("g")
    page.keyboard.press("p")
    page.wait_for_url("**/#people")
    page.evaluate("document.activeElement.blur()")
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.id") == "search-everywhere"
    page.keyboard.type("n?")
    assert page.input_value("#search-everywhere") == "n?"
    page.keyboard.press("Escape")
    page.keyboard.press("?")
    expect(page.locator("#keyboard-help")).to_contain_text("Novi kontakt")
    page.get_by_role("button", name="Turn single-key").click()
    page.keyboard.press("Escape")
    page.keyboard.press("n")
    assert not page.url.endswith("#new")
    page.close()


def test_words_typed_on_a_box_to_tick_choose_nothing(stage: Stage) -> None:
    stage.html = stage.html.replace("</form>", '<input type="checkbox" id="tick"></form>', 1)
    page = stage.open()
    page.locator("#tick").focus()
    page.keyboard.type("g p u 10 n")
    page.wait_for_timeout(300)
    assert "#" not in page.url
    assert page.evaluate("document.activeElement.id") == "tick"
    page.close()


def test_keys_work_on_a_cyrillic_keyboard(stage: Stage) -> None:
    page = stage.open()
    for key, code in (("г", "KeyG"), ("ц", "KeyC")):
        page.evaluate(
            "([key, code]) => document.body.dispatchEvent(new KeyboardEvent('keydown', {key, code, bubbles: true}))",
            [key, code],
        )
    page.wait_for_url("**/#contacts")
    page.close()


def test_ctrl_enter_saves_the_form_one_is_in(stage: Stage) -> None:
    page = stage.open()
    page.fill("#id_said", "Majka zove.")
    with page.expect_response(_is_answered):
        page.locator("#id_said").press("Control+Enter")
    page.close()
    assert stage.posts("/")[-1]["said"] == ["Majka zove."]


def test_now_and_parts_that_appear_when_they_apply(stage: Stage) -> None:
    page = stage.open()
    page.get_by_role("button", name="Sada").click()
    assert page.evaluate("document.getElementById('id_day').value.length") == 10
    assert page.evaluate("document.getElementById('id_time').value.length") == 5
    expect(page.locator("#id_done")).to_be_hidden()
    page.get_by_label("Ćutanje").check()
    expect(page.locator("#id_done")).to_be_visible()
    page.close()
