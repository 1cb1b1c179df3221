"""What does a mail say? Read with suspicion: anybody may have made it, with whatever in it.

Words come from its plain text, else from its HTML without the tags. What only repeats an earlier mail at its end is
left out, and that is shown. A mail that a machine sent is never answered; one that says that ours could not be
delivered is told to whoever wrote ours.
"""

import hashlib
import re
from dataclasses import dataclass
from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.errors import MessageError
from email.message import EmailMessage, Message
from email.utils import getaddresses, parsedate_to_datetime
from html.parser import HTMLParser
from uuid import UUID

from astra.hotline.rules.channels import EMAIL, Enclosed, Inbound

MOST_FILES, MOST_PARTS = 10, 200
LEFT_OUT = "[…]"
QUOTING = re.compile(
    r"^(-{2,}\s*(original|prosleđena|forwarded).*|on .{5,200} wrote:|dana? .{5,200} (je )?(написа|napisa).*:"
    r"|дана? .{5,200} (је )?написа.*:"
    r"|(\S+ ){0,12}.{0,80}<\S+@\S+> (wrote|je napisa\S*|је написа\S*|пише|написал\S*):)$",
    re.IGNORECASE,
)
MACHINES = re.compile(r"^(mailer-daemon|postmaster|no-?reply|do-?not-?reply|bounces?)\b", re.IGNORECASE)
OURS = re.compile(r"^\s*message-id:\s*<([0-9a-f-]{36})@", re.IGNORECASE | re.MULTILINE)
SKIPPED = ("script", "style", "head", "title")
BREAKS = ("br", "p", "div", "tr", "li", "h1", "h2", "h3", "blockquote", "table")
BROKEN = (ValueError, LookupError, TypeError, AttributeError, IndexError, AssertionError, MessageError, RecursionError)
"""What the standard library's parser is known to raise at mails that are made to break it."""


@dataclass(frozen=True)
class Mail:
    """A mail as it was read: a message, or the news that one of ours came back."""

    inbound: Inbound | None
    returned: UUID | None = None
    is_ours: bool = False
    """A report about one of our own mails."""


class _Words(HTMLParser):
    """The words of an HTML text."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.words: list[str] = []
        self._skips = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """A tag begins."""
        del attrs
        self._skips += tag in SKIPPED
        if tag in BREAKS:
            self.words.append("\n")

    def handle_endtag(self, tag: str) -> None:
        """A tag ends."""
        if tag in SKIPPED and self._skips:
            self._skips -= 1
        if tag in BREAKS:
            self.words.append("\n")

    def handle_data(self, data: str) -> None:
        """Words between tags."""
        if not self._skips:
            self.words.append(re.sub(r"\s+", " ", data))


def read_mail(raw: bytes, *, is_cut: bool = False) -> Mail:
    """Read a mail, whatever it is made of."""
    told = message_from_bytes(raw, policy=policy.default)
    assert isinstance(told, EmailMessage)
    parts = _parts(told)
    returned = _returned(told, raw)
    if returned is not None:
        return returned
    text, files = _contents(parts)
    subject = _header(told, "subject")
    words = f"{subject}\n\n{without_quotes(text)}".strip()
    sender = next((address for _, address in getaddresses([_header(told, "from")]) if "@" in address), "")
    return Mail(
        Inbound(
            channel=EMAIL,
            message_id=_name(told, text),
            address=sender.strip() or "unknown@invalid",
            text=words,
            at=_moment(told),
            files=tuple(files[:MOST_FILES]),
            is_automatic=_is_automatic(told, sender),
            is_cut=is_cut or len(files) > MOST_FILES,
        )
    )


def _parts(told: EmailMessage) -> list[Message]:
    try:
        return [part for _, part in zip(range(MOST_PARTS), told.walk(), strict=False) if not part.is_multipart()]
    except BROKEN:
        return []


def _header(told: Message, name: str) -> str:
    """A header in words; what cannot be decoded stays as it came."""
    try:
        return str(told.get(name, "") or "").replace("\r", "").replace("\n", " ").strip()
    except BROKEN:
        return next((str(value) for key, value in told.raw_items() if key.lower() == name), "").strip()


def _name(told: EmailMessage, text: str) -> str:
    """What makes it the same mail when it is delivered again, or found in another folder."""
    said = [_header(told, name) for name in ("message-id", "from", "date", "subject")]
    return hashlib.sha256("\0".join([*said, text]).encode("utf-8", "surrogatepass")).hexdigest()


def _moment(told: EmailMessage) -> datetime:
    try:
        at = parsedate_to_datetime(_header(told, "date"))
    except BROKEN:
        return datetime.now(UTC)
    return at if at.tzinfo else at.replace(tzinfo=UTC)


def _contents(parts: list[Message]) -> tuple[str, list[Enclosed]]:
    plain, html, files = [], [], []
    for part in parts:
        kind, name = part.get_content_type(), _filename(part)
        if kind == "text/plain" and not name:
            plain.append(_text(part))
        elif kind == "text/html" and not name:
            html.append(_text(part))
        else:
            data = _bytes(part)
            if data:
                files.append(Enclosed(name, kind, data))
    text = "\n".join(plain).strip() or words_of_html("\n".join(html))
    return text.replace("\0", "").encode("utf-8", "replace").decode("utf-8"), files


def _filename(part: Message) -> str:
    try:
        return (part.get_filename() or ("file" if part.get_content_disposition() == "attachment" else ""))[:200]
    except BROKEN:
        return "file"


def _bytes(part: Message) -> bytes:
    try:
        data = part.get_payload(decode=True)
    except BROKEN:
        return b""
    return data if isinstance(data, bytes) else b""


def _text(part: Message) -> str:
    """Words of a part in the character set that it names, or in one that cannot fail."""
    data = _bytes(part)
    for name in (part.get_content_charset("utf-8"), "utf-8", "cp1250"):
        try:
            return data.decode(name)
        except (LookupError, UnicodeDecodeError, ValueError):
            continue
    return data.decode("latin-1")


def words_of_html(html: str) -> str:
    """An HTML text without its tags."""
    reader = _Words()
    try:
        reader.feed(html)
        reader.close()
    except BROKEN:
        return re.sub(r"<[^>]*>", " ", html)
    lines = (line.strip() for line in "".join(reader.words).splitlines())
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


def without_quotes(text: str) -> str:
    """A text without an earlier mail at its end. What stands between or below quoted lines stays as it is."""
    lines = text.replace("\r\n", "\n").rstrip().split("\n")
    at = len(lines)
    while at and (not lines[at - 1].strip() or lines[at - 1].lstrip().startswith(">")):
        at -= 1
    if not any(line.strip() for line in lines[at:]):
        return text
    while at and (not lines[at - 1].strip() or QUOTING.match(lines[at - 1].strip())):
        at -= 1
    return "\n".join([*lines[:at], "", LEFT_OUT]).strip()


def _is_automatic(told: EmailMessage, sender: str) -> bool:
    """Whether a machine sent it, or sent it to many: such a mail is never answered."""
    submitted = _header(told, "auto-submitted").lower()
    return bool(
        (submitted and not submitted.startswith("no"))
        or _header(told, "precedence").lower() in ("bulk", "list", "junk", "auto_reply")
        or any(told.get(name) is not None for name in ("list-id", "list-unsubscribe", "x-autoreply", "feedback-id"))
        or _header(told, "return-path") == "<>"
        or told.get_content_type() == "multipart/report"
        or MACHINES.match(sender)
    )


def _returned(told: EmailMessage, raw: bytes) -> Mail | None:
    """Whether it says that a mail of ours could not be delivered, and which."""
    if told.get_content_type() != "multipart/report":
        return None
    body = raw[raw.find(b"\n\n") if b"\r\n\r\n" not in raw else raw.find(b"\r\n\r\n") :].decode("latin-1")
    ours = OURS.search(body)
    if ours is None:
        return None
    try:
        letter = UUID(ours[1])
    except ValueError:
        return None
    has_failed = re.search(r"^action:\s*failed", body, re.IGNORECASE | re.MULTILINE)
    return Mail(None, letter if has_failed else None, is_ours=True)
