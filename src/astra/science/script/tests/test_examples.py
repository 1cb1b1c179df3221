"""Do the examples in the docstrings tell the truth?"""

import doctest

import pytest

from astra.science.script import cyrillic, folding, gettext_files, letters, ordering


@pytest.mark.parametrize("module", [cyrillic, folding, gettext_files, letters, ordering])
def test_docstrings(module: object) -> None:
    result = doctest.testmod(module)  # type: ignore[arg-type]
    assert result.failed == 0
