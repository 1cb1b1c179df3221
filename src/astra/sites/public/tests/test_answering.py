"""Is a visitor told the truth about whether somebody answers, in her language and without a script?"""

from datetime import datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.translation import override

from astra.demo.pytest_cast import Cast
from astra.hotline import selectors, services
from astra.hotline.models import OpeningHours, Shift
from astra.hotline.rules.rota import Span
from astra.kernel.clock import LOCAL, now
from astra.sites.public.answering import answering
from astra.sites.public.languages import BY_PATH, SPOKEN, Spoken

pytestmark = [pytest.mark.django_db(databases=["default", "keystore"])]
SOS = "sos_trafficking"
MONDAY = datetime(2026, 11, 23, 9, 0, tzinfo=LOCAL)


def plan(cast: Cast, begins: datetime, hours: int = 8, *, role: str = "on_line", line: str = SOS) -> None:
    shift = services.NewShift(cast.mira.id, role, (line,), Span(begins, begins + timedelta(hours=hours)))
    services.plan_shifts(actor=cast.actor("jelena"), shifts=[shift])


def test_only_somebody_who_has_begun_answers_now(cast: Cast) -> None:
    plan(cast, now() - timedelta(hours=1))
    assert not selectors.answered(SOS).is_now, "on the rota and not begun is nobody"
    services.begin_shift(actor=cast.actor("mira"), shift_id=Shift.objects.get().pk)
    assert selectors.answered(SOS).is_now
    assert not selectors.answered("missing_116000").is_now, "another line"
    services.end_shift(actor=cast.actor("mira"), shift_id=Shift.objects.get().pk)
    assert not selectors.answered(SOS).is_now


def test_who_is_only_on_call_promises_nothing(cast: Cast) -> None:
    plan(cast, now() + timedelta(hours=3), role="on_call")
    assert selectors.answered(SOS).next_at is None


def test_the_next_time_is_the_next_shift_and_without_a_rota_the_hours(cast: Cast) -> None:
    sunday = MONDAY - timedelta(hours=14)
    assert selectors.answered(SOS, sunday).next_at is None, "nobody has said anything: nothing is promised"
    for weekday in range(7):
        OpeningHours.objects.create(line=SOS, weekday=weekday, opens="09:00", closes="17:00")
    assert selectors.answered(SOS, sunday).next_at == MONDAY
    assert selectors.answered(SOS, MONDAY).next_at is None, "open by its hours, and nobody there: no promise"
    plan(cast, now() + timedelta(days=2))
    at = Shift.objects.get().begins_at
    assert selectors.answered(SOS).next_at == at, "the rota says more than the hours"
    Shift.objects.update(lines=["missing_116000"])
    assert selectors.answered(SOS).next_at is None, "a rota without anybody on this line promises nothing"


@pytest.mark.parametrize("spoken", SPOKEN, ids=lambda one: one.path)
def test_every_language_says_it_on_the_first_page_and_before_writing(
    cast: Cast, browser: Client, spoken: Spoken
) -> None:
    begins = (now() + timedelta(days=2)).astimezone(LOCAL).replace(hour=9, minute=0, second=0, microsecond=0)
    plan(cast, begins)
    with override(spoken.code):
        told = answering(spoken)
    day = spoken.in_digits(f"{begins.day}.{begins.month}.")
    assert day in told.said
    if spoken.code != "en":
        assert "Nobody" not in told.said
        assert begins.strftime("%A") not in told.said, "no English day in another language"
    for page in ("home", "talk"):
        shown = browser.get(reverse(f"public:{page}", kwargs={"language": spoken})).content.decode()
        assert told.said in shown, page


def test_who_writes_is_told_when_supervisors_may_look_on(cast: Cast, browser: Client) -> None:
    told = "may read along"
    pages = [reverse(f"public:{page}", kwargs={"language": BY_PATH["en"]}) for page in ("home", "talk")]
    assert all(told not in browser.get(page).content.decode() for page in pages)
    services.decide_watching(actor=cast.actor("jelena"), is_allowed=True, decided_on=now().date())
    assert all(told in browser.get(page).content.decode() for page in pages)
