"""How do messages come and go through providers (e-mail, SMS and others)? Addresses, languages, what may be sent.

A provider sees who writes to whom. So nothing goes out until somebody has said that it is safe, and then only that
there is an answer, unless she asked for the words themselves.
"""

import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from uuid import UUID

from astra.kernel.transitions import Lifecycle, Step
from astra.science.script import to_cyrillic

EMAIL, SMS, SIGNAL = "email", "sms", "signal"
VIBER, WHATSAPP, TELEGRAM, MESSENGER, INSTAGRAM = "viber", "whatsapp", "telegram", "messenger", "instagram"
PROVIDED = (EMAIL, SMS, SIGNAL, VIBER, WHATSAPP, TELEGRAM, MESSENGER, INSTAGRAM)
"""Channels (of the vocabulary list) that a provider brings."""
BY_NUMBER = (SMS, SIGNAL, WHATSAPP)

WAITING, SENDING, SENT, FAILED = "waiting", "sending", "sent", "failed"
OUTGOING = Lifecycle(
    "outgoing",
    WAITING,
    [
        Step(WAITING, "hand_over", SENDING),
        Step(SENDING, "accept", SENT),
        Step(SENDING, "postpone", WAITING),
        Step(SENDING, "refuse", FAILED),
        Step(WAITING, "refuse", FAILED),
        Step(SENT, "return", FAILED),
        Step(FAILED, "try_again", WAITING),
        Step(FAILED, "turn_out_sent", SENT),
        Step(FAILED, "turn_out_refused", FAILED),
    ],
)
"""An answer is handed to the provider once; only what was surely not taken is handed over again by itself."""

NOT_ASKED, NOTICE, WORDS, NEVER = "", "notice", "words", "never"
REPLIES = (NOTICE, WORDS, NEVER)
"""How somebody may be written back to. Never: she said so, or what came was sent by a machine."""
FORBID_WRITING = ("no_messages", "waits_for_her")
"""Rules of a person's file (list `contact_rule`) that forbid it, whatever was chosen."""

NO_WAY = "no_way"
NO_POSTMAN, RESTARTED, UNSURE, GAVE_UP = "no_postman", "restarted", "unsure", "gave_up"
BUSY, AWAY, REFUSED, RETURNED, NOT_SAFE, NO_SIGN_IN = "busy", "away", "refused", "returned", "not_safe", "no_sign_in"
PAUSES = tuple(timedelta(minutes=pause) for pause in (0.5, 2, 5, 15, 30, 60, 120, 240))
LASTS = timedelta(hours=24)
"""After so long an answer that the provider does not take is given up."""
POSTMAN_SILENT = timedelta(minutes=2)

KEEP_ADDRESS = timedelta(days=90)
KEEP_RECEIPTS = timedelta(days=400)
NOTICE_CODE_LASTS = timedelta(days=14)
NOTICE_COVERS = timedelta(hours=12)
"""Answers that follow within this time, and before she has written or looked, need no second notice."""
LONGEST_PARTS = 20
PROBE_LASTS = timedelta(minutes=15)
PROBE = re.compile(r"astra-probe-[0-9a-f]{24}")
OLDEST = timedelta(days=30)

AUTOMATIC, CUT, FILE_REFUSED, EMPTY = "automatic", "cut", "file_refused", "empty"
"""Codes of what is said beside a message: a machine sent it, its end is missing, a file of it was not kept."""


@dataclass(frozen=True)
class Enclosed:
    """A file that came with a message."""

    name: str
    content_type: str
    data: bytes = field(repr=False)


@dataclass(frozen=True)
class Inbound:
    """One message as a provider brought it."""

    channel: str
    message_id: str = field(repr=False)
    """What makes it the same message when it comes again."""
    address: str = field(repr=False)
    text: str = field(repr=False)
    at: datetime
    files: tuple[Enclosed, ...] = field(default=(), repr=False)
    is_automatic: bool = False
    is_cut: bool = False


@dataclass(frozen=True)
class Letter:
    """What the sending process hands to a provider."""

    id: str
    address: str = field(repr=False)
    text: str = field(repr=False)
    subject: str = field(repr=False, default="")


def id_of(letter: Letter) -> UUID:
    """Under which id it is kept here."""
    return UUID(letter.id)


def same_address(channel: str, address: str) -> str:
    """An address so written that the same one is always the same."""
    clean = address.strip()
    if channel in BY_NUMBER:
        digits = re.sub(r"[^\d+]", "", clean)
        return "+" + digits.removeprefix("00") if digits.startswith("00") else digits or clean.casefold()
    return clean.casefold()


def guess_language(text: str, default: str) -> str:
    """In which language to answer, as far as the letters tell; `default` is that of the channel."""
    low = text.casefold()
    if re.search(r"[\u0600-\u06ff]", low):
        return "fa" if re.search("[پچژگ]", low) else "ar"
    if re.search(r"[\u0400-\u04ff]", low):
        return "uk" if re.search("[іїєґ]", low) else "ru" if re.search("[ыэъёщюя]", low) else "sr"
    return "sr-latn" if default == "sr" else default


def forbids_writing(rule_codes: Iterable[str]) -> bool:
    """Whether one of a person's safe-contact rules forbids writing to her."""
    return not set(FORBID_WRITING).isdisjoint(rule_codes)


def pause_after(tries: int, asked: timedelta | None = None) -> timedelta:
    """How long to wait after so many tries; longer where the provider asks for it, within reason."""
    own = PAUSES[min(max(tries, 1), len(PAUSES)) - 1]
    return max(own, min(asked, PAUSES[-1])) if asked else own


def parts_of(text: str, longest: int) -> tuple[list[str], bool]:
    """A long text as messages, and whether its end had to be left out."""
    clean = text.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "").strip()
    parts: list[str] = []
    while clean and len(parts) < LONGEST_PARTS:
        at = len(clean) if len(clean) <= longest else clean.rfind("\n", longest // 2, longest)
        at = longest if at <= 0 else at
        parts.append(clean[:at].strip())
        clean = clean[at:].strip()
    return [part for part in parts if part], bool(clean)


@cache
def _notices() -> dict[str, dict[str, str]]:
    told = tomllib.loads((Path(__file__).parents[1] / "data" / "notices.toml").read_text(encoding="utf-8"))
    told["sr"] = {name: to_cyrillic(words) for name, words in told["sr-latn"].items()}
    return told


def notice(language: str, *, where: str, code: str) -> tuple[str, str]:
    """Subject and text of the notice that there is an answer; neither says from whom or about what."""
    words = _notices().get(language, _notices()["en"])
    return words["subject"], "\n".join((words["text"], where, f"{words['code']} {code}"))


PAGES = {"sr-latn": "sr", "sr": "sc", "rom": "ro"}
"""How the public pages call languages in their addresses, where they call them otherwise."""


def page_language(language: str) -> str:
    """In which language the page opens to which a notice leads."""
    return PAGES.get(language, language if language in _notices() else "en")


def neutral_subject(language: str) -> str:
    """The subject of a mail that carries words she asked for."""
    return _notices().get(language, _notices()["en"])["subject"]
