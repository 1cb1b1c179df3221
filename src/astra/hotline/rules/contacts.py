"""What may a contact say, what is wrong with it, and whom do its words speak about?

Only line, time and kind are required: a counsellor must never be kept from saving by a field she cannot fill.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID

from astra import vocabulary
from astra.kernel.clock import LOCAL
from astra.kernel.errors import Invalid, Problem
from astra.kernel.words import msg

LINE, KIND, CHANNEL, LANGUAGE = "hotline_line", "contact_kind", "channel", "language"
CALLER_ROLE, TOPIC, ACTION = "caller_role", "contact_topic", "contact_action"
FOLLOW_UP, URGENCY = "follow_up", "urgency"
"""The code lists of the vocabulary that a contact uses."""

CALLER, CONCERNED = "caller", "concerned"
LINK_ROLES = (CALLER, CONCERNED)
SELF = "self"
READING_DESKS = {"missing_116000": ("hotline", "missing")}
"""Whose circles read a line's contacts; the hotline alone where nothing else is said."""

TYPED, PAPER, IMPORTED, WITHOUT_KEYS = "typed", "paper", "imported", "without_keys"
FROM_CALL = "call"
SOURCES = (TYPED, PAPER, IMPORTED, WITHOUT_KEYS, FROM_CALL)

MAX_AHEAD = timedelta(minutes=5)
LATE_AFTER = timedelta(hours=1)
FOLLOW_UP_AFTER = timedelta(days=1)
UNDO_WITHIN = timedelta(minutes=15)
HOTLINE_KEEPS = timedelta(days=7)
MAX_MINUTES = 24 * 60

IN_THE_FUTURE = msg("This time has not come yet. Check the day and the hour.")
NOT_MINUTES = msg("A contact lasts from 0 minutes to 24 hours.")
BEFORE_THE_CALL = msg("A follow-up cannot be due before the contact itself.")
CARRIES_NOTHING = msg("This kind of contact carries no people, caller or topics. Choose another kind.")
TOO_LATE_TO_UNDO = msg("This contact was saved more than a quarter of an hour ago. Withdraw it with a reason instead.")
NOT_ALLOWED = msg("This is not one of the allowed values.")


@dataclass(frozen=True)
class Coded:
    """The coded part of a contact: what the server may read, and statistics count."""

    line: str
    kind: str
    received_at: datetime
    channel: str = ""
    language: str = ""
    caller_role: str = ""
    topics: tuple[str, ...] = ()
    actions: tuple[str, ...] = ()
    urgency: str = ""
    minutes: int | None = None
    follow_up: str = ""
    follow_up_on: date | None = None
    source: str = TYPED


@dataclass(frozen=True)
class Link:
    """A person in a contact: who called, or whom it is about."""

    person_id: UUID
    role: str


def carries_data(kind: str) -> bool:
    """Whether a kind of contact has anything to write down; one click saves the others."""
    return bool(vocabulary.codes(KIND).fact(kind, "is_data", True))


def one_click_kinds() -> tuple[str, ...]:
    """The kinds that are saved with one click, in their order."""
    return tuple(entry.code for entry in vocabulary.codes(KIND) if entry.is_offered and entry.facts.get("is_one_click"))


def reading_desks(line: str) -> tuple[str, ...]:
    """The desk circles to which a line's words are sealed."""
    return READING_DESKS.get(line, ("hotline",))


def follow_up_day(coded: Coded) -> date | None:
    """When the follow-up is due: the day that was given, else the next day, so that no promise is forgotten."""
    needs_date = vocabulary.codes(FOLLOW_UP).fact(coded.follow_up, "needs_date")
    if coded.follow_up_on is None and needs_date:
        return (coded.received_at + FOLLOW_UP_AFTER).astimezone(LOCAL).date()
    return coded.follow_up_on


def check_coded(coded: Coded, *, at: datetime, links: tuple[Link, ...] = (), has_caller: bool = False) -> None:
    """Raise `Invalid` with every problem of a contact that is to be saved at this moment."""
    problems = [*_unknown_codes(coded), *_bad_times(coded, at)]
    if not carries_data(coded.kind) and (links or coded.topics or has_caller):
        problems.append(Problem("kind", CARRIES_NOTHING))
    problems += [Problem("links", NOT_ALLOWED, "caller, concerned") for link in links if link.role not in LINK_ROLES]
    if problems:
        raise Invalid(*problems)


def _unknown_codes(coded: Coded) -> Iterable[Problem]:
    wanted = [("line", LINE, coded.line), ("kind", KIND, coded.kind)]
    optional = [
        ("channel", CHANNEL, coded.channel),
        ("language", LANGUAGE, coded.language),
        ("caller_role", CALLER_ROLE, coded.caller_role),
        ("follow_up", FOLLOW_UP, coded.follow_up),
        ("urgency", URGENCY, coded.urgency),
        *(("topics", TOPIC, topic) for topic in coded.topics),
        *(("actions", ACTION, action) for action in coded.actions),
    ]
    wanted += [entry for entry in optional if entry[2]]
    for field, name, code in wanted:
        known = vocabulary.codes(name)
        if code not in known:
            yield Problem(field, NOT_ALLOWED, ", ".join(known.offered[:20]))
    if coded.source not in SOURCES:
        yield Problem("source", NOT_ALLOWED, ", ".join(SOURCES))


def _bad_times(coded: Coded, at: datetime) -> Iterable[Problem]:
    if coded.received_at > at + MAX_AHEAD:
        yield Problem("received_at", IN_THE_FUTURE)
    if coded.minutes is not None and not 0 <= coded.minutes <= MAX_MINUTES:
        yield Problem("minutes", NOT_MINUTES)
    if coded.follow_up_on is not None and coded.follow_up_on < coded.received_at.astimezone(LOCAL).date():
        yield Problem("follow_up_on", BEFORE_THE_CALL)


def is_late(received_at: datetime, saved_at: datetime) -> bool:
    """Whether a contact was typed in so long after it happened that it came from paper or memory."""
    return saved_at - received_at > LATE_AFTER


def can_undo(saved_at: datetime, at: datetime) -> bool:
    """Whether a contact may still be taken back with one click."""
    return at - saved_at <= UNDO_WITHIN


def words_owners(links: Iterable[Link]) -> tuple[UUID, ...]:
    """Whom the words speak about: everybody in the contact; nobody known means the contact itself."""
    return tuple(dict.fromkeys(link.person_id for link in links))


def caller_owners(links: Iterable[Link], caller_role: str) -> tuple[UUID, ...]:
    """Whose the caller's identity is: the caller's alone, or hers who called about herself."""
    found = list(links)
    callers = [link.person_id for link in found if link.role == CALLER]
    if not callers and caller_role == SELF:
        callers = [link.person_id for link in found if link.role == CONCERNED]
    return tuple(dict.fromkeys(callers))


def day_begins(day: date) -> datetime:
    """The first moment of a day where the organisation works."""
    return datetime.combine(day, time.min, LOCAL)


def hotline_reads_until(joined_at: datetime) -> datetime:
    """Until when the hotline still opens a contact that a case's team has taken over."""
    return joined_at + HOTLINE_KEEPS
