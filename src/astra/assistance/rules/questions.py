"""What is a question set, which of its questions are asked now, and which answers are right?"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

import msgspec

from astra.assistance.rules.expressions import Tree, holds
from astra.kernel.errors import Invalid, Problem
from astra.kernel.words import msg

NOTE, GROUP = "note", "group"
ONE, SEVERAL, TEXT, INTEGER, DECIMAL, DAY = "one", "several", "text", "integer", "decimal", "day"
CODED = (ONE, SEVERAL, INTEGER)
"""Kinds of question that statistics can count; words never are."""
DAYS = ("%d.%m.%Y.", "%d.%m.%Y", "%Y-%m-%d")
LONGEST = 20_000

ANSWER_NEEDED = msg("This question needs an answer.")
NOT_OFFERED = msg("Choose one of the answers that are offered.")
NO_WHOLE_NUMBER = msg("Write a whole number, such as 12.")
NO_NUMBER = msg("Write a number, such as 12,5.")
NO_DAY = msg("Write a day that exists, such as 31.12.2026.")
TOO_LONG = msg("This is too long. Write at most %(most)s letters.")
AGAINST_RULE = msg("This answer does not fit the rule of the question: %(rule)s")


@dataclass(frozen=True)
class Choice:
    """One answer that is offered."""

    code: str
    labels: dict[str, str]
    filters: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Question:
    """One question, note or group, in the order of the sheet."""

    name: str
    kind: str
    labels: dict[str, str]
    hints: dict[str, str] = field(default_factory=dict)
    depth: int = 0
    group: str = ""
    """The group in which it stands."""
    choices: tuple[Choice, ...] = ()
    is_required: bool = False
    relevant: Tree | None = None
    constraint: Tree | None = None
    constraint_message: dict[str, str] = field(default_factory=dict)
    choice_filter: Tree | None = None
    is_counted: bool = False
    counted_as: str = ""
    """For a copy of a repeated question: the name under which all copies are counted."""

    @property
    def is_asked(self) -> bool:
        """Whether it takes an answer."""
        return self.kind not in (NOTE, GROUP)


@dataclass(frozen=True)
class QuestionSet:
    """Everything that one version of a set asks."""

    title: str
    questions: tuple[Question, ...]
    languages: tuple[str, ...] = ("",)

    @property
    def asked(self) -> tuple[Question, ...]:
        """What takes an answer."""
        return tuple(one for one in self.questions if one.is_asked)


def to_json(questions: QuestionSet) -> Any:  # Any: what a JSON column holds
    """A set as it is stored."""
    return msgspec.to_builtins(questions)


def from_json(stored: Any) -> QuestionSet:  # Any: what a JSON column holds
    """A set as it was stored."""
    return msgspec.convert(stored, QuestionSet)


def in_language(words: Mapping[str, str], language: str) -> str:
    """Words in the reader's language, else in the first that there is."""
    if language in words:
        return words[language]
    near = [said for known, said in words.items() if known.split("-")[0] == language.split("-", maxsplit=1)[0]]
    return next(iter([*near, *words.values()]), "")


def relevant_names(questions: QuestionSet, answers: Mapping[str, str], today: date | None = None) -> set[str]:
    """The questions that are asked now: an answer that is not asked for says nothing to others."""
    names = {one.name for one in questions.questions}
    for _ in range(len(questions.questions) + 1):
        known = {name: answer for name, answer in answers.items() if name in names}
        found: set[str] = set()
        for one in questions.questions:
            is_inside = not one.group or one.group in found
            if is_inside and (one.relevant is None or holds(one.relevant, known, today=today)):
                found.add(one.name)
        if found == names:
            break
        names = found
    return names


def offered(question: Question, answers: Mapping[str, str], today: date | None = None) -> list[Choice]:
    """The answers that a question offers now."""
    if question.choice_filter is None:
        return list(question.choices)
    tree = question.choice_filter
    return [one for one in question.choices if holds(tree, {**answers, **one.filters, "name": one.code}, today=today)]


def checked(questions: QuestionSet, given: Mapping[str, str], today: date) -> dict[str, str]:
    """The answers that are asked for, each in one form, or `Invalid` naming each question that is wrong."""
    raw = {one.name: given.get(one.name, "").strip() for one in questions.asked}
    plain, problems = {}, {}
    for one in questions.asked:
        try:
            plain[one.name] = _plain(one, raw[one.name])
        except Invalid as error:
            problems[one.name] = error.problems[0]
            plain[one.name] = ""
    asked = relevant_names(questions, plain, today)
    kept = {name: answer for name, answer in plain.items() if name in asked and answer}
    for one in questions.asked:
        if one.name in asked and one.name not in problems:
            problem = _problem(one, kept, today)
            if problem is not None:
                problems[one.name] = problem
    wrong = [problem for name, problem in problems.items() if name in asked]
    if wrong:
        raise Invalid(*wrong)
    return kept


def _plain(question: Question, answer: str) -> str:
    """An answer as it is kept."""
    if not answer:
        return ""
    match question.kind:
        case "integer":
            return _whole(question, answer)
        case "decimal":
            return _decimal(question, answer)
        case "day":
            return _day(question, answer)
        case "several":
            return " ".join(dict.fromkeys(answer.split()))
    if len(answer) > LONGEST:
        raise Invalid(Problem(question.name, TOO_LONG, parts={"most": LONGEST}))
    return answer


def _whole(question: Question, answer: str) -> str:
    digits = answer.removeprefix("-")
    if not (digits.isascii() and digits.isdecimal() and len(digits) <= 15):
        raise Invalid(Problem(question.name, NO_WHOLE_NUMBER))
    return str(int(answer))


def _decimal(question: Question, answer: str) -> str:
    whole, _, rest = answer.replace(",", ".").removeprefix("-").partition(".")
    if not (whole + rest).isascii() or not whole.isdecimal() or (rest and not rest.isdecimal()):
        raise Invalid(Problem(question.name, NO_NUMBER))
    return answer.replace(",", ".")


def _day(question: Question, answer: str) -> str:
    for form in DAYS:
        try:
            return datetime.strptime(answer.replace(" ", ""), form).date().isoformat()  # noqa: DTZ007  (a day has no zone)
        except ValueError:
            continue
    raise Invalid(Problem(question.name, NO_DAY))


def _problem(question: Question, kept: Mapping[str, str], today: date) -> Problem | None:
    answer = kept.get(question.name, "")
    if not answer:
        return Problem(question.name, ANSWER_NEEDED) if question.is_required else None
    if question.kind in (ONE, SEVERAL):
        codes = {one.code for one in offered(question, kept, today)}
        chosen = answer.split() if question.kind == SEVERAL else [answer]
        if not set(chosen) <= codes:
            return Problem(question.name, NOT_OFFERED)
    if question.constraint is not None and not holds(question.constraint, kept, answer, today=today):
        rule = in_language(question.constraint_message, "") or "…"
        return Problem(question.name, AGAINST_RULE, parts={"rule": rule})
    return None


def coded(questions: QuestionSet, answers: Mapping[str, str]) -> Iterable[tuple[str, str]]:
    """What statistics may count: question and code, only of questions that the set marks for it."""
    for one in questions.asked:
        if one.is_counted and one.kind in CODED:
            for code in answers.get(one.name, "").split():
                yield one.counted_as or one.name, code
