"""Can a trial be led from the report to a half-paid compensation with the keyboard alone? In a real browser."""

import re
from collections.abc import Mapping
from datetime import timedelta
from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils.timezone import localtime
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from astra.cases.tests.making import make_case
from astra.demo.pytest_browser import found_by_axe, press
from astra.demo.pytest_cast import Cast
from astra.hotline.tests.test_keyboard import signed_in
from astra.justice import facts
from astra.justice.models import Decision, Hearing, Proceeding
from astra.justice.tests.making import ago
from astra.kernel.clock import LOCAL, now

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True, databases=["default", "keystore"])]


def follow(page: Page, section: str, name: str) -> None:
    """Go along a link of a part of the page with the keyboard."""
    page.locator(f"#{section}").get_by_role("link", name=re.compile(f"^{name}")).first.press("Enter")


def fill_in(page: Page, said: Mapping[str, str]) -> None:
    """Fill in what stands on the form and save it; nothing is clicked."""
    expect(page.locator("form.astra-panel")).to_be_visible()
    assert found_by_axe(page) == [], page.url
    type_in(page, said)
    press(page, "Control+Enter")
    expect(page.locator("form.astra-panel")).to_have_count(0)


def type_in(page: Page, said: Mapping[str, str]) -> None:
    """Go to each field and type; "yes" ticks."""
    for name, value in said.items():
        field = page.locator(f"#id_{name}")
        field.focus()
        if field.evaluate("one => one.tagName") == "SELECT":
            field.select_option(value)
        elif value == "yes":
            press(page, "Space")
        else:
            press(page, "Control+a")
            page.keyboard.type(value)


def day(days: int) -> str:
    return f"{ago(days):%d.%m.%Y.}"


def test_a_trial_from_the_report_to_a_half_paid_compensation(cast: Cast, page: Page, live_server: LiveServer) -> None:
    faults = signed_in(page, live_server, cast, "mira")
    page.goto(reverse("justice:case", args=[make_case(cast.actor("mira"))]))
    follow(page, "proceedings", "New proceeding")
    fill_in(page, {"kind": "criminal", "role": "injured_party", "begun_on": day(400), "authority": "Viši sud"})
    follow(page, "proceedings", "Criminal")

    for article, stage, since in (("kz184", "report", 400), ("kz388", "indictment", 300)):
        follow(page, "qualifications", "New qualification")
        fill_in(page, {"article": article, "stage": stage, "since": day(since)})
    story = page.locator("#qualifications li")
    expect(story).to_have_count(2)
    expect(story.first).to_contain_text("388")

    page.get_by_role("link", name="The trial begins", exact=True).press("Enter")
    fill_in(page, {"day": day(250)})
    for days, outcome in ((200, "she_testified"), (150, "evidence_taken"), (100, "judgment_given")):
        hearing(page, days, outcome)
    expect(page.locator("#hearings h3")).to_have_count(3)

    judged(page)
    redress(page)
    expect(page.locator("#claims")).to_contain_text("300,000.00 RSD")
    assert found_by_axe(page) == []
    trial = Proceeding.objects.get()
    assert trial.state == "final"
    (proceeding,), (claim,) = facts.proceeding_facts(), facts.compensation_facts()
    assert (proceeding.articles, proceeding.hearings_held) == (("kz184", "kz388"), 3)
    assert (claim.state, claim.claimed, claim.ordered) == ("enforced", Decimal(1000000), Decimal(600000))
    assert claim.paid == Decimal(300000)
    assert faults == []


def hearing(page: Page, days: int, outcome: str) -> None:
    """One hearing: planned, then held."""
    at = localtime(now() - timedelta(days=days), LOCAL)
    follow(page, "hearings", "New hearing")
    fill_in(page, {"kind": "main_hearing", "begins_at_0": f"{at:%d.%m.%Y.}", "begins_at_1": "10:30"})
    assert Hearing.objects.filter(state="planned").count() == 1
    follow(page, "hearings", "It was held")
    fill_in(page, {"outcome": outcome, "course": "Pauza je bila moguća"})


def judged(page: Page) -> None:
    """A judgment at first instance with its penalty, an appeal, and the judgment of the court above."""
    follow(page, "decisions", "New decision")
    fill_in(page, {"instance": "first", "outcome": "convicted", "decided_on": day(100)})
    follow(page, "decisions", "Penalty")
    fill_in(page, {"accused": "exploiter", "kind": "prison", "years": "5", "months": "6"})
    expect(page.locator("#decisions")).to_contain_text("5 years")
    follow(page, "decisions", "Appeal lodged")
    fill_in(page, {"day": day(80), "appealed_by": "defence"})
    follow(page, "decisions", "New decision")
    fill_in(page, {"instance": "second", "outcome": "confirmed", "decided_on": day(40), "is_final": "yes"})
    assert [one.instance for one in Decision.objects.order_by("decided_on")] == ["first", "second"]


def redress(page: Page) -> None:
    """Compensation: claimed, ordered, enforced, half of it paid; more than is open is not taken."""
    follow(page, "claims", "New claim")
    fill_in(page, {"kind": "non_material", "claimed": "1.000.000,00", "claimed_on": day(200)})
    follow(page, "claims", "Ordered")
    fill_in(page, {"day": day(40), "ordered": "600.000,00"})
    follow(page, "claims", "Enforcement")
    fill_in(page, {"day": day(20)})
    follow(page, "claims", "Payment")
    fill_in(page, {"amount": "300.000,00", "paid_on": day(5), "payer": "enforcement_officer"})
    follow(page, "claims", "Payment")
    page.locator("#id_amount").focus()
    page.keyboard.type("300.000,01")
    page.locator("#id_payer").select_option("state")
    press(page, "Control+Enter")
    expect(page.get_by_text("Only 300,000.00 RSD is still open").first).to_be_visible()
    page.get_by_role("link", name="Cancel").press("Enter")
