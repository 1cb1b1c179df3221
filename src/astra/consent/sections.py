"""What of a consent or an exception is sealed? The words."""

from dataclasses import dataclass

from astra.vault.sections import declare


@dataclass(frozen=True)
class Details:
    """What was said when consent was asked, and when it was withdrawn."""

    words: str = ""
    withheld: str = ""
    """What she wants held back, and from whom."""
    interpreter: str = ""
    withdrawal: str = ""


@dataclass(frozen=True)
class WhyWithout:
    """Why something was done without consent, what exactly was given, and what a colleague thought of it later."""

    reason: str = ""
    given: str = ""
    decision: str = ""
    review: str = ""


DETAILS = declare("consent.details", Details, retention="consent")
WHY_WITHOUT = declare("consent.override", WhyWithout, retention="consent")
