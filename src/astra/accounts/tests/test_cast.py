"""Does the invented organisation stand before each test, and nothing of it remain after?"""

import pytest

from astra.accounts import selectors
from astra.demo.pytest_cast import Cast
from astra.vault import selectors as vault


def test_everybody_works_here(cast: Cast) -> None:
    names = {one.work_name for one in selectors.colleagues()}
    assert {"Mira", "Jelena", "Petar"} <= names


@pytest.mark.parametrize(
    ("name", "circles"),
    [
        ("mira", {"house", "hotline", "index", "safety"}),
        ("lara", {"house", "safety"}),
        ("vesna", {"house", "index", "safety"}),
        ("jelena", {"house", "coordinators", "hotline", "index", "safety", "missing", "seniors", "officers"}),
        ("ana", {"house", "data_protection", "officers"}),
        ("outsider", {"house"}),
        ("petar", {"house"}),
    ],
)
def test_keys_open(cast: Cast, name: str, circles: set[str]) -> None:
    actor = cast.actor(name)
    held = selectors.held_circles(actor)
    assert held >= circles
    for circle in circles:
        actor.keyring.newest(vault.desk_circle(circle))


@pytest.mark.django_db(databases=["default", "keystore"])
def test_nothing_remains() -> None:
    assert selectors.colleagues() == []
