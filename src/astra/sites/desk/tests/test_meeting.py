"""Does what comes before the team stay closed to who may not know of it, and is a decision somebody's until done?"""

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from django.urls import reverse

from astra.cases import selectors as cases
from astra.cases import services as cases_writing
from astra.demo.pytest_cast import Cast
from astra.hotline import selectors, services
from astra.hotline.models import MeetingPoint
from astra.hotline.rules import meeting as rules
from astra.hotline.sections import MEETING_WHY
from astra.kernel.clock import today
from astra.kernel.errors import Denied, Invalid, NotAllowedNow, NotFound
from astra.kernel.ids import new_id
from astra.people import services as people
from astra.people.rules.persons import Identity, Name
from astra.vault import selectors as vault
from astra.vault.models import Section

pytestmark = [pytest.mark.django_db(databases=["default", "keystore"])]
WHY = "She asks whether she may see the brother."
SOON = today() + timedelta(days=3)


def page(name: str, *args: object) -> str:
    return reverse(f"desk:{name}", args=args)


def a_case(cast: Cast, who: str = "vesna", *, team: tuple[str, ...] = ("vesna",), apart: bool = True) -> UUID:
    actor = cast.actor(who)
    to = [vault.personal_circle(cast.employed[name].id) for name in team] if apart else ()
    person = people.register_person(actor=actor, identity=Identity(names=(Name("Zvezdana"),)), to=to)
    return cases_writing.open_case(
        actor=actor,
        ground="consent",
        title="Zvezdana",
        people=[(person, "client")],
        team=[cast.employed[name].id for name in team],
        lead=cast.employed[team[0]].id,
        without_coordinators=apart,
    )


def a_meeting(cast: Cast) -> UUID:
    present = [cast.mira.id, cast.vesna.id]
    return services.begin_meeting(actor=cast.actor("jelena"), held_on=today(), present=present)


def decide(cast: Cast, who: str, meeting: UUID, point: UUID, **given: Any) -> None:  # Any: parts of a decision
    parts = {"words": "Ask her again in May.", "assigned_to": cast.employed[who].id, "due_on": SOON, **given}
    services.decide_point(actor=cast.actor(who), meeting_id=meeting, meeting_point_id=point, **parts)


def test_who_may_not_know_of_the_case_sees_only_that_there_is_a_point(cast: Cast) -> None:
    case = a_case(cast)
    vesna = cast.client("vesna")
    form = vesna.get(f"{page('meetings')}?about={case}").content.decode()
    assert f'value="{case}"' in form
    assert vesna.post(page("flag_point"), {"words": WHY, "subject": str(case)}).status_code == 302
    assert WHY in vesna.get(page("meetings")).content.decode()
    for other in ("dunja", "jelena", "mira", "lara"):
        shown = cast.client(other).get(page("meetings")).content.decode()
        assert WHY not in shown, other
        assert str(case) not in shown, other
        assert shown.count("astra-point") == 1, other
        (line,) = selectors.agenda(cast.actor(other))
        assert (line.is_open_to_her, line.subject_kind, line.flagged_by) == (False, "", None)
        assert vault.find_section(cast.actor(other), line.id, MEETING_WHY) is None, "not even by key"
        assert cast.client(other).get(page("meeting_point", line.id)).status_code == 404
    assert cast.client("petar").get(page("meetings")).status_code == 403


def test_a_decision_about_a_case_is_a_task_in_its_file_and_on_her_day(cast: Cast) -> None:
    case = a_case(cast, "vesna", team=("vesna", "ivana"))
    point = services.flag_point(actor=cast.actor("vesna"), words=WHY, subject_id=case)
    meeting = a_meeting(cast)
    answer = cast.client("vesna").post(
        page("decide_point", meeting, point),
        {
            f"{point}-words": "Ask her again in May.",
            f"{point}-assigned_to": str(cast.ivana.id),
            f"{point}-due_on": today().strftime("%d.%m.%Y."),
        },
    )
    assert answer.status_code == 302
    (task,) = cases.tasks_due(cast.actor("ivana"), today())
    assert (task.case_id, task.remark) == (case, "Ask her again in May.")
    assert selectors.decisions_due(cast.actor("ivana"), today()) == [], "not twice on one day"
    assert task.title in cast.client("ivana").get("/").content.decode()
    shown = cast.client("vesna").get(page("meeting", meeting)).content.decode()
    assert "Ask her again in May." in shown
    assert "Ask her again in May." not in cast.client("dunja").get(page("meeting", meeting)).content.decode()


def test_a_decision_somebody_outside_the_team_cannot_carry_out_is_refused_whole(cast: Cast) -> None:
    case = a_case(cast)
    point = services.flag_point(actor=cast.actor("vesna"), words=WHY, subject_id=case)
    meeting = a_meeting(cast)
    given = {f"{point}-words": "x", f"{point}-assigned_to": str(cast.dunja.id), f"{point}-due_on": "31.12.2026."}
    answer = cast.client("vesna").post(page("decide_point", meeting, point), given)
    assert answer.status_code == 200
    assert "govuk-error" in answer.content.decode()
    assert cases.tasks_due(cast.actor("vesna"), today() + timedelta(days=400)) == []
    assert MeetingPoint.objects.get().state == rules.FLAGGED
    empty = cast.client("vesna").post(page("decide_point", meeting, point), {})
    assert "govuk-error" in empty.content.decode()


def test_another_decision_is_on_her_day_until_it_is_done(cast: Cast) -> None:
    point = services.flag_point(actor=cast.actor("mira"), words="Who orders the new headsets?")
    meeting = a_meeting(cast)
    decide(cast, "mira", meeting, point, due_on=today())
    assert [one.record_id for one in selectors.decisions_due(cast.actor("mira"), today())] == [point]
    mira = cast.client("mira")
    assert page("meeting_point", point) in mira.get("/").content.decode()
    assert mira.post(page("step_meeting_point", point), {"verb": "finish"}).status_code == 302
    assert selectors.decisions_due(cast.actor("mira"), today()) == []
    mira.post(page("step_meeting_point", point), {"verb": "reopen"})
    assert len(selectors.decisions_due(cast.actor("mira"), today())) == 1
    services.step_point(actor=cast.actor("mira"), meeting_point_id=point, verb="take_up_again")
    decide(cast, "mira", meeting, point, words="Nobody does.")
    assert "Nobody does." in mira.get(page("meeting_point", point)).content.decode()
    with pytest.raises(NotAllowedNow):
        services.step_point(actor=cast.actor("mira"), meeting_point_id=point, verb="drop")


def test_what_was_not_decided_goes_on_to_the_next_meeting(cast: Cast) -> None:
    services.flag_point(actor=cast.actor("mira"), words="One")
    late = services.flag_point(actor=cast.actor("mira"), words="Two")
    first = a_meeting(cast)
    decide(cast, "mira", first, late)
    assert cast.client("mira").post(page("close_meeting", first)).status_code == 403
    assert cast.client("jelena").post(page("close_meeting", first)).status_code == 302
    (left,) = selectors.agenda(cast.actor("mira"))
    assert (left.why, left.carried) == ("One", 1)
    with pytest.raises(NotAllowedNow):
        decide(cast, "mira", first, left.id)
    second = a_meeting(cast)
    assert "One" in cast.client("sanja").get(page("meeting", second)).content.decode()
    services.step_point(actor=cast.actor("mira"), meeting_point_id=left.id, verb="drop")
    assert selectors.agenda(cast.actor("mira")) == []


def test_a_meeting_has_a_day_and_people_and_is_begun_by_a_coordinator(cast: Cast) -> None:
    with pytest.raises(Denied):
        services.begin_meeting(actor=cast.actor("mira"), held_on=today(), present=[cast.mira.id])
    for day, present in ((today() + timedelta(days=1), [cast.mira.id]), (None, [cast.mira.id]), (today(), [])):
        with pytest.raises(Invalid):
            services.begin_meeting(actor=cast.actor("jelena"), held_on=day, present=present)
    with pytest.raises(NotFound):
        services.begin_meeting(actor=cast.actor("jelena"), held_on=today(), present=[new_id()])
    answer = cast.client("jelena").post(page("begin_meeting"), {"meeting-held_on": ""})
    assert "govuk-error" in answer.content.decode()
    given = {"meeting-held_on": today().strftime("%d.%m.%Y."), "meeting-present": [str(cast.mira.id)]}
    assert cast.client("jelena").post(page("begin_meeting"), given).status_code == 302
    with pytest.raises(NotFound):
        selectors.meeting(cast.actor("mira"), new_id())


def test_a_point_without_a_word_or_about_something_unknown_is_refused(cast: Cast) -> None:
    for subject in (new_id(), services.flag_point(actor=cast.actor("mira"), words="One")):
        with pytest.raises(NotFound):
            services.flag_point(actor=cast.actor("mira"), words=WHY, subject_id=subject)
    assert "govuk-error" in cast.client("mira").post(page("flag_point"), {"words": " "}).content.decode()


def test_words_about_somebody_erased_are_gone(cast: Cast) -> None:
    person = people.register_person(actor=cast.actor("mira"), identity=Identity(names=(Name("Zvezdana"),)))
    point = services.flag_point(actor=cast.actor("mira"), words=WHY, subject_id=person)
    decide(cast, "mira", a_meeting(cast), point)
    people.erase(actor=cast.actor("ana"), person_id=person, reason="her_request")
    assert not Section.objects.filter(record=point).exists()
    assert not MeetingPoint.objects.exists()
