"""Which words does the justice room seal, each to one tier of a file?"""

from dataclasses import dataclass

from astra.vault.sections import declare


@dataclass(frozen=True)
class ProceedingWords:
    """What authority leads it, under which number, who decides, and what must be known."""

    number: str = ""
    authority: str = ""
    judge: str = ""
    prosecutor: str = ""
    remark: str = ""


@dataclass(frozen=True)
class HearingWords:
    """Where it is, how she is prepared, and what happened there."""

    place: str = ""
    preparation: str = ""
    remark: str = ""
    course: str = ""


@dataclass(frozen=True)
class IncidentWords:
    """What hurt her again, and what we did about it."""

    what: str = ""
    done: str = ""


@dataclass(frozen=True)
class TermWords:
    """What is to be done by the day, and the proof that it was."""

    title: str = ""
    proof: str = ""


@dataclass(frozen=True)
class DecisionWords:
    """What was decided, in our words."""

    remark: str = ""


@dataclass(frozen=True)
class ClaimWords:
    """What the claim is made of, and how it went."""

    remark: str = ""


@dataclass(frozen=True)
class RightWords:
    """On what it rests, and what was answered."""

    remark: str = ""


@dataclass(frozen=True)
class SuspectWords:
    """Who is suspected, and how the person is linked with others."""

    name: str = ""
    links: str = ""
    remark: str = ""


@dataclass(frozen=True)
class LetterWords:
    """With whom the letter was exchanged, about what, and where the proof of delivery is."""

    institution: str = ""
    subject: str = ""
    their_number: str = ""
    proof: str = ""
    course: str = ""


@dataclass(frozen=True)
class DemandWords:
    """Who demands what, what the lawyer says, what was given and what not, and what she was told."""

    asker: str = ""
    wanted: str = ""
    opinion: str = ""
    lawyer: str = ""
    """Who gave the opinion, where it was written down by somebody else."""
    given: str = ""
    held_back: str = ""
    told: str = ""


PROCEEDING = declare("justice.proceeding", ProceedingWords, retention="legal")
HEARING = declare("justice.hearing", HearingWords, retention="legal")
INCIDENT = declare("justice.incident", IncidentWords, retention="legal")
TERM = declare("justice.term", TermWords, retention="legal")
DECISION = declare("justice.decision", DecisionWords, retention="legal")
CLAIM = declare("justice.claim", ClaimWords, retention="legal")
RIGHT = declare("justice.right", RightWords, retention="legal")
SUSPECT = declare("justice.suspect", SuspectWords, retention="reported_person")
LETTER = declare("justice.letter", LetterWords, retention="legal")
DEMAND = declare("justice.demand", DemandWords, retention="legal")
