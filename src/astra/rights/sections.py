"""Which words does the rights room hold, each sealed by itself?"""

from dataclasses import dataclass

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


BASICS = declare("rights.basics", Basics, retention="own_request")
ASKED = declare("rights.asked", AskedWords, retention="own_request")
ANSWER = declare("rights.answer", AnswerWords, retention="own_request")


@dataclass(frozen=True)
class ExportWords:
    """Who gets an export, the age key it is sealed for (blank: for words), and what for."""

    recipient: str = ""
    key: str = ""
    words: str = ""


EXPORT_WORDS = declare("rights.export", ExportWords, retention="audit")
