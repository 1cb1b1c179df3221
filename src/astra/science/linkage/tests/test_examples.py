"""Do the examples in the docstrings tell the truth?"""

import doctest

import pytest

import astra.science.linkage
from astra.science.linkage import (
    appearance,
    arabic,
    births,
    body,
    channel,
    declension,
    lexicon,
    marks,
    names,
    national,
    nicknames,
    places,
    prepared,
    remembering,
    repairs,
    sounds,
    weights,
)

MODULES = [
    astra.science.linkage, appearance, arabic, births, body, channel, declension, lexicon, marks, names, national,
    nicknames, places, prepared, remembering, repairs, sounds, weights,
]  # fmt: skip


@pytest.mark.parametrize("module", MODULES, ids=lambda module: module.__name__)
def test_docstrings(module: object) -> None:
    result = doctest.testmod(module)  # type: ignore[arg-type]
    assert result.attempted > 0
    assert result.failed == 0
