"""Is a plan made with her, is a silent colleague missed, and does a group stay unknown to each file?"""

from datetime import timedelta

import pytest
from django.urls import reverse

from astra.assistance import selectors, services
from astra.assistance.entries import Attendance, NewService
from astra.assistance.models import FieldAction, GivenService, Goal, Plan
from astra.assistance.sections import FieldWords
from astra.assistance.views.scale_shown import scales
from astra.cases import selectors as cases
from astra.cases.services import add_person, admit, close_case
from astra.cases.tests.making import make_case, make_person
from astra.demo.pytest_cast import Cast
from astra.kernel.clock import now, today
from astra.kernel.errors import Invalid, NotAllowedNow, NotFound
from astra.vault.services.erasure import erase_owner

pytestmark = pytest.mark.django_db(databases=["default", "keystore"])

SOON = timedelta(days=30)


def kinds_in(cast: Cast, who: str, case: object) -> list[str]:
    return [line.kind for line in cases.timeline(cast.actor(who), case).lines]  # type: ignore[arg-type]  # a file's id


def test_a_plan_in_her_words_and_its_review(cast: Cast) -> None:
    vesna = cast.actor("vesna")
    case = make_case(vesna)
    with pytest.raises(Invalid):
        services.make_plan(actor=vesna, case_id=case, agreement="agreed", review_on=today())
    plan = services.make_plan(actor=vesna, case_id=case, agreement="agreed", review_on=today() + SOON)
    goal = services.add_goal(actor=vesna, plan_id=plan, domain="work", her_words="Hoću svoj posao")
    services.add_step(actor=vesna, goal_id=goal, title="Napisati CV", due_on=today() + SOON)
    shown = selectors.assistance_page(vesna, case).plan
    assert shown is not None
    assert shown.words is not None
    assert [(one.her_words, [step.title for step in one.steps]) for one in shown.goals] == [
        ("Hoću svoj posao", ["Napisati CV"])
    ]
    services.review_plan(
        actor=vesna,
        plan_id=plan,
        agreement="agreed_in_part",
        review_on=today() + 2 * SOON,
        her_words="Samo posao",
        revision=shown.words.revision,
    )
    services.step_goal(actor=vesna, goal_id=goal, verb="reach_goal")
    reviews = [task for task in cases.case_page(vesna, case).tasks if task.kind == "plan_review"]
    assert [task.due_on for task in reviews] == [today() + 2 * SOON]  # the earlier one is done
    assert {"plan_made", "plan_reviewed", "goal_reached"} <= set(kinds_in(cast, "vesna", case))
    with pytest.raises(NotFound):
        selectors.assistance_page(cast.actor("ivana"), case)


def test_what_is_said_in_health_goes_to_the_health_tier(cast: Cast) -> None:
    vesna = cast.actor("vesna")
    case = make_case(vesna)
    admit(actor=vesna, case_id=case, member_id=cast.mira.id, tiers=["team"])
    new = NewService(case, "psychotherapy", today(), remark="San joj se vraća")
    services.give_service(actor=vesna, new=new)
    assert [line.remark for line in selectors.assistance_page(vesna, case).services] == ["San joj se vraća"]
    page = selectors.assistance_page(cast.actor("mira"), case)
    assert (page.services, page.service_count) == ([], 0)
    assert "service_given" not in kinds_in(cast, "mira", case)


def test_silence_in_the_field_raises_an_alarm_without_keys(cast: Cast) -> None:
    vesna = cast.actor("vesna")
    case = make_case(vesna)
    action = services.plan_field_action(
        actor=vesna,
        case_id=case,
        going=cast.vesna.id,
        begins_at=now(),
        back_by=now() + timedelta(hours=3),
        every_min=30,
        risk="raised",
        words=FieldWords("Autobuska stanica", "Susret"),
    )
    services.step_field_action(actor=vesna, action_id=action, verb="set_out")
    assert services.raise_alarms() == 0
    FieldAction.objects.filter(pk=action).update(next_sign_at=now() - timedelta(minutes=6))
    assert services.raise_alarms() == 1
    assert services.raise_alarms() == 0
    assert [line.id for line in selectors.alarms(vesna)] == [action]
    assert "field_alarm" in kinds_in(cast, "vesna", case)
    assert "field_alarm" in [task.kind for task in cases.case_page(vesna, case).tasks]
    services.step_field_action(actor=vesna, action_id=action, verb="check_in")
    assert selectors.alarms(vesna) == []
    services.step_field_action(actor=vesna, action_id=action, verb="check_out")
    assert GivenService.objects.filter(kind="field_action").count() == 1
    with pytest.raises(NotAllowedNow):
        services.step_field_action(actor=vesna, action_id=action, verb="check_in")


def test_an_alarm_is_raised_even_if_the_case_was_closed_meanwhile(cast: Cast) -> None:
    vesna = cast.actor("vesna")
    files = [make_case(vesna, make_person(vesna, name)) for name in ("Ana Anić", "Bojana Bojić")]
    for case in files:
        action = services.plan_field_action(
            actor=vesna,
            case_id=case,
            going=cast.vesna.id,
            begins_at=now(),
            back_by=now() + timedelta(hours=3),
            every_min=30,
            risk="low",
            words=FieldWords("Park"),
        )
        services.step_field_action(actor=vesna, action_id=action, verb="set_out")
    close_case(actor=vesna, case_id=files[0], outcome="independent")
    FieldAction.objects.update(next_sign_at=now() - timedelta(minutes=6))
    assert services.raise_alarms() == 2
    assert len(selectors.alarms(vesna)) == 2


def test_a_group_leaves_one_line_in_each_file_and_none_knows_of_another(cast: Cast) -> None:
    vesna = cast.actor("vesna")
    files = [make_case(vesna, make_person(vesna, name)) for name in ("Ana Anić", "Bojana Bojić")]
    with pytest.raises(Invalid):
        services.hold_group(actor=vesna, held_on=today(), kind="peer_support", attendance=[Attendance(files[0])])
    session = services.hold_group(
        actor=vesna, held_on=today(), kind="peer_support", attendance=[Attendance(case) for case in files], topic="Rad"
    )
    for case in files:
        found = [line for line in cases.timeline(vesna, case).lines if line.kind == "service_given"]
        assert [(line.subject_id, line.code) for line in found] == [(None, "peer_support")]
    assert session not in GivenService.objects.values_list("words", flat=True)


def test_a_welfare_check_only_after_its_harm_was_weighed(cast: Cast) -> None:
    vesna = cast.actor("vesna")
    case = make_case(vesna)
    with pytest.raises(NotAllowedNow):
        services.weigh_welfare_check(actor=vesna, case_id=case, harm="Muž je kod kuće", reasons="", is_wanted=True)
    services.note_attempt(actor=vesna, case_id=case, way="call", result="no_answer")
    with pytest.raises(Invalid):
        services.weigh_welfare_check(actor=vesna, case_id=case, harm=" ", reasons="", is_wanted=True)
    services.weigh_welfare_check(actor=vesna, case_id=case, harm="Muž je kod kuće", reasons="Rizik", is_wanted=True)
    page = cases.case_page(vesna, case)
    assert page.facts.state == "active"
    assert "check_safety" in [task.kind for task in page.tasks]
    services.note_attempt(actor=vesna, case_id=case, way="call", result="reached")
    assert selectors.assistance_page(vesna, case).silence.attempts == 0


def test_aftercare_asks_four_times_and_the_scale_is_drawn(cast: Cast) -> None:
    vesna = cast.actor("vesna")
    case = make_case(vesna)
    services.assess_needs(actor=vesna, case_id=case, levels={"housing": "urgent"}, her_words="Krov nad glavom")
    services.rate(actor=vesna, case_id=case, rated_by="herself", values={"housing": 2, "health": None})
    with pytest.raises(Invalid):
        services.rate(actor=vesna, case_id=case, rated_by="herself", values={"housing": 6})
    services.begin_aftercare(actor=vesna, case_id=case)
    page = cases.case_page(vesna, case)
    assert page.facts.state == "follow_up"
    assert len([task for task in page.tasks if task.kind == "aftercare"]) == 4


def test_erasing_her_destroys_what_she_said(cast: Cast) -> None:
    vesna = cast.actor("vesna")
    person = make_person(vesna)
    case = make_case(vesna, person)
    plan = services.make_plan(actor=vesna, case_id=case, agreement="agreed", review_on=today() + SOON)
    services.add_goal(actor=vesna, plan_id=plan, domain="health", her_words="Da spavam")
    services.give_service(actor=vesna, new=NewService(case, "psychotherapy", today(), remark="Razgovor"))
    erase_owner(actor=vesna, owner_id=person, reason="her_wish")
    assert not Plan.objects.exists()
    assert not Goal.objects.exists()
    left = GivenService.objects.get()
    assert (left.person_id, left.case_id, left.words_id, left.given_on.day) == (None, None, None, 1)


def test_the_page_and_its_forms_open(cast: Cast) -> None:
    vesna, client = cast.actor("vesna"), cast.client("vesna")
    case = make_case(vesna)
    services.note_attempt(actor=vesna, case_id=case, way="call", result="no_answer")
    plan = services.make_plan(actor=vesna, case_id=case, agreement="agreed", review_on=today() + SOON)
    goal = services.add_goal(actor=vesna, plan_id=plan, domain="work", her_words="Hoću svoj posao")
    for name in ("case", "needs", "plan", "review", "goal", "scale", "service", "plan_field", "attempt", "welfare"):
        assert client.get(reverse(f"assistance:{name}", args=[case])).status_code == 200, name
    assert client.get(reverse("assistance:step", args=[case, goal])).status_code == 200
    for name in ("out", "group"):
        assert client.get(reverse(f"assistance:{name}")).status_code == 200, name
    given = {"her_words": "Stan", "remark": "", "housing": "urgent"}
    assert client.post(reverse("assistance:needs", args=[case]), given).status_code == 302
    scaled = {"rated_by": "herself", "housing": "2"}
    assert client.post(reverse("assistance:scale", args=[case]), scaled).status_code == 302
    served = {"kind": "medical_help", "given_on": f"{today():%d.%m.%Y.}", "units": "1"}
    served["person_id"] = str(cases.clients_of(case)[0])
    posted = client.post(reverse("assistance:service", args=[case]), served)
    assert posted.status_code == 302, posted.content.decode()
    number = cases.case_facts(vesna, case).number
    answer = client.post(
        reverse("assistance:group"), {"held_on": f"{today():%d.%m.%Y.}", "kind": "peer_support", "numbers": number}
    )
    assert answer.status_code == 200  # one case is no group: the form says so
    page = client.get(reverse("assistance:case", args=[case])).content.decode()
    assert "Hoću svoj posao" in page
    assert "Stan" in page
    assert cast.client("ivana").get(reverse("assistance:case", args=[case])).status_code == 404


def test_what_is_written_afterwards_bears_its_own_day_and_stays_readable(cast: Cast) -> None:
    vesna, day = cast.actor("vesna"), today() - timedelta(days=20)
    case = make_case(vesna)
    services.assess_needs(actor=vesna, case_id=case, levels={"school": "urgent"}, her_words="Sada: škola")
    services.assess_needs(
        actor=vesna, case_id=case, levels={"housing": "urgent"}, her_words="Najpre: krov", assessed_on=day
    )
    services.note_attempt(actor=vesna, case_id=case, way="call", result="no_answer", on=day)
    plan = services.make_plan(
        actor=vesna, case_id=case, agreement="agreed", review_on=today() + SOON, her_words="Korak po korak"
    )
    services.review_plan(
        actor=vesna, plan_id=plan, agreement="agreed", review_on=today() + SOON, her_words="Sporije", revision=1
    )
    services.weigh_welfare_check(actor=vesna, case_id=case, harm="Muž je kod kuće", reasons="", is_wanted=False)
    found = selectors.earlier(vesna, case)
    assert [(one.assessed_on, one.words and one.words.her_words) for one in found.needs] == [
        (today(), "Sada: škola"),
        (day, "Najpre: krov"),
    ]
    assert [one.content.her_words for one in found.plans[0].said] == ["Sporije", "Korak po korak"]
    assert (found.attempts[0].on, found.welfare[0].is_wanted) == (day, False)
    page = cast.client("vesna").get(reverse("assistance:earlier", args=[case])).content.decode()
    for words in ("Najpre: krov", "Korak po korak", "Muž je kod kuće"):
        assert words in page
    assert cast.client("sanja").get(reverse("assistance:earlier", args=[case])).status_code == 404
    with pytest.raises(Invalid):
        services.rate(
            actor=vesna, case_id=case, rated_by="worker", values={"housing": 2}, rated_on=today() + timedelta(days=1)
        )


def test_each_part_of_life_of_each_client_is_drawn_and_what_became_worse_is_said(cast: Cast) -> None:
    vesna = cast.actor("vesna")
    first, second = make_person(vesna, "Jana Janić"), make_person(vesna, "Mila Milić")
    case = make_case(vesna, first)
    add_person(actor=vesna, case_id=case, person_id=second, role="client")
    with pytest.raises(Invalid):
        services.rate(actor=vesna, case_id=case, rated_by="worker", values={"housing": 2})
    for days, housing, health in ((40, 1, 4), (20, 3, 4), (2, 4, 2)):
        services.rate(
            actor=vesna,
            case_id=case,
            person_id=first,
            rated_by="worker",
            rated_on=today() - timedelta(days=days),
            values={"housing": housing, "health": health},
        )
    services.rate(actor=vesna, case_id=case, person_id=second, rated_by="herself", values={"housing": 5})
    hers, others = scales(selectors.assistance_page(vesna, case).ratings, {first: "Jana Janić", second: "Mila Milić"})
    assert (hers["name"], others["name"]) == ("Jana Janić", "Mila Milić")
    said = [(one["is_worse"], one["before"], one["now"]) for one in hers["changes"]]
    assert said == [(True, 4, 2), (False, 3, 4)]
    assert len(hers["parts"]) == 2
    assert hers["drawing"]
    assert (others["parts"], others["drawing"], len(others["rows"])) == ([], "", 1)
    page = cast.client("vesna").get(reverse("assistance:case", args=[case]), headers={"accept-language": "en"})
    assert "4 → 2" in page.content.decode()
