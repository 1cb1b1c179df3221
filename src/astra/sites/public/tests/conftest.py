"""What do the tests of the public pages start from? A browser at the public door."""

from collections.abc import Iterator

import pytest
from django.test import Client

from astra.sites.public import doorway
from astra.sites.public.tests.door import public_door


@pytest.fixture(autouse=True)
def _nobody_came_before(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever began in another test of the same minute does not make it a flood."""
    for name in ("BEGINNING", "COMING_BACK"):
        monkeypatch.setattr(doorway, name, doorway.Doorway())


@pytest.fixture
def door() -> Iterator[None]:
    """The process is the public site's."""
    with public_door():
        yield


@pytest.fixture
def browser(door: None) -> Client:
    """A browser that brought nothing along."""
    return Client()
