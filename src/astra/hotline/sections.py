"""What is sealed of a contact? Its words, the caller, how to reach her safely, and what is half written."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from astra.vault.sections import SectionKind, declare, declare_stream


@dataclass(frozen=True)
class Words:
    """What was said, what was done, and what is to follow; it speaks about everybody in the contact."""

    about: str = ""
    """Whom the contact is about, as the caller said it."""
    said: str = ""
    done: str = ""
    follow_up: str = ""
    old_number: str = ""
    """The number that the contact had on paper or in an earlier system."""


@dataclass(frozen=True)
class Caller:
    """Who called, as far as she said; it belongs to the caller alone."""

    name: str = ""
    phone: str = ""
    email: str = ""
    note: str = ""


@dataclass(frozen=True)
class SafeContact:
    """How this caller may be called back, for whoever is on shift; belongs to the caller."""

    how: str = ""
    when: str = ""
    code_word: str = ""
    never_say: str = ""
    voicemail: str = ""
    """'yes', 'no', or blank while nobody has asked."""


@dataclass(frozen=True)
class ReviewNote:
    """What a senior tells a volunteer about her entry."""

    words: str = ""


@dataclass(frozen=True)
class SignedAs:
    """Under which sign-in name a colleague without keys wrote; checked by whoever confirms."""

    name: str = ""


@dataclass(frozen=True)
class DraftContent:
    """A form as it was typed, valid or not, and the people already chosen in it."""

    values: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class AttemptNote:
    """What one attempt to call back left to say."""

    at: datetime
    author_id: UUID | None = None
    words: str = ""


@dataclass(frozen=True)
class CallbackNote:
    """Why she is called back, and what the attempts brought."""

    why: str = ""
    attempts: tuple[AttemptNote, ...] = ()


PDF = "application/pdf"
SUFFIXES = {"image/jpeg": ".jpg", "image/png": ".png", PDF: ".pdf"}


@dataclass(frozen=True)
class SentFile:
    """A file that came with a message: what it is, and what opens the clean copy and the original."""

    content_type: str
    """Of the clean copy; `size` as well."""
    size: int
    clean: UUID
    clean_key: bytes
    original: UUID
    original_key: bytes
    original_name: str = ""
    original_type: str = ""
    """As the sender's browser said; nobody has believed it."""
    original_size: int = 0
    sha256: bytes = b""
    """Of the original: what the police ask for when it is evidence."""
    scan: str = ""

    @property
    def suffix(self) -> str:
        """How the name of the clean copy ends."""
        return SUFFIXES.get(self.content_type, "")


@dataclass(frozen=True)
class Message:
    """What one side wrote in a conversation, or what happened in it."""

    side: str
    """Who wrote: the visitor or us."""
    text: str = ""
    event: str = ""
    """A code for what happened: somebody took over, the conversation ended."""
    file: SentFile | None = None


@dataclass(frozen=True)
class CallNumber:
    """From which number somebody called, as the exchange said; let go after some days or when she asks."""

    number: str = ""


@dataclass(frozen=True)
class SenderAddress:
    """From which address or number somebody writes through a provider, and what opens her side of the conversation."""

    address: str = ""
    secret: bytes = b""


@dataclass(frozen=True)
class HandoverWords:
    """What the next shift has to know of one thing."""

    words: str = ""


@dataclass(frozen=True)
class PlanWords:
    """How every shift answers somebody who calls again and again."""

    nickname: str = ""
    """What the shift calls somebody whose name nobody knows."""
    helps: str = ""
    not_helps: str = ""
    how_long: str = ""
    """How long, how often, at which hours."""
    numbers: tuple[str, ...] = ()
    """From which she calls, where she is content that we know her by them."""


@dataclass(frozen=True)
class MeetingWords:
    """Why the team talks about something, or what it decided."""

    words: str = ""


@dataclass(frozen=True)
class SupervisionWords:
    """What a supervisor wants to remember of a sitting."""

    words: str = ""


@dataclass(frozen=True)
class DangerWords:
    """Where somebody in danger is, and what was done."""

    place: str = ""
    done: str = ""


@dataclass(frozen=True)
class InterpreterWords:
    """Who interprets, under which number, and whom it could be a conflict with."""

    name: str = ""
    phone: str = ""
    dialects: str = ""
    hours: str = ""
    community: str = ""
    note: str = ""


@dataclass(frozen=True)
class DebriefWords:
    """What a colleague writes of her own work."""

    words: str = ""


@dataclass(frozen=True)
class QualityWords:
    """What a supervisor tells whoever took a contact of the sample."""

    words: str = ""


VISITOR, US = "visitor", "us"


@dataclass(frozen=True)
class OfferLookup:
    """What one look brought: where one looked, on which day, and what stood there."""

    what: str
    """A code of the list `offer_lookup`."""
    on: date
    source: str = ""
    said: str = ""
    author_id: UUID | None = None


@dataclass(frozen=True)
class OfferWords:
    """An offer of work in words; names of private persons (a recruiter) stand here and nowhere else."""

    employer: str = ""
    agency: str = ""
    recruiter: str = ""
    place: str = ""
    work: str = ""
    promised: str = ""
    papers: str = ""
    remark: str = ""
    """Why flags were taken away, what is odd; for us."""
    lookups: tuple[OfferLookup, ...] = ()
    answer: str = ""
    """What was read or written to the person in the end."""


# The caller's identity has an erasure key of its own: it is hers alone, while the words are also the other person's.
CONTACT, CALLER_KEY, DRAFT, TALK = "contact", "contact_caller", "draft", "talk"

WORDS = declare("hotline.words", Words, retention=CONTACT)
CALLER = declare("hotline.caller", Caller, retention=CALLER_KEY)
SAFE_CONTACT = declare("hotline.safe_contact", SafeContact, retention=CALLER_KEY)
REVIEW_NOTE = declare("hotline.review", ReviewNote, retention=CONTACT)
SIGNED_AS = declare("hotline.signed_as", SignedAs, retention=CONTACT)
DRAFT_CONTENT = declare("hotline.draft", DraftContent, retention=DRAFT)
MESSAGES = declare_stream("hotline.messages", Message, retention=TALK)
NUMBER_KEY, HANDOVER_KEY, DANGER_KEY, DEBRIEF_KEY = "call_number", "handover", "danger", "debrief"
CALL_NUMBER = declare("hotline.call_number", CallNumber, retention=NUMBER_KEY)
SENDER_ADDRESS = declare("hotline.sender_address", SenderAddress, retention=CALLER_KEY)
CALLER_PLAN = declare("hotline.caller_plan", PlanWords, retention=CALLER_KEY)
SUPERVISION_NOTE = declare("hotline.supervision", SupervisionWords, retention=DEBRIEF_KEY)
MEETING_WHY = declare("hotline.meeting_why", MeetingWords, retention=CONTACT)
MEETING_DECISION = declare("hotline.meeting_decision", MeetingWords, retention=CONTACT)
HANDOVER = declare("hotline.handover", HandoverWords, retention=HANDOVER_KEY)
DANGER = declare("hotline.danger", DangerWords, retention=DANGER_KEY)
INTERPRETER = declare("hotline.interpreter", InterpreterWords, retention="organisation")
DEBRIEF = declare("hotline.debrief", DebriefWords, retention=DEBRIEF_KEY)
FOR_COORDINATION = declare("hotline.for_coordination", DebriefWords, retention=DEBRIEF_KEY)
QUALITY = declare("hotline.quality", QualityWords, retention=DEBRIEF_KEY)
CALLBACK_NOTE = declare("hotline.callback", CallbackNote, retention=CONTACT)

OFFER = declare("hotline.offer", OfferWords, retention=CONTACT)

# Any: kinds of different contents in one tuple. What a case's team takes over, and what the hotline keeps for safety.
LEAVING: tuple[SectionKind[Any], ...] = (WORDS, CALLER)
STAYING: tuple[SectionKind[Any], ...] = (SAFE_CONTACT,)
