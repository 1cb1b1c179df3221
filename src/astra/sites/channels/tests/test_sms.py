"""Do SMS really come and go? Through a real gammu-smsd with its dummy telephone, and files as it writes them."""

import os
import time
from collections.abc import Iterator
from pathlib import Path
from uuid import UUID, uuid4

import pytest

from astra.hotline.rules.channels import Letter
from astra.sites.channels.providers import Gone, Later, NotTaken
from astra.sites.channels.settings import ChannelSettings
from astra.sites.channels.sms import SETTLED_S, Sms
from astra.sites.channels.tests.servers import Modem, until

HERS = "+38160000222"


@pytest.fixture
def sms(tmp_path: Path) -> Sms:
    """Our side, with empty folders."""
    for name in ("inbox", "outbox", "sent", "error"):
        (tmp_path / name).mkdir()
    return Sms(ChannelSettings("sms", {"folder": str(tmp_path)}))


@pytest.fixture
def modem(sms: Sms) -> Iterator[Modem]:
    """A gammu-smsd at work in them."""
    made = Modem(sms.folder)
    made.begin()
    yield made
    made.end()


def came(sms: Sms, name: str, data: bytes, *, ago_s: float = SETTLED_S + 1) -> Path:
    """A file as gammu writes it."""
    path = sms.folder / "inbox" / name
    path.write_bytes(data)
    os.utime(path, (time.time() - ago_s,) * 2)
    return path


def letter(number: str = HERS, text: str = "Čeka vas порука.") -> Letter:
    return Letter(str(uuid4()), number, text)


def test_through_the_real_daemon_and_back(sms: Sms, modem: Modem) -> None:
    modem.arrives(HERS, "Помозите ми, ћутим")
    long = " ".join(f"Duga poruka {number} žćčš" for number in range(14))
    modem.arrives("+38160000333", long)
    modem.end()
    modem.begin()
    until(lambda: len(modem.files("inbox")) >= 5)
    until(lambda: len(list(sms.receive())) == 2)
    found = {one.inbound.address: one.inbound.text for one in sms.receive() if one.inbound}
    assert found == {HERS: "Помозите ми, ћутим", "+38160000333": long}
    for arrived in sms.receive():
        arrived.acknowledge()
    assert modem.files("inbox") == []
    sent = letter()
    sms.send(sent)
    until(lambda: len(modem.files("sent")) == 1)
    (told,) = sms.told()
    assert (told.letter_id, told.is_sent) == (UUID(sent.id), True)
    told.acknowledge()
    assert modem.files("sent") == modem.files("outbox") == []
    assert list(sms.told()) == []


def test_parts_are_one_message_and_wait_until_all_are_there(sms: Sms) -> None:
    came(sms, f"IN20261122_201500_00_{HERS}_01.txt", b"\xfe\xff" + " i drugi".encode("utf-16-be"), ago_s=0)
    came(sms, f"IN20261122_201500_00_{HERS}_00.txt", b"\xfe\xff" + "prvi".encode("utf-16-be"))
    assert list(sms.receive()) == []
    os.utime(sms.folder / "inbox" / f"IN20261122_201500_00_{HERS}_01.txt", (1, 1))
    (arrived,) = sms.receive()
    assert arrived.inbound is not None
    assert arrived.inbound.text == "prvi i drugi"
    assert f"{arrived.inbound.at:%Y-%m-%d %H:%M}" == "2026-11-22 20:15"


@pytest.mark.parametrize(
    ("suffix", "data"),
    [
        ("txt", "Čekam".encode()),
        ("txt", "Čekam".encode("utf-16")),
        ("txt", b"\xfe\xff" + "Čekam\0\0".encode("utf-16-be")),
        ("smsbackup", b'[SMSBackup000]\nNumber = "x"\nText00 = ' + "Čekam".encode("utf-16-be").hex().upper().encode()),
    ],
)
def test_in_every_form_that_gammu_writes(sms: Sms, suffix: str, data: bytes) -> None:
    came(sms, f"IN20261122_201500_00_{HERS}_00.{suffix}", data)
    (arrived,) = sms.receive()
    assert arrived.inbound is not None
    assert arrived.inbound.text == "Čekam"


def test_the_network_may_deliver_it_twice(sms: Sms) -> None:
    for serial in ("00", "01"):
        came(sms, f"IN20261122_201500_{serial}_{HERS}_00.txt", b"Isto")
    names = {one.inbound.message_id for one in sms.receive() if one.inbound}
    assert len(names) == 1


def test_a_sender_that_is_no_number_is_a_machine(sms: Sms) -> None:
    came(sms, "IN20261122_201500_00_Banka_00.txt", b"Akcija")
    (arrived,) = sms.receive()
    assert arrived.inbound is not None
    assert arrived.inbound.is_automatic


def test_other_files_and_missing_folders(sms: Sms) -> None:
    came(sms, "README", b"x")
    assert list(sms.receive()) == []
    (sms.folder / "inbox" / "README").unlink()
    (sms.folder / "inbox").rmdir()
    with pytest.raises(Gone):
        list(sms.receive())


def test_a_letter_lies_there_whole_and_once(sms: Sms) -> None:
    sent = letter()
    sms.send(sent)
    sms.send(sent)
    (path,) = (sms.folder / "outbox").iterdir()
    assert path.read_bytes()[2:].decode("utf-16-be") == sent.text
    assert HERS in path.name


def test_what_gammu_could_not_send_is_told(sms: Sms) -> None:
    sent = letter()
    sms.send(sent)
    (path,) = (sms.folder / "outbox").iterdir()
    path.rename(sms.folder / "error" / path.name)
    (told,) = sms.told()
    assert (told.letter_id, told.is_sent) == (UUID(sent.id), False)


def test_only_numbers_are_written_to_and_no_other_folder(sms: Sms) -> None:
    for address in ("Banka", "../../x", "+381 60", "", "*100#"):
        with pytest.raises(NotTaken):
            sms.send(letter(address))
    (sms.folder / "outbox").rmdir()
    with pytest.raises(Later):
        sms.send(letter())
