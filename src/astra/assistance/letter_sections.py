"""Which words does a letter hold, sealed?"""

from dataclasses import dataclass

from astra.vault.sections import declare


@dataclass(frozen=True)
class LetterWords:
    """What was put into a letter, and nothing else; and what the second person said."""

    values: tuple[tuple[str, str], ...] = ()
    """Place and what stands there, only what was ticked."""
    telling: tuple[str, ...] = ()
    """The words that say that somebody is a victim, when it was handed in."""
    said: str = ""
    """Why it was confirmed or sent back."""


LETTER = declare("assistance.letter", LetterWords, retention="document")
