"""Do we know her, before the caller has spelled her name? `make bench-people`; SIZE=10 takes a tenth.

150,000 invented people are registered, the search index is opened by one counsellor, and names are typed letter by
letter through the door that the pages use: matcher, cut to what she may know, sealed words in the log.
"""
# ruff: noqa: I001  (home comes first: it sets Django up before a room is imported)

from bench.home import SIZE, machine, say

import random
import time

import psutil
from django.db import connections

from astra.demo.cast import build
from astra.demo.filling import Size, fill
from astra.kernel.clock import now, today
from astra.people import index, selectors
from astra.people.models import Person
from astra.people.rules.persons import SearchCard
from astra.people.sections import CARD
from astra.vault import selectors as vault
from astra.vault.actor import Actor
from astra.vault.services.trail import reading

PEOPLE, ASKED, MEGABYTE = 150_000, 150, 1_000_000


def main() -> None:
    """Fill, open, ask, and print the figures."""
    print(f"people, {now():%Y-%m-%d}, {machine()}")
    employed, _ = build()
    begun = time.process_time()
    fill(employed, Size(PEOPLE // SIZE, 0, 0, 365), seed=1, today=today(), progress=lambda *_: None)
    say(f"registering {PEOPLE // SIZE} people", time.process_time() - begun, "s CPU")
    actor = employed["mira"].actor()
    open_index(actor)
    cards = some_cards(actor)
    ask(actor, "a whole name in any order", [whole_name(card) for card in cards])
    ask(actor, "a name as it is typed", [start for card in cards[:40] for start in typed(whole_name(card))])
    ask(actor, "a phone number", [card.phones[0] for card in cards if card.phones])


def open_index(actor: Actor) -> None:
    """Read every card, as the background thread does, and say what it took."""
    process = psutil.Process()
    before, begun = process.memory_info().rss, time.process_time()
    selectors.search_state(actor)
    while selectors.search_state(actor).name != index.READY:
        time.sleep(0.5)
    say("opening the index", time.process_time() - begun, "s CPU")
    say("memory of the index", (process.memory_info().rss - before) / MEGABYTE, "MB")


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


def ask(actor: Actor, what: str, queries: list[str]) -> None:
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
