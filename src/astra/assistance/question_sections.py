"""Which words do answers to extra questions hold, sealed?"""

from dataclasses import dataclass, field

from astra.vault.sections import declare


@dataclass(frozen=True)
class Answers:
    """What was answered, by the name of the question; what was not asked for is not there."""

    given: dict[str, str] = field(default_factory=dict)


ANSWERS = declare("assistance.answers", Answers, retention="case")
