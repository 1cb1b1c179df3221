"""Is anything lost that was acknowledged, when everything is killed while people write?

Two counsellors save contacts, a third types a draft, all as fast as they can; at a random moment every process is
killed with no warning. After each start every contact that was acknowledged opens with its words, the draft has what
was last said to be saved, nothing is half there, and the log is sound.
"""

import random
import shutil
import sqlite3
import threading
import time
import urllib.error
from collections.abc import Callable
from dataclasses import dataclass, field
from http.client import HTTPException
from pathlib import Path

import pytest

from astra.demo.visiting import Visit
from astra.kernel.ids import new_id
from tests.installation import STARTS_WITHIN_S, Installation, free_port

pytestmark = pytest.mark.drill
ROUNDS = 4
SAVERS = ("mira", "sanja")
TYPIST = "jelena"
OPENED_EACH_TIME = 40
"""So many contacts of a round are opened again, the newest first: those that were nearest to the kill."""
Gone = (OSError, HTTPException, urllib.error.URLError)


@dataclass
class Night:
    """What was acknowledged, and what stood in it."""

    contacts: dict[str, str] = field(default_factory=dict)
    """By address, the word that was said."""
    draft: str = ""
    typed: list[str] = field(default_factory=list)
    """What was typed into the draft, in order; the last one may not have been answered."""
    stored: int = 0
    """How many of these were answered with "saved"."""


def save_contacts(browser: Visit, night: Night, sign: str) -> None:
    """Save one contact after the other until the server is gone."""
    count = 0
    while True:
        count += 1
        word = f"Rec{sign}x{count}x{random.randrange(10**9)}"
        seen = len(browser.redirects.seen)
        try:
            browser.get("/contacts/new/")
            browser.post(browser.url, **{**browser.fields(), "kind": "information", "said": word})
        except Gone:
            pass  # the server was killed meanwhile: what it had acknowledged is noted below all the same
        for address in browser.redirects.seen[seen:]:
            night.contacts["/" + address.split("/", 3)[3]] = word
        if not is_there(browser):
            return


def is_there(browser: Visit) -> bool:
    """Whether the server still answers."""
    try:
        browser.get("/sign-in/")
    except Gone:
        return False
    return True


def type_a_draft(browser: Visit, night: Night) -> None:
    """Save what is typed, word by word, until the server is gone."""
    browser.get("/contacts/new/")
    form, fields = browser.page, browser.fields()
    night.draft, night.typed, night.stored = str(new_id()), [], 0
    number = 0
    while True:
        night.typed.append(f"Reč{len(night.typed)} {random.randrange(10**9)}")
        try:
            browser.page = form  # the answer to a save is no page; its form is still on the screen
            answer = browser.post(
                f"/contacts/drafts/{night.draft}/",
                **{**fields, "said": night.typed[-1], "based_on": str(number), "draft_id": night.draft},
            )
        except Gone:
            return
        assert '"number"' in answer
        number += 1
        night.stored = len(night.typed)


@dataclass
class Office:
    """The installation and the three visits, which go on after each start: their keys live in the cookies."""

    place: Installation
    port: int
    visits: dict[str, Visit] = field(default_factory=dict)

    def sign_in(self, address: str) -> None:
        """Everybody begins her visit, once."""
        for key in (*SAVERS, TYPIST):
            if key not in self.visits:
                self.visits[key] = self.place.visit(address, key)

    def work(self, night: Night, number: int) -> list[threading.Thread]:
        """Begin to write, all at once."""
        tasks: list[tuple[Callable[..., None], tuple[object, ...]]] = [
            (save_contacts, (self.visits[key], night, f"{number}{key}")) for key in SAVERS
        ]
        tasks.append((type_a_draft, (self.visits[TYPIST], night)))
        threads = [threading.Thread(target=task, args=given, daemon=True) for task, given in tasks]
        for thread in threads:
            thread.start()
        return threads

    def check(self, night: Night) -> None:
        """Open what was acknowledged; look at the databases and at the log."""
        newest = list(night.contacts.items())[::-1]
        for path, word in newest[:OPENED_EACH_TIME]:
            assert word in self.visits["mira"].get(path), "an acknowledged contact opens with its words"
        if night.stored:
            shown = self.visits[TYPIST].get(f"/contacts/drafts/{night.draft}/resume/")
            kept = [word for word in night.typed[night.stored - 1 :] if word in shown]
            assert kept, "a draft has what was last said to be saved, or the save after it"
        assert self.place.program("tests.killed.whole") == ""
        time.sleep(1.5)  # the sequencer numbers within a second
        assert "sound" in self.place.astra("audit", "verify").lower()


def test_what_was_acknowledged_survives_every_kill(tmp_path: Path) -> None:
    office = Office(Installation(tmp_path / "place"), free_port())
    office.place.folder.mkdir()
    office.place.astra("setup", "--practice")
    everything: dict[str, str] = {}
    night, dice = Night(), random.Random()
    for number in range(ROUNDS):
        with office.place.at_work(office.port) as address:
            office.sign_in(address)
            office.check(night)
            night = Night()
            writing = office.work(night, number)
            wait_for_the_first(night)
            time.sleep(2 * dice.random())
        for thread in writing:
            thread.join(30)
            assert not thread.is_alive()
        everything |= night.contacts
    with office.place.at_work(office.port):
        office.check(night)
        for path, word in random.sample(sorted(everything.items()), min(len(everything), OPENED_EACH_TIME)):
            assert word in office.visits["sanja"].get(path)
    prove_that_damage_is_seen(office.place, next(iter(everything)))


def wait_for_the_first(night: Night) -> None:
    """A kill says something once there is something to lose."""
    patience_ends = time.monotonic() + STARTS_WITHIN_S
    while not (night.contacts and night.stored):
        assert time.monotonic() < patience_ends, "nothing is saved"
        time.sleep(0.05)


def prove_that_damage_is_seen(place: Installation, path: str) -> None:
    """The same questions, asked of a copy from which something is missing, find it."""
    record = path.strip("/").split("/")[-1].replace("-", "")
    damages = {
        "has no key": ("keystore", "DELETE FROM keystore_erasurekey"),
        "opened by nobody": ("astra", "DELETE FROM vault_grant WHERE record_id = ?"),
        "no row": ("astra", "DELETE FROM hotline_contact WHERE record_id = ?"),
    }
    for number, (complaint, (name, statement)) in enumerate(damages.items()):
        damaged = Installation(place.folder.parent / f"damaged-{number}")
        shutil.copytree(place.home, damaged.home)
        with sqlite3.connect(damaged.home / f"{name}.sqlite3") as database:
            assert database.execute(statement, [record][: statement.count("?")]).rowcount
        database.close()
        assert complaint in damaged.program("tests.killed.whole")
