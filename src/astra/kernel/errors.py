"""What can go wrong, said once: the small tree of domain errors that every room subclasses.

Views translate these once (sites.desk.middleware); nothing in Astra catches bare exceptions.
"""

import dataclasses
from dataclasses import dataclass

from astra.kernel.words import msg


class AstraError(Exception):
    """Something the person at the desk must be told.

    The message is a whole English sentence marked with `kernel.words.msg`; the reader's language and the
    `%(name)s` parts are filled in where it is shown. Parts never hold a name, a phone number or words of a file.
    """

    def __init__(self, message: str, **parts: object) -> None:
        self.message = message
        self.parts = parts
        super().__init__(message % parts if parts else message)


class NotFound(AstraError):
    """There is no such record, or the actor may not know of it: on purpose the same answer."""

    def __init__(self) -> None:
        super().__init__(msg("There is nothing here, or it is not yours to open."))


class Denied(AstraError):
    """The actor's role does not have this desk, or the action needs somebody else."""


class Conflict(AstraError):
    """Somebody else changed the record meanwhile; nothing was saved."""


class NotAllowedNow(AstraError):
    """The state of the record does not allow this step."""


@dataclass(frozen=True)
class Problem:
    """One thing wrong with an input: where, what, and what would be right."""

    field: str
    message: str
    allowed: str = ""
    parts: dict[str, object] = dataclasses.field(default_factory=dict)


class Invalid(AstraError):
    """The input cannot be accepted; every problem is named, nothing was saved."""

    def __init__(self, *problems: Problem) -> None:
        self.problems = problems
        super().__init__("; ".join(f"{p.field}: {p.message % p.parts if p.parts else p.message}" for p in problems))
