"""What do a telephone exchange's messages say about one call? The same, in whatever order and however often they come.

An exchange tells what happens in events. They come twice, too late or in disorder, and one may never come; so a call is
never moved from state to state by the message that happens to arrive, but read anew from everything that is known.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from astra.kernel.errors import Invalid, Problem
from astra.kernel.transitions import Lifecycle, Step
from astra.kernel.words import msg

RINGS, ANSWERED_BY, ENDS, ABANDONED, PASSED_ON = "ringing", "answered", "ended", "abandoned", "transferred"
KINDS = (RINGS, ANSWERED_BY, PASSED_ON, ABANDONED, ENDS)
"""What may happen to a call, in the order in which it does where nothing else tells."""

RINGING, ANSWERED, TRANSFERRED, ENDED, MISSED = "ringing", "answered", "transferred", "ended", "missed"
CALL = Lifecycle(
    "call",
    RINGING,
    [
        Step(RINGING, "transferred", RINGING),
        Step(RINGING, "answered", ANSWERED),
        Step(RINGING, "ended", MISSED),
        Step(RINGING, "abandoned", MISSED),
        Step(ANSWERED, "transferred", TRANSFERRED),
        Step(ANSWERED, "ended", ENDED),
        Step(ANSWERED, "abandoned", ENDED),
        Step(TRANSFERRED, "transferred", TRANSFERRED),
        Step(TRANSFERRED, "ended", ENDED),
        Step(TRANSFERRED, "abandoned", ENDED),
    ],
)
"""A call that ended is over: nothing that is heard of it afterwards opens it again."""
OPEN_STATES = (RINGING, ANSWERED, TRANSFERRED)
OVER_STATES = (ENDED, MISSED)

GIVEN, WITHHELD, NOT_TOLD, FORGOTTEN = "given", "withheld", "", "forgotten"
"""What is known of a caller's number: it was given, the caller withholds it, nobody said, we have let it go."""

CALLED_BACK, CALLED_AGAIN, NOTHING_TO_DO = "called_back", "called_again", "nothing"
OUTCOMES = (CALLED_BACK, CALLED_AGAIN, NOTHING_TO_DO)
"""What was done about a missed call."""

KEEP_NUMBER = timedelta(days=14)
KEEP_EVENTS = timedelta(days=14)
LOST_AFTER = timedelta(seconds=10)
"""A call younger than this may be missing in an exchange's list only because the list is older than the call."""
SHOWN_AFTER = timedelta(minutes=10)
"""So long after it ended a call that nobody has logged stays before everybody's eyes."""

_LAST = 2**53
LONGEST_NAME, LONGEST_NUMBER = 255, 64
EARLIEST_AHEAD = timedelta(minutes=5)

NOT_A_KIND = msg("This is not one of the things that happen to a call.")
NO_CALL = msg("An event must name its call, in at most 255 characters.")
NOT_A_PLACE = msg("The place of an event is a whole number from 0 on.")
NOT_A_NUMBER = msg("A number or extension has at most 64 characters.")
FROM_THE_FUTURE = msg("This event lies in the future. Check the clock of the exchange.")
NOT_AN_OUTCOME = msg("This is not one of the ways in which a missed call is settled.")


@dataclass(frozen=True)
class CallEvent:
    """One thing that an exchange says about one call."""

    provider: str
    call: str
    """The exchange's own name of the call."""
    kind: str
    at: datetime
    sequence: int = -1
    """Where the event stands among those of its call; where an exchange does not count, its kind says it."""
    dialled: str = ""
    """Our own number that was called: it names the line."""
    extension: str = ""
    """The telephone that rings, answers or takes over."""
    number: str = ""
    is_withheld: bool = False
    cause: str = ""

    def __repr__(self) -> str:
        """Without names and numbers: this may stand in a log."""
        return f"<{self.kind} {self.sequence}>"

    @property
    def place(self) -> int:
        """Where it stands among the events of its call."""
        return self.sequence if self.sequence >= 0 else place_of(self.kind, self.at)


@dataclass(frozen=True)
class Heard:
    """What is kept of an event: where it stands, what it was, when, and at which telephone."""

    sequence: int
    kind: str
    at: datetime
    extension: str = ""

    @property
    def order(self) -> tuple[int, datetime, int, str]:
        """By place, then by time; two that claim the same place by what they are."""
        return self.sequence, self.at, KINDS.index(self.kind), self.extension


@dataclass(frozen=True)
class CallStanding:
    """How a call stands."""

    state: str
    rang_at: datetime
    answered_at: datetime | None = None
    ended_at: datetime | None = None
    extension: str = ""


def place_of(kind: str, at: datetime) -> int:
    """The place of an event of an exchange that does not count: ringing, answered, passed on by the clock, the end."""
    if kind == PASSED_ON:
        return int(at.timestamp() * 1000)
    return {RINGS: 1, ANSWERED_BY: 2, ABANDONED: _LAST, ENDS: _LAST + 1}[kind]


def fold(events: Iterable[Heard]) -> CallStanding:
    """How a call stands by everything that was heard of it; the same for any order, repeats change nothing."""
    known = _each_once(events)
    standing = CallStanding(CALL.initial, min(one.at for one in known))
    for one in known:
        if CALL.can(standing.state, one.kind):
            standing = _after(standing, one)
        elif one.kind == RINGS and standing.state == RINGING and one.extension:
            standing = replace(standing, extension=one.extension)
    return standing


def _each_once(events: Iterable[Heard]) -> list[Heard]:
    """The events in their order; of one told twice the earlier time counts, and the telephone that was named."""
    found: dict[tuple[int, str], Heard] = {}
    for one in events:
        key = (one.sequence, one.kind)
        other = found.get(key, one)
        found[key] = Heard(*key, min(one.at, other.at), max(one.extension, other.extension))
    return sorted(found.values(), key=lambda one: one.order)


def _after(standing: CallStanding, one: Heard) -> CallStanding:
    state = CALL.check(standing.state, one.kind)
    after = replace(standing, state=state, extension=one.extension or standing.extension)
    if state == ANSWERED:
        return replace(after, answered_at=one.at)
    if state in OVER_STATES:
        return replace(after, ended_at=max(one.at, standing.answered_at or standing.rang_at))
    return after


def minutes_of(standing: CallStanding) -> int | None:
    """How long was spoken, begun minutes counted; None as long as it goes on."""
    if standing.ended_at is None:
        return None
    lasted = standing.ended_at - (standing.answered_at or standing.ended_at)
    return -(-max(lasted, timedelta(0)) // timedelta(minutes=1))


def check_event(event: CallEvent, *, at: datetime) -> None:
    """Raise `Invalid` with everything that is wrong with an event."""
    problems = []
    if event.kind not in KINDS:
        problems.append(Problem("kind", NOT_A_KIND, ", ".join(KINDS)))
    if not 0 < len(event.call) <= LONGEST_NAME:
        problems.append(Problem("call", NO_CALL))
    if not -1 <= event.sequence <= _LAST + 1:
        problems.append(Problem("sequence", NOT_A_PLACE))
    given = (("number", event.number), ("dialled", event.dialled), ("extension", event.extension))
    problems += [Problem(field, NOT_A_NUMBER) for field, value in given if len(value) > LONGEST_NUMBER]
    if event.at > at + EARLIEST_AHEAD:
        problems.append(Problem("at", FROM_THE_FUTURE))
    if problems:
        raise Invalid(*problems)


def digits(said: str) -> str:
    """A number of ours or a telephone as it is compared: digits alone, however it was written."""
    number = said.removeprefix("sip:").removeprefix("tel:").partition("@")[0].partition(";")[0]
    only = "".join(letter for letter in number if letter.isascii() and letter.isdecimal())
    return only.removeprefix("00") if only.startswith("00") else only


def same_number(one: str, other: str) -> bool:
    """Whether two spellings are the same number: with the country or with a nought in front."""
    first, second = digits(one), digits(other)
    if first == second:
        return bool(first)
    short, long = sorted((first.lstrip("0"), second.lstrip("0")), key=len)
    return len(short) >= FEWEST_DIGITS and long.endswith(short)


FEWEST_DIGITS = 7
"""So many digits from the end must agree before two spellings count as one number."""
