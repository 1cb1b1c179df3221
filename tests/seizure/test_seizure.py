"""What does somebody find who takes the switched-off machine? Coded facts, no names and no words.

A real installation at work: two hundred secrets are planted through the rooms, pages are read and searched in a
signed-in visit, everything is killed without warning, and every byte that is left is searched.
"""

import time
from pathlib import Path

import pytest

from astra.demo.conversing import Visitor
from astra.demo.files import picture
from astra.demo.visiting import Visit
from astra.science.script import to_cyrillic
from tests.installation import Installation
from tests.needles import Needles

TALK_SECRETS = [f"Tq{letter}mreztajna" for letter in "abcdefghij"]
WRITES_FROM, FORWARDED = "127.77.66.55", "203.0.113.77"
"""From where somebody writes to us: the address of her connection, and what a proxy would say."""
BROWSER = "Qzbrowser/77.6 (Qzphone)"
WEB_SECRETS = [f"Wq{letter}mreztajna" for letter in "abcdefgh"]
PLANTED_AT_LEAST = 200


@pytest.fixture(scope="module")
def seized(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[str]]:
    """The folder that is left of an installation that was at work a moment ago, and what was planted in it."""
    place = Installation(tmp_path_factory.mktemp("seized"))
    place.astra("setup", "--practice")
    with place.at_work() as address:
        planted = place.program("tests.seizure.plant").split()
        use(place.visit(address, "mira"))
        found = converse(place.public(address))
    return place.folder, [*planted, *WEB_SECRETS, *TALK_SECRETS, *found]


def converse(address: str) -> list[str]:
    """Write to us, hide, come back and make mistakes; returns what only the visitor has: codes and keys."""
    said = {"X-Forwarded-For": FORWARDED, "User-Agent": BROWSER, "X-Real-IP": FORWARDED}
    visitor = Visitor(address, source=WRITES_FROM, headers=said)
    code = visitor.begin()
    tickets = list(visitor.cookies.values())
    for secret in TALK_SECRETS[:4]:
        visitor.write(secret)
    visitor.ask("POST", "r/h/")
    visitor.write(TALK_SECRETS[4])
    visitor.ask("POST", "r/s/", {"text": TALK_SECRETS[5] + "x" * 5000})
    visitor.leave()
    visitor.ask("POST", "b/", {"code": f"{TALK_SECRETS[6]} 4242424242424242"})
    assert visitor.come_back(code)
    assert visitor.read() == [TALK_SECRETS[4]]
    visitor.ask("GET", f"r/n/?n={TALK_SECRETS[7]}")
    visitor.send_file(picture(maker=TALK_SECRETS[8]), f"{TALK_SECRETS[9]}.jpg")
    visitor.close()
    keys = [ticket[24:] for ticket in (*tickets, *visitor.cookies.values())]
    return [code, "4242424242424242", *keys]


def use(browser: Visit) -> None:
    """Read, search, type a contact and make mistakes, so that visit, caches and logs have seen secrets."""
    browser.get("/people/")
    browser.post("/people/", q=WEB_SECRETS[0], name=WEB_SECRETS[1])
    browser.get("/contacts/new/")
    browser.post("/contacts/new/", line="sos_trafficking", said=WEB_SECRETS[2], caller_name=WEB_SECRETS[3])
    assert WEB_SECRETS[2] in browser.page, "what was typed must come back with the message"
    for path in ("/", "/contacts/", "/cases/"):
        browser.get(path)
        assert "Mira" in browser.page, path
    time.sleep(2)


def test_nothing_says_from_where_somebody_wrote(seized: tuple[Path, list[str]]) -> None:
    folder, _ = seized
    assert Needles.of(words=[WRITES_FROM, FORWARDED, BROWSER, "Qzphone"]).found_in(folder) == set()


def test_no_planted_secret_is_in_any_byte_that_is_left(seized: tuple[Path, list[str]]) -> None:
    folder, secrets = seized
    assert len(secrets) >= PLANTED_AT_LEAST
    needles = Needles.of(words=secrets)
    files = [path for path in folder.rglob("*") if path.is_file()]
    kinds = {path.name for path in files}
    assert {"astra.sqlite3", "keystore.sqlite3", "log"} <= kinds
    assert any("-wal" in name for name in kinds), "the write-ahead log must be among what is searched"
    assert any(path.is_relative_to(folder / "home" / "media") for path in files)
    assert needles.found_in(folder) == set()
    (folder / "control").write_bytes(b"..." + to_cyrillic(secrets[0]).encode("utf-16-le") + b"...")
    assert needles.found_in(folder), "the search itself must be able to find"
