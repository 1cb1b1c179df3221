"""What do the tests of the log share? A home of their own, entries to number, and a superuser with SQL."""

import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from pytest_django.fixtures import Settings

from astra.audit import services
from astra.audit.outside import Outside
from astra.audit.services import NewEntry
from astra.audit.tests.attacking import SIZE, Superuser
from astra.audit.verify import verify

ACTORS = [UUID(f"01932c4e-0000-7000-8000-0000000000a{number}") for number in range(5)]
VERBS = ("vault.opened", "hotline.contact_recorded", "people.searched")

Fill = Callable[[int], int]


@pytest.fixture
def home(tmp_path: Path, settings: Settings) -> Path:
    """An ASTRA_HOME of this test alone, with a signing key."""
    settings.ENV = replace(settings.ENV, home=tmp_path)
    services.ensure_signing_key(tmp_path)
    return tmp_path


@pytest.fixture
def outside(home: Path) -> Outside:
    """The files outside the database."""
    return Outside(home / "audit")


@pytest.fixture
def fill(home: Path) -> Fill:
    """Record so many entries and number them in one batch."""

    def _fill(count: int) -> int:
        services.record_many(
            NewEntry(
                ACTORS[number % 5],
                VERBS[number % 3],
                [f"p{number % 7}", f"q{number}"],
                "duty",
                {"rows": number},
                sealed=b"sealed",
                commitment=b"c",
            )
            for number in range(count)
        )
        return services.sequence_pending(limit=count)

    return _fill


@pytest.fixture
def superuser() -> Superuser:
    """The attacker."""
    return Superuser()


_made: dict[str, Any] = {}


@pytest.fixture
def log(fill: Fill, home: Path, superuser: Superuser, tmp_path_factory: pytest.TempPathFactory) -> int:
    """A log in three batches, the last checkpoint kept; made once and put back for each test."""
    if not _made:
        fill(1500)
        fill(590)
        fill(10)
        services.keep_checkpoint()
        assert verify().is_sound
        _made["rows"], _made["home"] = superuser.copy(), tmp_path_factory.mktemp("log") / "home"
        shutil.copytree(home, _made["home"])
    else:
        superuser.put_back(_made["rows"])
        shutil.copytree(_made["home"], home, dirs_exist_ok=True)
    return SIZE
