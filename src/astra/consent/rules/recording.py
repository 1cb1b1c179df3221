"""What must be said when consent is written down?"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from astra.consent.rules import ledger
from astra.kernel.errors import Invalid, Problem
from astra.kernel.words import msg

WHO = msg("Say who gave or refused consent.")
NOT_HERS = msg("At this age somebody else has to be asked: %(who)s.")
HOW = msg("Say how consent was given; spoken is enough.")
LANGUAGE = msg("Say in which language it was explained.")
VIEW = msg("Write down the child's own view; “not asked yet” is an answer too.")
ASK_BY = msg("Say by which day somebody will ask.")
WORDS = msg("Say in a few words why this is allowed without consent.")
UNTIL = msg("What is allowed without consent needs a day on which it is looked at again.")
NOT_YET = msg("This day has not come yet.")
BACKWARDS = msg("The end cannot be before the beginning.")
NOT_CHILD = msg("The protection of a child is a ground for children only.")

ASKED_FOR = {
    frozenset({ledger.SELF}): msg("the person concerned"),
    frozenset({ledger.GUARDIAN}): msg("a parent or guardian"),
    frozenset({ledger.SELF, ledger.GUARDIAN}): msg("the person concerned and a parent or guardian"),
}


@dataclass(frozen=True)
class NewConsent:
    """A line to be written, as a form or an import gives it."""

    purpose: str
    recipient: str
    section: str
    answer: str = ledger.GIVEN
    ground: str = ledger.CONSENT
    giver: str = ledger.SELF
    giver_id: UUID | None = None
    organisation_id: UUID | None = None
    method: str = ""
    language: str = ""
    has_interpreter: bool = False
    child_view: str = ""
    given_on: date | None = None
    until_on: date | None = None
    ask_by: date | None = None
    words: str = ""
    """What exactly was said; sealed."""
    withheld: str = ""
    """What she wants held back, and from whom; sealed."""
    interpreter: str = ""
    """Who interpreted; sealed."""


def problems(new: NewConsent, age: int | None, today: date) -> Iterator[Problem]:
    """What is missing or wrong, beside the codes."""
    if new.given_on is not None and new.given_on > today:
        yield Problem("given_on", NOT_YET)
    if new.until_on is not None and new.until_on < (new.given_on or today):
        yield Problem("until_on", BACKWARDS)
    if new.ground != ledger.CONSENT:
        yield from _ground_problems(new, age)
    elif new.answer in (ledger.NOT_ASKED, ledger.TO_REVIEW):
        if new.answer == ledger.NOT_ASKED and new.ask_by is None:
            yield Problem("ask_by", ASK_BY)
    else:
        yield from _answer_problems(new, age)


def _ground_problems(new: NewConsent, age: int | None) -> Iterator[Problem]:
    if not new.words.strip():
        yield Problem("words", WORDS)
    if new.until_on is None:
        yield Problem("until_on", UNTIL)
    if new.ground == ledger.CHILD_PROTECTION and (age is None or age >= ledger.ADULT):
        yield Problem("ground", NOT_CHILD)


def _answer_problems(new: NewConsent, age: int | None) -> Iterator[Problem]:
    if not new.giver:
        yield Problem("giver", WHO)
    elif not ledger.may_give(new.giver, age, new.purpose):
        yield Problem("giver", NOT_HERS, parts={"who": ASKED_FOR[ledger.needed(age, new.purpose)]})
    if not new.method:
        yield Problem("method", HOW)
    if not new.language:
        yield Problem("language", LANGUAGE)
    if age is not None and age < ledger.ADULT and new.giver not in ledger.HERSELF and not new.child_view:
        yield Problem("child_view", VIEW)


def check_new(new: NewConsent, age: int | None, today: date) -> None:
    """Raise `Invalid` with everything that is wrong."""
    found = list(problems(new, age, today))
    if found:
        raise Invalid(*found)
