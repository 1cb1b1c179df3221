"""Is somebody at the desk told at once that it rings, and by whom, and can she log it with the keyboard alone?"""

import re
import time
from datetime import timedelta
from http import HTTPStatus

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from astra.audit.models import Pending
from astra.demo.pytest_browser import found_by_axe, press
from astra.demo.pytest_cast import Cast
from astra.hotline.models import Call, Contact, LineNumber
from astra.hotline.tests.calling import answered, missed, rings
from astra.hotline.tests.test_keyboard import signed_in
from astra.kernel.clock import now
from astra.people import services as people
from astra.people.rules.persons import ContactDetail, ContactDetails, Identity, Name, SafeRule, Safety

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "keystore"])
FETCH = {"X-Requested-With": "fetch"}


def known(cast: Cast, *rules: SafeRule) -> None:
    people.register_person(
        actor=cast.actor("mira"),
        identity=Identity(names=(Name(text="Izmišljena Osoba"),)),
        details=ContactDetails((ContactDetail(kind="mobile", value="060 111 22 23"),)),
        safety=Safety(rules),
    )


def shown(cast: Cast, name: str, page: str, *parameters: object) -> str:
    response = cast.client(name).get(reverse(page, args=parameters))
    assert response.status_code == HTTPStatus.OK, response.status_code
    return re.sub(r"\s+", " ", response.content.decode())


def test_who_rings_is_said_with_what_must_be_known(cast: Cast) -> None:
    known(cast, SafeRule("code_word", "jasen"))
    _, call_id = rings()
    html = shown(cast, "mira", "hotline:caller", call_id)
    assert "Izmišljena Osoba" in html
    assert "jasen" in html
    assert "0601112223" not in html, "the number itself is nobody's concern while it rings"


def test_what_rings_is_shown_without_opening_anything(cast: Cast) -> None:
    rings()
    client = cast.client("mira")
    before = Pending.objects.count()
    html = client.get(reverse("hotline:calls_now")).content.decode()
    assert "data-call=" in html
    assert Pending.objects.count() == before
    assert "data-call=" not in cast.client("outsider").get(reverse("hotline:calls_now")).content.decode()


def test_many_calls_at_once_do_not_bury_the_page(cast: Cast) -> None:
    for _ in range(6):
        answered()
    _, newest = rings()
    client = cast.client("mira")
    client.cookies["language"] = "en"
    html = client.get(reverse("hotline:calls_now")).content.decode()
    assert html.count("data-call=") == 3
    assert html.index(f'data-call="{newest}"') == html.index("data-call="), "what rings comes first"
    assert "4 more calls" in html


@pytest.mark.parametrize(("given", "said"), [({"number": ""}, "told no number"), ({"is_withheld": True}, "withholds")])
def test_a_number_that_is_not_known(cast: Cast, given: dict[str, object], said: str) -> None:
    rings(**given)
    client = cast.client("mira")
    client.cookies["language"] = "en"
    assert said in client.get(reverse("hotline:calls_now")).content.decode()


def test_nobody_is_shown_a_number_that_may_not_be_called(cast: Cast) -> None:
    missed()
    html = shown(cast, "mira", "hotline:calls")
    assert "tel:" not in html
    assert "1112223" not in html
    known(cast, SafeRule("call_only_between", "posle 18"))
    html = shown(cast, "mira", "hotline:calls")
    assert "tel:+381601112223" in html
    assert "posle 18" in html


def test_without_a_script_everything_is_a_form(cast: Cast) -> None:
    client = cast.client("mira")
    _, first = answered()
    for page, data in (("take_call", {}), ("log_call", {"kind": "silent"})):
        answer = client.post(reverse(f"hotline:{page}", args=[first]), data)
        assert (answer.status_code, answer["Location"]) == (302, reverse("hotline:calls"))
    assert Contact.objects.get().kind == "silent"
    _, second = missed()
    assert client.post(reverse("hotline:settle_call", args=[second]), {"outcome": "nothing"}).status_code == 302
    assert client.post(reverse("hotline:forget_number", args=[second])).status_code == 302
    assert Call.objects.get(pk=second).caller_id == "forgotten"
    assert client.post(reverse("hotline:sit_at"), {"extension": "21"}).status_code == 302
    assert client.post(reverse("hotline:sit_at"), {"extension": "no"}).status_code == 200
    assert "21" in shown(cast, "mira", "hotline:calls")


def test_a_script_stays_on_its_page(cast: Cast) -> None:
    _, call_id = answered()
    client = cast.client("mira")
    take = reverse("hotline:take_call", args=[call_id])
    assert client.post(take, headers=FETCH).status_code == HTTPStatus.NO_CONTENT
    other = cast.client("jelena").post(take, headers=FETCH)
    assert other.status_code == HTTPStatus.CONFLICT
    assert other.json()["messages"]
    log = reverse("hotline:log_call", args=[call_id])
    assert client.post(log, {"kind": "about_self"}, headers=FETCH).status_code == HTTPStatus.BAD_REQUEST
    assert client.post(log, {"kind": "thanks"}, headers=FETCH).status_code == HTTPStatus.NO_CONTENT


def test_the_full_form_is_prefilled_and_logs_the_call(cast: Cast) -> None:
    _, call_id = answered(at=now() - timedelta(minutes=3))
    contact = Contact.objects.get()
    client = cast.client("mira")
    html = client.get(reverse("hotline:change", args=[contact.pk])).content.decode()
    assert 'value="sos_trafficking" selected' in html
    assert contact.received_at.astimezone().strftime(":%M") in html
    data = {
        "kind": "about_self",
        "line": "sos_trafficking",
        "received_at_0": contact.received_at.strftime("%Y-%m-%d"),
        "received_at_1": "00:01",
        "said": "Pitala je za prevoz.",
        "channel": "voice",
        "language": "sr",
    }
    assert client.post(reverse("hotline:change", args=[contact.pk]), data).status_code == 302
    logged = Contact.objects.get()
    assert (logged.standing, logged.kind) == ("recorded", "about_self")
    assert Call.objects.get(pk=call_id).contact_id == logged.pk


def test_the_numbers_of_the_lines(cast: Cast) -> None:
    client, address = cast.client("jelena"), reverse("hotline:line_numbers")
    assert client.post(address, {"number": "011 33 44 555", "line": "office"}).status_code == 302
    assert client.post(address, {"number": "none", "line": "office"}).status_code == 200
    assert "0113344555" in client.get(address).content.decode()
    assert client.post(address, {"remove": "0113344555"}).status_code == 302
    assert LineNumber.objects.count() == 0


# ---- In a browser


@pytest.mark.browser
def test_a_call_with_the_keyboard_alone(cast: Cast, page: Page, live_server: LiveServer) -> None:
    known(cast, SafeRule("code_word", "jasen"))
    faults = signed_in(page, live_server, cast, "mira")
    page.goto(reverse("hotline:callbacks"))
    expect(page.locator("[data-calls]")).to_be_attached()
    began = time.monotonic()
    ringing, call_id = rings(at=now())
    banner = page.locator(".astra-ring")
    expect(banner).to_be_visible()
    assert time.monotonic() - began < 5, "it came by itself, without the bell"
    expect(page.get_by_role("heading", name=re.compile("is ringing"))).to_be_visible()
    expect(page.locator("[data-calls-heard]")).to_have_text(re.compile("is ringing"))
    expect(banner.get_by_text("Izmišljena Osoba")).to_be_visible()
    expect(banner.get_by_text("jasen")).to_be_visible()
    expect(banner.locator("[data-since]")).to_have_text(re.compile(r"^0:0\d$"))
    assert found_by_axe(page) == []
    press(page, "A")
    expect(page.get_by_role("heading", name=re.compile("You answered"))).to_be_visible()
    assert Call.objects.get().answered_by_id == cast.actor("mira").id
    ringing.say("answered", after_s=1)
    press(page, "O", "Tab", "Enter")
    expect(banner).to_have_count(0)
    contact = Contact.objects.get()
    assert (contact.standing, contact.kind) == ("recorded", "silent")
    assert page.url.endswith(reverse("hotline:callbacks")), "she never left her page"
    assert Call.objects.get(pk=call_id).contact_id == contact.pk
    assert faults == []


@pytest.mark.browser
def test_the_form_of_a_call_with_the_keyboard_alone(cast: Cast, page: Page, live_server: LiveServer) -> None:
    signed_in(page, live_server, cast, "mira")
    page.goto(reverse("hotline:contacts"))
    answered(at=now() - timedelta(seconds=40))
    expect(page.locator(".astra-ring")).to_be_visible()
    press(page, "W")
    expect(page.locator("#contact-form")).to_be_visible()
    press(page, "1", "Control+Enter")
    expect(page.get_by_text("The contact is saved.")).to_be_visible()
    assert Contact.objects.get().standing == "recorded"


@pytest.mark.browser
def test_the_page_of_calls_keeps_itself_up_to_date(cast: Cast, page: Page, live_server: LiveServer) -> None:
    known(cast, SafeRule("call_only_between", "posle 18"))
    signed_in(page, live_server, cast, "jelena")
    page.goto(reverse("hotline:calls"))
    expect(page.get_by_text("No call was missed.")).to_be_visible()
    missed()
    expect(page.get_by_role("link", name="+381601112223")).to_be_visible()
    ringing, _ = answered()
    ringing.say("ended", after_s=25)
    expect(page.get_by_role("button", name="She asked to stay unknown")).to_be_visible()
    assert found_by_axe(page) == []
    page.get_by_role("button", name="Called back").click()
    expect(page.get_by_text("No call was missed.")).to_be_visible()
    page.goto(reverse("hotline:line_numbers"))
    assert found_by_axe(page) == []
