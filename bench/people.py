"""Do we know her, before the caller has spelled her name? `make bench-people`; SIZE=10 takes a tenth.

15,000 invented people are registered, the search index is opened by one counsellor, and names are typed letter by
letter through the door that the pages use: matcher, cut to what she may know, sealed words in the log. Then cards alone
are sealed until a million lie there (`CARDS=200000` for fewer; about eight minutes), and the index is opened again.
"""
# ruff: noqa: I001  (home comes first: it sets Django up before a room is imported)

from bench.home import SIZE, machine, say

import os
import random
import time
from collections.abc import Iterator

import psutil
from django.db import connections

from astra.demo.cast import build
from astra.demo.filling import Size, fill
from astra.demo.inventing import Inventor
from astra.kernel.clock import now, today
from astra.people import index, selectors
from astra.people.models import Person
from astra.people.rules.cards import make_card, with_prepared
from astra.people.rules.persons import SearchCard, Whereabouts
from astra.people.rules.queries import Query
from astra.people.sections import CARD
from astra.vault import selectors as vault
from astra.vault.actor import Actor
from astra.vault.services.sealing import Sealing
from astra.vault.services.trail import reading

PEOPLE, ASKED, MEGABYTE = 15_000, 150, 1_000_000
CARDS, BATCH = int(os.environ.get("CARDS", "1000000")), 500


def main() -> None:
    """Fill, open, ask, and print the figures."""
    print(f"people, {now():%Y-%m-%d}, {machine()}")
    employed, _ = build()
    begun = time.process_time()
    fill(employed, Size(PEOPLE // SIZE, 0, 0, 365), seed=1, today=today(), progress=lambda *_: None)
    say(f"registering {PEOPLE // SIZE} people", time.process_time() - begun, "s CPU")
    actor = employed["mira"].actor()
    open_index(actor)
    search(actor)
    index.close_index(employed["mira"].id)
    more = max(CARDS - PEOPLE, 0) // SIZE
    begun = time.perf_counter()
    seal_cards(actor, more)
    say(f"sealing {more} cards alone", time.perf_counter() - begun, "s")
    open_index(actor, seconds=20 / SIZE, megabytes=700)
    search(actor)


def search(actor: Actor) -> None:
    """Ask for people drawn at random."""
    cards = some_cards(actor)
    ask(actor, "a whole name in any order", [Query(whole_name(card)) for card in cards])
    starts = [start for card in cards[:40] for start in typed(whole_name(card))]
    ask(actor, "a name as it is typed", [Query(start, is_unfinished=True) for start in starts])
    ask(actor, "a phone number", [Query(phone=card.phones[0]) for card in cards if card.phones])


def open_index(actor: Actor, *, seconds: float | None = None, megabytes: float | None = None) -> None:
    """Read every card, as the background thread does, and say what it took."""
    process = psutil.Process()
    before, cpu, begun = process.memory_info().rss, time.process_time(), time.perf_counter()
    selectors.search_state(actor)
    while selectors.search_state(actor).name != index.READY:
        time.sleep(0.2)
    say(f"opening the index, {index.state().read} cards", time.perf_counter() - begun, "s", seconds)
    say("opening the index, processor time", time.process_time() - cpu, "s")
    say("memory of the index", (process.memory_info().rss - before) / MEGABYTE, "MB")
    say("memory of the whole process", process.memory_info().rss / MEGABYTE, "MB", megabytes)


def seal_cards(actor: Actor, count: int) -> None:
    """Seal cards of further people, without anything else of them."""
    inventor, circle = Inventor(2, today()), vault.desk_circle("index")
    while count > 0:
        sealing = Sealing(actor)
        for card in some_new(inventor, min(BATCH, count)):
            sealing.seal(sealing.new_record("person"), CARD, card, to=[circle])
        with sealing.transaction():
            pass
        count -= BATCH


def some_new(inventor: Inventor, count: int) -> Iterator[SearchCard]:
    """The cards of so many invented people."""
    for _ in range(count):
        new = inventor.person()
        stays = Whereabouts((new.stay,) if new.stay else ())
        yield with_prepared(make_card("", new.identity, new.details, stays, frozenset({"mobile"})))


def some_cards(actor: Actor) -> list[SearchCard]:
    """Cards drawn at random."""
    ids = list(Person.objects.values_list("pk", flat=True))
    drawn = random.Random(1).sample(ids, min(ASKED, len(ids)))  # noqa: S311  invented people
    cards = [opened.content for opened in vault.open_sections(actor, drawn, CARD).values()]
    return [card for card in cards if card.names]


def whole_name(card: SearchCard) -> str:
    """Surname first, as in a register."""
    name = card.names[0]
    return " ".join(part for part in (name.family, name.given, name.text) if part)


def typed(name: str) -> list[str]:
    """The name after every second letter."""
    return [name[:length] for length in range(3, len(name) + 1, 2)]


def ask(actor: Actor, what: str, queries: list[Query]) -> None:
    """Search each and print the middle and the slow end."""
    taken = []
    for query in queries:
        begun = time.process_time()
        with reading(actor):
            selectors.search(actor, query)
        taken.append((time.process_time() - begun) * 1000)
    taken.sort()
    if taken:
        say(f"{what}: half of {len(taken)} within", taken[len(taken) // 2], "ms")
        say(f"{what}: 95 of 100 within", taken[int(len(taken) * 0.95)], "ms", 100)


if __name__ == "__main__":
    main()
    connections.close_all()
