"""What do the tests of the public pages start from? A browser at the public door."""

from collections.abc import Iterator

import pytest
from django.test import Client

from astra.sites.public.tests.door import public_door


@pytest.fixture
def door() -> Iterator[None]:
    """The process is the public site's."""
    with public_door():
        yield


@pytest.fixture
def browser(door: None) -> Client:
    """A browser that brought nothing along."""
    return Client()
