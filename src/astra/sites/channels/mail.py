"""How does e-mail come and go? IMAP in, SMTP out, both encrypted.

A mail leaves its folder only when it is stored here: moved to another, or deleted, as the settings say. A letter keeps
one name (Message-ID) however often it is handed over.
"""

import imaplib
import re
import smtplib
import ssl
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import formatdate
from typing import Any

from astra.hotline.rules.channels import AWAY, BUSY, EMAIL, NO_SIGN_IN, REFUSED, Letter
from astra.sites.channels.mail_reading import BROKEN, read_mail
from astra.sites.channels.providers import Abilities, Arrived, Gone, Later, NotTaken, Told, Unsure
from astra.sites.channels.settings import ChannelSettings, Server, password, read_server

PATIENCE_S = 30.0
LARGEST, HEAD = 40 * 1024 * 1024, 256 * 1024
"""Of a mail that is larger only the beginning is fetched."""
AT_ONCE = 50
IMAP_PASSWORD, SMTP_PASSWORD = "channel-imap", "channel-smtp"
CERTIFICATE = "channel-mail.pem"
TRANSIENT, PERMANENT, CLOSING = 400, 500, 421
OK = "OK"
ADDRESS = re.compile(r"^[^\s<>,;:\"()\[\]\\@]+@[^\s<>,;:\"()\[\]\\@]+$")


class Email:
    """One mailbox, and the server that takes our letters."""

    channel = EMAIL
    can = Abilities(files=True)

    def __init__(
        self, told: ChannelSettings, context: Callable[[], ssl.SSLContext] = ssl.create_default_context
    ) -> None:
        self.imap, self.smtp = read_server(told.text("imap")), read_server(told.text("smtp"))
        self.sender, self.name = told.text("from"), str(told.told.get("name", ""))
        self.move_to = str(told.told.get("move_to", ""))
        self._context = context

    # --- in ----------------------------------------------------------------------------------------------------------

    def receive(self) -> Iterator[Arrived]:
        """What waits in the folder, the oldest first."""
        try:
            with self.mailbox() as box:
                for number in self._waiting(box):
                    yield from self._one(box, number)
        except (OSError, imaplib.IMAP4.error) as error:
            raise Gone(f"IMAP: {type(error).__name__}") from error

    @contextmanager
    def mailbox(self) -> Iterator[imaplib.IMAP4]:
        """The folder, open for changes."""
        box = _imap(self.imap, self._context)
        try:
            box.login(self.imap.user, password(IMAP_PASSWORD))
            _check(box.select(_quoted(self.imap.folder or "INBOX")))
            yield box
        finally:
            with suppress(OSError, imaplib.IMAP4.error):
                box.logout()

    @staticmethod
    def _waiting(box: imaplib.IMAP4) -> list[str]:
        _, found = _check(box.uid("SEARCH", "UNDELETED"))
        return [number.decode() for number in (found[0] or b"").split()][:AT_ONCE]

    def _one(self, box: imaplib.IMAP4, number: str) -> Iterator[Arrived]:
        _, sized = _check(box.uid("FETCH", number, "(RFC822.SIZE)"))
        size = re.search(rb"RFC822\.SIZE (\d+)", b" ".join(part for part in sized if isinstance(part, bytes)))
        is_cut = size is None or int(size[1]) > LARGEST
        what = f"(BODY.PEEK[]<0.{HEAD}>)" if is_cut else "(BODY.PEEK[])"
        _, fetched = _check(box.uid("FETCH", number, what))
        raw = next((part[1] for part in fetched if isinstance(part, tuple)), None)
        if raw is None:  # somebody else has taken it away meanwhile
            return
        mail = read_mail(raw, is_cut=is_cut)
        yield Arrived(lambda: self._put_away(box, number), mail.inbound, mail.returned)

    def _put_away(self, box: imaplib.IMAP4, number: str) -> None:
        if self.move_to:
            if "MOVE" in box.capabilities:
                _check(box.uid("MOVE", number, _quoted(self.move_to)))
                return
            _check(box.uid("COPY", number, _quoted(self.move_to)))
        _check(box.uid("STORE", number, "+FLAGS.SILENT", r"(\Deleted)"))
        _check(box.uid("EXPUNGE", number) if "UIDPLUS" in box.capabilities else box.expunge())

    # --- out ---------------------------------------------------------------------------------------------------------

    def send(self, letter: Letter) -> None:
        """Hand a letter to the mail server."""
        if not ADDRESS.match(letter.address):
            raise NotTaken(REFUSED)
        try:
            written = self.write(letter).as_bytes()
        except BROKEN as error:  # an address that is none: whoever wrote from it gets no answer there
            raise NotTaken(REFUSED) from error
        server = self._signed_in()
        try:
            server.ehlo_or_helo_if_needed()
            _taken(*server.mail(self.sender))
            _taken(*server.rcpt(letter.address))
            try:
                code, _ = server.data(written)
            except smtplib.SMTPDataError as error:
                _taken(error.smtp_code)
                raise
            except (OSError, smtplib.SMTPException) as error:  # its last word is missing
                raise Unsure from error
            _taken(code)
        except UnicodeError as error:
            raise NotTaken(REFUSED) from error
        except (OSError, smtplib.SMTPException) as error:
            raise Later(AWAY) from error
        finally:
            with suppress(OSError, smtplib.SMTPException):
                server.quit()
            server.close()

    def told(self) -> Iterator[Told]:
        """Mail servers say at once what they take; what comes back comes as a mail."""
        return iter(())

    def write(self, letter: Letter) -> EmailMessage:
        """A letter as a mail: nothing in it says who we are beyond the address."""
        mail = EmailMessage()
        mail["From"] = Address(self.name, addr_spec=self.sender)
        mail["To"] = letter.address
        mail["Subject"] = letter.subject
        mail["Date"] = formatdate(usegmt=True)
        mail["Message-ID"] = f"<{letter.id}@{self.sender.rpartition('@')[2]}>"
        mail.set_content(letter.text)
        return mail

    def _signed_in(self) -> smtplib.SMTP:
        key = password(SMTP_PASSWORD) if self.smtp.user else ""
        try:
            server = _smtp(self.smtp, self._context)
        except (OSError, smtplib.SMTPException) as error:
            raise Later(AWAY) from error
        try:
            if self.smtp.user:
                server.login(self.smtp.user, key)
        except (OSError, smtplib.SMTPException) as error:
            server.close()
            raise Later(NO_SIGN_IN if isinstance(error, smtplib.SMTPAuthenticationError) else AWAY) from error
        return server


def _taken(code: int, _said: bytes = b"") -> None:
    if code >= PERMANENT:
        raise NotTaken(REFUSED)
    if code >= TRANSIENT:
        raise Later(AWAY if code == CLOSING else BUSY)


def _check(answer: tuple[str, list[Any]]) -> tuple[str, list[Any]]:  # Any: as the library gives it
    if answer[0] != OK:
        raise imaplib.IMAP4.error(answer[0])
    return answer


def _quoted(folder: str) -> str:
    """A folder's name as IMAP wants it; letters beyond ASCII as the modified UTF-7 that is written in the settings."""
    return '"' + folder.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _imap(server: Server, context: Callable[[], ssl.SSLContext]) -> imaplib.IMAP4:
    if server.scheme == "imaps":
        return imaplib.IMAP4_SSL(server.host, server.port, ssl_context=context(), timeout=PATIENCE_S)
    box = imaplib.IMAP4(server.host, server.port, timeout=PATIENCE_S)
    if server.scheme == "imap+starttls":
        try:
            box.starttls(ssl_context=context())
        except (OSError, imaplib.IMAP4.error):
            box.shutdown()
            raise
    return box


def _smtp(server: Server, context: Callable[[], ssl.SSLContext]) -> smtplib.SMTP:
    if server.scheme == "smtps":
        return smtplib.SMTP_SSL(server.host, server.port, timeout=PATIENCE_S, context=context())
    found = smtplib.SMTP(server.host, server.port, timeout=PATIENCE_S)
    if server.scheme == "smtp+starttls":
        try:
            found.starttls(context=context())
        except (OSError, smtplib.SMTPException):
            found.close()
            raise
    return found
