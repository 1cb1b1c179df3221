"""How do years go by in a test? The clock is moved on, and a colleague signs in again after each stretch."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from astra.demo.pytest_browser import press
from astra.demo.pytest_cast import Cast
from astra.justice.tests.test_browser import type_in
from astra.kernel import clock


class Clock:
    """The clock of the organisation, which can be moved on; whatever runs keeps running."""

    def __init__(self) -> None:
        self.on = timedelta(0)

    def pass_days(self, days: int) -> None:
        """So many days go by."""
        self.on += timedelta(days=days)


@pytest.fixture
def passing(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """Time that passes when it is told to; it begins five years ago, so that it ends today."""
    moved = Clock()
    moved.pass_days(-5 * 365 - 2)

    class Later(datetime):
        @classmethod
        def now(cls, tz: Any = None) -> Any:  # Any: as datetime's own
            return datetime.now(tz) + moved.on

    monkeypatch.setattr(clock, "datetime", Later)
    return moved


def written(day: date) -> str:
    return f"{day:%d.%m.%Y.}"


def keep(page: Page, said: Mapping[str, str]) -> None:
    """Fill in a form that leads back to a page with forms of its own."""
    form = page.url
    type_in(page, said)
    press(page, "Control+Enter")
    expect(page).not_to_have_url(form)


class Desk:
    """Mira's browser; she signs in again after each stretch of time, as she would."""

    def __init__(self, cast: Cast, page: Page, passing: Clock, case: UUID) -> None:
        self.cast, self.page, self.passing, self.case = cast, page, passing, case

    def after(self, days: int) -> None:
        """So many days later, signed in again."""
        self.passing.pass_days(days)
        self.cast.sign_in(self.page, "mira")

    def open(self, name: str, *more: UUID) -> None:
        """A page of the file."""
        self.page.goto(reverse(name, args=[self.case, *more]))

    def form(self, name: str, said: Mapping[str, str], *more: UUID) -> None:
        """A form of the file, filled in and kept."""
        self.open(name, *more)
        keep(self.page, said)
