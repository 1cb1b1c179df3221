"""Do the pages of the team stand in a real browser, with nothing for axe to find and by the keyboard alone?"""

from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from astra.demo.pytest_browser import found_by_axe, press
from astra.demo.pytest_cast import Cast
from astra.hotline import services
from astra.hotline.sections import PlanWords
from astra.hotline.tests.calling import Ringing
from astra.hotline.tests.test_keyboard import signed_in
from astra.kernel.clock import now, today

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True, databases=["default", "keystore"])]


def laid_out(cast: Cast) -> tuple[UUID, UUID]:
    """A plan, three silent calls, a point with a decision, a note of supervision, a conversation."""
    mira, jelena = cast.actor("mira"), cast.actor("jelena")
    planned = services.Planned(PlanWords("Ptica", "Listen first."), today() + timedelta(days=20), cast.mira.id)
    plan = services.make_plan(actor=mira, planned=planned)
    for minutes in (50, 30, 9):
        call = Ringing(at=now() - timedelta(minutes=minutes))
        for kind, after_s in (("ringing", 0), ("answered", 5), ("ended", 15)):
            call.say(kind, after_s=after_s)
    services.flag_point(actor=mira, words="Who orders the headsets?")
    meeting = services.begin_meeting(actor=jelena, held_on=today(), present=[cast.mira.id])
    services.found_supervision(actor=jelena, members=[cast.mira.id])
    services.write_supervision(actor=mira, words="She carries much.")
    visiting, _, _ = services.begin_conversation(line="sos_trafficking", language="sr-latn")
    services.write(visiting=visiting, text="Dobar dan", mark=uuid4())
    return plan, meeting


def test_axe_finds_nothing_on_the_pages_of_the_team(cast: Cast, page: Page, live_server: LiveServer) -> None:
    plan, meeting = laid_out(cast)
    faults = signed_in(page, live_server, cast, "mira")
    for address in (
        reverse("hotline:regulars"),
        reverse("hotline:regular", args=[plan]),
        reverse("hotline:new_regular"),
        reverse("hotline:silent"),
        reverse("hotline:calls"),
        reverse("hotline:supervision"),
        reverse("desk:meetings"),
        reverse("desk:meeting", args=[meeting]),
    ):
        page.goto(address)
        assert found_by_axe(page) == [], address
    assert faults == []


def test_the_room_now_looks_again_by_itself(cast: Cast, page: Page, live_server: LiveServer) -> None:
    faults = signed_in(page, live_server, cast, "jelena")
    page.goto(reverse("hotline:live"))
    expect(page.get_by_text("Nobody waits.")).to_be_visible()
    visiting, _, _ = services.begin_conversation(line="sos_trafficking", language="sr-latn")
    services.write(visiting=visiting, text="Dobar dan", mark=uuid4())
    expect(page.get_by_text("Longest wait")).to_be_visible(timeout=20_000)
    assert found_by_axe(page) == []
    page.goto(reverse("hotline:watching"))
    assert found_by_axe(page) == []
    assert faults == []


def test_a_plan_is_written_with_the_keyboard_alone(cast: Cast, page: Page, live_server: LiveServer) -> None:
    faults = signed_in(page, live_server, cast, "mira")
    page.goto(reverse("hotline:regulars"))
    press(page, "n")
    expect(page.locator("#id_nickname")).to_be_visible()
    page.locator("#id_nickname").focus()
    page.keyboard.type("Ptica")
    press(page, "Tab")
    page.keyboard.type("Listen first.")
    press(page, "Control+Enter")
    expect(page.get_by_role("heading", name="Ptica")).to_be_visible()
    assert faults == []
