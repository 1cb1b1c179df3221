"""How do questions and answers look? In the reader's language, with the conditions for the page."""

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any

from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _

from astra.assistance.rules import questions as rules
from astra.assistance.rules.questions import Question, QuestionSet, in_language
from astra.assistance.selectors.questions import SheetLine
from astra.cases.rules.tiers import TEAM
from astra.kernel.clock import today
from astra.kernel.errors import Invalid
from astra.vocabulary.coarsening import RARE_BELOW
from astra.vocabulary.naming import day, label

LEVELS = (2, 3, 4)


def given_in(questions: QuestionSet, posted: QueryDict) -> dict[str, str]:
    """What was typed and ticked; several ticks stand with spaces between."""
    return {one.name: " ".join(posted.getlist(f"q_{one.name}")) for one in questions.asked}


def asked(
    questions: QuestionSet, given: Mapping[str, str], problems: Invalid | None, language: str | None
) -> dict[str, Any]:
    """Everything that the page of a set needs."""
    said = said_by_name(problems)
    relevant = rules.relevant_names(questions, given, today())
    rows = [_row(one, given, said, one.name in relevant, language or "") for one in questions.questions]
    return {"title": questions.title, "questions": rows, "today": today().isoformat()}


def _row(
    one: Question, given: Mapping[str, str], said: Mapping[str, str], is_relevant: bool, language: str
) -> dict[str, Any]:
    answer = given.get(one.name, "")
    chosen = set(answer.split()) if one.kind == rules.SEVERAL else {answer}
    return {
        "name": one.name,
        "id": f"q_{one.name}",
        "kind": one.kind,
        "label": in_language(one.labels, language),
        "hint": in_language(one.hints, language),
        "level": LEVELS[min(one.depth, len(LEVELS) - 1)],
        "group": one.group,
        "answer": _shown_day(answer) if one.kind == rules.DAY else answer,
        "error": said.get(one.name, ""),
        "is_required": one.is_required,
        "is_hidden": not is_relevant,
        "relevant": json.dumps(one.relevant) if one.relevant else "",
        "filter": json.dumps(one.choice_filter) if one.choice_filter else "",
        "choices": [
            {
                "code": choice.code,
                "label": in_language(choice.labels, language),
                "is_chosen": choice.code in chosen,
                "filters": json.dumps(choice.filters) if one.choice_filter else "",
            }
            for choice in one.choices
        ],
    }


def _shown_day(answer: str) -> str:
    try:
        return day(date.fromisoformat(answer))
    except ValueError:
        return answer


def said_by_name(problems: Invalid | None) -> dict[str, str]:
    """What is wrong, by the name of the question."""
    return {one.field: _(one.message) % one.parts if one.parts else _(one.message) for one in _each(problems)}


def _each(problems: Invalid | None) -> Iterable[Any]:  # Any: problems
    return problems.problems if problems else ()


def errors_of(problems: Invalid | None) -> list[dict[str, str]]:
    """The same for the summary above the form."""
    return [{"text": text, "href": f"#q_{name}"} for name, text in said_by_name(problems).items()]


def answered_rows(questions: QuestionSet, given: Mapping[str, str], language: str | None) -> list[dict[str, Any]]:
    """Questions with their answers, in the order of the set."""
    rows = []
    for one in questions.questions:
        text = in_language(one.labels, language or "")
        if one.kind == rules.GROUP:
            rows.append({"heading": text})
        elif given.get(one.name):
            rows.append({"key": text, "value": _said(one, given[one.name], language or "")})
    return rows


def answer_table(questions: QuestionSet, given: Mapping[str, str], language: str | None) -> Iterator[list[str]]:
    """The same for a spreadsheet: name, question, what was answered as it is kept, and in words."""
    yield [_("Name"), _("Question"), _("Answer as kept"), _("Answer")]
    for one in questions.asked:
        answer = given.get(one.name, "")
        said = _said(one, answer, language or "") if answer else ""
        yield [one.name, in_language(one.labels, language or ""), answer, said]


def counted_rows(
    questions: QuestionSet, counts: Counter[tuple[str, str]], language: str | None
) -> list[dict[str, Any]]:
    """Each counted question with how often each answer was given; few are not told apart."""
    by_question: dict[str, list[tuple[str, int]]] = defaultdict(list)
    for (question, code), count in sorted(counts.items(), key=lambda pair: (pair[0][0], -pair[1])):
        by_question[question].append((code, count))
    known = {one.counted_as or one.name: one for one in questions.asked}
    return [
        {
            "question": in_language(known[name].labels, language or "") if name in known else name,
            "rows": [
                {
                    "answer": _said(known[name], code, language or "") if name in known else code,
                    "count": str(count) if count >= RARE_BELOW else _("fewer than %(few)s") % {"few": RARE_BELOW},
                }
                for code, count in found
            ],
        }
        for name, found in by_question.items()
    ]


def _said(one: Question, answer: str, language: str) -> str:
    if one.kind == rules.DAY:
        return _shown_day(answer)
    if not one.choices:
        return answer
    names = {choice.code: in_language(choice.labels, language) for choice in one.choices}
    return ", ".join(names.get(code, code) for code in answer.split())


def sheet_rows(lines: Iterable[SheetLine]) -> list[dict[str, Any]]:
    """What was answered, as a list shows it."""
    return [
        {
            "line": line,
            "url": reverse("assistance:answers", args=[line.id]),
            "tier": label("case_tier", line.tier) if line.tier != TEAM else "",
        }
        for line in lines
    ]
