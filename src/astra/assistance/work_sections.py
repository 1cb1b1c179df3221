"""Which words do work, school, a child's protection and receipts hold, each sealed by itself?"""

from dataclasses import dataclass

from astra.vault.sections import declare


@dataclass(frozen=True)
class CvWords:
    """What a curriculum vitae says; nothing of assistance."""

    name: str = ""
    reach: str = ""
    about: str = ""
    experience: str = ""
    schooling: str = ""
    skills: str = ""
    languages: str = ""


@dataclass(frozen=True)
class ApplicationWords:
    """Where somebody applied, and for what."""

    employer: str = ""
    post: str = ""
    remark: str = ""


@dataclass(frozen=True)
class PlacementWords:
    """Where somebody works, as what, and why despite a warning."""

    employer: str = ""
    post: str = ""
    despite: str = ""
    left_because: str = ""


@dataclass(frozen=True)
class SchoolingWords:
    """Which school or course, and what is to be known of it."""

    where: str = ""
    remark: str = ""


@dataclass(frozen=True)
class ExamWords:
    """In what, and with which mark."""

    subject: str = ""
    mark: str = ""


@dataclass(frozen=True)
class ChildWords:
    """Who decided or took part, what the child says, and the reasons."""

    who: str = ""
    child_said: str = ""
    reasons: str = ""


@dataclass(frozen=True)
class ReceiptWords:
    """What stands on the paper."""

    heading: str = ""
    payee: str = ""
    for_what: str = ""


CV = declare("assistance.cv", CvWords, retention="case")
APPLICATION = declare("assistance.application", ApplicationWords, retention="case")
PLACEMENT = declare("assistance.placement", PlacementWords, retention="case")
SCHOOLING = declare("assistance.schooling", SchoolingWords, retention="case")
EXAM = declare("assistance.exam", ExamWords, retention="case")
CHILD = declare("assistance.child", ChildWords, retention="case")
RECEIPT = declare("assistance.receipt", ReceiptWords, retention="case")
