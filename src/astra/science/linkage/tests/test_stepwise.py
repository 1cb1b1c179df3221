"""Does asking one record after the other, with interruptions and changes, find what asking all at once finds?"""

from dataclasses import replace

import pytest

from astra.science.linkage.invented import invent
from astra.science.linkage.pairs import dedupe
from astra.science.linkage.record import Name, Record
from astra.science.linkage.registry import Registry
from astra.science.linkage.stepwise import Resemblances, who_else, why
from astra.science.linkage.tables import read_row

PEOPLE = [read_row(row, "record_id") for row in invent(43, 300, 0).registry]


@pytest.fixture
def registry() -> Registry:
    return Registry(PEOPLE)


def test_little_by_little_finds_what_all_at_once_finds(registry: Registry) -> None:
    found = Resemblances()
    waiting = found.waiting(registry)
    assert waiting[0] == PEOPLE[-1].id, "who came last asks first"
    for one in waiting[:25]:
        found.ask(registry, one)
    found.ask(registry, *waiting[25:])
    assert found.waiting(registry) == []
    at_once = {(pair.first, pair.second): pair.probability for pair in dedupe(registry, threshold=0.5)}
    by_steps = dict(found.likely(registry, 0.5))
    assert len(at_once) > 10
    assert by_steps == pytest.approx(at_once, abs=1e-3)


def test_what_was_found_is_there_before_all_have_asked(registry: Registry) -> None:
    whole = next(iter(dedupe(registry, threshold=0.9)))
    found = Resemblances()
    found.ask(registry, whole.first)
    assert whole.first in found
    assert whole.second not in found
    assert (whole.first, whole.second) in dict(found.likely(registry, 0.5))
    assert next(one for one, _ in who_else(registry, whole.first)) == whole.second
    assert why(registry, whole.first, whole.second) == whole.reasons


def test_who_changed_or_went_is_forgotten(registry: Registry) -> None:
    whole = next(iter(dedupe(registry, threshold=0.9)))
    found = Resemblances()
    for one in (whole.first, whole.second):
        found.ask(registry, one)
    changed = replace(next(one for one in PEOPLE if one.id == whole.second), names=(Name("Wen", "Zhang"),), birth=None)
    registry.change(replace(changed, national_id="", numbers=(), places=(), father="", mother="", nicknames=()))
    found.forget([whole.second])
    found.ask(registry, whole.second)
    assert (whole.first, whole.second) not in dict(found.likely(registry, 0.5))
    registry.remove(whole.first)
    assert all(whole.first not in two for two, _ in found.likely(registry, 0.0))
    with pytest.raises(KeyError):
        found.ask(registry, whole.first)


def test_nobody_resembles_nobody() -> None:
    registry = Registry([Record(id="1", names=(Name("Mira", "Savić"),))])
    assert who_else(registry, "1") == []
    assert Resemblances().likely(registry, 0.0) == []
