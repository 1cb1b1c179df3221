"""What does a check say? What it looked at, whether that is well, and the command that mends it."""

from dataclasses import dataclass
from enum import StrEnum


class State(StrEnum):
    """How well something is."""

    GOOD = "good"
    MISSING = "missing"  # Astra cannot be relied on without it
    NOTE = "note"  # Astra works; something optional is not there


@dataclass(frozen=True)
class Finding:
    """One line of the doctor's answer."""

    what: str
    state: State
    detail: str = ""
    mend: str = ""


def good(what: str, detail: str = "") -> Finding:
    """All is well with this."""
    return Finding(what, State.GOOD, detail)


def missing(what: str, detail: str, mend: str) -> Finding:
    """Something essential is not there; `mend` is the command or action that brings it."""
    return Finding(what, State.MISSING, detail, mend)


def note(what: str, detail: str, mend: str = "") -> Finding:
    """Something worth knowing that stops nobody."""
    return Finding(what, State.NOTE, detail, mend)
