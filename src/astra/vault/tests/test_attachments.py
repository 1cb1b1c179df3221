"""Does a file arrive sealed, scanned and whole, and never lie on disk in clear?"""

import os
import shutil
import socket
import subprocess
import tempfile
import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from uuid import UUID

import pytest
from django.conf import settings

from astra.kernel.errors import Invalid, NotFound
from astra.kernel.ids import new_id
from astra.vault import selectors
from astra.vault.scanner import ClamScanner, NoScanner, ScannerDown, new_scanner
from astra.vault.services import attachments, erasure
from astra.vault.services.attachments import Incoming
from astra.vault.services.sealing import Sealing
from astra.vault.tests.conftest import House
from astra.vault.uploads import SealedUpload, SealingUploadHandler

EICAR = rb"X5O!P%@AP[4\PZX54(P^)7CC)7}$EICAR-" + rb"STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"


@pytest.fixture(autouse=True)
def own_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(settings, "ENV", replace(settings.ENV, home=tmp_path))
    return tmp_path


def said(upload: SealedUpload) -> str:
    with pytest.raises(Invalid) as refused:
        upload.kept()
    return refused.value.problems[0].message


def store(house: House, data: bytes) -> UUID:
    incoming = Incoming(new_id(), NoScanner())
    for start in range(0, len(data), 100_000):
        incoming.write(data[start : start + 100_000])
    facts = incoming.finish(name="nalaz.pdf", content_type="application/pdf")
    hotline = selectors.desk_circle("hotline")
    sealing = Sealing(house.actor("founder"))
    row = attachments.attach(sealing=sealing, incoming=incoming, facts=facts, to=[hotline], owners=[])
    with sealing.transaction():
        row.save()
    return incoming.record_id


@pytest.mark.django_db(databases=["default", "keystore"])
def test_a_file_comes_back_and_is_nowhere_in_clear(house: House, own_home: Path) -> None:
    data = b"her medical report, page by page. " * 30_000
    record = store(house, data)
    facts, pieces = attachments.open_file(house.actor("founder"), record)
    assert b"".join(pieces) == data
    assert (facts.content.name, facts.content.scan, facts.content.size) == ("nalaz.pdf", "not scanned", len(data))
    for path in own_home.rglob("*"):
        assert not path.is_file() or b"medical" not in path.read_bytes()
    stranger = house.join("stranger")
    with pytest.raises(NotFound):
        attachments.open_file(stranger, record)


@pytest.mark.django_db(databases=["default", "keystore"], transaction=True)
def test_erasing_removes_the_file(house: House) -> None:
    record = store(house, b"x" * 10)
    erasure.erase_owner(actor=house.actor("founder"), owner_id=record, reason="her_request")
    assert not erasure.attachment_path(record).exists()
    with pytest.raises(NotFound):
        attachments.open_file(house.actor("founder"), record)


@pytest.mark.django_db(databases=["default", "keystore"])
def test_a_file_whose_bytes_are_lost_is_not_found(house: House) -> None:
    record = store(house, b"x" * 10)
    erasure.attachment_path(record).unlink()
    with pytest.raises(NotFound):
        attachments.open_file(house.actor("founder"), record)


def test_empty_and_too_large_files_are_refused(own_home: Path) -> None:
    with pytest.raises(Invalid, match="empty"):
        Incoming(new_id(), NoScanner()).finish(name="a", content_type="")
    with pytest.raises(Invalid, match="larger"):
        Incoming(new_id(), NoScanner(), largest=10).write(b"x" * 11)
    assert not [path for path in own_home.rglob("*") if path.is_file()]


def test_a_silent_scanner_keeps_files_out(own_home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings, "ENV", replace(settings.ENV, clamd=str(own_home / "nobody")))
    with pytest.raises(ScannerDown):
        new_scanner()
    handler = SealingUploadHandler()
    handler.new_file("file", "a.pdf", "application/pdf", 3)
    handler.receive_data_chunk(b"abc", 0)
    upload = handler.file_complete(3)
    assert "does not answer" in said(upload)
    assert upload.facts is None


def test_the_upload_handler_seals_as_bytes_arrive(own_home: Path) -> None:
    handler = SealingUploadHandler()
    handler.new_file("file", "a.pdf", "application/pdf", 3)
    handler.receive_data_chunk(b"plain words", 0)
    assert all(b"plain" not in path.read_bytes() for path in own_home.rglob("*.part"))
    upload = handler.file_complete(11)
    assert upload.facts is not None
    assert upload.facts.size == upload.size == 11
    late = SealingUploadHandler()
    late.new_file("file", "b.pdf", "application/pdf", 3)
    late.upload_interrupted()
    assert not list(own_home.rglob("*.part"))


@pytest.fixture(scope="module")
def clamd() -> Iterator[str]:
    """A real clamd with one signature of our own, so that nothing needs to be fetched."""
    if shutil.which("clamd") is None:
        pytest.fail("clamd is missing (Debian: apt install clamav-daemon)")
    home = Path(tempfile.mkdtemp(prefix="astra-clamd-"))
    (home / "own.ndb").write_text(f"Astra.Test:0:0:{EICAR[:40].hex()}\n", encoding="ascii")
    socket = home / "clamd.sock"
    (home / "clamd.conf").write_text(
        f"LocalSocket {socket}\nDatabaseDirectory {home}\nForeground yes\nStreamMaxLength 120M\n"
        f"TemporaryDirectory {home}\nUser {'root' if os.geteuid() == 0 else os.environ.get('USER', 'nobody')}\n",
        encoding="ascii",
    )
    process = subprocess.Popen(["clamd", "-c", str(home / "clamd.conf")], stdout=subprocess.DEVNULL)
    for _ in range(300):
        if socket.exists():
            break
        time.sleep(0.1)
    yield str(socket)
    process.terminate()
    process.wait(timeout=20)
    shutil.rmtree(home, ignore_errors=True)


@pytest.mark.service
def test_the_real_scanner_lets_clean_files_in_and_keeps_infected_ones_out(clamd: str, own_home: Path) -> None:
    clean = Incoming(new_id(), ClamScanner(clamd))
    clean.write(b"an ordinary letter")
    assert clean.finish(name="a", content_type="").scan == "clean"
    infected = Incoming(new_id(), ClamScanner(clamd))
    infected.write(EICAR)
    with pytest.raises(Invalid, match="virus"):
        infected.finish(name="a", content_type="")
    assert len([path for path in own_home.rglob("*") if path.is_file()]) == 1


class FakeClamd:
    """Answers one INSTREAM conversation with fixed bytes, or hangs up in the middle."""

    def __init__(self, path: Path, answer: bytes | None) -> None:
        self.address = str(path)
        self._listener = socket.socket(socket.AF_UNIX)
        self._listener.bind(self.address)
        self._listener.listen()
        self._thread = threading.Thread(target=self._talk, args=(answer,), daemon=True)
        self._thread.start()

    def _talk(self, answer: bytes | None) -> None:
        connection, _ = self._listener.accept()
        with connection:
            if answer is not None:
                received = b""
                while not received.endswith(bytes(4)):
                    received += connection.recv(65_536)
                connection.sendall(answer)

    def close(self) -> None:
        self._thread.join(timeout=5)
        self._listener.close()


@pytest.mark.parametrize(
    ("answer", "kept"),
    [(b"stream: OK\0", True), (b"stream: Astra.Test FOUND\0", False), (b"stream: size limit exceeded ERROR\0", False)],
)
def test_only_a_plain_ok_lets_a_file_in(own_home: Path, answer: bytes, kept: bool) -> None:
    clamd = FakeClamd(own_home / "s", answer)
    incoming = Incoming(new_id(), ClamScanner(clamd.address))
    incoming.write(b"letter")
    if kept:
        assert incoming.finish(name="a", content_type="").scan == "clean"
    else:
        with pytest.raises(Invalid):
            incoming.finish(name="a", content_type="")
    clamd.close()
    assert bool(list((own_home / "media").rglob("*/*"))) == kept


def test_a_scanner_that_dies_while_it_listens_keeps_the_file_out(own_home: Path) -> None:
    clamd = FakeClamd(own_home / "s", None)
    scanner = ClamScanner.__new__(ClamScanner)
    ours, theirs = socket.socketpair()
    scanner._socket = ours
    theirs.close()
    with pytest.raises(Invalid, match="does not answer"):
        _write_for_long(Incoming(new_id(), scanner))
    silent = ClamScanner.__new__(ClamScanner)
    silent._socket, theirs = socket.socketpair()
    theirs.close()
    with pytest.raises(ScannerDown):
        silent.verdict()
    with pytest.raises(ScannerDown):
        ClamScanner("127.0.0.1:1")
    with socket.socket(socket.AF_UNIX) as caller:
        caller.connect(clamd.address)
    clamd.close()


def _write_for_long(incoming: Incoming) -> None:
    for _ in range(100):
        incoming.write(b"x" * 200_000)


def test_an_upload_that_is_refused_says_why(own_home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(SealingUploadHandler, "largest", 5)
    handler = SealingUploadHandler()
    handler.new_file("file", "a.pdf", "application/pdf", 9)
    handler.receive_data_chunk(b"too long", 0)
    handler.upload_interrupted()
    assert "larger" in said(handler.file_complete(8))
    empty = SealingUploadHandler()
    empty.new_file("file", "a.pdf", "application/pdf", 0)
    assert "empty" in said(empty.file_complete(0))
