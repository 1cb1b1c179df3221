"""Does a flood meet a puzzle or a waiting room, and whoever writes already nothing at all?"""

import threading
from itertools import count
from uuid import uuid4

import pytest
from django.test import Client

from astra.hotline import services
from astra.hotline.models import Conversation
from astra.hotline.rules import flood
from astra.sites.public import doorway
from astra.sites.public.doorway import Doorway, Full, storing

SCRIPT = {"X-Asked-By": "script"}


class Clock:
    """A clock that a test moves."""

    def __init__(self) -> None:
        self.at = 1_000_000.0

    def __call__(self) -> float:
        return self.at


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """Both doorways anew, on one clock."""
    clock = Clock()
    for name in ("BEGINNING", "COMING_BACK"):
        monkeypatch.setattr(doorway, name, Doorway(clock))
    return clock


def flooded(way: Doorway, times: int = 2 * flood.FREE_A_MINUTE) -> Doorway:
    for _ in range(times):
        way.note()
    return way


def answer_to(slip: str, bits: int) -> str:
    return next(str(tried) for tried in count() if flood.is_solved(slip, str(tried), bits))


def test_nothing_is_asked_while_few_come_and_more_the_more_come() -> None:
    assert flood.asked_of_next(flood.FREE_A_MINUTE - 1) == flood.NOTHING
    asked = [flood.asked_of_next(flood.FREE_A_MINUTE * times) for times in (1, 2, 10, 1000)]
    assert [one.bits for one in asked] == [12, 14, 19, 19]
    assert [one.wait_s for one in asked] == [5, 10, 22, 30]


def test_a_puzzle_lets_in_once(clock: Clock) -> None:
    way = flooded(Doorway(clock))
    door = way.puzzle()
    given = {"slip": door.slip, "answer": answer_to(door.slip, door.bits)}
    assert not way.lets_in({})
    assert not way.lets_in({**given, "answer": "x"})
    assert not way.lets_in({**given, "slip": door.slip[:-1] + "x"})
    assert way.lets_in(given)
    assert not way.lets_in(given)
    late = way.puzzle()
    clock.at += flood.LASTS_S + 1
    flooded(way)
    assert not way.lets_in({"slip": late.slip, "answer": answer_to(late.slip, late.bits)})


def test_who_waits_comes_in_without_a_script(clock: Clock) -> None:
    way = flooded(Doorway(clock))
    place = way.place()
    assert way.left_to_wait(place.slip) == place.wait_s
    assert not way.lets_in({"slip": place.slip})
    clock.at += place.wait_s
    assert way.left_to_wait(place.slip) == 0
    assert way.lets_in({"slip": place.slip})
    assert way.left_to_wait(place.slip) is None


def test_the_waiting_room_lets_in_so_many_a_minute(clock: Clock) -> None:
    way = flooded(Doorway(clock), 1000)
    places = [way.place() for _ in range(flood.WAITED_A_MINUTE + 5)]
    clock.at += places[0].wait_s
    assert sum(way.lets_in({"slip": place.slip}) for place in places) == flood.WAITED_A_MINUTE


def test_a_minute_later_nothing_is_asked_any_more(clock: Clock) -> None:
    way = flooded(Doorway(clock))
    clock.at += 61
    assert way.lets_in({})
    assert way.puzzle() == doorway.Door("", 0, 0)


def test_what_goes_on_does_not_wait_behind_what_begins() -> None:
    held = [storing(is_answered=False) for _ in range(doorway.FRESH_AT_ONCE)]
    for one in held:
        one.__enter__()
    with pytest.raises(Full), storing(is_answered=False):
        pass
    with storing(is_answered=True):
        pass
    for one in held:
        one.__exit__(None, None, None)
    with storing(is_answered=False):
        pass


def test_costly_work_is_done_for_few_at_once() -> None:
    way, inside, go = Doorway(), threading.Barrier(doorway.AT_ONCE + 1), threading.Event()

    def hold() -> None:
        with way.slot():
            inside.wait(10)
            go.wait(10)

    threads = [threading.Thread(target=hold) for _ in range(doorway.AT_ONCE)]
    for one in threads:
        one.start()
    inside.wait(10)
    with pytest.raises(Full), way.slot():
        pass
    go.set()
    for one in threads:
        one.join(10)
    with way.slot():
        pass


pages = pytest.mark.django_db(databases=["default", "keystore"])


@pages
@pytest.mark.usefixtures("cast")
def test_in_a_flood_a_script_solves_and_others_wait(browser: Client, clock: Clock) -> None:
    flooded(doorway.BEGINNING)
    page = browser.post("/sr/r/a/").content.decode()
    assert not Conversation.objects.exists()
    assert 'http-equiv="refresh"' in page
    door = browser.get("/sr/r/p/", headers=SCRIPT).json()
    given = {"slip": door["slip"], "answer": answer_to(door["slip"], door["bits"])}
    assert browser.post("/sr/r/a/", given).headers["Location"] == "/sr/r/"
    assert Conversation.objects.count() == 1
    other, place = Client(), doorway.BEGINNING.place()
    assert "refresh" in other.get("/sr/r/w/", {"s": place.slip}).content.decode()
    clock.at += place.wait_s
    ready = other.get("/sr/r/w/", {"s": place.slip}).content.decode()
    assert place.slip in ready
    assert "http-equiv" not in ready
    other.post("/sr/r/a/", {"slip": place.slip})
    assert Conversation.objects.count() == 2
    assert other.get("/sr/r/w/", {"s": "nobody's"}).headers["Location"] == "/sr/r/"


@pages
@pytest.mark.usefixtures("cast")
def test_guessing_numbers_is_slowed_and_nobody_is_locked_out(browser: Client, clock: Clock) -> None:
    visiting, _, code = services.begin_conversation(line="sos_trafficking", language="sr-latn")
    services.write(visiting=visiting, text="Halo", mark=uuid4())
    for guess in range(flood.FREE_A_MINUTE):
        assert browser.post("/sr/b/", {"code": f"{guess:016d}"}).status_code == 400
    assert "refresh" in browser.post("/sr/b/", {"code": code}).content.decode()
    door = browser.get("/sr/r/p/?b=1", headers=SCRIPT).json()
    given = {"slip": door["slip"], "answer": answer_to(door["slip"], door["bits"]), "code": code}
    assert browser.post("/sr/b/", given).headers["Location"] == "/sr/r/"
    other, place = Client(), doorway.COMING_BACK.place()
    clock.at += place.wait_s
    assert place.slip in other.get("/sr/r/w/", {"s": place.slip, "b": "1"}).content.decode()
    assert other.post("/sr/b/", {"slip": place.slip, "code": code}).headers["Location"] == "/sr/r/"


@pages
@pytest.mark.usefixtures("cast")
def test_what_could_not_be_stored_at_once_is_kept_on_the_page(browser: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    browser.post("/sr/r/a/")
    taken = threading.BoundedSemaphore(1)
    taken.acquire()
    monkeypatch.setattr(doorway, "_FRESH", taken)
    monkeypatch.setattr(doorway, "PATIENCE_S", 0.01)
    mark = str(uuid4())
    answer = browser.post("/sr/r/s/", {"text": "Hitno je", "mark": mark})
    assert answer.status_code == 429
    assert "Hitno je" in answer.content.decode()
    assert mark in answer.content.decode()
    assert browser.post("/sr/r/s/", {"text": "Hitno je", "mark": mark}, headers=SCRIPT).status_code == 429
    taken.release()
    assert browser.post("/sr/r/s/", {"text": "Hitno je", "mark": mark}, headers=SCRIPT).json() == {"n": 1_000_001}
