"""Does the self-check answer every question, put danger first, judge nobody and keep nothing?"""

import re

import pytest
from django.apps import apps
from django.db import connections, models
from django.test import Client
from django.test.utils import CaptureQueriesContext

from astra.kernel.clock import now
from astra.sites.public.selfcheck import CHILD, GROUPS, LASTS, ME, WHO, Question, Sheet, new_sheet

pytestmark = [pytest.mark.django_db(databases=["default", "keystore"]), pytest.mark.usefixtures("cast")]

QUESTIONS = [question for group in GROUPS for question in group.questions]
VERDICTS = ("you are a victim", "victim of", "you are trafficked", "score", "points")


def rows() -> dict[str, int]:
    """How many rows every table of both databases has."""
    counted = {}
    for model in apps.get_models(include_auto_created=True):
        manager: models.Manager[models.Model] = model._base_manager
        counted[model._meta.db_table] = manager.count()
    return counted


def filled(*ticked: str, who: str = ME) -> dict[str, str | list[str]]:
    """A sheet on which these are ticked, as a browser sends it."""
    sheet = new_sheet()
    return {"sheet": sheet.name, "who": sheet.sign(who), "is": [sheet.sign(code) for code in ticked]}


def ask(browser: Client, *ticked: str, who: str = ME) -> str:
    answer = browser.post("/en/a/", filled(*ticked, who=who))
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda question: question.code)
def test_every_tick_is_answered_by_itself(browser: Client, question: Question) -> None:
    text = ask(browser, question.code)
    assert question.text in text
    assert question.answer in text
    assert not any(verdict in text.lower() for verdict in VERDICTS)


def test_every_sheet_has_signs_of_its_own_that_say_nothing(browser: Client) -> None:
    sheets = [browser.get("/sr/a/").content.decode() for _ in range(2)]
    sent = [re.findall(r'name="(?:is|who)" value="([^"]*)"', text) for text in sheets]
    assert [len(set(signs)) for signs in sent] == [len(QUESTIONS) + len(WHO)] * 2
    assert set(sent[0]) & set(sent[1]) == set()
    assert all(re.fullmatch(r"[0-9a-f]{12}", sign) for sign in sent[0])
    assert 'method="post"' in sheets[0]
    assert sheets[0].count("<fieldset>") == len(GROUPS) + 1


def test_a_sheet_is_good_for_an_hour(browser: Client) -> None:
    then = int((now() - LASTS).timestamp())
    old = Sheet(f"{then}.0")
    assert Sheet(f"{then + 60}.0").is_good()
    for name in (old.name, "", "x.1", "9" * 11, "9" * 40 + ".1"):
        answer = browser.post("/en/a/", {"sheet": name, "who": old.sign(ME), "is": [old.sign("hurt")]})
        assert "please tick once more" in answer.content.decode()
        assert "First of all: safety" not in answer.content.decode()


def test_danger_comes_first(browser: Client) -> None:
    text = ask(browser, "debt", "locked")
    assert text.index("First of all: safety") < text.index("tel:192") < text.index("What you ticked")
    assert "First of all: safety" not in ask(browser, "debt")


def test_whom_it_is_about_changes_what_can_be_done(browser: Client) -> None:
    hers, anothers, childs = (ask(browser, "pay", who=who) for who in ("me", "adult", "child"))
    assert "Talk to somebody whom you trust" in hers
    assert "Do not promise to save anybody" in anothers
    assert "A child can never agree" in childs


def test_nothing_ticked_is_no_all_clear(browser: Client) -> None:
    text = ask(browser)
    assert "If something feels wrong all the same" in text
    assert "What you ticked</h2>" not in text


def test_what_is_none_of_our_signs_is_passed_over() -> None:
    sheet = new_sheet()
    answers = sheet.read("<b>", [sheet.sign("pay"), "pay", new_sheet().sign("debt"), sheet.sign("pay")])
    assert (answers.who, [question.code for question in answers.ticked]) == (ME, ["pay"])
    assert sheet.read(sheet.sign(CHILD), []).is_child


def test_answers_are_stored_nowhere(browser: Client) -> None:
    before, given = rows(), filled("hurt", "papers")
    with CaptureQueriesContext(connections["default"]) as asked, CaptureQueriesContext(connections["keystore"]) as keys:
        answer = browser.post("/sr/a/", given)
    assert [query["sql"] for query in [*asked, *keys]] == []
    assert rows() == before
    assert not answer.cookies
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.request["QUERY_STRING"] == ""
    assert answer.status_code == 200  # nobody is led to an address that would hold the answers
