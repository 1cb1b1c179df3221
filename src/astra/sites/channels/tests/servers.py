"""Real servers for the tests: Dovecot for IMAP, an SMTP server that delivers to it, gammu-smsd for SMS.

All of them run on the loopback in a folder of their own, as whoever runs the tests.
"""

import datetime
import grp
import os
import pwd
import shutil
import socket
import ssl
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes
from ipaddress import ip_address
from pathlib import Path
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

USER, PASSWORD = "pomoc", "lozinka-za-probu"
DOVECOT = """
base_dir = {folder}/run
state_dir = {folder}/state
log_path = {folder}/dovecot.log
protocols = imap
listen = 127.0.0.1
ssl = yes
ssl_cert = <{folder}/cert.pem
ssl_key = <{folder}/key.pem
disable_plaintext_auth = no
default_internal_user = {user}
default_internal_group = {group}
default_login_user = {user}
first_valid_uid = 1
mail_location = maildir:{folder}/mail
service anvil {{
  chroot =
}}
service imap-login {{
  chroot =
  inet_listener imap {{
    port = {port}
  }}
  inet_listener imaps {{
    port = {port_tls}
  }}
}}
passdb {{
  driver = static
  args = password={password}
}}
userdb {{
  driver = static
  args = uid={uid} gid={gid} home={folder}
}}
namespace inbox {{
  inbox = yes
  mailbox Obradjeno {{
    auto = create
  }}
}}
"""


def free_port() -> int:
    """A port where nobody listens."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def until(holds: Callable[[], bool], within_s: float = 20.0) -> None:
    """Wait until something holds."""
    ends = time.monotonic() + within_s
    while not holds():
        assert time.monotonic() < ends, "it did not come to hold"
        time.sleep(0.05)


def answers(port: int) -> bool:
    """Whether somebody listens there."""
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def make_certificate(folder: Path) -> Callable[[], ssl.SSLContext]:
    """A certificate for the loopback; returns what trusts it and nothing else."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    at = datetime.datetime.now(datetime.UTC)
    names = x509.SubjectAlternativeName([x509.DNSName("localhost"), x509.IPAddress(ip_address("127.0.0.1"))])
    made = x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
    made = made.serial_number(x509.random_serial_number()).not_valid_before(at - datetime.timedelta(days=1))
    made = made.not_valid_after(at + datetime.timedelta(days=2)).add_extension(names, critical=False)
    made = made.add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
    pem = made.sign(key, hashes.SHA256()).public_bytes(serialization.Encoding.PEM)
    (folder / "cert.pem").write_bytes(pem)
    secret = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    (folder / "key.pem").write_bytes(secret)
    return lambda: ssl.create_default_context(cafile=str(folder / "cert.pem"))


@contextmanager
def folder_of_servers() -> Iterator[Path]:
    """A folder that the user of the servers can enter.

    Not one of pytest's: each pytest that begins on this machine closes their common folder to everybody else.
    """
    with tempfile.TemporaryDirectory(prefix="astra-servers-", ignore_cleanup_errors=True) as made:
        folder = Path(made)
        folder.chmod(0o711)
        yield folder


@dataclass
class Mailbox:
    """A Dovecot with one mailbox; mail is put into it as a delivery agent does."""

    folder: Path
    port: int = field(default_factory=free_port)
    port_tls: int = field(default_factory=free_port)
    process: subprocess.Popen[bytes] | None = None
    delivered: int = 0

    def begin(self) -> None:
        """Start it."""
        server = shutil.which("dovecot", path=f"{os.environ['PATH']}:/usr/sbin")
        assert server, "apt install dovecot-imapd"
        who = pwd.getpwnam("nobody") if os.geteuid() == 0 else pwd.getpwuid(os.geteuid())
        config = self.folder / "dovecot.conf"
        group = grp.getgrgid(who.pw_gid).gr_name
        told = {"folder": self.folder, "port": self.port, "port_tls": self.port_tls, "password": PASSWORD}
        config.write_text(
            DOVECOT.format(user=who.pw_name, group=group, uid=who.pw_uid, gid=who.pw_gid, **told), encoding="utf-8"
        )
        for box in ("new", "cur", "tmp"):
            (self.folder / "mail" / box).mkdir(parents=True, exist_ok=True)
        if os.geteuid() == 0:
            subprocess.run(["chown", "-R", f"{who.pw_uid}:{who.pw_gid}", self.folder], check=True)
        self.process = subprocess.Popen([server, "-F", "-c", str(config)], cwd=self.folder)
        until(lambda: answers(self.port))

    def end(self) -> None:
        """Stop it; it may begin again."""
        if self.process is not None:
            self.process.terminate()
            self.process.wait(20)
            self.process = None

    def deliver(self, raw: bytes) -> None:
        """A mail arrives."""
        self.delivered += 1
        name = f"{time.time_ns()}.{self.delivered}.probe"
        path = self.folder / "mail" / "tmp" / name
        path.write_bytes(raw)
        if os.geteuid() == 0:
            owner = (self.folder / "mail").stat()
            os.chown(path, owner.st_uid, owner.st_gid)
        path.rename(self.folder / "mail" / "new" / name)

    def waiting(self, box: str = "") -> int:
        """How many mails lie in a folder."""
        place = self.folder / "mail" / (f".{box}" if box else "")
        return sum(1 for sub in ("new", "cur") for _ in (place / sub).glob("*"))


@dataclass
class PostOffice:
    """An SMTP server that demands a password and delivers to a mailbox, or does what `moods` say first."""

    mailbox: Mailbox | None
    moods: list[str] = field(default_factory=list)
    taken: list[Any] = field(default_factory=list)  # Any: mails as the library reads them
    raw: list[bytes] = field(default_factory=list)

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802  (theirs)
        """A mail is handed over."""
        del session
        mood = self.moods.pop(0) if self.moods else ""
        if mood and mood != "lose the answer":
            return mood
        content = envelope.content
        assert isinstance(content, bytes)
        self.raw.append(content)
        self.taken.append(message_from_bytes(content))
        if self.mailbox is not None and f"{USER}@primer.example" in envelope.rcpt_tos:
            self.mailbox.deliver(content)
        if mood == "lose the answer":
            assert server.transport is not None
            server.transport.abort()  # type: ignore[attr-defined]  # a transport of sockets
        return "250 OK"


def _is_ours(_server: object, _session: object, _envelope: object, _way: str, given: object) -> AuthResult:
    good = isinstance(given, LoginPassword) and given.login == USER.encode() and given.password == PASSWORD.encode()
    return AuthResult(success=good, handled=False)


@contextmanager
def post_office(folder: Path, mailbox: Mailbox | None) -> Iterator[tuple[PostOffice, int]]:
    """A post office at work, and its port."""
    office, port = PostOffice(mailbox), free_port()
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(folder / "cert.pem", folder / "key.pem")
    controller = Controller(
        office,
        hostname="127.0.0.1",
        port=port,
        tls_context=context,
        require_starttls=True,
        auth_required=True,
        authenticator=_is_ours,
    )
    controller.start()
    try:
        yield office, port
    finally:
        controller.stop()


GAMMU = """
[gammu]
model = dummy
connection = none
device = {folder}/dummy
[smsd]
service = files
logfile = {folder}/log
debuglevel = 0
inboxpath = {folder}/inbox/
outboxpath = {folder}/outbox/
sentsmspath = {folder}/sent/
errorsmspath = {folder}/error/
inboxformat = unicode
commtimeout = 1
receivefrequency = 1
statusfrequency = 0
checksecurity = 0
checkbattery = 0
checksignal = 0
checknetwork = 0
multiparttimeout = 3
"""


@dataclass
class Modem:
    """A gammu-smsd with the dummy telephone: what it sends goes nowhere, what is put into its memory has come."""

    folder: Path
    process: subprocess.Popen[bytes] | None = None

    def begin(self) -> None:
        """Start it."""
        assert shutil.which("gammu-smsd"), "apt install gammu-smsd gammu"
        for name in ("inbox", "outbox", "sent", "error", "dummy"):
            (self.folder / name).mkdir(exist_ok=True)
        (self.folder / "smsdrc").write_text(GAMMU.format(folder=self.folder), encoding="utf-8")
        self.process = subprocess.Popen(["gammu-smsd", "-c", str(self.folder / "smsdrc")], stderr=subprocess.DEVNULL)

    def end(self) -> None:
        """Stop it."""
        if self.process is not None:
            self.process.terminate()
            self.process.wait(20)
            self.process = None

    def arrives(self, number: str, text: str) -> None:
        """Somebody has sent a message to the telephone, in as many parts as it needs."""
        saved = ["-folder", "1", "-unread", "-sender", number, "-unicode", "-len", "800", "-text", text]
        command = ["gammu", "-c", str(self.folder / "smsdrc"), "savesms", "TEXT", *saved]
        done = subprocess.run(command, env={**os.environ, "LC_ALL": "C.UTF-8"}, capture_output=True, check=False)
        assert done.returncode == 0, done.stdout + done.stderr

    def files(self, name: str) -> list[Path]:
        """What lies in a folder."""
        return sorted((self.folder / name).iterdir())
