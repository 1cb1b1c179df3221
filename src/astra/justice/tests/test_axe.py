"""Do the pages of the room hold what people need who use a keyboard or a screen reader? In a real browser."""

import pytest
from django.urls import reverse
from playwright.sync_api import Page

from astra.cases.tests.making import make_case
from astra.demo.pytest_browser import found_by_axe
from astra.demo.pytest_cast import Cast
from astra.justice.tests.making import (
    make_claim,
    make_decision,
    make_demand,
    make_hearing,
    make_letter,
    make_proceeding,
)

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True, databases=["default", "keystore"])]


def test_axe_finds_nothing(cast: Cast, page: Page) -> None:
    mira = cast.actor("mira")
    case_id = make_case(mira)
    trial = make_proceeding(mira, case_id)
    make_hearing(mira, trial, 3)
    make_decision(mira, trial)
    make_claim(mira, trial)
    make_letter(mira, case_id)
    make_demand(mira, case_id)
    cast.sign_in(page, "mira")
    for address in (
        reverse("justice:case", args=[case_id]),
        reverse("justice:proceeding", args=[trial]),
        reverse("justice:add", args=[case_id, "demand"]),
        reverse("justice:coming"),
        reverse("justice:letters"),
        reverse("justice:add_office_letter"),
        reverse("justice:judgments"),
        reverse("justice:add_judgment"),
    ):
        page.goto(address)
        assert found_by_axe(page) == [], address
