"""Do the examples in the docstrings tell the truth?"""

import doctest
from importlib import import_module
from importlib.util import find_spec
from pkgutil import walk_packages

import pytest

from astra.science import linkage

OPTIONAL = ("engines", "tests", "__main__")
"""Engines want packages that not everybody has; `test_engines` runs them."""
WITH_EXAMPLES = [
    name
    for _, name, _ in walk_packages(linkage.__path__, f"{linkage.__name__}.")
    if not any(part in name for part in OPTIONAL)
    and (spec := find_spec(name)) is not None
    and spec.loader is not None
    and ">>>" in (spec.loader.get_source(name) or "")  # type: ignore[attr-defined]
]


@pytest.mark.parametrize("name", [linkage.__name__, *WITH_EXAMPLES])
def test_docstrings(name: str) -> None:
    result = doctest.testmod(import_module(name))
    assert result.attempted > 0
    assert result.failed == 0
