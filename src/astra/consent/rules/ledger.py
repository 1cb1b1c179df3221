"""May this part of her file be shared, for this purpose, with this recipient, on this day?

The newest answer of whoever has to be asked decides. Another ground (danger, a child's protection, a legal duty)
stands beside consent and says so. An unasked question is never a yes.

Who is asked follows her age. From eighteen only she; whatever guardians said before ends that day. From fifteen she
decides about help herself (as for medical care, Law on Patients' Rights, article 19); where her picture or story
leaves the circle of those who help, a guardian is asked as well. Below fifteen a guardian is asked, her own view is
written down, and her objection stops sharing until another ground is named.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from uuid import UUID

from astra.kernel.words import msg

CONSENT, VITAL_INTEREST, CHILD_PROTECTION, LEGAL_DUTY = "consent", "vital_interest", "child_protection", "legal_duty"
OTHER_GROUNDS = (VITAL_INTEREST, CHILD_PROTECTION, LEGAL_DUTY)
GROUNDS = (CONSENT, *OTHER_GROUNDS)

GIVEN, REFUSED, NOT_ASKED, TO_REVIEW = "given", "refused", "not_asked", "to_review"
ANSWERS = (GIVEN, REFUSED, NOT_ASKED, TO_REVIEW)
QUESTIONS = (NOT_ASKED, TO_REVIEW)
ANSWERED = "answered"
EVERYTHING = "everything"

SELF, GUARDIAN = "self", "guardian"
HERSELF = frozenset({"self", "attorney"})
GUARDIANS = frozenset(
    {"mother", "father", "both_parents", "guardian", "temporary_guardian", "social_work_centre", "court"}
)
GIVERS = HERSELF | GUARDIANS

ADULT, OWN_SAY = 18, 15
BEYOND_HELP = frozenset({"publicity", "network_matching", "research", "training", "advocacy", "recording"})
"""Purposes that carry her picture or story beyond those who help her."""

OBJECTS = "disagrees"
RENEW_AHEAD = timedelta(days=30)


@dataclass(frozen=True)
class Entry:
    """One line of the ledger."""

    id: UUID
    purpose: str
    recipient: str
    section: str
    answer: str
    given_on: date
    ground: str = CONSENT
    giver: str = SELF
    giver_id: UUID | None = None
    organisation_id: UUID | None = None
    child_view: str = ""
    until_on: date | None = None
    withdrawn_on: date | None = None
    ask_by: date | None = None

    def lives(self, day: date) -> bool:
        """Whether it holds on a day: begun, not run out, not taken back."""
        return self.given_on <= day and not self.has_expired(day) and not self.is_withdrawn(day)

    def has_expired(self, day: date) -> bool:
        """Whether its time has run out."""
        return self.until_on is not None and self.until_on < day

    def is_withdrawn(self, day: date) -> bool:
        """Whether it was taken back; from the very day on."""
        return self.withdrawn_on is not None and self.withdrawn_on <= day


@dataclass(frozen=True)
class Question:
    """What somebody wants to do."""

    purpose: str
    recipient: str
    section: str
    day: date
    organisation_id: UUID | None = None


@dataclass(frozen=True)
class GuardianRight:
    """Since when and until when somebody decides for a child."""

    who: UUID
    from_on: date
    until_on: date | None = None

    def holds(self, day: date) -> bool:
        """Whether it holds on a day."""
        return self.from_on <= day and (self.until_on is None or day <= self.until_on)


@dataclass(frozen=True)
class Subject:
    """The person as far as the rules ask: how old she is at least, and who decides for her."""

    age: int | None = None
    """Completed years at least; None where nobody knows, which is read as grown up."""
    rights: tuple[GuardianRight, ...] = ()

    @property
    def is_adult(self) -> bool:
        """Whether only she is asked."""
        return self.age is None or self.age >= ADULT


@dataclass(frozen=True)
class Verdict:
    """The answer: may it be shared, why, and on which line that rests."""

    is_allowed: bool
    why: str
    ground: str = ""
    entries: tuple[UUID, ...] = field(default=())

    @property
    def words(self) -> str:
        """The answer as a marked sentence."""
        return WORDS[self.why]


WORDS = {
    "consent": msg("There is consent for this."),
    VITAL_INTEREST: msg("Allowed without consent: danger to life or health is recorded."),
    CHILD_PROTECTION: msg("Allowed without consent: the protection of the child is recorded."),
    LEGAL_DUTY: msg("Allowed without consent: a legal duty is recorded."),
    "override": msg("Allowed without consent: an override was agreed by two people."),
    "nothing": msg("Nobody has asked about this yet."),
    NOT_ASKED: msg("Nobody has asked about this yet."),
    TO_REVIEW: msg("Taken over from earlier records: what was agreed has to be reviewed first."),
    REFUSED: msg("Consent was refused."),
    "withdrawn": msg("Consent was withdrawn."),
    "expired": msg("Consent has expired."),
    "not_yet": msg("Consent begins on a later day."),
    "own_needed": msg("The person decides alone now; the guardian's consent no longer counts."),
    "guardian_needed": msg("A guardian has to be asked as well."),
    "guardian_ended": msg("Who consented no longer decides for the child."),
    "child_objects": msg("The child objects. Sharing needs another ground."),
    "self_needed": msg("The young person has to be asked too."),
}


def needed(age: int | None, purpose: str) -> frozenset[str]:
    """Who has to agree: herself, a guardian, or both."""
    if age is None or age >= ADULT:
        return frozenset({SELF})
    if age >= OWN_SAY:
        return frozenset({SELF, GUARDIAN}) if purpose in BEYOND_HELP else frozenset({SELF})
    return frozenset({GUARDIAN})


def may_give(giver: str, age: int | None, purpose: str) -> bool:
    """Whether this giver's answer counts for somebody of this age."""
    asked = needed(age, purpose)
    return (SELF in asked and giver in HERSELF) or (GUARDIAN in asked and giver in GUARDIANS)


def covers(entry: Entry, question: Question) -> bool:
    """Whether a line speaks of what is asked; one given for an organisation covers that organisation alone.

    The whole file is asked for with each of its parts: what was refused or taken back for one stands against it.
    """
    is_no = entry.answer == REFUSED or entry.withdrawn_on is not None
    return (
        entry.purpose == question.purpose
        and entry.recipient == question.recipient
        and (entry.section in (question.section, EVERYTHING) or (question.section == EVERYTHING and is_no))
        and entry.organisation_id in (None, question.organisation_id)
    )


def is_answered(entry: Entry) -> bool:
    """Whether a line was only a question, and somebody has asked it since: the answer is a line of its own."""
    return entry.answer in QUESTIONS and entry.withdrawn_on is not None


def decide(entries: Iterable[Entry], question: Question, subject: Subject) -> Verdict:
    """Answer the question from the ledger."""
    relevant = sorted(
        (entry for entry in entries if covers(entry, question) and not is_answered(entry)),
        key=lambda entry: (entry.given_on, entry.id),
        reverse=True,
    )
    for entry in relevant:
        if entry.ground != CONSENT and entry.lives(question.day):
            return Verdict(True, entry.ground, entry.ground, (entry.id,))
    consents = [entry for entry in relevant if entry.ground == CONSENT]
    if not consents:
        return Verdict(False, "nothing")
    resting: list[UUID] = []
    for who in sorted(needed(subject.age, question.purpose), reverse=True):
        why, entry_id = _answer_of(who, consents, question.day, subject)
        if why != CONSENT:
            return Verdict(False, why)
        resting.append(entry_id)
    if not subject.is_adult and _objects(consents, question.day):
        return Verdict(False, "child_objects")
    return Verdict(True, CONSENT, CONSENT, tuple(resting))


def _answer_of(who: str, consents: Sequence[Entry], day: date, subject: Subject) -> tuple[str, UUID]:
    """What the newest line of whoever is asked says."""
    givers = HERSELF if who == SELF else GUARDIANS
    asked = [entry for entry in consents if entry.giver in givers]
    if not asked:
        return _missing(who, consents, day, subject), consents[0].id
    newest = asked[0]
    state = _state(newest, day)
    if state == CONSENT and who == GUARDIAN and _has_ended(newest, subject.rights, day):
        state = "guardian_ended"
    return state, newest.id


def _missing(who: str, consents: Sequence[Entry], day: date, subject: Subject) -> str:
    """Why the right person's answer is not there."""
    state = _state(consents[0], day)
    if state != CONSENT:
        return state
    if subject.is_adult:
        return "own_needed"
    return "self_needed" if who == SELF else "guardian_needed"


def _state(entry: Entry, day: date) -> str:
    if entry.answer != GIVEN:
        return entry.answer
    if entry.is_withdrawn(day):
        return "withdrawn"
    if entry.has_expired(day):
        return "expired"
    return CONSENT if entry.given_on <= day else "not_yet"


def _has_ended(entry: Entry, rights: Sequence[GuardianRight], day: date) -> bool:
    """Whether who consented is known to decide no longer; somebody of whom no right is written down still counts."""
    hers = [right for right in rights if right.who == entry.giver_id]
    return bool(hers) and not any(right.holds(day) for right in hers)


def _objects(consents: Sequence[Entry], day: date) -> bool:
    views = [entry.child_view for entry in consents if entry.given_on <= day and entry.child_view]
    return bool(views) and views[0] == OBJECTS
