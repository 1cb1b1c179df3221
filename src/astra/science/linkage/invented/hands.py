"""Who writes: in which manner, with which habits, and how much goes wrong?"""

from dataclasses import dataclass, field

from astra.science.linkage.invented.drawing import Rates
from astra.science.linkage.invented.spelling import Word, in_style, spell


@dataclass(slots=True)
class Hand:
    """Whoever writes a row.

    Parameters
    ----------
    style : str
        The manner of writing (styles.csv).
    number : int
        Whose hand: it settles which of several spellings of a sound she takes, all through the row.
    rates : mapping of str to float
        How often what goes wrong (noise.csv).
    setting : str
        "desk" for a register, "formal" for a question of a desk or a partner, "loose" for callers and witnesses.
    done : list of str
        What was done so far; grows while the row is written.
    """

    style: str
    number: int
    rates: Rates
    setting: str
    done: list[str] = field(default_factory=list)

    def spell(self, word: Word) -> str:
        """Write one name in this hand."""
        return spell(word, self.style, self.number)

    def words(self, text: str) -> str:
        """Write Serbian words in this hand."""
        return in_style(text, self.style)
