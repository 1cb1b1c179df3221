"""Which words does the rights room hold, each sealed by itself?"""

from dataclasses import dataclass
from uuid import UUID

from astra.vault.sections import declare


@dataclass(frozen=True)
class Basics:
    """What her page calls her, as she chose it with her worker; blank where she wants no name there."""

    name: str = ""
    languages: tuple[str, ...] = ()


@dataclass(frozen=True)
class AskedWords:
    """What she asks, in her own words."""

    words: str = ""


@dataclass(frozen=True)
class AnswerWords:
    """What we answered, and why it took longer if it did."""

    words: str = ""
    longer: str = ""


@dataclass(frozen=True)
class StoryWords:
    """One page about herself, as she tells it."""

    text: str = ""


@dataclass(frozen=True)
class ParentAsks:
    """Who asks for a child's file, on what right, and what the child says about it."""

    asker: str = ""
    paper: str = ""
    wanted: str = ""
    child_words: str = ""


@dataclass(frozen=True)
class ParentDecided:
    """Why it was decided like this, and what is shown."""

    reason: str = ""
    shown: str = ""


@dataclass(frozen=True)
class Part:
    """One sealed part as it was when the file was prepared."""

    record: UUID
    kind: str
    revision: int


@dataclass(frozen=True)
class Taken:
    """Which parts a file to take along holds, which were left out because they speak of others, and its imprint."""

    parts: tuple[Part, ...] = ()
    apart: tuple[Part, ...] = ()
    imprint: bytes = b""


@dataclass(frozen=True)
class ExportWords:
    """Who gets an export, the age key it is sealed for (blank: for words), and what for."""

    recipient: str = ""
    key: str = ""
    words: str = ""


BASICS = declare("rights.basics", Basics, retention="own_request")
ASKED = declare("rights.asked", AskedWords, retention="own_request")
ANSWER = declare("rights.answer", AnswerWords, retention="own_request")
EXPORT_WORDS = declare("rights.export", ExportWords, retention="audit")
STORY = declare("rights.story", StoryWords, retention="case")
STORY_APPROVED = declare("rights.story_approved", StoryWords, retention="case")
PARENT_ASKS = declare("rights.parent_asks", ParentAsks, retention="case")
PARENT_DECIDED = declare("rights.parent_decided", ParentDecided, retention="case")
TAKEN = declare("rights.taken", Taken, retention="own_request")
