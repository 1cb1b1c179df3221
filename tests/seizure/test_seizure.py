"""What does somebody find who takes the switched-off machine? Coded facts, no names and no words.

A real installation at work: two hundred secrets are planted through the rooms, pages are read and searched in a
signed-in visit, everything is killed without warning, and every byte that is left is searched.
"""

import time
from pathlib import Path

import pytest

from astra.demo.visiting import Visit
from astra.science.script import to_cyrillic
from tests.installation import Installation
from tests.needles import Needles

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
    return place.folder, [*planted, *WEB_SECRETS]


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
