"""The people room's tests start with an empty search index."""

from collections.abc import Iterator

import pytest

from astra.people import index


@pytest.fixture(autouse=True)
def _empty_index() -> Iterator[None]:
    index._INDEX.wipe()
    yield
    index._INDEX.wipe()
