"""Which habits does no file take up? Read from the source itself, so that no path through a program hides one."""

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import TypeGuard

import pytest

from astra.config.checks import locks, others_work
from astra.config.checks.tree import python_files
from astra.config.environment import PROJECT

SOURCES = [path for path in python_files(PROJECT) if path.is_relative_to(PROJECT / "src")]
PRODUCT = [path for path in SOURCES if "tests" not in path.parts]
SIGNALS = re.compile(r"^django\.(dispatch|.*signals)|^django\.db\.models\.signals")
OVERRIDES = {"save", "save_base"}
SECRET = re.compile(r"secret|passphrase|password|recovery|share|token|private|phone|number|name|words", re.IGNORECASE)
LOGGERS = {"log", "logger", "logging"}
SPEAKING_FILES = {"commands", "cli.py", "__main__.py", "bench", "bench.py", "frontend.py", "catalogue.py", "demo"}


@cache
def parsed(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def functions(path: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    for node in ast.walk(parsed(path)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def where(path: Path, node: ast.AST) -> str:
    return f"{path.relative_to(PROJECT)}:{getattr(node, 'lineno', 0)}"


def test_nothing_is_imported_inside_a_function() -> None:
    found = [
        where(path, node)
        for path in SOURCES
        for function in functions(path)
        for node in ast.walk(function)
        if isinstance(node, ast.Import | ast.ImportFrom)
    ]
    assert found == []


def test_no_signals() -> None:
    found = [
        where(path, node)
        for path in PRODUCT
        for node in ast.walk(parsed(path))
        if (isinstance(node, ast.ImportFrom) and SIGNALS.match(node.module or ""))
        or (isinstance(node, ast.Import) and any(SIGNALS.match(alias.name) for alias in node.names))
    ]
    assert found == []


def test_models_do_not_override_how_they_are_saved() -> None:
    found = [
        where(path, node)
        for path in PRODUCT
        if "models" in path.parts or path.name == "models.py"
        for model in ast.walk(parsed(path))
        if isinstance(model, ast.ClassDef)
        for node in model.body
        if isinstance(node, ast.FunctionDef) and node.name in OVERRIDES
    ]
    assert found == []


def test_no_fault_is_caught_whole() -> None:
    found = [
        where(path, node)
        for path in PRODUCT
        for node in ast.walk(parsed(path))
        if isinstance(node, ast.ExceptHandler)
        and any(name in {"Exception", "BaseException"} for name in caught_names(node))
    ]
    assert found == []


def caught_names(handler: ast.ExceptHandler) -> list[str]:
    """What a handler catches; one that names nothing catches everything."""
    if handler.type is None:
        return ["BaseException"]
    return [node.id for node in ast.walk(handler.type) if isinstance(node, ast.Name)]


def test_only_commands_speak_to_the_terminal() -> None:
    found = [
        where(path, node)
        for path in PRODUCT
        if not SPEAKING_FILES.intersection(path.parts)
        for node in ast.walk(parsed(path))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "print"
    ]
    assert found == []


def test_nothing_personal_and_nothing_secret_is_logged() -> None:
    found = [
        f"{where(path, node)} {ast.unparse(argument)}"
        for path in PRODUCT
        for node in ast.walk(parsed(path))
        if is_log_call(node)
        for argument in node.args
        if not isinstance(argument, ast.Constant) and is_doubtful(argument)
    ]
    assert found == []


def is_log_call(node: ast.AST) -> TypeGuard[ast.Call]:
    """Whether this is log.warning(...) or the like."""
    return (
        isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and isinstance(node.func.value, ast.Name)
        and node.func.value.id in LOGGERS
        and node.func.attr != "getLogger"
    )


def is_doubtful(argument: ast.expr) -> bool:
    """Whether an argument's name sounds like something that no log may hold; the name of a class or function may."""
    text = ast.unparse(argument).replace("__name__", "").replace("__qualname__", "")
    return SECRET.search(text) is not None


def test_log_messages_are_not_put_together_from_values() -> None:
    found = [
        where(path, node)
        for path in PRODUCT
        for node in ast.walk(parsed(path))
        if is_log_call(node) and node.args and isinstance(node.args[0], ast.JoinedStr)
    ]
    assert found == []


def test_every_module_says_which_question_it_answers() -> None:
    found = [
        str(path.relative_to(PROJECT))
        for path in PRODUCT
        if parsed(path).body and ast.get_docstring(parsed(path)) is None
    ]
    assert found == []


@pytest.mark.parametrize("check", [locks, others_work], ids=["lock files hold no addresses", "all is our own work"])
def test_the_tree(check: ModuleType) -> None:
    assert [str(fault) for fault in check.find_faults(PROJECT)] == []
