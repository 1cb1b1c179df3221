"""Can a shift be begun, read and handed over with the keyboard alone, and can everybody read these pages?"""

import re
from collections.abc import Callable
from datetime import date, timedelta
from uuid import UUID

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from astra.demo.pytest_browser import found_by_axe, press
from astra.demo.pytest_cast import Cast
from astra.hotline import selectors, services
from astra.hotline.entries import NewContact
from astra.hotline.models import Handover, HandoverPoint, Shift
from astra.hotline.rules import rota
from astra.hotline.rules.interpreters import Facts
from astra.hotline.sections import InterpreterWords
from astra.hotline.services import NewShift
from astra.hotline.tests.test_keyboard import signed_in
from astra.hotline.tests.test_quality import lately
from astra.kernel.clock import now, today

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True, databases=["default", "keystore"])]
SOS = "sos_trafficking"


def address(name: str, *args: object) -> str:
    return reverse(f"hotline:{name}", args=args)


def planned(cast: Cast, who: str, *, hours: float = 6, role: str = rota.ON_LINE) -> NewShift:
    begins = now() - timedelta(minutes=20)
    span = rota.Span(begins, begins + timedelta(hours=hours))
    return NewShift(cast.employed[who].id, role, (SOS,), span)


def test_a_shift_with_the_keyboard_alone(cast: Cast, page: Page, live_server: LiveServer) -> None:
    services.plan_shifts(actor=cast.actor("jelena"), shifts=[planned(cast, "mira")])
    services.add_point(actor=cast.actor("sanja"), kind="at_risk", line=SOS, words="The one in the hotel")
    services.hand_over(actor=cast.actor("sanja"), lines=[SOS])
    faults = signed_in(page, live_server, cast, "mira")
    page.goto("/")
    press(page, "g")
    press(page, "s")
    expect(page).to_have_url(re.compile(r"/shifts/$"))
    while page.evaluate("document.activeElement.textContent.trim()") != "I begin":
        press(page, "Tab")
    press(page, "Enter")
    expect(page).to_have_url(re.compile(r"/handover/$"))
    expect(page.get_by_text("The one in the hotel")).to_be_visible()
    press(page, "t")
    expect(page.get_by_text("has read it")).to_be_visible()
    page.locator('[name="kind"]').focus()
    page.keyboard.type("May")
    while page.evaluate("document.activeElement.name") != "words":
        press(page, "Tab")
    page.keyboard.type("Her sister at six; say good evening first.")
    press(page, "Control+Enter")
    expect(page.locator(".astra-point")).to_have_count(2)
    while not page.evaluate("document.activeElement.textContent.trim().startsWith('Done')"):
        press(page, "Tab")
    press(page, "Enter")
    expect(page.locator(".astra-point")).to_have_count(1)
    while page.evaluate("document.activeElement.textContent.trim()") != "I hand over now":
        press(page, "Tab")
    press(page, "Enter")
    expect(page.get_by_text("Handed over.")).to_be_visible()
    assert Shift.objects.get().began_at is not None
    assert Handover.objects.filter(acknowledged_at=None).count() == 1
    assert HandoverPoint.objects.get(done_at=None).kind == "may_call"
    assert faults == []


@pytest.mark.parametrize("width", [1280, 390])
def test_axe_finds_nothing_and_no_page_is_wider_than_the_screen(
    cast: Cast, page: Page, live_server: LiveServer, make: Callable[..., NewContact], width: int
) -> None:
    mira, jelena = cast.actor("mira"), cast.actor("jelena")
    twice = [planned(cast, "jelena"), planned(cast, "jelena", role=rota.ON_CALL), planned(cast, "mira", hours=20)]
    shift = services.plan_shifts(actor=jelena, shifts=twice)[2]
    services.begin_shift(actor=mira, shift_id=shift)
    services.ask_swap(actor=jelena, shift_id=_own(cast), member_id=cast.mira.id)
    services.set_day_apart(actor=jelena, line=SOS, day=today() + timedelta(days=3), opens=None, closes=None)
    services.add_point(actor=mira, kind="at_risk", line=SOS, words="The one in the hotel")
    services.hand_over(actor=mira, lines=[SOS])
    contact = services.record_contact(actor=mira, contact=make(minutes=200))
    services.mark_hard(actor=mira, contact_id=contact)
    services.write_debrief(actor=mira, kind="own", words="Hard.", for_coordination="I need a free Friday.")
    danger = services.open_danger(actor=mira, situation="suicidal", line=SOS, place="By the river", contact_id=contact)
    facts = Facts(("ar",), "female", is_sworn=True, signed_on=date(2026, 1, 12))
    her = services.add_interpreter(actor=jelena, facts=facts, words=InterpreterWords("Samira", "064"))
    call = services.choose_interpreter(actor=jelena, interpreter_id=her, language="ar", conflict="accepted")
    (drawn,) = services.draw_sample(actor=jelena, month=lately(), n=1, seed=1)
    faults = signed_in(page, live_server, cast, "jelena")
    page.set_viewport_size({"width": width, "height": 900})
    places = [
        *(address(name) for name in ("shifts", "plan", "own_shifts", "opening_hours", "step_in", "handover")),
        *(address(name) for name in ("danger_now", "debriefs", "load", "add_interpreter")),
        f"{address('interpreters')}?language=ar",
        address("interpreting", call),
        address("quality"),
        address("quality_review", drawn),
        address("shift", shift),
        address("danger", danger),
        address("contact", contact),
        "/",
    ]
    for place in places:
        page.goto(place)
        page.evaluate("for (const one of document.querySelectorAll('main details')) one.open = true")
        assert found_by_axe(page) == [], place
        assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0, place
    press(page, "F8")
    expect(page.locator("#danger-beside h1")).to_be_visible()
    assert found_by_axe(page) == []
    assert selectors.dangers_for(cast.actor("jelena"))
    assert faults == []


def _own(cast: Cast) -> UUID:
    found: UUID = Shift.objects.filter(member=cast.jelena.id).values_list("pk", flat=True)[0]
    return found
