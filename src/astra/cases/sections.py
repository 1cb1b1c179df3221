"""Which words does a case hold, each sealed by itself?"""

from dataclasses import dataclass

from astra.cases.rules.tiers import HEALTH, LEGAL, TEAM
from astra.vault.sections import declare


@dataclass(frozen=True)
class Summary:
    """What lists show, and the story in the team's words."""

    title: str = ""
    """Short and neutral: it says nothing that must not be seen over a shoulder."""
    story: str = ""


@dataclass(frozen=True)
class Common:
    """What the files of a group share, typed once; nothing about any one of them."""

    site: str = ""
    employer: str = ""
    recruiter: str = ""
    transport: str = ""
    conditions: str = ""


@dataclass(frozen=True)
class OldNumbers:
    """References of the older systems that the file came from."""

    numbers: tuple[str, ...] = ()


@dataclass(frozen=True)
class GroundWords:
    """Why the file exists on its ground: what she said, or what the danger is."""

    words: str = ""


@dataclass(frozen=True)
class Closing:
    """What was reached, and what stays open."""

    words: str = ""


@dataclass(frozen=True)
class HoldWords:
    """Who asked for the legal hold, and why."""

    words: str = ""


@dataclass(frozen=True)
class NoteWords:
    """A note: a heading, if it has one, and what is to be kept."""

    title: str = ""
    text: str = ""


@dataclass(frozen=True)
class TaskWords:
    """What is to be done."""

    title: str = ""
    remark: str = ""


@dataclass(frozen=True)
class DocumentWords:
    """What a document is."""

    title: str = ""
    remark: str = ""


@dataclass(frozen=True)
class Blacked:
    """What taking parts out of a copy came to; the words that were taken out do not stand here."""

    places: int = 0
    areas: int = 0
    not_found: tuple[str, ...] = ()
    without_letters: tuple[int, ...] = ()


@dataclass(frozen=True)
class HandoverWords:
    """What the next colleague must know."""

    text: str = ""


SUMMARY = declare("cases.summary", Summary, retention="case")
COMMON = declare("cases.common", Common, retention="reported_person")
OLD_NUMBERS = declare("cases.old_numbers", OldNumbers, retention="case")
GROUND = declare("cases.ground", GroundWords, retention="case")
CLOSING = declare("cases.closing", Closing, retention="case")
HOLD = declare("cases.hold", HoldWords, retention="case")
NOTE = declare("cases.note", NoteWords, retention="case")
HEALTH_NOTE = declare("cases.health_note", NoteWords, retention="health")
LEGAL_NOTE = declare("cases.legal_note", NoteWords, retention="legal")
TASK = declare("cases.task", TaskWords, retention="case")
DOCUMENT = declare("cases.document", DocumentWords, retention="document")
BLACKED = declare("cases.blacked", Blacked, retention="document")
HANDOVER = declare("cases.handover", HandoverWords, retention="case")

NOTES = {TEAM: NOTE, HEALTH: HEALTH_NOTE, LEGAL: LEGAL_NOTE}
"""Health and legal words are kept for times of their own, so each tier has its own kind of note."""
