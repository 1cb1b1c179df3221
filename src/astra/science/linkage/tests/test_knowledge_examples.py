"""Do the examples of places, appearance and families of names tell the truth?"""

import doctest

import pytest

from astra.science.linkage import appearance, arabic, body, declension, lexicon, marks, nicknames, places


@pytest.mark.parametrize("module", [appearance, arabic, body, declension, lexicon, marks, nicknames, places])
def test_docstrings(module: object) -> None:
    result = doctest.testmod(module)  # type: ignore[arg-type]
    assert result.attempted > 0
    assert result.failed == 0
