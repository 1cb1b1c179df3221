"""Is everything on the desks this morning, told through the rooms' own verbs?"""

import pytest
from django.urls import reverse

from astra.assistance import selectors as assistance
from astra.cases import selectors as cases
from astra.demo.morning import lay_out
from astra.demo.pytest_cast import Cast
from astra.directory import selectors as directory
from astra.hotline import selectors as hotline
from astra.kernel.clock import today
from astra.sites.desk import my_day

pytestmark = pytest.mark.django_db(databases=["default", "keystore"])


def test_everybody_finds_something_on_her_desk(cast: Cast) -> None:
    lay_out(cast.employed, today=today())
    mira = my_day.day_of(cast.actor("mira"), today())
    assert len(mira.handed) == 1
    assert mira.overdue
    assert mira.drafts
    vesna = my_day.day_of(cast.actor("vesna"), today())
    assert vesna.overdue
    assert vesna.today
    jelena = {queue.url: queue.count for queue in my_day.day_of(cast.actor("jelena"), today()).queues}
    assert jelena.pop(reverse("hotline:calls")) == 4  # one that was answered, and three in which nobody spoke
    assert set(jelena.values()) == {1}
    rota = hotline.on_shift_now(cast.actor("mira"))
    assert rota.present
    assert rota.uncovered == {}
    assert len(hotline.handover_points(cast.actor("mira"))) == 3
    assert len(hotline.callbacks(cast.actor("mira"))) == 3
    assert {line.language for line in hotline.queue(cast.actor("mira"))} == {"sr", "ar"}
    assert len(hotline.calls_now(cast.actor("mira")).to_log) == 4
    assert [one.count for one in hotline.silent_groups(cast.actor("mira"))] == [3]
    assert len(hotline.regulars(cast.actor("lara"))) == 1
    assert len(hotline.agenda(cast.actor("mira"))) == 2
    found = hotline.missed_calls(cast.actor("mira"))
    known = hotline.callers(cast.actor("mira"), found)
    assert sorted(one.permission for one in known.values()) == ["may", "may", "withheld"]
    led = [case for case in cases.open_cases_of(cast.actor("mira")) if case.lead_name == "Mira"]
    assert len(led) == 3  # two of her own, one handed to her
    listed = directory.list_organisations(cast.actor("vesna"), day=today())
    assert len(listed) > 10
    assert {line.needs_check for line in listed} == {True, False}


def test_somebody_is_being_helped(cast: Cast) -> None:
    lay_out(cast.employed, today=today())
    vesna = cast.actor("vesna")
    (story,) = [line for line in cases.open_cases_of(vesna) if line.title == "Škola i smeštaj posle povratka"]
    page = assistance.assistance_page(vesna, story.id)
    assert page.plan is not None
    assert {goal.state for goal in page.plan.goals} == {"open", "reached"}
    assert page.service_count == 2  # the psychologist's and the lawyer's are not hers to see
    assert len(page.ratings) == 4
    assert len(page.bookings) == 1
    assert len(page.field) == 1
