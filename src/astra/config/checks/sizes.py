"""Is every file, function and view small enough to be read at one sitting, and is every exception explained?"""

import ast
import io
import re
import tokenize
from collections.abc import Iterator
from pathlib import Path

from astra.config.checks.tree import Fault, kept_files, python_files

FILE_LINES, FUNCTION_LINES, VIEW_LINES, README_LINES = 400, 60, 25, 30
HAND_WRITTEN = {".py", ".html", ".js", ".scss", ".css", ".sh"}
CATCH_ALL = {"utils", "util", "common", "misc", "manager", "managers", "helpers", "helper"}
CODES = r"\[[^\]]*\]|:\s*[A-Z]+\d+(?:,\s*[A-Z]+\d+)*"
SILENCED = re.compile(rf"#\s*(?:type:\s*ignore|noqa)\b(?P<codes>\s*(?:{CODES}))?(?P<reason>.*)$")
SHORTEST_REASON = 8


def find_faults(project: Path) -> Iterator[Fault]:
    """Look at every hand-written file."""
    for path in python_files(project):
        yield from _python_faults(path, str(path.relative_to(project)))
    for path in kept_files(project):
        yield from _length_faults(path, str(path.relative_to(project)))


def _length_faults(path: Path, where: str) -> Iterator[Fault]:
    """Files are shorter than 400 lines, the README of a room no longer than 30."""
    is_readme = path.name == "README.md" and "src" in path.parts
    if (path.suffix not in HAND_WRITTEN and not is_readme) or "migrations" in path.parts:
        return
    lines = len(path.read_text(encoding="utf-8").splitlines())
    if is_readme and lines > README_LINES:
        yield Fault(where, f"{lines} lines; the README of a room has at most {README_LINES}")
    elif lines >= FILE_LINES:
        yield Fault(where, f"{lines} lines; split it by topic before {FILE_LINES}")


def _python_faults(path: Path, where: str) -> Iterator[Fault]:
    """Names, functions and silenced warnings of one Python file."""
    if path.stem in CATCH_ALL:
        yield Fault(where, "a name that could hold anything; say what question the module answers")
    text = path.read_text(encoding="utf-8")
    is_views = path.stem == "views" or path.parent.name == "views"
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield from _function_faults(node, where, is_view=is_views and not node.name.startswith("_"))
    for token in tokenize.generate_tokens(io.StringIO(text).readline):
        if token.type == tokenize.COMMENT:
            yield from _silenced_faults(token.string, f"{where}:{token.start[0]}", is_test="tests" in path.parts)


def _function_faults(node: ast.FunctionDef | ast.AsyncFunctionDef, where: str, *, is_view: bool) -> Iterator[Fault]:
    """A function is shorter than 60 lines, a view shorter than 25."""
    lines = (node.end_lineno or node.lineno) - node.lineno + 1
    limit = VIEW_LINES if is_view else FUNCTION_LINES
    if lines >= limit:
        kind = "views" if is_view else "functions"
        yield Fault(f"{where}:{node.lineno}", f"{node.name} has {lines} lines; {kind} stay under {limit}")


def _silenced_faults(comment: str, where: str, *, is_test: bool) -> Iterator[Fault]:
    """A silenced warning names its code and gives its reason on the same line; a test's name is reason enough."""
    found = SILENCED.search(comment)
    if found is None:
        return
    if not found["codes"]:
        yield Fault(where, "silences every warning; name the one that is meant")
    if not is_test and len(found["reason"].strip(" #()")) < SHORTEST_REASON:
        yield Fault(where, "silences a warning without saying why")
