"""How do repeats and reckoned values of an XLSForm become plain questions? Written out, each copy by itself.

A repeat becomes groups, "Child 1", "Child 2", and so on: as many as the sheet says, or the next one as soon as
something was answered in the one before. So answers, conditions, versions and tables know of questions only. A
reckoned value is put into the conditions that name it; it is asked of nobody and kept nowhere.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from copy import deepcopy
from typing import Any

from astra.kernel.errors import Invalid, Problem
from astra.kernel.words import msg

Child = dict[str, Any]  # Any: what the convention's program gives
REPEAT, RECKONED, TODAY = "repeat", "calculate", "today"
MOST_COPIES, MOST_SAID = 10, 50
DEEPEST = 20
REFERENCE = re.compile(r"\$\{\s*([\w.-]+)\s*\}")
TEXTS = ("relevant", "constraint", "required", "calculate")

NESTED = msg("“%(found)s” is a repeat within a repeat. Make one of them a group or a set of its own.")
TOO_OFTEN = msg("The repeat “%(found)s” asks more than %(most)s times. Lower its repeat_count.")
OUTSIDE = msg("“%(found)s” stands in a repeat. Only conditions within that repeat can ask about it.")
TAKEN = msg("The name “%(found)s” is needed for a copy of a repeat. Give that question another name.")
IN_A_CIRCLE = msg("The calculation of “%(found)s” leads back to itself.")


def unfolded(children: Iterable[Child]) -> list[Child]:
    """The same questions without repeats and reckoned values, or `Invalid`."""
    plain = deepcopy(list(children))
    _reckon_in_place(plain)
    repeated = {one["name"] for each in _every(plain) if each.get("type") == REPEAT for one in _every(_inside(each))}
    _check_references(plain, repeated)
    taken = {one["name"] for one in _every(plain)}
    return [copy for child in plain for copy in _unfold(child, taken)]


def _inside(child: Child) -> list[Child]:
    found: list[Child] = child.get("children") or []
    return found


def _every(children: Iterable[Child]) -> Iterator[Child]:
    for child in children:
        yield child
        yield from _every(_inside(child))


def _texts(child: Child) -> Iterator[tuple[dict[str, Any], str]]:
    """Where a child says something that names questions: the place and its key."""
    bind = child.get("bind") or {}
    for key in TEXTS:
        if isinstance(bind.get(key), str):
            yield bind, key
    for place, key in ((child, "choice_filter"), (child.get("control") or {}, "jr:count")):
        if isinstance(place.get(key), str):
            yield place, key


def _reckon_in_place(children: list[Child]) -> None:
    """Put what is reckoned into the texts that name it."""
    said = {
        one["name"]: (one.get("bind") or {}).get("calculate", "''") for one in _every(children) if _is_reckoned(one)
    }
    said |= {one["name"]: "today()" for one in _every(children) if one.get("type") == TODAY}
    for child in _every(children):
        for place, key in _texts(child):
            place[key] = _reckoned(place[key], said, 0)


def _is_reckoned(child: Child) -> bool:
    return child.get("type") == RECKONED


def _reckoned(text: str, said: Mapping[str, str], depth: int) -> str:
    def put(match: re.Match[str]) -> str:
        name = match[1]
        if name not in said:
            return match[0]
        if depth > DEEPEST:
            raise Invalid(Problem("file", IN_A_CIRCLE, parts={"found": name}))
        return f"({_reckoned(said[name], said, depth + 1)})"

    return REFERENCE.sub(put, text)


def _check_references(children: list[Child], repeated: set[str]) -> None:
    """What stands in a repeat is asked about within it alone."""
    for child in children:
        for place, key in _texts(child):
            for name in REFERENCE.findall(place[key]):
                if name in repeated:
                    raise Invalid(Problem("file", OUTSIDE, parts={"found": name}))
        if child.get("type") == REPEAT:
            hers = {one["name"] for one in _every(_inside(child))}
            _check_references(_inside(child), repeated - hers)
        else:
            _check_references(_inside(child), repeated)


def _unfold(child: Child, taken: set[str]) -> Iterator[Child]:
    if child.get("type") != REPEAT:
        if "children" in child:
            child["children"] = [copy for one in _inside(child) for copy in _unfold(one, taken)]
        yield child
        return
    if any(one.get("type") == REPEAT for one in _every(_inside(child))):
        inner = next(one["name"] for one in _every(_inside(child)) if one.get("type") == REPEAT)
        raise Invalid(Problem("file", NESTED, parts={"found": inner}))
    count = str((child.get("control") or {}).get("jr:count", "")).strip("() ")
    times = int(count) if count.isdecimal() else MOST_COPIES
    if times > MOST_SAID:
        raise Invalid(Problem("file", TOO_OFTEN, parts={"found": child["name"], "most": MOST_SAID}))
    for number in range(1, times + 1):
        yield _copy(child, number, count, taken)


def _copy(child: Child, number: int, count: str, taken: set[str]) -> Child:
    """One copy: names with their number, conditions about the same copy, and when it is asked."""
    names = {one["name"] for one in _every(_inside(child))}
    copy = deepcopy(child)
    for one in _every([copy]):
        old = one["name"]
        one["name"] = f"{old}_{number}"
        if one["name"] in taken:
            raise Invalid(Problem("file", TAKEN, parts={"found": one["name"]}))
        if old in names:
            one["counted_as"] = old
        for place, key in _texts(one):
            place[key] = REFERENCE.sub(lambda match: _of_copy(match, names, number), place[key])
    copy["type"] = "group"
    copy["label"] = _numbered(copy.get("label") or "", number)
    conditions = [(copy.get("bind") or {}).get("relevant", ""), _when(child, number, count)]
    copy["bind"] = {**(copy.get("bind") or {}), "relevant": " and ".join(f"({one})" for one in conditions if one)}
    if not count and number > 1:
        for one in _every(_inside(copy)):  # a copy that is only offered need not be filled in
            one["bind"] = {**(one.get("bind") or {}), "required": ""}
    return copy


def _of_copy(match: re.Match[str], names: set[str], number: int) -> str:
    return f"${{{match[1]}_{number}}}" if match[1] in names else match[0]


def _when(child: Child, number: int, count: str) -> str:
    """When a copy is asked: as often as the sheet says, or after something was answered in the copy before."""
    if count:
        return "" if count.isdecimal() else f"({count}) >= {number}"
    if number == 1:
        return ""
    asked = [one["name"] for one in _every(_inside(child)) if "children" not in one and one.get("type") != "note"]
    return " or ".join(f"${{{name}_{number - 1}}} != ''" for name in asked if name) or "true()"


def _numbered(label: Any, number: int) -> Any:  # Any: words, or words by language
    if isinstance(label, dict):
        return {language: f"{words} {number}" for language, words in label.items()}
    return f"{label} {number}".strip()
