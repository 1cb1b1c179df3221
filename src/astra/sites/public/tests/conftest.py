"""What do the tests of the public pages start from? A browser at the public door."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import settings
from django.test import Client, override_settings


@pytest.fixture
def door() -> Iterator[None]:
    """The process is the public site's."""
    frame: dict[str, Any] = dict(settings.TEMPLATES[0])  # Any: settings of every type
    around = ["django.template.context_processors.request", *settings.FRAMES["public"]]
    frame["OPTIONS"] = {**frame["OPTIONS"], "context_processors": around}
    with override_settings(
        ROOT_URLCONF="astra.sites.public.urls", MIDDLEWARE=settings.PUBLIC_MIDDLEWARE, TEMPLATES=[frame]
    ):
        yield


@pytest.fixture
def browser(door: None) -> Client:
    """A browser that brought nothing along."""
    return Client()
