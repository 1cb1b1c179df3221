"""How do SMS come and go? Through the folders of gammu-smsd (its FILES backend), which has the modem.

The names of its files hold numbers and the files hold words in clear: that is gammu's way. So the folders belong on a
file system in memory, and nothing stays in them: what is stored is removed, and so is what was sent.
"""

import os
import re
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from uuid import UUID

from astra.hotline.rules.channels import AWAY, REFUSED, SMS, Inbound, Letter
from astra.kernel.clock import LOCAL, now
from astra.sites.channels.providers import Abilities, Arrived, Gone, Later, NotConfigured, NotTaken, Told
from astra.sites.channels.settings import ChannelSettings

SETTLED_S = 3.0
"""The parts of a long message are written one after the other: they are read when none has come for so long."""
NAME = re.compile(r"^IN(\d{8})_(\d{6})_(\d+)_(.*)_(\d+)\.(txt|bin|smsbackup)$")
OURS = re.compile(r"_([0-9a-f]{32})\.txt$")
NUMBER = re.compile(r"^\+?\d{3,15}$")
FOLDERS = ("inbox", "outbox", "sent", "error")
CODED = re.compile(r"^Text\d+ = ([0-9A-Fa-f]+)$", re.MULTILINE)
FIELD = re.compile(r'^(Number|DateTime) = "?([^"\n]*)"?$', re.MULTILINE)


@dataclass(frozen=True)
class _Part:
    path: Path
    sender: str
    at: datetime
    place: int


class Sms:
    """The four folders of one gammu-smsd."""

    channel = SMS
    can = Abilities(tells_later=True)

    def __init__(self, told: ChannelSettings) -> None:
        self.folder = Path(told.text("folder"))
        if not self.folder.is_absolute():
            raise NotConfigured(f'[sms] folder = "{self.folder}" is not the whole path')

    def receive(self) -> Iterator[Arrived]:
        """The messages in the inbox that are there whole, the oldest first."""
        for parts in self._messages():
            inbound = self._read(parts)
            if inbound is not None:
                yield Arrived(lambda parts=parts: _remove(parts), inbound)  # type: ignore[misc]  # a bound name

    def _messages(self) -> list[list[_Part]]:
        groups: dict[str, list[_Part]] = {}
        try:
            found = sorted(path for path in (self.folder / "inbox").iterdir() if NAME.match(path.name))
        except OSError as error:
            raise Gone(f"folder: {type(error).__name__}") from error
        for path in found:
            told = NAME.match(path.name)
            assert told is not None
            day, hour, serial, sender, place, _ = told.groups()
            at = datetime.strptime(day + hour, "%Y%m%d%H%M%S").replace(tzinfo=LOCAL)
            groups.setdefault(f"{day}{hour}{serial}{sender}", []).append(_Part(path, sender, at, int(place)))
        return [sorted(parts, key=lambda part: part.place) for parts in groups.values() if _is_settled(parts)]

    @staticmethod
    def _read(parts: list[_Part]) -> Inbound | None:
        try:
            texts = [_text(part.path).replace("\0", "") for part in parts]
        except OSError:  # another process has it
            return None
        text, first = "".join(texts), parts[0]
        name = sha256(f"{first.sender}\0{first.at.isoformat()}\0{text}".encode()).hexdigest()
        is_machine = NUMBER.match(first.sender) is None
        return Inbound(SMS, name, first.sender, text, first.at, is_automatic=is_machine)

    def send(self, letter: Letter) -> None:
        """Put a letter into the outbox, whole at once; what became of it is told later."""
        if not NUMBER.match(letter.address):
            raise NotTaken(REFUSED)
        place = self.folder / "outbox"
        name = f"OUTC{now().astimezone(LOCAL):%Y%m%d_%H%M%S}_00_{letter.address}_{UUID(letter.id).hex}.txt"
        waits = [path for path in self._ours("outbox", "sent") if path.name.endswith(name[-36:])]
        if waits:
            return
        fresh = place / f"fresh-{UUID(letter.id).hex}"
        try:
            with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o660), "wb") as file:
                file.write(b"\xfe\xff" + letter.text.encode("utf-16-be"))
            fresh.rename(place / name)
        except OSError as error:
            raise Later(AWAY) from error

    def told(self) -> Iterator[Told]:
        """What gammu has put into the folders of what was sent and of what was not."""
        for path in self._ours("sent", "error"):
            told = OURS.search(path.name)
            assert told is not None
            yield Told(UUID(told[1]), path.parent.name == "sent", lambda path=path: path.unlink(missing_ok=True))  # type: ignore[misc]  # a bound name

    def _ours(self, *folders: str) -> list[Path]:
        found: list[Path] = []
        for name in folders:
            try:
                found += sorted(path for path in (self.folder / name).iterdir() if OURS.search(path.name))
            except OSError:
                continue
        return found


def _is_settled(parts: list[_Part]) -> bool:
    try:
        return time.time() - max(part.path.stat().st_mtime for part in parts) > SETTLED_S
    except OSError:
        return False


def _remove(parts: list[_Part]) -> None:
    for part in parts:
        part.path.unlink(missing_ok=True)


def _text(path: Path) -> str:
    """The words of one part, in whichever form gammu was told to write them."""
    data = path.read_bytes()
    if path.suffix == ".smsbackup":
        coded = "".join(CODED.findall(data.decode("latin-1")))
        return bytes.fromhex(coded).decode("utf-16-be", "replace")
    if data[:2] in (b"\xfe\xff", b"\xff\xfe"):
        return data.decode("utf-16", "replace")
    return data.decode("utf-8", "replace")
