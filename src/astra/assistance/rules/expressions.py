"""What does a condition of a question set mean? The part of XPath that XLSForm uses, read once and reckoned anywhere.

A condition becomes a tree of lists, so that the same tree can be stored, reckoned here, and reckoned by the page.
"""

import math
import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

from astra.kernel.words import msg

Tree = list[Any]
TOKEN = re.compile(
    r"\s*(?:(?P<number>\d+(?:\.\d+)?)|(?P<text>'[^']*'|\"[^\"]*\")|\$\{\s*(?P<ref>[\w.-]+)\s*\}"
    r"|(?P<name>[A-Za-z_][\w:-]*)|(?P<sign><=|>=|!=|[=<>+*(),.-]))"
)
LEVELS: tuple[tuple[str, ...], ...] = (
    ("or",),
    ("and",),
    ("=", "!="),
    ("<", "<=", ">", ">="),
    ("+", "-"),
    ("*", "div", "mod"),
)
ARGUMENTS = {
    "selected": 2,
    "count-selected": 1,
    "not": 1,
    "if": 3,
    "coalesce": 2,
    "string-length": 1,
    "today": 0,
    "true": 0,
    "false": 0,
    "number": 1,
}
UNREADABLE = msg("“%(what)s” cannot be read here.")
UNKNOWN_FUNCTION = msg("There is no function “%(what)s” here. There are: %(known)s.")
WRONG_COUNT = msg("The function “%(what)s” takes %(count)s values.")
ENDS_EARLY = msg("The condition ends too early.")
ISO_DAY = re.compile(r"\d{4}-\d\d-\d\d")


class WrongExpression(ValueError):
    """A condition that cannot be read; says why and at which part."""

    def __init__(self, message: str, **parts: object) -> None:
        super().__init__(message)
        self.message, self.parts = message, parts


class _Reader:
    """Reads one condition from left to right."""

    def __init__(self, text: str) -> None:
        self._tokens = list(_tokens(text))
        self._at = 0

    def whole(self) -> Tree:
        """The condition, to its end."""
        tree = self._level(0)
        if self._at < len(self._tokens):
            raise WrongExpression(UNREADABLE, what=self._tokens[self._at][1])
        return tree

    def _peek(self) -> tuple[str, str]:
        return self._tokens[self._at] if self._at < len(self._tokens) else ("end", "")

    def _next(self) -> tuple[str, str]:
        token = self._peek()
        if token[0] == "end":
            raise WrongExpression(ENDS_EARLY)
        self._at += 1
        return token

    def _expect(self, sign: str) -> None:
        if (found := self._next()[1]) != sign:
            raise WrongExpression(UNREADABLE, what=found)

    def _level(self, level: int) -> Tree:
        if level == len(LEVELS):
            return self._single()
        tree = self._level(level + 1)
        while self._peek()[0] in ("sign", "name") and self._peek()[1] in LEVELS[level]:
            tree = [self._next()[1], tree, self._level(level + 1)]
        return tree

    def _single(self) -> Tree:
        kind, text = self._next()
        if kind == "number":
            return ["value", text]
        if kind == "text":
            return ["value", text[1:-1]]
        if kind == "ref":
            return ["answer", text]
        if kind == "name":
            return self._call(text)
        if text == ".":
            return ["own"]
        if text == "-":
            return ["-", ["value", "0"], self._single()]
        if text == "(":
            tree = self._level(0)
            self._expect(")")
            return tree
        raise WrongExpression(UNREADABLE, what=text)

    def _call(self, name: str) -> Tree:
        if name not in ARGUMENTS:
            raise WrongExpression(UNKNOWN_FUNCTION, what=name, known=", ".join(sorted(ARGUMENTS)))
        self._expect("(")
        given: list[Tree] = []
        while self._peek()[1] != ")":
            if given:
                self._expect(",")
            given.append(self._level(0))
        self._expect(")")
        if len(given) != ARGUMENTS[name]:
            raise WrongExpression(WRONG_COUNT, what=name, count=ARGUMENTS[name])
        return [name, *given]


def _tokens(text: str) -> Sequence[tuple[str, str]]:
    at, found = 0, []
    text = text.rstrip()
    while at < len(text):
        match = TOKEN.match(text, at)
        if match is None:
            raise WrongExpression(UNREADABLE, what=text[at:].strip()[:20])
        kind = str(match.lastgroup)
        found.append((kind, match[kind]))
        at = match.end()
    return found


def read(text: str) -> Tree:
    """Read a condition, or raise `WrongExpression`."""
    return _Reader(text).whole()


def names_in(tree: Tree) -> set[str]:
    """The questions that a condition asks about."""
    if tree[0] == "answer":
        return {str(tree[1])}
    return {name for part in tree[1:] if isinstance(part, list) for name in names_in(part)}


# ---- Reckoning


def holds(tree: Tree, answers: Mapping[str, str], own: str = "", *, today: date | None = None) -> bool:
    """Whether a condition is true for these answers; several chosen codes stand with a space between."""
    return _truth(_reckon(tree, answers, own, today))


def _reckon(tree: Tree, answers: Mapping[str, str], own: str, today: date | None) -> Any:  # Any: text, number or truth
    head = tree[0]
    if head == "value":
        return tree[1]
    if head == "answer":
        return answers.get(tree[1], "")
    if head == "own":
        return own
    parts = [_reckon(part, answers, own, today) for part in tree[1:]]
    if head == "today":
        return (today or date.min).isoformat()
    return OPERATIONS[head](*parts)


def _truth(value: Any) -> bool:  # Any: text, number or truth
    return value if isinstance(value, bool) else value not in ("", 0, 0.0)


def _number(value: Any) -> float:  # Any: text, number or truth
    try:
        return float(value)
    except (TypeError, ValueError):
        return float("nan")


def _same(left: Any, right: Any) -> bool:  # Any: text, number or truth
    if isinstance(left, bool) or isinstance(right, bool):
        return _truth(left) == _truth(right)
    first, second = _number(left), _number(right)
    return str(left) == str(right) if math.isnan(first) or math.isnan(second) else first == second


def _compared(left: Any, right: Any, holds_for: Callable[[Any, Any], bool]) -> bool:  # Any: text or number
    if ISO_DAY.fullmatch(str(left)) and ISO_DAY.fullmatch(str(right)):
        return holds_for(str(left), str(right))
    first, second = _number(left), _number(right)
    return not math.isnan(first) and not math.isnan(second) and bool(holds_for(first, second))


def _divided(left: Any, right: Any) -> float:  # Any: text or number
    return _number(left) / _number(right) if _number(right) else float("nan")


OPERATIONS: dict[str, Callable[..., Any]] = {  # Any: text, number or truth
    "or": lambda left, right: _truth(left) or _truth(right),
    "and": lambda left, right: _truth(left) and _truth(right),
    "=": _same,
    "!=": lambda left, right: not _same(left, right),
    "<": lambda left, right: _compared(left, right, lambda one, other: one < other),
    "<=": lambda left, right: _compared(left, right, lambda one, other: one <= other),
    ">": lambda left, right: _compared(left, right, lambda one, other: one > other),
    ">=": lambda left, right: _compared(left, right, lambda one, other: one >= other),
    "+": lambda left, right: _number(left) + _number(right),
    "-": lambda left, right: _number(left) - _number(right),
    "*": lambda left, right: _number(left) * _number(right),
    "div": _divided,
    "mod": lambda left, right: _number(left) % _number(right) if _number(right) else float("nan"),
    "selected": lambda chosen, code: str(code) in str(chosen).split(),
    "count-selected": lambda chosen: float(len(str(chosen).split())),
    "not": lambda value: not _truth(value),
    "if": lambda condition, yes, no: yes if _truth(condition) else no,
    "coalesce": lambda first, second: first if first != "" else second,
    "string-length": lambda value: float(len(str(value))),
    "true": lambda: True,
    "false": lambda: False,
    "number": _number,
}
