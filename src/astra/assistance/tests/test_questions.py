"""Own questions from a spreadsheet: read, refused with the cell named, asked, checked, kept under their version."""

import csv
from collections import Counter
from datetime import date
from io import BytesIO
from typing import Any
from uuid import UUID

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.urls import reverse

from astra.assistance import facts, selectors, services
from astra.assistance.models import AnswerSheet, CodedAnswer, QuestionSet, QuestionVersion
from astra.assistance.rules import questions as rules
from astra.assistance.rules.expressions import WrongExpression, holds, read
from astra.assistance.services.xlsform import NO_XLSX, read_xlsform
from astra.audit.models import Pending
from astra.cases import selectors as cases
from astra.cases.tests.making import make_case, make_person
from astra.demo.pytest_cast import Cast
from astra.kernel.errors import Denied, Invalid, NotFound
from astra.vault.models import ErasureHandle
from astra.vault.services.erasure import erase_owner

pytestmark = pytest.mark.django_db(databases=["default", "keystore"])
HEAD = [
    "type", "name", "label::Srpski (sr)", "label::English (en)", "required", "relevant", "constraint",
    "constraint_message::English (en)", "choice_filter", "statistics", "hint::English (en)",
]  # fmt: skip
RIGHT = [
    ["select_one yesno", "works", "Da li radite?", "Do you work?", "yes", "", "", "", "", "yes", "Any work"],
    ["begin_group", "job", "Posao", "Job", "", "${works} = 'yes'", "", "", "", "", ""],
    ["integer", "hours", "Sati", "Hours a week", "", "", ". <= 80 and . > 0", "At most 80.", "", "yes", ""],
    ["text", "where", "Gde", "Where", "yes", "${hours} > 10", "", "", "", "", ""],
    ["end_group", "", "", "", "", "", "", "", "", "", ""],
    ["select_multiple need", "needs", "Potrebe", "Needs", "", "", "", "", "", "yes", ""],
    ["select_one town", "town", "Mesto", "Town", "", "", "", "", "", "", ""],
    ["select_one street", "street", "Ulica", "Street", "", "", "", "", "of_town = ${town}", "", ""],
    ["date", "since", "Od", "Since", "", "", ". <= today()", "Not in the future.", "", "", ""],
    ["decimal", "pay", "Plata", "Pay", "", "", "", "", "", "", ""],
    ["note", "thanks", "Hvala", "Thank you", "", "selected(${needs}, 'school')", "", "", "", "", ""],
]
CHOICES = [
    ["list_name", "name", "label::Srpski (sr)", "label::English (en)", "of_town"],
    ["yesno", "yes", "Da", "Yes", ""],
    ["yesno", "no", "Ne", "No", ""],
    ["need", "school", "Škola", "School", ""],
    ["need", "doctor", "Lekar", "Doctor", ""],
    ["town", "nis", "Niš", "Niš", ""],
    ["town", "bg", "Beograd", "Belgrade", ""],
    ["street", "one", "Prva", "First", "nis"],
    ["street", "two", "Druga", "Second", "bg"],
]
DAY = date(2026, 11, 23)


def sheet(rows: list[list[str]] = RIGHT, choices: list[list[str]] = CHOICES, head: list[str] = HEAD) -> bytes:
    book = openpyxl.Workbook()
    survey = book.active
    assert survey is not None
    survey.title = "survey"
    for row in [head, *rows]:
        survey.append(row)
    listed = book.create_sheet("choices")
    for row in choices:
        listed.append(row)
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def problems(data: bytes) -> list[str]:
    with pytest.raises(Invalid) as refused:
        read_xlsform(data, "Skup")
    return [one.message % one.parts if one.parts else one.message for one in refused.value.problems]


def row(**given: str) -> list[str]:
    full = {"type": "text", "name": "a", "label::English (en)": "A"} | {
        key.replace("__", "::"): value for key, value in given.items()
    }
    return [full.get(column, "") for column in HEAD]


def test_a_sheet_becomes_questions_and_back() -> None:
    made = read_xlsform(sheet(), "Skup")
    assert rules.from_json(rules.to_json(made)) == made
    names = {one.name: one for one in made.questions}
    assert [one.kind for one in made.questions][:4] == ["one", "group", "integer", "text"]
    assert (names["where"].group, names["where"].depth, names["where"].is_required) == ("job", 1, True)
    assert rules.in_language(names["works"].labels, "en") == "Do you work?"
    assert rules.in_language(names["works"].labels, "sr-latn") == "Da li radite?"
    assert set(made.languages) == {"sr", "en"}
    assert [one.name for one in made.asked if one.is_counted] == ["works", "hours", "needs"]


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ([row(type="selct_one x")], "Sheet survey, row 2, column A (type): “selct_one x” is unknown here."),
        ([row(type="select_one nowhere")], "row 2, column A (type): the list “nowhere” is not in the sheet choices"),
        ([row(name="")], "row 2, column B (name): a name is missing"),
        ([row(name="2 b")], "column B (name): “2 b” is no name"),
        ([row(), row()], "row 3, column B (name): the name “a” stands in row 2 already"),
        ([row(relevant="${b} = 1")], "column F (relevant): there is no question called “b”"),
        ([row(relevant="${a} = ")], "column F (relevant): this condition cannot be read"),
        ([row(constraint="regex(., 'x')")], "There is no function “regex” here."),
        ([row(statistics="yes")], "column J (statistics): words cannot be counted"),
        ([row(**{"label::English (en)": ""})], "row 2, column C (label::Srpski (sr)): a label is missing"),
        ([row(type="begin_again")], "“begin_again” is unknown here"),
        ([row(type="end_group", name="")], "The sheet cannot be read:"),
    ],
)
def test_what_is_wrong_is_named_with_its_cell(rows: list[list[str]], said: str) -> None:
    assert any(said in one for one in problems(sheet(rows)))


def test_what_is_no_sheet() -> None:
    assert problems(b"hello") == [NO_XLSX]
    assert "no column “type”" in problems(sheet(head=["kind", *HEAD[1:]]))[0]
    book = openpyxl.Workbook()
    out = BytesIO()
    book.save(out)
    assert "no sheet “survey”" in problems(out.getvalue())[0]


@pytest.mark.parametrize(
    ("text", "is_true"),
    [
        ("${a} = 'x' and not(${b} > 3)", True),
        ("${a} != 'x' or ${b} >= 3", False),
        ("selected(${many}, 'two') and count-selected(${many}) = 2", True),
        ("(${b} + 1) * 2 = 6 and 7 mod 4 = 3 and 6 div 4 = 1.5", True),
        ("if(${b} = 2, ${a}, 'y') = 'x'", True),
        ("coalesce(${none}, 'z') = 'z' and string-length(${a}) = 1", True),
        ("'2026-01-05' < today() and today() <= '2026-11-23'", True),
        ("-1 < 0 and true() and not(false()) and number('3') - 1 = 2", True),
        ("${none} > 0", False),
        ("1 div 0 = 1 or 1 mod 0 = 1", False),
        (". = 'self'", True),
    ],
)
def test_conditions(text: str, is_true: bool) -> None:
    answers = {"a": "x", "b": "2", "many": "one two"}
    assert holds(read(text), answers, "self", today=DAY) is is_true


@pytest.mark.parametrize("text", ["", "(", "1 1", "${a", "#", "selected(1)", "x()", "a b", "1 +", "__import__('os')"])
def test_what_is_no_condition(text: str) -> None:
    with pytest.raises(WrongExpression):
        read(text)


def wrong(given: dict[str, str]) -> set[str]:
    with pytest.raises(Invalid) as refused:
        rules.checked(read_xlsform(sheet(), "Skup"), given, DAY)
    return {one.field for one in refused.value.problems}


def test_answers_are_checked_and_only_what_is_asked_is_kept() -> None:
    made = read_xlsform(sheet(), "Skup")
    given = {
        "works": "no",
        "hours": "20",
        "where": "x",
        "needs": "school doctor school",
        "since": "1.2.2026.",
        "pay": "12,5",
    }
    kept = rules.checked(made, given, DAY)
    assert kept == {"works": "no", "needs": "school doctor", "since": "2026-02-01", "pay": "12.5"}
    assert set(rules.coded(made, kept)) == {("works", "no"), ("needs", "school"), ("needs", "doctor")}
    assert "thanks" in rules.relevant_names(made, kept)
    assert wrong({}) == {"works"}
    assert wrong({"works": "perhaps"}) == {"works"}
    assert wrong({"works": "yes", "hours": "20"}) == {"where"}
    assert wrong({"works": "yes", "hours": "90", "where": "x"}) == {"hours"}
    assert wrong({"works": "no", "since": "31.2.2026.", "pay": "much"}) == {"since", "pay"}
    assert wrong({"works": "no", "since": "24.11.2026."}) == {"since"}
    assert wrong({"works": "no", "town": "nis", "street": "two"}) == {"street"}
    assert wrong({"works": "yes", "hours": "x"}) == {"hours"}
    assert rules.checked(made, {"works": "no", "town": "nis", "street": "one"}, DAY)["street"] == "one"


@pytest.fixture
def case_id(cast: Cast) -> UUID:
    mira = cast.actor("mira")
    return make_case(mira, make_person(mira), team=[cast.mira.id, cast.vesna.id])


def bring(cast: Cast, data: bytes | None = None, **more: Any) -> int:  # Any: any part of a set
    given = {"content": data or sheet(), "title": "Rad"} | more
    return services.bring_question_set(actor=cast.actor("jelena"), **given)


def test_answers_keep_the_version_they_were_given_under(cast: Cast, case_id: UUID) -> None:
    mira = cast.actor("mira")
    set_id = bring(cast)
    given = {"works": "yes", "hours": "8", "needs": "school"}
    sheet_id = services.answer_questions(actor=mira, case_id=case_id, set_id=set_id, tier="team", given=given)
    bring(cast, sheet([row(name="other")]), set_id=set_id, title="Rad 2")
    found = selectors.get_sheet(cast.actor("vesna"), sheet_id)
    assert (found.version.number, selectors.version_in_use(set_id).number) == (1, 2)
    services.revise_answers(actor=mira, sheet_id=sheet_id, given={"works": "no"}, revision=1)
    assert selectors.answers_of(mira, sheet_id).content.given == {"works": "no"}
    assert [(one.question, one.code, one.version) for one in facts.answer_facts()] == [("works", "no", 1)]
    assert cases.timeline(mira, case_id).lines[0].kind == "questions_answered"
    with pytest.raises(NotFound):
        selectors.get_sheet(cast.actor("sanja"), sheet_id)
    services.retire_question_set(actor=cast.actor("jelena"), set_id=set_id)
    assert selectors.question_sets(mira) == []
    with pytest.raises(NotFound):
        selectors.version_in_use(set_id)


def test_nothing_is_half_saved(cast: Cast, case_id: UUID) -> None:
    with pytest.raises(Invalid):
        bring(cast, sheet([row(type="x")]))
    with pytest.raises(Invalid):
        bring(cast, title=" ")
    with pytest.raises(NotFound):
        bring(cast, set_id=99)
    with pytest.raises(Denied):
        services.bring_question_set(actor=cast.actor("mira"), content=sheet(), title="x")
    with pytest.raises(Denied):
        services.retire_question_set(actor=cast.actor("mira"), set_id=1)
    assert (QuestionSet.objects.count(), QuestionVersion.objects.count()) == (0, 0)
    set_id = bring(cast)
    with pytest.raises(Invalid):
        services.answer_questions(actor=cast.actor("mira"), case_id=case_id, set_id=set_id, tier="team", given={})
    assert (AnswerSheet.objects.count(), CodedAnswer.objects.count()) == (0, 0)


def test_answers_are_hers_to_have_erased(cast: Cast, case_id: UUID) -> None:
    mira = cast.actor("mira")
    given = {"works": "no"}
    sheet_id = services.answer_questions(actor=mira, case_id=case_id, set_id=bring(cast), tier="team", given=given)
    owners = set(ErasureHandle.objects.filter(record=sheet_id).values_list("owners__owner", flat=True))
    assert owners == {card.id for card in cases.people_in(cast.actor("mira"), case_id)}


def counted(set_id: int) -> Counter[tuple[str, str]]:
    return Counter((fact.question, fact.code) for fact in facts.answer_facts(set_id=set_id))


def test_coded_answers_stay_when_somebody_is_erased_and_few_are_not_told_apart(cast: Cast, case_id: UUID) -> None:
    mira, set_id = cast.actor("mira"), bring(cast)
    for _ in range(3):
        services.answer_questions(actor=mira, case_id=case_id, set_id=set_id, tier="team", given={"works": "no"})
    services.answer_questions(
        actor=mira, case_id=case_id, set_id=set_id, tier="team", given={"works": "yes", "hours": "4"}
    )
    before = counted(set_id)
    shown = page(cast, "mira", "answer_counts", set_id).content.decode()
    assert "fewer than 3" in shown
    assert ">3<" in shown
    (card,) = [one for one in cases.people_in(mira, case_id) if one.is_client]
    erase_owner(actor=cast.actor("jelena"), owner_id=card.id, reason="own_wish")
    assert AnswerSheet.objects.count() == 0
    assert counted(set_id) == before
    assert {fact.answered_on.day for fact in facts.answer_facts()} == {1}


def test_answers_leave_as_a_table_and_the_log_says_so(cast: Cast, case_id: UUID) -> None:
    mira = cast.actor("mira")
    given = {"works": "yes", "hours": "12", "where": "U pekari"}
    sheet_id = services.answer_questions(actor=mira, case_id=case_id, set_id=bring(cast), tier="team", given=given)
    sent = send(cast, "mira", "answers_csv", sheet_id)
    rows = list(csv.reader(sent.content.decode().removeprefix("\ufeff").splitlines()))
    assert ["works", "Do you work?", "yes", "Yes"] in rows
    assert ["where", "Where", "U pekari", "U pekari"] in rows
    assert sent.headers["Content-Disposition"] == 'attachment; filename="answers.csv"'
    assert Pending.objects.filter(verb="assistance.answers_taken_out").count() == 1
    assert send(cast, "sanja", "answers_csv", sheet_id).status_code == 404


def page(cast: Cast, who: str, name: str, *ids: object) -> HttpResponse:
    address = reverse(f"assistance:{name}", args=ids)
    shown: HttpResponse = cast.client(who).get(address, headers={"accept-language": "en"})  # type: ignore[assignment]  # the test client's own class
    return shown


def send(cast: Cast, who: str, name: str, *ids: object, **given: object) -> HttpResponse:
    address = reverse(f"assistance:{name}", args=ids)
    sent: HttpResponse = cast.client(who).post(address, given, headers={"accept-language": "en"})  # type: ignore[assignment]  # the test client's own class
    return sent


def test_the_pages(cast: Cast, case_id: UUID, settings: Any) -> None:  # Any: the fixture of pytest-django
    settings.FILE_UPLOAD_HANDLERS = ["astra.vault.uploads.SealingUploadHandler"]
    faulty, right = SimpleUploadedFile("a.xlsx", sheet([row(type="txt")])), SimpleUploadedFile("a.xlsx", sheet())
    refused = send(cast, "jelena", "bring_question_set", title="Rad", file=faulty)
    assert "“txt” is unknown here" in refused.content.decode()
    assert page(cast, "mira", "bring_question_set").status_code == 403
    assert send(cast, "jelena", "bring_question_set", title="Rad", file=right).status_code == 302
    set_id = QuestionSet.objects.get().pk
    assert "Rad" in page(cast, "mira", "question_sets").content.decode()
    assert page(cast, "mira", "question_source", set_id).content[:2] == b"PK"
    assert page(cast, "jelena", "renew_question_set", set_id).status_code == 200
    assert page(cast, "jelena", "renew_question_set", 99).status_code == 404
    shown = page(cast, "mira", "answer_questions", case_id, set_id).content.decode()
    assert "Do you work?" in shown
    assert 'data-relevant="[&quot;=&quot;' in shown
    wrong = send(cast, "mira", "answer_questions", case_id, set_id, q_works="yes", q_hours="90", tier="team")
    assert "At most 80." in wrong.content.decode()
    assert 'href="#q_hours"' in wrong.content.decode()
    kept = send(
        cast, "mira", "answer_questions", case_id, set_id,
        q_works="no", q_needs=["school", "doctor"], q_since="1.2.2026.", tier="team",
    )  # fmt: skip
    assert kept.status_code == 302
    sheet_id = AnswerSheet.objects.get().pk
    told = page(cast, "vesna", "answers", sheet_id).content.decode()
    assert "School, Doctor" in told
    assert "Hours a week" not in told
    assert "Rad" in page(cast, "mira", "case_questions", case_id).content.decode()
    assert "checked" in page(cast, "mira", "revise_answers", sheet_id).content.decode()
    assert send(cast, "mira", "revise_answers", sheet_id, q_works="").status_code == 200
    assert send(cast, "mira", "revise_answers", sheet_id, q_works="no").status_code == 302
    for name, ids in (("answers", [sheet_id]), ("revise_answers", [sheet_id]), ("answer_questions", [case_id, set_id])):
        assert page(cast, "sanja", name, *ids).status_code == 404
    assert send(cast, "jelena", "retire_question_set", set_id).status_code == 302
