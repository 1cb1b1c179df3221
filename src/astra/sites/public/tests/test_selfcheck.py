"""Does the self-check answer every question, put danger first, judge nobody and keep nothing?"""

import re

import pytest
from django.apps import apps
from django.db import connections, models
from django.test import Client
from django.test.utils import CaptureQueriesContext

from astra.sites.public.selfcheck import CHILD, GROUPS, ME, Question, read_answers

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


def ask(browser: Client, *ticked: str, who: str = ME) -> str:
    answer = browser.post("/en/a/", {"who": who, "is": ticked})
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda question: question.code)
def test_every_tick_is_answered_by_itself(browser: Client, question: Question) -> None:
    text = ask(browser, question.code)
    assert question.text in text
    assert question.answer in text
    assert not any(verdict in text.lower() for verdict in VERDICTS)


def test_codes_are_there_once_and_fit_into_the_form(browser: Client) -> None:
    text = browser.get("/sr/a/").content.decode()
    asked = re.findall(r'name="is" value="(\w+)"', text)
    assert asked == [question.code for question in QUESTIONS]
    assert len(set(asked)) == len(asked)
    assert 'method="post"' in text
    assert text.count("<fieldset>") == len(GROUPS) + 1


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


def test_what_is_none_of_our_codes_is_passed_over() -> None:
    answers = read_answers("<b>", ["pay", "nobody", "pay"])
    assert (answers.who, [question.code for question in answers.ticked]) == (ME, ["pay"])
    assert read_answers("child", []).who == CHILD


def test_answers_are_stored_nowhere(browser: Client) -> None:
    before = rows()
    with CaptureQueriesContext(connections["default"]) as asked, CaptureQueriesContext(connections["keystore"]) as keys:
        answer = browser.post("/sr/a/", {"who": "me", "is": ["hurt", "papers"]})
    assert [query["sql"] for query in [*asked, *keys]] == []
    assert rows() == before
    assert not answer.cookies
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.request["QUERY_STRING"] == ""
    assert answer.status_code == 200  # nobody is led to an address that would hold the answers
