"""What is each agreement worth? A small table that people can read.

Values are natural logarithms: +2.3 makes it ten times as likely that two records are of one person, -2.3 ten times
less. Where an agreement is worth more the rarer it is (names, births, places), the table holds how often it happens
between two records of one person, and the registry tells how often it happens by chance.
"""

import tomllib
from dataclasses import dataclass, field, fields
from importlib.resources import files

from astra.science.linkage.keeping.vocabulary import Channel
from astra.science.linkage.weighing.evidence import births, others

LEARNED = "weights.toml"


@dataclass(frozen=True, slots=True)
class NameWeights:
    """What it says when a word of a name meets nothing, or meets in another part of the name."""

    other_given: float = -4.5
    other_family: float = -3.5
    other_family_man: float = -4.0
    other_word: float = -4.0
    further: float = -1.5
    other_parent: float = -4.0
    other_nickname: float = 0.0
    nickname_beside: float = 0.5
    other_part: float = -3.0
    nickname_part: float = 0.0
    undivided: float = 0.3
    patronymic: float = -3.0
    swapped: float = -2.2
    scale: float = 0.7
    """Words of one name lean on each other: their sum is taken by so much."""


@dataclass(frozen=True, slots=True)
class Weights:
    """Everything that the ranker weighs with; the levels are those of the modules of `evidence`, in their order.

    `birth` and `place` say how often an agreement happens between two records of one person; how often it happens by
    chance is counted in the registry. The others say both.
    """

    channel: Channel = field(default_factory=Channel)
    names: NameWeights = field(default_factory=NameWeights)
    birth: tuple[float, ...] = (
        0.0, -0.8, -2.3, -2.5, -4.2, -2.0, -3.9, -5.0, -6.0, -6.3, -7.0, -7.0, -6.5,
        -0.1, -1.2, -3.5, -4.8, -6.2, -5.5, -0.5, -1.2, -1.4, -2.4, -2.8, -5.0, -6.0, -6.5,
    )  # fmt: skip
    place: tuple[float, ...] = (0.0, -0.8, -2.7, -2.4, -1.8, -4.0, -2.5, 0.0)
    sex: tuple[float, ...] = (0.0, 0.5, -3.5)
    height: tuple[float, ...] = (0.0, 1.2, 0.8, -0.2, -2.0, -4.0)
    hair: tuple[float, ...] = (0.0, -2.0, -0.5, 1.4)
    eyes: tuple[float, ...] = (0.0, -2.5, -0.5, 1.4)
    marks: tuple[float, ...] = (-0.5, -1.2, -0.1, 1.0, 3.5)
    seen: tuple[float, ...] = (0.0, -2.5, -0.5, 1.8, 1.8, 1.5, 0.5, -1.3, -3.0)
    number: tuple[float, ...] = (0.0, 12.0, 7.0, -3.5)
    known_before: float = 0.9
    """How likely it is, before anything is said of her, that somebody who is asked about is on record."""


LEVELS: dict[str, tuple[str, ...]] = {
    "birth": births.NAMES,
    "place": others.PLACE_NAMES,
    "sex": others.SEX_NAMES,
    "height": others.HEIGHT_NAMES,
    "hair": others.COLOUR_NAMES,
    "eyes": others.COLOUR_NAMES,
    "marks": others.MARK_NAMES,
    "seen": others.SEEN_NAMES,
    "number": others.NUMBER_NAMES,
}
"""What the levels of each table are called in the file."""


def load_weights(*, is_by_rules: bool = False) -> Weights:
    """Give the learned weights, or those that were set by hand.

    Parameters
    ----------
    is_by_rules : bool
        Whether the weights are those set by hand from what is known of the field, with nothing learned.

    Examples
    --------
    >>> load_weights().sex[2] < 0 < load_weights(is_by_rules=True).sex[1]
    True
    """
    return Weights() if is_by_rules else read_weights(files(__package__).joinpath(LEARNED).read_text(encoding="utf-8"))


def read_weights(text: str) -> Weights:
    """Read a table of weights.

    Parameters
    ----------
    text : str
        TOML as `write_weights` makes it.

    Raises
    ------
    KeyError
        When a weight is missing.
    """
    table = tomllib.loads(text)
    levels = {name: tuple(float(table[name][level]) for level in names) for name, names in LEVELS.items()}
    channel = Channel(**{one.name: float(table["channel"][one.name]) for one in fields(Channel)})
    names = NameWeights(**{one.name: float(table["names"][one.name]) for one in fields(NameWeights)})
    return Weights(channel, names, **levels, known_before=float(table["known_before"]))


def write_weights(weights: Weights, heading: str) -> str:
    """Write a table of weights that people can read.

    Parameters
    ----------
    weights : Weights
        The weights.
    heading : str
        What stands above them as a comment.
    """
    lines = [f"# {line}".rstrip() for line in heading.splitlines()]
    lines += ["", f"known_before = {weights.known_before:.3f}"]
    for name, part in (("channel", weights.channel), ("names", weights.names)):
        lines += ["", f"[{name}]"]
        lines += [f"{one.name} = {getattr(part, one.name):.2f}" for one in fields(part)]
    for name, levels in LEVELS.items():
        lines += ["", f"[{name}]"]
        lines += [f'"{level}" = {says:.2f}' for level, says in zip(levels, getattr(weights, name), strict=True)]
    return "\n".join(lines) + "\n"
