"""Where do the tests of access find the organisation? Built once for each module, gone when it ends."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import transaction

from astra.demo.pytest_cast import Cast
from tests.access import building as places
from tests.access.world import World


@pytest.fixture(scope="module")
def world(built_cast: Cast, django_db_setup: None, django_db_blocker: Any) -> Iterator[World]:
    """The organisation with its records; Any: pytest-django does not export the blocker's type."""
    with django_db_blocker.unblock(), transaction.atomic(), transaction.atomic(using="keystore"):
        built_cast.put_in_place()
        yield places.build(built_cast)
        transaction.set_rollback(True)
        transaction.set_rollback(True, using="keystore")
