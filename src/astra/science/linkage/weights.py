"""What is each agreement worth? A small table that people can read.

Values are natural logarithms: +2.3 makes it ten times as likely that two records are of one person, -2.3 ten times
less. Where an agreement is worth more the rarer it is (names, births, places), the table holds how often it happens
between two records of one person, and the registry tells how often it happens by chance.
"""

from dataclasses import dataclass, field

from astra.science.linkage.vocabulary import Channel


@dataclass(frozen=True, slots=True)
class NameWeights:
    """What it says when a word of a name meets nothing, or meets in another part of the name."""

    other_given: float = -4.2
    other_family: float = -2.8
    other_family_man: float = -3.4
    other_word: float = -3.2
    further: float = -0.7
    other_parent: float = -2.8
    other_nickname: float = -0.4
    nickname_beside: float = 1.5
    other_part: float = -4.5
    nickname_part: float = -0.5
    undivided: float = -0.1
    patronymic: float = -3.0
    swapped: float = -2.2
    scale: float = 1.0
    """Words of one name lean on each other: their sum is taken by so much."""


@dataclass(frozen=True, slots=True)
class Weights:
    """Everything that the ranker weighs with; the levels are those of the modules of `evidence`, in their order."""

    channel: Channel = field(default_factory=Channel)
    names: NameWeights = field(default_factory=NameWeights)
    birth: tuple[float, ...] = (
        1.0, 0.8, 0.05, 0.05, 0.01, 0.03, 0.02, 0.015, 0.01, 0.005, 0.004, 0.002, 0.004,
        0.72, 0.2, 0.05, 0.02, 0.006, 0.004, 0.32, 0.22, 0.17, 0.12, 0.1, 0.05, 0.015, 0.005,
    )  # fmt: skip
    place: tuple[float, ...] = (1.0, 0.68, 0.04, 0.05, 0.13, 0.06, 0.1)
    sex: tuple[float, ...] = (0.0, 0.67, -3.4)
    height: tuple[float, ...] = (0.0, 1.4, 0.9, 0.1, -1.2, -3.0)
    hair: tuple[float, ...] = (0.0, -1.2, 0.3, 1.0)
    eyes: tuple[float, ...] = (0.0, -1.4, 0.3, 1.0)
    marks: tuple[float, ...] = (-0.3, -1.0, 0.3, 1.5, 2.3)
    seen: tuple[float, ...] = (0.0, -2.0, -0.5, 1.0, 0.9, 0.6, 0.1, -0.5, -1.0)
    number: tuple[float, ...] = (0.0, 12.0, 7.0, -4.0)
    known_before: float = 0.6
    """The share of questions about somebody who is on record, before anything is said of her."""
    scale: float = 1.0
    """Pieces of evidence lean on each other a little: the sum is taken by so much."""
