"""What does an answer say, apart from what is drawn by lot?

A short word looked for in a whole page is found one day in a token or an identifier: "116" stands in one of some
hundred identifiers. Whoever proves that a short word does not stand there asks for the words alone.
"""

import re
from typing import Protocol


class Answer(Protocol):
    """What a page is answered with."""

    content: bytes


DRAWN = re.compile(r"[A-Za-z0-9_+=-]{20,}")


def worded(answer: Answer | str) -> str:
    """The text of an answer without tokens, nonces and identifiers."""
    text = answer if isinstance(answer, str) else answer.content.decode()
    return DRAWN.sub("", text)
