"""Can everything on the log be read? Each verb that any room writes has a sentence, each sealed part a name."""

import ast
import importlib
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.utils import translation

from astra.cases.rules.lifecycle import LIFECYCLES, audit_verb
from astra.config.checks.tree import python_files
from astra.config.environment import PROJECT
from astra.sites.desk import log_words
from astra.vault.sections import declared

SOURCE = PROJECT / "src" / "astra"
CODE = re.compile(rf"({'|'.join(log_words.ROOMS)})\.[a-z][a-z0-9_]*")
BESIDE = {"tests", "bench", "migrations", "demo"}


def codes_in(path: Path) -> Iterator[str]:
    """The `room.event` codes of services; elsewhere only those named as verbs, as deadlines look the same."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    if any(part.startswith("services") for part in path.parts):
        named = list(ast.walk(tree))
    else:
        named = [one.value for one in ast.walk(tree) if isinstance(one, ast.keyword) and one.arg == "verb"]
    for node in named:
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and CODE.fullmatch(node.value):
            yield node.value


def kinds() -> set[str]:
    """Every kind of sealed part that a room declares."""
    for path in SOURCE.glob("*/sections.py"):
        importlib.import_module(f"astra.{path.parent.name}.sections")
    importlib.import_module("astra.vault.services.attachments")
    return {name for name in declared() if name.partition(".")[0] in log_words.ROOMS}


def verbs_used() -> set[str]:
    """Every verb that the code can write."""
    found = {audit_verb(step.verb) for lifecycle in LIFECYCLES for step in lifecycle.steps}
    for path in python_files(PROJECT):
        inside = path.is_relative_to(SOURCE) and not BESIDE & set(path.relative_to(SOURCE).parts)
        if inside and path.name != "log_words.py":
            found |= set(codes_in(path))
    return found - (kinds() - set(log_words.VERBS))


def test_every_verb_has_a_sentence_and_every_sentence_a_verb() -> None:
    used = verbs_used()
    assert len(used) > 100
    assert sorted(used - set(log_words.VERBS)) == [], "give it a sentence in sites/desk/log_words.py"
    assert sorted(set(log_words.VERBS) - used) == [], "nothing writes this verb"


def test_every_sealed_part_has_a_name() -> None:
    assert kinds() == set(log_words.SECTIONS) - {"record"}


def test_what_alarms_is_a_verb() -> None:
    assert set(log_words.VERBS) >= log_words.ALARMING


@pytest.mark.parametrize("language", ["en", "sr-latn", "sr"])
def test_an_older_code_is_shown_as_it_is(language: str) -> None:
    with translation.override(language):
        assert log_words.verb_words("hotline.long_gone") == "hotline.long_gone"
        assert log_words.section_words("hotline.long_gone") == "hotline.long_gone"
        assert log_words.verb_words("vault.read") != "vault.read"
