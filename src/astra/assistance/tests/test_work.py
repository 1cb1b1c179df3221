"""Is a warned employer noticed before somebody begins there, is retention asked in time, and what stays of it all?"""

from datetime import date, timedelta
from decimal import Decimal
from uuid import UUID

import pytest
from django.urls import reverse

from astra.assistance import facts, selectors, services
from astra.assistance.models import Cv, Employer, Exam, JobApplication, Placement, Receipt, RetentionCheck, Schooling
from astra.assistance.rules import work as rules
from astra.assistance.rules.aftercare import months_after
from astra.assistance.work_sections import (
    ApplicationWords,
    CvWords,
    ExamWords,
    PlacementWords,
    ReceiptWords,
    SchoolingWords,
)
from astra.cases import selectors as cases
from astra.cases.tests.making import make_case, make_person
from astra.demo.pytest_cast import Cast
from astra.directory import services as directory
from astra.directory.rules import Entry
from astra.hotline import services as hotline
from astra.hotline.rules.employers import Entry as CheckedEntry
from astra.kernel.clock import today
from astra.kernel.errors import Conflict, Invalid, NotAllowedNow, NotFound
from astra.vault.models import Record
from astra.vault.services.erasure import erase_owner

pytestmark = pytest.mark.django_db(databases=["default", "keystore"])

DAY = timedelta(days=1)
CV = CvWords("Ana Anić", "ana@primer.example", "Volim rad sa decom", "Pekara Zora, 2019–2021", "", "Vozačka dozvola B")


def fields(refused: pytest.ExceptionInfo[Invalid]) -> list[str]:
    return [problem.field for problem in refused.value.problems]


def begin(cast: Cast, case: UUID, days_ago: int = 0, **more: object) -> UUID:
    given: dict[str, object] = {"sector": "I", "words": PlacementWords("Pekara Zora", "Pekarka")} | more
    return services.place(
        actor=cast.actor("vesna"),
        case_id=case,
        began_on=today() - days_ago * DAY,
        **given,  # type: ignore[arg-type]  # a test may change any part
    )


def open_tasks(cast: Cast, case: UUID, kind: str) -> list[date]:
    page = cases.case_page(cast.actor("vesna"), case)
    return sorted(task.due_on for task in page.tasks if task.kind == kind and task.due_on)


def test_a_curriculum_vitae_says_nothing_of_us_and_is_there_once(cast: Cast) -> None:
    vesna = cast.actor("vesna")
    case = make_case(vesna)
    for told in ("Radila u sigurnoj kući", "Асистенткиња у Астри", "Žrtva trgovine ljudima"):
        with pytest.raises(Invalid) as refused:
            services.write_cv(actor=vesna, case_id=case, words=CvWords("Ana", experience=told))
        assert fields(refused) == ["experience"]
    with pytest.raises(Invalid) as refused:
        services.write_cv(actor=vesna, case_id=case, words=CvWords(about="Vredna"))
    assert fields(refused) == ["name"]
    cv = services.write_cv(actor=vesna, case_id=case, words=CV)
    with pytest.raises(Invalid):
        services.write_cv(actor=vesna, case_id=case, words=CvWords("Druga"))
    read = selectors.cv_words(vesna, cv)
    services.revise_cv(actor=vesna, cv_id=cv, words=CvWords("Ana Anić", skills="Engleski"), revision=read.revision)
    with pytest.raises(Conflict):
        services.revise_cv(actor=vesna, cv_id=cv, words=CV, revision=read.revision)
    assert selectors.cv_words(vesna, cv).content.skills == "Engleski"
    with pytest.raises(NotFound):
        selectors.cv_words(cast.actor("ivana"), cv)


def test_the_paper_comes_in_both_scripts_and_leaves_a_trace(cast: Cast) -> None:
    vesna = cast.actor("vesna")
    cv = services.write_cv(actor=vesna, case_id=make_case(vesna), words=CV)
    for script in ("sr-latn", "sr", "en"):
        answer = cast.client("vesna").post(reverse("assistance:cv_pdf", args=[cv, script]))
        assert (answer.status_code, answer["Content-Type"]) == (200, "application/pdf")
        assert answer.content.startswith(b"%PDF")
        assert "Ana" not in answer["Content-Disposition"]
    assert cast.client("vesna").post(reverse("assistance:cv_pdf", args=[cv, "xx"])).status_code == 404


def test_an_application_and_its_answers(cast: Cast) -> None:
    vesna = cast.actor("vesna")
    case = make_case(vesna)
    words = ApplicationWords("Pekara Zora", "Pekarka")
    with pytest.raises(Invalid) as refused:
        services.apply_for_job(actor=vesna, case_id=case, applied_on=today() + DAY, words=words)
    assert fields(refused) == ["applied_on"]
    with pytest.raises(Invalid) as refused:
        services.apply_for_job(actor=vesna, case_id=case, applied_on=today(), words=ApplicationWords())
    assert fields(refused) == ["employer", "post"]
    made = services.apply_for_job(actor=vesna, case_id=case, applied_on=today() - DAY, words=words)
    with pytest.raises(Invalid):
        services.note_answer(actor=vesna, application_id=made, answer="offered", answered_on=today() - 5 * DAY)
    services.note_answer(actor=vesna, application_id=made, answer="interview", answered_on=today())
    services.note_answer(actor=vesna, application_id=made, answer="offered", answered_on=today())
    (line,) = selectors.work_page(vesna, case).applications
    assert (line.row.answer, line.words) == ("offered", words)


@pytest.mark.parametrize("typed", ["Sunčani put", "Сунчани пут д.о.о.", "Suncani put doo"])
def test_a_warned_employer_is_found_in_either_script_before_work_begins(cast: Cast, typed: str) -> None:
    vesna, mira = cast.actor("vesna"), cast.actor("mira")
    entry = CheckedEntry("Sunčani put d.o.o.", "agency")
    checked = hotline.add_organisation(actor=mira, entry=entry, is_organisation=True)
    hotline.add_finding(
        actor=mira,
        organisation_id=checked,
        what="website",
        source="primer.example",
        on=today(),
        verdict="warnings",
        flags={"no_contract": "uzimaju pasoš"},
    )
    case = make_case(vesna)
    made = services.apply_for_job(
        actor=vesna, case_id=case, applied_on=today(), words=ApplicationWords(typed, "Recepcija")
    )
    assert selectors.work_page(vesna, case).warned == {made}
    services.note_answer(actor=vesna, application_id=made, answer="refused", answered_on=today())
    assert selectors.work_page(vesna, case).warned == frozenset()
    with pytest.raises(Invalid) as refused:
        begin(cast, case, words=PlacementWords(typed, "Recepcija"))
    assert fields(refused) == ["despite"]
    assert (Placement.objects.count(), open_tasks(cast, case, "retention_check")) == (0, [])
    begin(cast, case, words=PlacementWords(typed, "Recepcija", despite="Druga firma istog imena, proverili smo"))
    assert Placement.objects.get().workplace == rules.WARNED


def test_who_is_not_in_the_register_is_said_to_be_unknown_not_safe(cast: Cast) -> None:
    case = make_case(cast.actor("vesna"))
    begin(cast, case)
    assert Placement.objects.get().workplace == rules.UNKNOWN
    page = cast.client("vesna").get(reverse("assistance:work", args=[case])).content.decode()
    assert "Nema u registru" in page


def test_retention_is_asked_after_1_3_6_and_12_months(cast: Cast) -> None:
    vesna = cast.actor("vesna")
    case = make_case(vesna)
    began = today() - 100 * DAY
    placement = begin(cast, case, 100)
    assert open_tasks(cast, case, "retention_check") == [months_after(began, months) for months in (1, 3, 6, 12)]

    def asked(months: int, on: date, answer: str = "works_there") -> None:
        services.check_retention(actor=vesna, placement_id=placement, months=months, answer=answer, asked_on=on)

    for months, on in ((3, began - DAY), (3, today() + DAY), (2, today()), (6, today()), (3, began + 40 * DAY)):
        with pytest.raises(Invalid):
            asked(months, on)
    asked(3, today())
    assert len(open_tasks(cast, case, "retention_check")) == 3
    services.end_placement(
        actor=vesna, placement_id=placement, ended_on=today(), end="contract_ended", left_because="Sezona je prošla"
    )
    assert open_tasks(cast, case, "retention_check") == []
    with pytest.raises(NotAllowedNow):
        services.end_placement(actor=vesna, placement_id=placement, ended_on=today(), end="contract_ended")
    (fact,) = facts.placement_facts()
    assert fact.retention == ((1, ""), (3, "works_there"), (6, "left"), (12, "left"))
    assert (fact.has_ended, fact.end, fact.began_month) == (True, "contract_ended", began.month)


def test_from_the_task_to_where_its_answer_is_written(cast: Cast) -> None:
    case = make_case(cast.actor("vesna"))
    begin(cast, case, 100)
    tasks = [task for task in cases.case_page(cast.actor("vesna"), case).tasks if task.kind == "retention_check"]
    page = cast.client("vesna").get(reverse("cases:task", args=[tasks[0].id])).content.decode()
    assert reverse("assistance:work", args=[case]) in page


def test_work_does_not_end_before_it_began(cast: Cast) -> None:
    placement = begin(cast, make_case(cast.actor("vesna")), 10)
    for ended in (today() - 11 * DAY, today() + DAY):
        with pytest.raises(Invalid) as refused:
            services.end_placement(
                actor=cast.actor("vesna"), placement_id=placement, ended_on=ended, end="contract_ended"
            )
        assert fields(refused) == ["ended_on"]


def test_an_employer_who_takes_part_is_chosen_by_name(cast: Cast) -> None:
    vesna = cast.actor("vesna")
    place = directory.add_organisation(actor=cast.actor("jelena"), entry=Entry("Pekara Zora", "business"))
    with pytest.raises(Invalid) as refused:
        services.add_employer(actor=vesna, organisation_id=place, since=today(), offers=" ")
    assert fields(refused) == ["offers"]
    employer = services.add_employer(actor=vesna, organisation_id=place, since=today() - DAY, offers="Praksa i posao")
    case = make_case(vesna)
    begin(cast, case, employer_id=employer, words=PlacementWords(post="Pekarka"))
    (line,) = selectors.work_page(vesna, case).placements
    assert (line.row.is_partner, line.words and line.words.employer) == (True, "Pekara Zora")
    services.end_employer(actor=vesna, employer_id=employer, until=today())
    assert Employer.objects.get().until == today()
    with pytest.raises(Invalid) as refused:
        begin(cast, case, employer_id=employer, words=PlacementWords(post="Pekarka"))
    assert fields(refused) == ["employer_id"]


def test_exams_lie_within_a_schooling_and_have_results_only_afterwards(cast: Cast) -> None:
    vesna = cast.actor("vesna")
    case = make_case(vesna)
    school = services.enrol(
        actor=vesna,
        case_id=case,
        kind="secondary",
        began_on=today() - 60 * DAY,
        words=SchoolingWords("Ekonomska škola"),
    )

    def add(days: int, result: str = "") -> UUID:
        on = today() + days * DAY
        return services.add_exam(actor=vesna, schooling_id=school, on=on, words=ExamWords("Matematika"), result=result)

    for days, result, field in ((-61, "passed", "on"), (5, "passed", "result"), (900, "", "on")):
        with pytest.raises(Invalid) as refused:
            add(days, result)
        assert fields(refused) == [field]
    assert Exam.objects.count() == 0
    add(-3, "passed")
    exam = add(0)
    ahead = add(9)
    assert open_tasks(cast, case, "exam") == [today(), today() + 9 * DAY]
    services.note_result(actor=vesna, exam_id=exam, result="failed", mark="1")
    with pytest.raises(Invalid):
        services.note_result(actor=vesna, exam_id=ahead, result="passed")
    with pytest.raises(Invalid):
        services.grant_scholarship(
            actor=vesna, schooling_id=school, amount=Decimal("-1"), since=today(), until=today(), funded_by="donor"
        )
    services.grant_scholarship(
        actor=vesna,
        schooling_id=school,
        amount=Decimal(12000),
        since=today(),
        until=today() + 90 * DAY,
        funded_by="donor",
    )
    services.end_schooling(actor=vesna, schooling_id=school, ended_on=today(), end="completed")
    assert open_tasks(cast, case, "exam") == []
    (fact,) = facts.education_facts()
    assert (sorted(fact.exams), fact.scholarship, fact.end) == (["", "failed", "passed"], Decimal(12000), "completed")


def test_with_several_clients_somebody_is_named(cast: Cast) -> None:
    vesna = cast.actor("vesna")
    one, other = make_person(vesna, "Ana Anić"), make_person(vesna, "Bojana Bojić")
    case = make_case(vesna, one, people=[(one, "client"), (other, "client")])
    with pytest.raises(Invalid) as refused:
        services.write_cv(actor=vesna, case_id=case, words=CV)
    assert fields(refused) == ["person_id"]
    services.write_cv(actor=vesna, case_id=case, words=CV, person_id=other)
    assert Cv.objects.get().person_id == other
    with pytest.raises(Invalid):
        services.write_cv(actor=vesna, case_id=case, words=CV, person_id=cast.vesna.id)


def test_of_two_clients_only_the_erased_ones_words_go(cast: Cast) -> None:
    vesna = cast.actor("vesna")
    one, other = make_person(vesna, "Ana Anić"), make_person(vesna, "Bojana Bojić")
    case = make_case(vesna, one, people=[(one, "client"), (other, "client")])
    cvs = {who: services.write_cv(actor=vesna, case_id=case, words=CV, person_id=who) for who in (one, other)}
    schools = {
        who: services.enrol(
            actor=vesna,
            case_id=case,
            kind="language",
            began_on=today(),
            words=SchoolingWords("Kurs srpskog"),
            person_id=who,
        )
        for who in (one, other)
    }
    exams = {
        who: services.add_exam(actor=vesna, schooling_id=school, on=today(), words=ExamWords("Srpski"))
        for who, school in schools.items()
    }
    erase_owner(actor=cast.actor("jelena"), owner_id=one, reason="own_wish")
    assert [cv.pk for cv in Cv.objects.all()] == [cvs[other]]
    erased = set(Record.objects.exclude(erased_at=None).values_list("pk", flat=True))
    assert {cvs[one], schools[one], exams[one]} <= erased
    assert erased.isdisjoint({cvs[other], schools[other], exams[other]})
    assert selectors.cv_words(vesna, cvs[other]).content == CV
    assert [line.words and line.words.subject for line in selectors.school_page(vesna, case)[0].exams] == ["Srpski"]


def test_after_an_erasure_months_and_codes_stay_and_no_word(cast: Cast) -> None:
    vesna = cast.actor("vesna")
    person = make_person(vesna)
    case = make_case(vesna, person)
    services.write_cv(actor=vesna, case_id=case, words=CV)
    services.apply_for_job(actor=vesna, case_id=case, applied_on=today(), words=ApplicationWords("Zora", "Pekarka"))
    begin(cast, case, 40)
    for _ in range(2):
        begin(cast, make_case(vesna), 40)
    begin(cast, case, 40, sector="U")
    school = services.enrol(
        actor=vesna, case_id=case, kind="language", began_on=today() - DAY, words=SchoolingWords("Kurs srpskog")
    )
    services.add_exam(actor=vesna, schooling_id=school, on=today(), words=ExamWords("Srpski"), result="passed")
    words = ReceiptWords("", "Ana Anić", "prevoz")
    services.write_receipt(
        actor=vesna,
        case_id=case,
        kind="money",
        amount=Decimal(700),
        issued_on=today(),
        funded_by="donor",
        words=words,
    )
    placed, before = list(facts.placement_facts()), (list(facts.education_facts()), list(facts.receipt_sums()))
    erase_owner(actor=cast.actor("jelena"), owner_id=person, reason="own_wish")
    assert (list(facts.education_facts()), list(facts.receipt_sums())) == before
    after = list(facts.placement_facts())
    assert sorted(fact.sector for fact in placed) == ["I", "I", "I", "U"]
    assert sorted(fact.sector for fact in after) == ["", "I", "I", "I"]  # of the rare branch nothing stays
    assert [fact.retention for fact in after] == [fact.retention for fact in placed]
    assert len({fact.client for fact in after}) == len({fact.client for fact in placed}) == 3
    assert (Cv.objects.count(), JobApplication.objects.count()) == (0, 0)
    gone = Placement.objects.filter(person=None)
    rows: list[Placement | Schooling | Receipt] = [*gone, Schooling.objects.get(), Receipt.objects.get()]
    for row in rows:
        assert (row.record, row.case, row.person) == (None, None, None)
        assert row.client_mark is not None
    assert (gone[0].began_on.day, Schooling.objects.get().began_on.day) == (1, 1)
    assert (Exam.objects.get().record, Exam.objects.get().on.day) == (None, 1)
    assert set(RetentionCheck.objects.filter(placement__in=gone).values_list("task_id", flat=True)) == {None}
