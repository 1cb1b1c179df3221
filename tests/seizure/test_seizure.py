"""What does somebody find who takes the switched-off machine? Coded facts, no names and no words.

A real installation at work: two hundred secrets are planted through the rooms, pages are read and searched in a
signed-in visit, everything is killed without warning, and every byte that is left is searched.
"""

import base64
import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.parse
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from astra.demo.cast import EVERYBODY
from astra.demo.visiting import Visit
from astra.science.script import normalise, to_cyrillic

CLI = [sys.executable, "-m", "astra.config"]
NOT_OURS = ("ASTRA_CHEAP_KEYS_FOR_TESTS", "ASTRA_DATABASE_URL", "ASTRA_KEYSTORE_URL", "DJANGO_SETTINGS_MODULE")
WEB_SECRETS = [f"Wq{letter}mreztajna" for letter in "abcdefgh"]
PLANTED_AT_LEAST = 200
PROJECT = Path(__file__).parents[2]


def environment(home: Path) -> dict[str, str]:
    own = {name: value for name, value in os.environ.items() if name not in NOT_OURS}
    temporary = home.parent / "tmp"
    temporary.mkdir(exist_ok=True)
    return {**own, "ASTRA_HOME": str(home), "TMPDIR": str(temporary), "PYTHONPATH": f"{PROJECT}/src:{PROJECT}"}


@pytest.fixture(scope="module")
def seized(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[str]]:
    """The folder that is left of an installation that was at work a moment ago, and what was planted in it."""
    folder = tmp_path_factory.mktemp("seized")
    home, log = folder / "home", folder / "log"
    env = environment(home)
    subprocess.run([*CLI, "setup", "--practice"], env=env, check=True, capture_output=True)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    with log.open("wb") as output:
        server = psutil.Popen([*CLI, "serve", "--port", str(port)], env=env, stdout=output, stderr=subprocess.STDOUT)
        try:
            plant = [sys.executable, "-m", "tests.seizure.plant"]
            planted = subprocess.run(plant, env=env, cwd=PROJECT, capture_output=True, text=True, check=False)
            assert planted.returncode == 0, planted.stderr
            use(port, env)
        finally:
            for process in [*server.children(recursive=True), server]:
                process.send_signal(signal.SIGKILL)
            server.wait(30)
    return folder, [*planted.stdout.split(), *WEB_SECRETS]


def use(port: int, env: dict[str, str]) -> None:
    """Sign in, read, search, type a contact and make mistakes, so that visit, caches and logs have seen secrets."""
    browser = Visit(f"http://localhost:{port}")
    wait_for(browser)
    mira = next(person for person in EVERYBODY if person.key == "mira")
    codes = subprocess.run([*CLI, "demo", "codes"], env=env, capture_output=True, text=True, check=True).stdout
    code = re.search(r"^\s*mira\s.*?(\d{6})", codes, re.MULTILINE)
    assert code, codes
    browser.sign_in(mira.key, mira.passphrase, code[1])
    browser.get("/people/")
    browser.post("/people/", q=WEB_SECRETS[0], name=WEB_SECRETS[1])
    browser.get("/contacts/new/")
    browser.post("/contacts/new/", line="sos_trafficking", said=WEB_SECRETS[2], caller_name=WEB_SECRETS[3])
    assert WEB_SECRETS[2] in browser.page, "what was typed must come back with the message"
    for path in ("/", "/contacts/", "/cases/"):
        browser.get(path)
        assert "Mira" in browser.page, path
    time.sleep(2)


def wait_for(browser: Visit) -> None:
    for _ in range(120):
        try:
            browser.get("/sign-in/")
        except OSError:
            time.sleep(0.5)
        else:
            return
    pytest.fail("the server did not come up")


def forms_of(secret: str) -> Iterator[bytes]:
    """Every way in which a word could lie about: scripts, cases, encodings, the usual wrappings."""
    for text in {secret, secret.lower(), secret.upper(), normalise(secret), to_cyrillic(secret)}:
        raw = text.encode()
        yield raw
        yield text.encode("utf-16-le")
        yield raw.hex().encode()
        yield base64.b64encode(raw)[:-4]
        yield urllib.parse.quote(text).encode()


def test_no_planted_secret_is_in_any_byte_that_is_left(seized: tuple[Path, list[str]]) -> None:
    folder, secrets = seized
    assert len(secrets) >= PLANTED_AT_LEAST
    needles = {form: secret for secret in secrets for form in forms_of(secret)}
    pattern = re.compile(b"|".join(re.escape(needle) for needle in sorted(needles, key=len, reverse=True)))
    files = [path for path in folder.rglob("*") if path.is_file()]
    kinds = {path.name for path in files}
    assert {"astra.sqlite3", "keystore.sqlite3", "log"} <= kinds
    assert any("-wal" in name for name in kinds), "the write-ahead log must be among what is searched"
    assert any(path.is_relative_to(folder / "home" / "media") for path in files)
    found = {(path.name, needles[hit]) for path in files for hit in set(pattern.findall(path.read_bytes()))}
    assert not found
    (folder / "control").write_bytes(b"..." + to_cyrillic(secrets[0]).encode("utf-16-le") + b"...")
    assert pattern.search((folder / "control").read_bytes()), "the search itself must be able to find"
