"""Does a search of the log find all that fits, newest first, and nothing else?"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from uuid import UUID, uuid4

import pytest

from astra.audit import selectors, services
from astra.audit.rules import blocks
from astra.audit.services import NewEntry
from astra.audit.tests.conftest import ACTORS, VERBS, Fill
from astra.kernel import clock

pytestmark = pytest.mark.django_db

COUNT = 2500


@dataclass
class Told:
    """What was put into the log, to compare with."""

    actor_id: UUID
    verb: str
    subject: str
    at: datetime


@pytest.fixture
def told(fill: Fill, monkeypatch: pytest.MonkeyPatch) -> list[Told]:
    """A log of two full blocks and a rest, over five days."""
    start = datetime(2026, 3, 27, 22, 30, tzinfo=UTC)
    told = [
        Told(ACTORS[number % 5], VERBS[number % 3], f"p{number % 600}", start + timedelta(minutes=number * 3))
        for number in range(COUNT)
    ]
    moments = iter([each.at for each in told])
    with monkeypatch.context() as patch:
        patch.setattr(clock, "now", lambda: next(moments))
        services.record_many(NewEntry(each.actor_id, each.verb, ["shared", each.subject]) for each in told)
    services.sequence_pending(limit=COUNT)
    return told


def walk(**wanted: object) -> list[int]:
    """Every sequence that a reader sees who turns all pages."""
    seen: list[int] = []
    after: int | None = None
    while True:
        page = selectors.entries(after=after, limit=40, **wanted)  # type: ignore[arg-type]  # keywords from a dict
        seen += [row.sequence for row in page.rows]
        if page.next_cursor is None:
            return seen
        after = page.next_cursor


def test_all_pages_show_everything_newest_first(told: list[Told]) -> None:
    assert walk() == list(range(COUNT))[::-1]


@pytest.mark.parametrize(
    ("wanted", "fits"),
    [
        ({"actor_id": ACTORS[3]}, lambda each: each.actor_id == ACTORS[3]),
        ({"verb": "vault.opened"}, lambda each: each.verb == "vault.opened"),
        ({"verb": "hot"}, lambda each: each.verb.startswith("hot")),
        ({"subject": "p17"}, lambda each: each.subject == "p17"),
        ({"subject": "shared"}, lambda each: True),
        ({"day": date(2026, 3, 29)}, lambda each: each.at.astimezone(clock.LOCAL).date() == date(2026, 3, 29)),
        (
            {"actor_id": ACTORS[2], "verb": "people.", "subject": "p32", "day": date(2026, 3, 28)},
            lambda each: (
                (each.actor_id, each.verb, each.subject) == (ACTORS[2], "people.searched", "p32")
                and each.at.astimezone(clock.LOCAL).date() == date(2026, 3, 28)
            ),
        ),
        ({"actor_id": uuid4()}, lambda each: False),
        ({"subject": "nobody"}, lambda each: False),
        ({"verb": "cases."}, lambda each: False),
        ({"day": date(2020, 1, 1)}, lambda each: False),
    ],
)
def test_a_search_finds_all_that_fits(told: list[Told], wanted: dict[str, object], fits: object) -> None:
    expected = [number for number, each in enumerate(told) if fits(each)]  # type: ignore[operator]
    assert walk(**wanted) == expected[::-1]


def test_letters_count_whatever_the_database_thinks(home: object) -> None:
    for subject in ("Ab", "ab", "AB"):
        services.record(actor_id=None, verb="vault.opened", subjects=[subject])
    services.sequence_pending()
    assert walk(subject="ab") == [1]
    assert [row.sequence for row in selectors.entries(subject="ab", limit=1).rows] == [1]


def test_an_underscore_is_no_wild_card(home: object) -> None:
    services.record(actor_id=None, verb="vault.opened", subjects=["a_b"])
    services.record(actor_id=None, verb="vault.opened", subjects=["axb"])
    services.sequence_pending()
    assert walk(subject="a_b") == [0]


def test_many_blocks_are_searched_in_portions(fill: Fill, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(blocks, "SIZE", 4)
    fill(300)
    assert walk(verb="hotline.") == [number for number in range(300) if number % 3 == 1][::-1]


def test_an_empty_log_has_an_empty_page(home: object) -> None:
    assert selectors.entries() == selectors.EntryPage((), None)
    assert selectors.entries(subject="p1") == selectors.EntryPage((), None)
    assert selectors.tail() == ()


def test_the_tail_is_the_end_in_order(fill: Fill) -> None:
    fill(30)
    assert [row.sequence for row in selectors.tail(3)] == [27, 28, 29]
