"""Can everything on the log be read? Each verb that any room writes has a sentence, each sealed part a name."""

import ast
import importlib
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.utils import translation

from astra.assistance.rules import bookings, referrals, stays
from astra.assistance.rules import lifecycles as assistance
from astra.cases.rules.lifecycle import LIFECYCLES, audit_verb
from astra.config.checks.tree import python_files
from astra.config.environment import PROJECT
from astra.kernel.ids import new_id
from astra.sites.desk import log_details, log_parts, log_words
from astra.vault.sections import declared

SOURCE = PROJECT / "src" / "astra"
CODE = re.compile(rf"({'|'.join(log_words.ROOMS)})\.[a-z][a-z0-9_]*")
BESIDE = {"tests", "bench", "migrations", "demo"}
NOTES = ("note", "_note", "log")
"""Functions that hand their keywords on as details."""


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
    for path in SOURCE.glob("*/*sections.py"):
        importlib.import_module(f"astra.{path.parent.name}.{path.stem}")
    importlib.import_module("astra.vault.services.attachments")
    return {name for name in declared() if name.partition(".")[0] in log_words.ROOMS}


def verbs_used() -> set[str]:
    """Every verb that the code can write."""
    found = {audit_verb(step.verb) for lifecycle in LIFECYCLES for step in lifecycle.steps}
    found |= {
        assistance.audit_verb(step.verb)
        for lifecycle in (*assistance.LIFECYCLES, *stays.LIFECYCLES, *bookings.LIFECYCLES, *referrals.LIFECYCLES)
        for step in lifecycle.steps
    }
    for path in python_files(PROJECT):
        inside = path.is_relative_to(SOURCE) and not BESIDE & set(path.relative_to(SOURCE).parts)
        if inside and path.name != "log_words.py":
            found |= set(codes_in(path))
    return found - (kinds() - set(log_words.VERBS))


def keys_in(path: Path) -> Iterator[str]:
    """The keys of details: of each dictionary given or assigned as `detail`, and of keywords handed on to it."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        given: ast.AST | None = None
        if isinstance(node, ast.keyword) and node.arg == "detail":
            given = node.value
        elif isinstance(node, ast.AnnAssign | ast.Assign):
            targets = [node.target] if isinstance(node, ast.AnnAssign) else node.targets
            given = node.value if any(isinstance(one, ast.Name) and one.id == "detail" for one in targets) else None
        elif isinstance(node, ast.Call) and getattr(node.func, "id", getattr(node.func, "attr", "")) in NOTES:
            yield from (one.arg for one in node.keywords if one.arg and one.arg not in ("reason", "detail"))
        for inner in ast.walk(given) if given is not None else ():
            for key in inner.keys if isinstance(inner, ast.Dict) else ():
                if isinstance(key, ast.Constant) and isinstance(key.value, str) and "." not in key.value:
                    yield key.value


def test_every_detail_has_a_name() -> None:
    found: set[str] = set()
    for path in python_files(PROJECT):
        if path.is_relative_to(SOURCE) and not BESIDE & set(path.relative_to(SOURCE).parts):
            found |= set(keys_in(path))
    assert len(found) > 40
    assert sorted(found - set(log_details.KEYS)) == [], "give it a name in sites/desk/log_details.py"


@pytest.mark.parametrize("language", ["en", "sr-latn", "sr"])
def test_details_are_words(language: str) -> None:
    member = new_id()
    told: dict[str, tuple[str | int | bool, tuple[str, str, str]]] = {
        "kind": ("silent", ("Silent", "Ćutanje na vezi", "Ћутање на вези")),
        "role": ("counsellor", ("Counsellor", "Savetnica / savetnik", "Саветница / саветник")),
        "tiers": ("team+legal", ("Case team + Legal aid", "Tim slučaja + Pravna pomoć", "Тим случаја + Правна помоћ")),
        "due": ("2026-11-21", ("21 Nov 2026", "21. 11. 2026.", "21. 11. 2026.")),
        "member": (str(member), ("Vesna", "Vesna", "Vesna")),
        "confirmed": (True, ("yes", "da", "да")),
        "found": (2, ("2", "2", "2")),
    }
    with translation.override(language):
        for key, (value, words) in told.items():
            said = log_details.detail_words(key, value, {member: "Vesna"}).replace("\u00a0", " ")
            assert said.partition(": ")[2] == words[("en", "sr-latn", "sr").index(language)]
        assert log_details.detail_words("of_old", "long_gone", {}) == "of old: long_gone"
        assert log_details.detail_words("circle", str(new_id()), {}).count("-") == 0


def test_every_verb_has_a_sentence_and_every_sentence_a_verb() -> None:
    used = verbs_used()
    assert len(used) > 100
    assert sorted(used - set(log_words.VERBS)) == [], "give it a sentence in sites/desk/log_words.py"
    assert sorted(set(log_words.VERBS) - used) == [], "nothing writes this verb"


def test_every_sealed_part_has_a_name() -> None:
    assert kinds() == set(log_parts.SECTIONS) - {"record"}


def test_what_alarms_is_a_verb() -> None:
    assert set(log_words.VERBS) >= log_words.ALARMING


@pytest.mark.parametrize("language", ["en", "sr-latn", "sr"])
def test_an_older_code_is_shown_as_it_is(language: str) -> None:
    with translation.override(language):
        assert log_words.verb_words("hotline.long_gone") == "hotline.long_gone"
        assert log_words.section_words("hotline.long_gone") == "hotline.long_gone"
        assert log_words.verb_words("vault.read") != "vault.read"
