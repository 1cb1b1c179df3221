"""Which words does the identification room hold, each sealed by itself?"""

from dataclasses import dataclass

from astra.vault.sections import declare


@dataclass(frozen=True)
class Heard:
    """What was said about one indicator, and in which record."""

    code: str
    answer: str
    words: str = ""
    record_id: str = ""


@dataclass(frozen=True)
class ScreeningWords:
    """Everything that was heard or denied, which acts it tells of, and a remark."""

    answers: tuple[Heard, ...] = ()
    acts: tuple[str, ...] = ()
    remark: str = ""


@dataclass(frozen=True)
class RiskWords:
    """What the risk is and what is done about it, by heading."""

    words: tuple[tuple[str, str], ...] = ()
    done: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Reasons:
    """Why: of an assessment, a decision (its ground, who decided, what the appeal says), a choice."""

    words: str = ""
    who: str = ""


SCREENING = declare("identification.screening", ScreeningWords, retention="case")
RISK = declare("identification.risk", RiskWords, retention="case")
ASSESSMENT = declare("identification.assessment", Reasons, retention="case")
DECISION = declare("identification.decision", Reasons, retention="case")
CHOICE = declare("identification.choice", Reasons, retention="case")
