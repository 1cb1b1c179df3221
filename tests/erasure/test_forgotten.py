"""Is anything kept of somebody who was erased? Live, in the bytes of the files, in an older backup that comes back.

A whole installation at work: her life is written through the rooms, everything is copied as a backup would, data
protection erases her on its page, the server is killed. Then every page is asked, every table and every byte searched;
the older backup is put back in three ways, and Astra's own start takes the ledger of what stays erased again.
"""

import html
import json
import re
import shutil
import urllib.error
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from astra.demo.visiting import Visit
from tests.access.pages import pages
from tests.installation import Installation
from tests.needles import Needles

pytestmark = pytest.mark.drill

TOMBSTONES = {
    "vault_record": "that a record was erased, so that it is refused",
    "vault_erasure": "that she was erased, when and why",
    "vault_erasurehandle": "which keys were destroyed",
    "vault_erasureowner": "whose keys they were, for a restored backup",
    "vault_ledgerentry": "what a restored backup must not bring back",
    "vault_rewriting": "what others share with her and must be written again",
    "vault_attachment": "that a document was there; its bytes are gone",
    "vault_circle": "the keys of the team of a case that is empty now",
    "people_person": "that a file was begun, on which day",
    "cases_case": "number, kind and dates of a case that is empty now",
    "hotline_contact": "that a contact came in, for figures",
    "hotline_offercheck": "that an offer was checked, for figures",
    "hotline_offercode": "its coded answers and red flags, for figures",
    "hotline_draft": "that a draft was begun and ended",
    "cases_handover": "that work went from one colleague to the other",
}
"""The tables that may still name her records, each with what its rows say. No words, no name, no link to anybody."""


@dataclass(frozen=True)
class Life:
    """What was planted, where it stands, and what must not be found any more."""

    place: Installation
    backup: Path
    told: dict[str, Any]  # Any: as JSON gives it
    needles: Needles

    @property
    def records(self) -> list[str]:
        """Her records."""
        return list(self.told["records"])


@pytest.fixture(scope="module")
def life(tmp_path_factory: pytest.TempPathFactory) -> Life:
    """An installation in which she was erased a moment before everything was killed, and a backup from before."""
    folder = tmp_path_factory.mktemp("erasure")
    place = Installation(folder / "live")
    place.folder.mkdir()
    place.astra("setup", "--practice")
    told = json.loads(place.program("tests.erasure.lives"))
    keys = [(name, bytes.fromhex(key)) for name, key in {**told["keys"], **told["sealed"]}.items()]
    made = Life(place, folder / "backup", told, Needles.of(words=told["words"], keys=keys))
    with place.at_work() as address:
        assert told["name"] in look(place.visit(address, "jelena"), made), "she is found while she is known"
    shutil.copytree(place.home, made.backup)
    with place.at_work() as address:
        jelena, ana = place.visit(address, "jelena"), place.visit(address, "ana")
        look(jelena, made)
        ana.get("/erasure/")
        ana.post("/erasure/order/", record=f"{address}/people/{told['her']}/", reason="her_request", is_sure="on")
        assert "/erasure/" in ana.url
        prove_that_the_log_has_lost_the_words(ana, made)
        prove_that_nothing_is_shown(jelena, made)
    return made


def look(browser: Visit, life: Life) -> str:
    """Search for her as a counsellor does, and open her page if there is one; returns what was shown."""
    browser.get("/people/")
    shown = browser.post("/people/", q=life.told["name"], name=life.told["name"])
    return shown + asked(browser, f"/people/{life.told['her']}/")


def asked(browser: Visit, path: str) -> str:
    """A page's text; empty where there is none."""
    try:
        return browser.get(path)
    except urllib.error.HTTPError as refusal:
        return refusal.read().decode()


def addresses(life: Life) -> Iterator[str]:
    """Every page that takes no record, and every page for each of hers."""
    for page in pages():
        if page.name in ("account_logout", "accounts:lock", "accounts:end_all_visits"):
            continue
        if not page.records:
            yield page.address()
        for record in life.told["pages"]:
            if page.records:
                yield page.address(dict.fromkeys(page.records, UUID(record)))


def prove_that_nothing_is_shown(browser: Visit, life: Life) -> None:
    """No page of the installation says a word of hers, nor does the search find her."""
    found = look(browser, life)
    echoed = life.told["name"]
    for page in (found.replace(echoed, ""), *(asked(browser, path) for path in addresses(life))):
        assert not [word for word in life.told["words"] if word in page], browser.url
    call = asked(browser, f"/contacts/{life.told['call']}/")
    assert life.told["shared"][2] in call, "what her mother said stays, until it is written again without her"


def prove_that_the_log_has_lost_the_words(ana: Visit, life: Life) -> None:
    """Data protection still sees that somebody searched, and no longer what was typed to find her."""
    ana.get("/log/?what=people.searched")
    entries = [line.split('"')[0] for line in ana.page.split('href="/log/')[1:] if line[0].isdigit()]
    assert entries
    shown = [asked(ana, f"/log/{entry}") for entry in entries]
    assert not [word for word in life.told["words"] for page in shown if word in page]


def prove_that_nothing_is_kept(place: Installation, life: Life) -> None:
    """No byte of hers is in any file, no row tells of her more than that she was erased."""
    assert life.needles.found_in(place.folder) == set()
    named = json.loads(place.program("tests.erasure.remains", *life.records))
    assert set(named["default"]) <= set(TOMBSTONES)
    assert named["keystore"] == {}
    assert not [path for path in life.told["files"] if (place.home / Path(path).relative_to(life.place.home)).exists()]


def test_the_backup_from_before_holds_what_is_looked_for(life: Life) -> None:
    """Otherwise the searches below prove nothing."""
    found = {name for _file, name in life.needles.found_in(life.backup)}
    assert set(life.told["keys"]) <= found
    assert set(life.told["sealed"]) <= found


def test_nothing_is_kept_where_she_was_erased(life: Life) -> None:
    prove_that_nothing_is_kept(life.place, life)


@pytest.mark.parametrize("with_keystore", [False, True], ids=["main database", "both databases"])
def test_nothing_comes_back_with_an_older_backup(life: Life, with_keystore: bool) -> None:
    restored = Installation(life.place.folder.parent / f"restored-{with_keystore}")
    restore(life, restored, with_keystore=with_keystore)
    if with_keystore:
        assert {*life.told["keys"]} <= {name for _file, name in life.needles.found_in(restored.home)}
    restored.astra("audit", "restored", "--yes")
    with restored.at_work() as address:
        prove_that_nothing_is_shown(restored.visit(address, "jelena"), life)
    prove_that_nothing_is_kept(restored, life)
    assert "sound" in restored.astra("audit", "verify").lower()


def test_bringing_a_restored_installation_up_to_date_is_enough(life: Life) -> None:
    restored = Installation(life.place.folder.parent / "updated")
    restore(life, restored, with_keystore=True)
    restored.astra("setup")
    prove_that_nothing_is_kept(restored, life)


def test_what_she_shared_is_written_again_without_her(life: Life) -> None:
    """A colleague changes the call on its page and says so: what it said before is gone, from an older backup too."""
    spoken = [(name, bytes.fromhex(key)) for name, key in life.told["shared_sealed"].items()]
    key = [(name, bytes.fromhex(key)) for name, key in life.told["shared_keys"].items()]
    needles, call = Needles.of(keys=[*spoken, *key]), f"/contacts/{life.told['call']}/"
    assert {name for name, _bytes in (*spoken, *key)} <= {name for _file, name in needles.found_in(life.place.home)}
    place = Installation(life.place.folder.parent / "rewritten")
    shutil.copytree(life.place.home, place.home)
    with place.at_work() as address:
        jelena = place.visit(address, "jelena")
        said = {"said": "Of the mother alone"}
        jelena.get(f"{call}change/")
        jelena.post(f"{call}change/", **{**jelena.fields(), **said})
        prove_that_it_is_rewritten(jelena, life)
        assert life.told["shared"][2] not in asked(jelena, call)
        assert said["said"] in asked(jelena, call)
    assert needles.found_in(place.folder) == set()
    restored = Installation(life.place.folder.parent / "restored-rewritten")
    restore(life, restored, with_keystore=True, today=place)
    restored.astra("setup")
    assert needles.found_in(restored.folder) == set()
    with restored.at_work() as address:
        shown = asked(restored.visit(address, "jelena"), call)
        assert life.told["shared"][2] not in shown, "the older words went with their key"


def prove_that_it_is_rewritten(browser: Visit, life: Life) -> None:
    """The call waits on the page of what is to be rewritten, and no longer when she has said that it is done."""
    call = f"/contacts/{life.told['call']}/change/"
    waiting = browser.get("/rewriting/").split("<article")
    (part,) = (piece for piece in waiting if call in piece)
    sent = {name: re.search(rf'name="{name}" value="([^"]+)"', part) for name in ("part", "seen")}
    browser.post(
        "/rewriting/done/", **{name: html.unescape(found[1]) for name, found in sent.items() if found}, is_sure="on"
    )
    assert call not in browser.get("/rewriting/")


def restore(life: Life, restored: Installation, *, with_keystore: bool, today: Installation | None = None) -> None:
    """Put the backup's data into a copy of the installation; ledger and log beside it are those of today."""
    shutil.copytree((today or life.place).home, restored.home)
    for path in restored.home.glob("*.sqlite3*"):
        if with_keystore or not path.name.startswith("keystore"):
            path.unlink()
    for path in life.backup.glob("*.sqlite3*"):
        if with_keystore or not path.name.startswith("keystore"):
            shutil.copy2(path, restored.home)
    shutil.copytree(life.backup / "media", restored.home / "media", dirs_exist_ok=True)
