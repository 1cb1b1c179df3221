"""Do the examples of places, appearance and families of names tell the truth?"""

import doctest

import pytest

from astra.science.linkage import arabic, declension, places


@pytest.mark.parametrize("module", [arabic, declension, places])
def test_docstrings(module: object) -> None:
    result = doctest.testmod(module)  # type: ignore[arg-type]
    assert result.attempted > 0
    assert result.failed == 0
