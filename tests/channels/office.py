"""How does a test have an office that gets e-mail and SMS? A whole installation beside real servers of both."""

import os
import signal
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from email.message import EmailMessage
from pathlib import Path

import psutil

from astra.sites.channels.tests.servers import (
    PASSWORD,
    USER,
    Mailbox,
    Modem,
    PostOffice,
    folder_of_servers,
    make_certificate,
    post_office,
)
from tests.installation import CLI, Installation

SETTINGS = """
site = "https://primer.example"
[email]
imap = "imaps://{user}@localhost:{imap}/INBOX"
smtp = "smtp+starttls://{user}@localhost:{smtp}"
from = "{user}@primer.example"
[sms]
folder = "{folder}"
number = "+38160000999"
"""


@dataclass
class Connected:
    """An installation with its mailbox, its post office and its modem."""

    place: Installation
    mailbox: Mailbox
    office: PostOffice
    modem: Modem
    process: psutil.Popen | None = None

    @property
    def env(self) -> dict[str, str]:
        """The environment of its processes: they trust the certificate of the test's servers."""
        return {**self.place.env, "SSL_CERT_FILE": str(self.mailbox.folder / "cert.pem")}

    def begin(self) -> None:
        """Begin to listen and send."""
        with self.place.log.open("ab") as output:
            self.process = psutil.Popen([*CLI, "channels"], env=self.env, stdout=output, stderr=subprocess.STDOUT)

    def kill(self) -> None:
        """Kill it without warning."""
        if self.process is not None:
            self.process.send_signal(signal.SIGKILL)
            self.process.wait(30)
            self.process = None

    def check(self, *names: str) -> subprocess.CompletedProcess[str]:
        """What `astra channels check` says."""
        command = [*CLI, "channels", "check", "--wait", "30", *names]
        return subprocess.run(command, env=self.env, capture_output=True, text=True, check=False)

    def logins(self) -> int:
        """How often somebody has opened the mailbox."""
        return (self.mailbox.folder / "dovecot.log").read_text(encoding="utf-8").count("Login: user")

    def count(self, question: str) -> int:
        """The one number that a question has as its answer."""
        return int(self.place.ask(question)[0][0])


def written(text: str, sender: str, subject: str = "Molim") -> bytes:
    """A mail of hers; each is another one."""
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = sender, f"{USER}@primer.example", subject
    mail["Message-ID"] = f"<{os.urandom(8).hex()}@primer.example>"
    mail["Date"] = "Sun, 22 Nov 2026 20:15:00 +0100"
    mail.set_content(text)
    return mail.as_bytes()


@contextmanager
def connected(folder: Path) -> Iterator[Connected]:
    """Everything at work except our own process."""
    place = Installation(folder / "office")
    place.folder.mkdir()
    place.astra("setup", "--practice")
    for name in ("channel-imap", "channel-smtp"):
        (place.home / "keys" / name).write_text(PASSWORD, encoding="utf-8")
    with folder_of_servers() as servers:
        mailbox, modem = Mailbox(servers), Modem(folder / "modem")
        modem.folder.mkdir()
        make_certificate(mailbox.folder)
        mailbox.begin()
        modem.begin()
        with post_office(mailbox.folder, mailbox) as (office, port):
            told = SETTINGS.format(user=USER, imap=mailbox.port_tls, smtp=port, folder=modem.folder)
            (place.home / "channels.toml").write_text(told, encoding="utf-8")
            made = Connected(place, mailbox, office, modem)
            try:
                yield made
            finally:
                made.kill()
                modem.end()
                mailbox.end()
