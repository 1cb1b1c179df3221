"""How long does a set of 300 questions take to be drawn, and to be checked when it is answered?"""
# ruff: noqa: I001  (home comes first: it sets Django up before a room is imported)

from bench.home import machine, say

import time
from datetime import date

from django.template.loader import render_to_string

from astra.assistance.rules.expressions import read
from astra.assistance.rules.questions import Choice, Question, QuestionSet, checked, from_json, to_json
from astra.assistance.views.questions_shown import asked
from astra.kernel.clock import now

QUESTIONS, TIMES, TOGETHER = 300, 60, 10
KINDS = ("one", "several", "text", "integer", "day")
DAY = date(2026, 11, 23)


def made_up() -> QuestionSet:
    """A set as organisations write them: groups of ten, every third question only asked after another answer."""
    questions = []
    for number in range(QUESTIONS):
        kind = KINDS[number % len(KINDS)]
        choices = tuple(Choice(f"c{one}", {"en": f"Answer {one}"}) for one in range(6)) if kind in KINDS[:2] else ()
        group = f"g{number // TOGETHER}"
        if number % TOGETHER == 0:
            questions.append(Question(group, "group", {"en": f"Part {number // TOGETHER}"}))
        before = f"q{number - number % len(KINDS)}"
        relevant = read(f"${{{before}}} != 'c5'") if number % 3 == 2 and number % len(KINDS) else None
        questions.append(
            Question(
                f"q{number}", kind, {"en": f"Question {number}?"}, {"en": "As she says it."}, 1, group, choices,
                is_required=number % 7 == 0, relevant=relevant,
            )
        )  # fmt: skip
    return QuestionSet("Questions", tuple(questions))


def main() -> None:
    """Draw the page and check its answers, many times, and print how long it took."""
    print(f"{QUESTIONS} questions, {now():%Y-%m-%d}, {machine()}")
    stored = to_json(made_up())
    answers = {"one": "c1", "several": "c1 c2", "text": "Said", "integer": "12", "day": "2026-01-05"}
    given = {one.name: answers[one.kind] for one in made_up().asked}
    drawing, checking = [], []
    for _ in range(TIMES):
        started = time.perf_counter()
        questions = from_json(stored)
        page = render_to_string("assistance/answer.html", _context(questions, given))
        drawing.append(time.perf_counter() - started)
        started = time.perf_counter()
        kept = checked(from_json(stored), given, DAY)
        checking.append(time.perf_counter() - started)
        if page.count("data-question=") != len(questions.questions) or len(kept) != QUESTIONS:
            raise ValueError("something is missing on the page")
    say("a page of 300 questions, p95", _p95(drawing) * 1000, "ms", 500)
    say("its answers checked, p95", _p95(checking) * 1000, "ms", 500)


def _context(questions: QuestionSet, given: dict[str, str]) -> dict[str, object]:
    case = {"id": "00000000-0000-0000-0000-000000000000", "number": "2026/1"}
    return {"case": case, "tiers": [], "errors": []} | asked(questions, given, None, "en")


def _p95(times: list[float]) -> float:
    return sorted(times)[int(len(times) * 0.95)]


if __name__ == "__main__":
    main()
