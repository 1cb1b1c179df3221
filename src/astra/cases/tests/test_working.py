"""The life of a file: steps, ground, tasks, people and contacts that come and go, documents."""

from datetime import timedelta

import pytest

from astra.audit.models import Pending
from astra.cases import facts, selectors, services
from astra.cases.models import Case, Task, TimelineEntry
from astra.cases.tests.making import make_case, make_contact, make_person
from astra.demo.pytest_cast import Cast
from astra.hotline import selectors as hotline
from astra.kernel.clock import now, today
from astra.kernel.errors import Conflict, Invalid, NotAllowedNow, NotFound
from astra.kernel.ids import new_id
from astra.people import selectors as people
from astra.vault.actor import system
from astra.vault.scanner import NoScanner
from astra.vault.services import attachments

pytestmark = pytest.mark.django_db(databases=["default", "keystore"])


def test_a_file_is_closed_with_its_outcome_and_reopened(cast: Cast) -> None:
    mira = cast.actor("mira")
    case_id = make_case(mira)
    services.add_task(actor=mira, case_id=case_id, kind="document")
    with pytest.raises(Invalid):
        services.close_case(actor=mira, case_id=case_id, outcome="")
    with pytest.raises(NotAllowedNow):
        services.step(actor=mira, case_id=case_id, verb="close")
    services.close_case(actor=mira, case_id=case_id, outcome="independent", words="Ima posao i stan")
    page = selectors.case_page(mira, case_id)
    assert (page.facts.state, page.facts.outcome, page.closing) == ("closed", "independent", "Ima posao i stan")
    assert page.facts.closed_on == today()
    assert page.tasks == []
    assert page.ended_tasks[0].state == "dropped"
    with pytest.raises(NotAllowedNow):
        services.add_task(actor=mira, case_id=case_id, kind="document")
    services.step(actor=mira, case_id=case_id, verb="reopen")
    facts = selectors.case_facts(mira, case_id)
    assert (facts.state, facts.outcome, facts.closed_on) == ("active", "", None)
    verbs = set(Pending.objects.values_list("verb", flat=True))
    assert {"cases.open", "cases.close", "cases.reopen", "cases.add_task"} <= verbs


def test_a_file_goes_on_elsewhere(cast: Cast) -> None:
    case_id = make_case(cast.actor("mira"))
    services.close_case(actor=cast.actor("mira"), case_id=case_id, outcome="referred")
    assert selectors.case_facts(cast.actor("mira"), case_id).state == "closed_referred"


@pytest.mark.parametrize(("verb", "kind"), [("pause", "case_on_hold"), ("follow_up", "case_follow_up")])
def test_every_step_stands_in_the_timeline(cast: Cast, verb: str, kind: str) -> None:
    case_id = make_case(cast.actor("mira"))
    services.step(actor=cast.actor("mira"), case_id=case_id, verb=verb)
    assert selectors.timeline(cast.actor("mira"), case_id).lines[0].kind == kind
    with pytest.raises(NotAllowedNow):
        services.step(actor=cast.actor("mira"), case_id=case_id, verb="reopen")


def test_the_ground_is_settled(cast: Cast) -> None:
    mira = cast.actor("mira")
    case_id = make_case(mira, ground="not_yet_asked")
    services.record_ground(actor=mira, case_id=case_id, ground="consent", words="Rekla je da pristaje, u razgovoru")
    page = selectors.case_page(mira, case_id)
    assert (page.facts.ground, page.ground_words) == ("consent", "Rekla je da pristaje, u razgovoru")
    assert page.tasks == []
    services.record_ground(actor=mira, case_id=case_id, ground="vital_interest", words="Preti joj")
    page = selectors.case_page(mira, case_id)
    assert page.ground_words == "Preti joj"
    assert [task.kind for task in page.tasks] == ["ask_consent"]


def test_coded_facts(cast: Cast) -> None:
    mira = cast.actor("mira")
    case_id = make_case(mira)
    services.set_facts(
        actor=mira,
        case_id=case_id,
        kind="exploitation",
        risk="high",
        forms=["servitude", "forced_labour"],
        countries=["RS"],
    )
    facts = selectors.case_facts(mira, case_id)
    assert (facts.kind, facts.risk, facts.forms) == ("exploitation", "high", ("forced_labour", "servitude"))
    assert selectors.timeline(mira, case_id).lines[0].code == "high"
    with pytest.raises(Invalid):
        services.set_facts(actor=mira, case_id=case_id, kind="exploitation", risk="x", forms=[], countries=[])


def test_the_summary_is_not_overwritten_unseen(cast: Cast) -> None:
    mira = cast.actor("mira")
    case_id = make_case(mira)
    services.revise_summary(actor=mira, case_id=case_id, title="Pasoš", story="Traži pasoš", revision=1)
    with pytest.raises(Conflict):
        services.revise_summary(actor=cast.actor("jelena"), case_id=case_id, title="X", story="Y", revision=1)


def test_tasks(cast: Cast) -> None:
    mira = cast.actor("mira")
    case_id = make_case(mira, team=[cast.mira.id, cast.vesna.id])
    day = today()
    late = services.add_task(
        actor=mira, case_id=case_id, kind="call_back", title="Pozvati", due_on=day - timedelta(days=2)
    )
    services.add_task(actor=mira, case_id=case_id, kind="document", due_on=day + timedelta(days=3))
    given = services.add_task(actor=mira, case_id=case_id, kind="write", due_on=day, assigned=cast.vesna.id)
    with pytest.raises(Invalid):
        services.add_task(actor=mira, case_id=case_id, kind="write", assigned=cast.sanja.id)
    tasks = selectors.my_day(mira, day).tasks
    assert [(task.id, task.urgency, task.title) for task in tasks] == [(late, "overdue", "Pozvati")]
    assert [one.record_id for one in selectors.due(cast.actor("vesna"), day)] == [given]
    assert selectors.due(cast.actor("sanja"), day) == []
    assert selectors.due(cast.actor("outsider"), day) == []
    assert {task.id for task in selectors.overdue(cast.actor("jelena"), day)} == {late}
    services.step_task(actor=mira, task_id=late, verb="finish_task")
    assert selectors.timeline(mira, case_id).lines[0].told.title == "Pozvati"
    with pytest.raises(NotAllowedNow):
        services.step_task(actor=mira, task_id=late, verb="drop_task")
    services.step_task(actor=mira, task_id=late, verb="redo_task")
    services.move_task(actor=mira, task_id=late, due_on=day, assigned=cast.vesna.id)
    assert {one.record_id for one in selectors.due(cast.actor("vesna"), day)} == {given, late}
    with pytest.raises(NotFound):
        services.step_task(actor=cast.actor("sanja"), task_id=late, verb="finish_task")


def test_people_come_and_go(cast: Cast) -> None:
    mira = cast.actor("mira")
    case_id = make_case(mira, team=[cast.mira.id, cast.vesna.id])
    mother = make_person(mira, "Majka")
    services.add_person(actor=mira, case_id=case_id, person_id=mother, role="mother")
    with pytest.raises(NotAllowedNow):
        services.add_person(actor=mira, case_id=case_id, person_id=mother, role="witness")
    cards = selectors.people_in(cast.actor("vesna"), case_id)
    assert [(card.known.name, card.role) for card in cards] == [("Milica Perić", "client"), ("Majka", "mother")]
    assert all(card.known.safety is not None and card.known.may_be_called for card in cards)
    services.change_role(actor=mira, case_id=case_id, person_id=mother, role="client")
    services.remove_person(actor=mira, case_id=case_id, person_id=mother)
    assert [card.known.name for card in selectors.people_in(cast.actor("vesna"), case_id)] == ["Milica Perić"]
    with pytest.raises(NotFound):
        people.identity(cast.actor("vesna"), mother)
    with pytest.raises(NotFound):
        services.remove_person(actor=mira, case_id=case_id, person_id=mother)


def test_the_hotline_lets_go_of_her_in_a_week(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    mira = cast.actor("mira")
    person_id, contact_id = make_person(mira), make_contact(mira)
    case_id = make_case(mira, person_id, contact_ids=[contact_id])
    assert people.identity(cast.actor("sanja"), person_id)
    later = now() + timedelta(days=8)
    for part in ("opening", "reach", "listing"):
        monkeypatch.setattr(f"astra.vault.selectors.{part}.now", lambda: later)
    with pytest.raises(NotFound):
        people.identity(cast.actor("sanja"), person_id)
    assert people.safety(cast.actor("sanja"), person_id) is not None
    assert hotline.open_words(cast.actor("sanja"), [contact_id]) == {}
    for name in ("mira", "jelena"):
        still = cast.actor(name)
        assert people.identity(still, person_id)
        assert contact_id in hotline.open_words(still, [contact_id])
        assert contact_id in {line.subject_id for line in selectors.timeline(still, case_id).lines}
        assert [card.id for card in selectors.people_in(still, case_id)] == [person_id]


def test_contacts_join_later_and_stand_where_they_happened(cast: Cast) -> None:
    mira = cast.actor("mira")
    case_id = make_case(mira)
    services.add_note(actor=mira, case_id=case_id, text="Juče", happened_at=now() - timedelta(days=1))
    contact_id = make_contact(mira, "Pre tri dana", hours_ago=72)
    services.add_contacts(actor=mira, case_id=case_id, contact_ids=[contact_id])
    services.add_contacts(actor=mira, case_id=case_id, contact_ids=[contact_id])
    texts = [line.told.text for line in selectors.timeline(mira, case_id).lines]
    assert texts == ["", "Juče", "Pre tri dana"]
    assert [line.id for line in selectors.cases_of_contact(mira, contact_id)] == [case_id]
    with pytest.raises(NotFound):
        services.add_contacts(actor=mira, case_id=case_id, contact_ids=[case_id])


def test_contacts_that_were_sealed_to_the_team(cast: Cast) -> None:
    mira = cast.actor("mira")
    case_id, contact_id = make_case(mira), make_contact(mira, "Iz starog sistema")
    services.link_contacts(actor=mira, contacts_of=[(case_id, contact_id)])
    assert "Iz starog sistema" in {line.told.text for line in selectors.timeline(mira, case_id).lines}


def test_a_long_timeline_is_paged_without_loss(cast: Cast) -> None:
    mira = cast.actor("mira")
    case_id = make_case(mira)
    at = now() - timedelta(days=3)
    for number in range(7):
        services.add_note(actor=mira, case_id=case_id, text=f"Beleška {number}", happened_at=at)
    seen: list[int] = []
    cursor = ""
    for _ in range(5):
        page = selectors.timeline(mira, case_id, limit=2, after=cursor)
        seen += [line.id for line in page.lines]
        cursor = page.next_cursor
        if not cursor:
            break
    assert len(seen) == len(set(seen)) == TimelineEntry.objects.filter(case=case_id).count()
    with pytest.raises(NotFound):
        selectors.timeline(mira, case_id, after="nonsense")


def test_later_rooms_write_lines_and_open_their_own_words(cast: Cast) -> None:
    mira = cast.actor("mira")
    case_id = make_case(mira)
    services.add_to_timeline(actor=system(), case_id=case_id, kind="service_given", code="shelter")
    with pytest.raises(Invalid):
        services.add_to_timeline(actor=mira, case_id=case_id, kind="lunch")
    line = selectors.timeline(mira, case_id, kinds=["service_given"]).lines[0]
    assert (line.kind, line.code) == ("service_given", "shelter")


def test_lists_are_narrowed(cast: Cast) -> None:
    mira, jelena = cast.actor("mira"), cast.actor("jelena")
    first = make_case(mira, ground="not_yet_asked")
    second = make_case(mira, kind="support", lead=None, team=[])
    services.step(actor=jelena, case_id=second, verb="follow_up")
    services.add_task(actor=mira, case_id=first, kind="write", due_on=today())
    closed = make_case(mira)
    services.close_case(actor=mira, case_id=closed, outcome="declined")

    def found(**narrow: object) -> set[object]:
        filters = selectors.Filters(**narrow)  # type: ignore[arg-type]  # a test may give any part
        return {line.id for line in selectors.list_cases(cast.actor("jelena"), filters).lines}

    assert found() == {first, second, closed}
    assert found(state="open") == {first, second}
    assert found(state="closed") == {closed}
    assert found(kind="support") == {second}
    assert found(ground="not_yet_asked") == {first}
    assert found(lead=cast.mira.id) == {first, closed}
    assert found(is_mine=True) == set()
    assert found(is_due=True) == {first}
    assert [line.id for line in selectors.my_day(jelena, today()).fresh] == [second]
    assert {line.late for line in selectors.list_cases(jelena, selectors.Filters()).lines} == {0}


def test_a_document_is_sealed_into_its_tier(cast: Cast) -> None:
    mira = cast.actor("mira")
    case_id = make_case(mira, team=[cast.mira.id, cast.vesna.id])
    services.admit(actor=mira, case_id=case_id, member_id=cast.dunja.id)
    incoming = attachments.Incoming(new_id(), NoScanner())
    incoming.write(b"nalaz lekara")
    facts = incoming.finish(name="nalaz.pdf", content_type="application/pdf")
    document_id = services.add_document(
        actor=cast.actor("dunja"),
        case_id=case_id,
        incoming=incoming,
        facts=facts,
        kind="medical_report",
        tier="health",
        title="Nalaz",
    )
    assert [line.title for line in selectors.case_page(cast.actor("dunja"), case_id).documents] == ["Nalaz"]
    assert selectors.case_page(cast.actor("vesna"), case_id).documents == []
    opened, chunks = attachments.open_file(cast.actor("dunja"), document_id)
    assert (opened.content.name, b"".join(chunks)) == ("nalaz.pdf", b"nalaz lekara")
    with pytest.raises(NotFound):
        attachments.open_file(cast.actor("vesna"), document_id)


def test_facts_tell_no_names(cast: Cast) -> None:
    from_desk = make_case(cast.actor("mira"), title="Tajni naslov")
    (row,) = facts.case_facts()
    assert (row.clients, row.kind, row.is_living) == (1, "trafficking", True)
    assert str(from_desk) not in repr(row)
    assert Case.objects.get(pk=from_desk).number not in repr(row)
    assert "Tajni" not in repr(row)
    assert Task.objects.count() == row.tasks == 0
