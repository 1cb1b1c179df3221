"""Does doubt about the age count for the child, is a family traced only when safe, and are receipts whole?"""

from datetime import timedelta
from decimal import Decimal
from functools import partial
from typing import Any
from uuid import UUID

import pytest
from django.urls import reverse

from astra.assistance import facts, selectors, services
from astra.assistance.models import ChildEntry, Receipt
from astra.assistance.rules.childhood import AGE_STATES, is_treated_as_child, may_trace_family
from astra.assistance.rules.receipts import amount_problems
from astra.assistance.rules.revealing import revealing_words
from astra.assistance.tests.at_once import DONE, at_once
from astra.assistance.work_sections import ChildWords, ExamWords, ReceiptWords, SchoolingWords
from astra.cases import selectors as cases
from astra.cases.tests.making import make_case, make_person
from astra.demo.pytest_cast import Cast
from astra.directory import services as directory
from astra.directory.rules import Entry
from astra.kernel.clock import today
from astra.kernel.errors import Invalid, NotAllowedNow
from astra.kernel.partial_dates import PartialDate
from astra.people import services as people
from astra.people.rules.persons import Identity, Name
from astra.vault.actor import Actor
from astra.vault.services.erasure import erase_owner

databases = pytest.mark.django_db(databases=["default", "keystore"])
DAY = timedelta(days=1)
WHO = ChildWords("Staratelj, psihološkinja, dete", "Hoću da ostanem", "Škola je blizu")


@pytest.mark.parametrize("state", [*AGE_STATES, "", "anything"])
def test_only_an_undisputed_assessment_makes_an_adult(state: str) -> None:
    assert is_treated_as_child(state) is (state != "found_adult")


def test_a_family_is_traced_only_when_safe_and_wanted() -> None:
    found = [(safe, wanted) for safe in (True, False) for wanted in (True, False)]
    allowed = [pair for pair in found if may_trace_family(is_assessed_safe=pair[0], is_wanted_by_her=pair[1])]
    assert allowed == [(True, True)]


@pytest.mark.parametrize(
    ("amount", "is_right"),
    [
        ("0.01", True),
        ("1500", True),
        ("1500.50", True),
        ("9999999.99", True),
        ("0", False),
        ("-20", False),
        ("1.500", False),
        ("0.005", False),
        ("10000000", False),
        ("NaN", False),
        ("Infinity", False),
    ],
)
def test_which_amounts_stand_on_a_receipt(amount: str, is_right: bool) -> None:
    assert (amount_problems(Decimal(amount)) == []) is is_right


@pytest.mark.parametrize(
    ("text", "tells"),
    [
        ("prevoz do škole", False),
        ("Astronomija, vozačka dozvola", False),
        ("boravak u sigurnoj kući", True),
        ("боравак у сигурној кући", True),
        ("pomoć žrtvama", True),
        ("Astra", True),
        ("Astri na ruke", True),
        ("shelter", True),
        ("Centar za socijalni rad", True),
    ],
)
def test_which_words_say_where_somebody_comes_from(text: str, tells: bool) -> None:
    assert bool(revealing_words(text)) is tells


def note(cast: Cast, case: UUID, kind: str, code: str, words: ChildWords = WHO, **more: object) -> UUID:
    given: dict[str, object] = {"on": today(), "words": words} | more
    return services.note_child_entry(actor=cast.actor("vesna"), case_id=case, kind=kind, code=code, **given)  # type: ignore[arg-type]  # a test may change any part


@databases
def test_tracing_waits_for_the_latest_decision(cast: Cast) -> None:
    case = make_case(cast.actor("vesna"))
    with pytest.raises(NotAllowedNow):
        note(cast, case, "tracing", "asked_red_cross")
    note(cast, case, "best_interest", "stay", is_tracing_safe=True)
    with pytest.raises(NotAllowedNow):
        note(cast, case, "tracing", "asked_red_cross")
    note(cast, case, "best_interest", "stay", is_tracing_safe=True, is_tracing_wanted=True)
    note(cast, case, "tracing", "asked_red_cross")
    note(cast, case, "best_interest", "stay")  # the child has changed its mind
    with pytest.raises(NotAllowedNow):
        note(cast, case, "tracing", "family_found")
    note(cast, case, "tracing", "stopped")
    assert ChildEntry.objects.filter(kind="tracing").count() == 2


@databases
def test_what_is_missing_is_said_and_nothing_is_kept(cast: Cast) -> None:
    case = make_case(cast.actor("vesna"))
    wrong: tuple[tuple[str, str, ChildWords, dict[str, object], list[str]], ...] = (
        ("guardian", "guardian", ChildWords("Centar"), {"until": today() - DAY}, ["until"]),
        ("guardian", "guardian", ChildWords(), {}, ["who"]),
        ("guardian", "guardian", ChildWords("Centar"), {"on": today() + DAY}, ["on"]),
        ("age", "found_adult", ChildWords(), {}, ["who"]),
        ("best_interest", "stay", ChildWords(), {}, ["who", "child_said"]),
        ("guardian", "stay", ChildWords("Centar"), {}, ["code"]),
    )
    for kind, code, words, more, expected in wrong:
        with pytest.raises(Invalid) as refused:
            note(cast, case, kind, code, words, **more)
        assert [problem.field for problem in refused.value.problems] == expected
    assert ChildEntry.objects.count() == 0
    note(cast, case, "age", "unassessed", ChildWords())
    assert selectors.child_page(cast.actor("vesna"), case).is_child


@databases
def test_an_adult_is_not_called_a_child_and_a_disputed_assessment_is_doubt(cast: Cast) -> None:
    vesna = cast.actor("vesna")
    case = make_case(vesna)
    address = reverse("assistance:minor", args=[case])
    assert not selectors.child_page(vesna, case).is_child
    assert "Smatra se detetom" not in cast.client("vesna").get(address).content.decode()
    note(cast, case, "age", "found_adult", on=today() - DAY)
    assert not selectors.child_page(vesna, case).is_child
    note(cast, case, "age", "disputed")
    assert selectors.child_page(vesna, case).is_child
    assert selectors.work_standing(vesna, case).is_child


@databases
def test_who_may_consent_for_the_child_stands_beside_its_protection(cast: Cast) -> None:
    vesna = cast.actor("vesna")
    child = register_child(vesna)
    case = make_case(vesna, child)
    address = reverse("assistance:minor", args=[case])
    client, english = cast.client("vesna"), {"accept-language": "en"}
    assert "Nobody is written down." in client.get(address, headers=english).content.decode()
    centre = directory.add_organisation(actor=cast.actor("mira"), entry=Entry("Centar", "social_work_centre"))
    people.add_guardian(actor=vesna, child_id=child, role="temporary_guardian", from_on=today(), organisation_id=centre)
    page = client.get(address, headers=english).content.decode()
    assert "Nobody is written down." not in page
    assert "<strong>Centar</strong>" in page


def register_child(actor: Actor) -> UUID:
    birth = PartialDate.on(today() - timedelta(days=366 * 12))
    return people.register_person(actor=actor, identity=Identity(names=(Name("Ana", "Anić"),), birth=birth))


@databases
def test_a_guardian_whose_right_ends_is_on_somebodys_day(cast: Cast) -> None:
    vesna = cast.actor("vesna")
    case = make_case(vesna)
    note(cast, case, "guardian", "temporary_guardian", until=today() + 20 * DAY)
    note(cast, case, "guardian", "guardian")
    tasks = [task for task in cases.case_page(vesna, case).tasks if task.kind == "guardian_ends"]
    assert [task.due_on for task in tasks] == [today() + 20 * DAY]


@databases
def test_a_line_of_the_timeline_leads_to_what_it_tells(cast: Cast) -> None:
    vesna = cast.actor("vesna")
    case = make_case(vesna)
    school = services.enrol(
        actor=vesna, case_id=case, kind="language", began_on=today(), words=SchoolingWords("Kurs srpskog")
    )
    exam = services.add_exam(actor=vesna, schooling_id=school, on=today(), words=ExamWords("Srpski"))
    found = {note(cast, case, "asylum", "applied"): "minor", write(cast, case): "receipts"}
    for record, part in (found | {school: "school", exam: "school"}).items():
        answer = cast.client("vesna").get(reverse("assistance:entry", args=[record]))
        assert answer["Location"] == reverse(f"assistance:{part}", args=[case])
        assert cast.client("ivana").get(reverse("assistance:entry", args=[record])).status_code == 404
    page = cast.client("vesna").get(reverse("cases:case", args=[case])).content.decode()
    assert reverse("assistance:entry", args=[school]) in page


@databases
def test_a_childs_words_go_with_the_child(cast: Cast) -> None:
    vesna = cast.actor("vesna")
    person = people.register_person(actor=vesna, identity=Identity(names=(Name(text="Amir"),)))
    note(cast, make_case(vesna, person), "best_interest", "stay")
    erase_owner(actor=cast.actor("jelena"), owner_id=person, reason="own_wish")
    assert ChildEntry.objects.count() == 0


def write(cast: Cast, case: UUID, amount: str = "1500", words: ReceiptWords | None = None, **more: object) -> UUID:
    given: dict[str, object] = {
        "kind": "money",
        "amount": Decimal(amount),
        "issued_on": today(),
        "funded_by": "donor",
        "words": words or ReceiptWords("", "Ana Anić", "prevoz"),
    }
    return services.write_receipt(actor=cast.actor("vesna"), case_id=case, **(given | more))  # type: ignore[arg-type]  # a test may change any part


@databases
def test_receipts_are_numbered_through_and_never_deleted(cast: Cast) -> None:
    vesna = cast.actor("vesna")
    first, second = make_case(vesna), make_case(vesna)
    wrong = write(cast, first)
    right = write(cast, second, "250.50")
    services.void_receipt(actor=vesna, receipt_id=wrong, void="mistake")
    write(cast, first, "100", kind="voucher")
    assert sorted(Receipt.objects.values_list("number", flat=True)) == [1, 2, 3]
    for deed in (services.sign_receipt, services.void_receipt):
        given = {"signed_on": today()} if deed is services.sign_receipt else {"void": "mistake"}
        with pytest.raises(NotAllowedNow):
            deed(actor=vesna, receipt_id=wrong, **given)
    services.sign_receipt(actor=vesna, receipt_id=right, signed_on=today())
    month = today().replace(day=1)
    sums = {(one.month, one.kind, one.funded_by): (one.receipts, one.amount) for one in facts.receipt_sums()}
    assert sums == {
        (month, "money", "donor"): (1, Decimal("250.50")),
        (month, "voucher", "donor"): (1, Decimal(100)),
    }


@databases
def test_a_receipt_says_nothing_of_us(cast: Cast) -> None:
    case = make_case(cast.actor("vesna"))
    for words, field in (
        (ReceiptWords("Sigurna kuća", "Ana", "prevoz"), "heading"),
        (ReceiptWords("", "Ana", "pomoć žrtvi"), "for_what"),
        (ReceiptWords("", "", "prevoz"), "payee"),
        (ReceiptWords("", "Ana", ""), "for_what"),
    ):
        with pytest.raises(Invalid) as refused:
            write(cast, case, words=words)
        assert [problem.field for problem in refused.value.problems] == [field]
    for amount in ("-5", "0", "10.005"):
        with pytest.raises(Invalid) as refused:
            write(cast, case, amount)
        assert [problem.field for problem in refused.value.problems] == ["amount"]
    assert Receipt.objects.count() == 0


@databases
def test_the_paper_of_a_receipt_in_both_scripts(cast: Cast) -> None:
    vesna = cast.actor("vesna")
    made = write(cast, make_case(vesna, make_person(vesna)))
    for script in ("sr-latn", "sr", "en"):
        answer = cast.client("vesna").post(reverse("assistance:receipt_pdf", args=[made, script]))
        assert answer.content.startswith(b"%PDF")
    assert cast.client("ivana").post(reverse("assistance:receipt_pdf", args=[made, "sr"])).status_code == 404


@pytest.mark.django_db(transaction=True, databases=["default", "keystore"])
def test_two_receipts_written_at_the_same_moment_never_share_a_number(cast: Cast) -> None:
    vesna = cast.actor("vesna")
    files = [make_case(vesna) for _ in range(2)]
    given: dict[str, Any] = {"kind": "money", "amount": Decimal(100), "issued_on": today(), "funded_by": "donor"}
    words = ReceiptWords("", "Ana", "prevoz")
    writes = [
        partial(services.write_receipt, actor=cast.actor("vesna"), case_id=file, words=words, **given) for file in files
    ]
    written = at_once(writes).count(DONE)
    assert written > 0
    numbers = sorted(Receipt.objects.values_list("number", flat=True))
    assert numbers == list(range(1, written + 1))
