"""Are repeated questions asked as often as needed, do reckoned values count, and is a copy counted with the others?"""

from datetime import date
from io import BytesIO
from uuid import UUID

import openpyxl
import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from astra.assistance import facts, services
from astra.assistance.rules import questions as rules
from astra.assistance.services.xlsform import read_xlsform
from astra.cases.tests.making import make_case
from astra.demo.pytest_browser import found_by_axe, press
from astra.demo.pytest_cast import Cast
from astra.hotline.tests.test_keyboard import signed_in
from astra.kernel.errors import Invalid

HEAD = ["type", "name", "label", "relevant", "repeat_count", "required", "statistics", "calculation"]
DAY = date(2026, 11, 23)
N = ["integer", "n", "How many children"]
END = ["end_repeat", ""]


def book(*rows: list[str]) -> bytes:
    made = openpyxl.Workbook()
    sheet = made.active
    assert sheet is not None
    sheet.title = "survey"
    for row in (HEAD, *rows):
        sheet.append(row + [""] * (len(HEAD) - len(row)))
    out = BytesIO()
    made.save(out)
    return out.getvalue()


def children(count: str = "", *, name: str = "kids", relevant: str = "") -> list[list[str]]:
    return [
        ["begin_repeat", name, "Child", relevant, count],
        ["text", "who", "Name", "", "", "yes"],
        ["integer", "age", "Age", "${who} != ''", "", "", "yes"],
        END,
    ]


def asked(made: rules.QuestionSet, answers: dict[str, str]) -> list[str]:
    names = rules.relevant_names(made, answers, DAY)
    return [one.name for one in made.asked if one.name in names]


def test_the_next_copy_is_offered_when_something_stands_in_the_one_before() -> None:
    made = read_xlsform(book(*children()), "Deca")
    assert [one.labels[""] for one in made.questions if one.kind == rules.GROUP][:2] == ["Child 1", "Child 2"]
    assert asked(made, {}) == ["who_1"]
    assert asked(made, {"who_1": "Ana"}) == ["who_1", "age_1", "who_2"]
    kept = rules.checked(made, {"who_1": "Ana", "age_1": "7"}, DAY)
    assert kept == {"who_1": "Ana", "age_1": "7"}
    with pytest.raises(Invalid):
        rules.checked(made, {}, DAY)
    assert rules.checked(made, {"who_1": "Ana", "who_3": "Nobody asked for it"}, DAY) == {"who_1": "Ana"}


def test_as_often_as_the_sheet_says() -> None:
    three = read_xlsform(book(*children("3")), "Deca")
    assert asked(three, {}) == ["who_1", "who_2", "who_3"]
    with pytest.raises(Invalid):
        rules.checked(three, {"who_1": "Ana"}, DAY)
    told = read_xlsform(book(N, *children("${n}", relevant="${n} > 0")), "Deca")
    assert asked(told, {"n": "0"}) == ["n"]
    assert asked(told, {"n": "2"}) == ["n", "who_1", "who_2"]


def test_a_reckoned_value_stands_where_it_is_asked_about_and_is_kept_nowhere() -> None:
    reckoned = ["calculate", "more", "", "", "", "", "", "${n} + 1"]
    made = read_xlsform(book(N, reckoned, ["text", "why", "Why", "${more} > 3"]), "Deca")
    assert [one.name for one in made.questions] == ["n", "why"]
    assert asked(made, {"n": "2"}) == ["n"]
    assert asked(made, {"n": "3"}) == ["n", "why"]
    told = read_xlsform(book(N, reckoned, *children("${more}")), "Deca")
    assert asked(told, {"n": "1"}) == ["n", "who_1", "who_2"]


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ([*children(), ["text", "b", "B", "${age} > 3"]], "“age” stands in a repeat"),
        ([["begin_repeat", "out", "Out"], *children(), END], "“kids” is a repeat within a repeat"),
        ([["text", "age_1", "Age"], *children()], "The name “age_1” is needed"),
        (children("400"), "asks more than 50 times"),
        ([["calculate", "c", "", "", "", "", "", "${c} + 1"], ["text", "b", "B", "${c} > 3"]], "leads back to itself"),
        (
            [["calculate", "c", "", "", "", "", "", "sum(${c})"]],
            "column H (calculation): this condition cannot be read",
        ),
        ([["deviceid", "d"], ["text", "b", "B", "${d} = 'x'"]], "there is no question called “d”"),
    ],
)
def test_what_cannot_be_repeated_or_reckoned_is_said(rows: list[list[str]], said: str) -> None:
    with pytest.raises(Invalid) as refused:
        read_xlsform(book(*rows), "Deca")
    assert any(said in (one.message % one.parts if one.parts else one.message) for one in refused.value.problems)


@pytest.mark.django_db(databases=["default", "keystore"])
def test_copies_are_counted_as_one_question(cast: Cast) -> None:
    mira = cast.actor("mira")
    case: UUID = make_case(mira)
    made = services.bring_question_set(actor=cast.actor("jelena"), content=book(*children()), title="Deca")
    answers = {"who_1": "Ana", "age_1": "7", "who_2": "Iva", "age_2": "7"}
    services.answer_questions(actor=mira, case_id=case, set_id=made, tier="team", given=answers)
    assert [(one.question, one.code) for one in facts.answer_facts(set_id=made)] == [("age", "7"), ("age", "7")]


@pytest.mark.browser
@pytest.mark.django_db(transaction=True, databases=["default", "keystore"])
def test_the_page_offers_the_next_child(cast: Cast, page: Page, live_server: LiveServer) -> None:
    mira = cast.actor("mira")
    case = make_case(mira)
    made = services.bring_question_set(actor=cast.actor("jelena"), content=book(*children()), title="Deca")
    faults = signed_in(page, live_server, cast, "mira")
    page.goto(reverse("assistance:answer_questions", args=[case, made]))
    expect(page.get_by_role("heading", name="Child 1")).to_be_visible()
    expect(page.get_by_role("heading", name="Child 2")).to_be_hidden()
    page.get_by_label("Name").first.fill("Ana")
    expect(page.get_by_role("heading", name="Child 2")).to_be_visible()
    expect(page.get_by_role("heading", name="Child 3")).to_be_hidden()
    assert found_by_axe(page) == []
    press(page, "Control+Enter")
    expect(page.get_by_text("Ana")).to_be_visible()
    assert faults == []
