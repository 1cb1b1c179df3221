"""Is a mark that somebody describes one that stands on record?

Scars, tattoos, glasses, a limp: phrases in many words become few numbers: what kind of mark, on which part of the body,
on which side, and a trace of the words that nobody has taught the lexicon, such as what a tattoo shows.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from hashlib import blake2b

import numpy as np
from numpy.typing import NDArray

from astra.science.linkage.normalise.body import (
    FIXED_PART,
    KIND_OF,
    KIND_WORDS,
    LIMBS,
    NEAR_KINDS,
    PART_OF,
    PART_WORDS,
    RELATED,
    RELATIONS,
    SAME_PART,
    UNPLACED,
    USUAL_PART,
    Kind,
    larger_parts,
)
from astra.science.linkage.normalise.lexicon import Reading, lexicon, plain_words
from astra.science.linkage.normalise.remembering import remembered

UNKNOWN_SIDE, LEFT, RIGHT = 0, 1, 2
MOST_MARKS = 4

NONE_NOTED, NO_LIKE_MARK, LIKE_KIND, LIKE_PART, SAME_MARK = 0, 1, 2, 3, 4
"""Levels of likeness of a mark and the marks on a record."""

_TOPICS = ("mark", "part", "side", "lack", "metal", "not", "chin", "place", "little")
_PHRASE_ENDS = re.compile(
    r"([;,/\n|]|(?<=\w{3})[.](?=\s|$)|\s(?:i|и|and|und|és|dhe|și|ve|te|те|plus)\s|\s[+&]\s)", re.IGNORECASE
)
_HARD_ENDS = frozenset(";\n|.")
_SIDES = {"left": LEFT, "right": RIGHT}
_TOOTH, _EYE, _CHIN, _FACE, _CHEEK = (PART_OF[name] for name in ("tooth", "eye", "chin", "face", "cheek"))
_GENERAL = (Kind.SCAR, Kind.DEFORMITY)
"""Kinds that a phrase names beside a more telling one: a scar of a burn."""
_LOOKS = (Kind.THIN, Kind.HEAVY, Kind.LONG_HAIR, Kind.SHORT_HAIR, Kind.CURLY_HAIR)
"""Kinds whose words also describe other marks: glasses with thick lenses."""
_MOVABLE = frozenset(
    {Kind.SCAR, Kind.BURN, Kind.TATTOO, Kind.MOLE, Kind.FRECKLES, Kind.PIERCING, Kind.BRUISE, Kind.LIMB}
)
"""Kinds that somebody may have in two places: a tattoo on the arm and the neck."""
_STEM = 5


@dataclass(frozen=True, slots=True)
class Mark:
    """One mark on a body.

    Parameters
    ----------
    kind : int
        A number of `body.Kind`.
    part : int
        A part of the body by its number in `body.PART_WORDS`; 0 when nobody said where.
    side : int
        0 not said, 1 left, 2 right, as the person herself has them.
    words : int
        A trace of 16 bits of the words that were not understood; 0 when there were none.
    """

    kind: int
    part: int = 0
    side: int = 0
    words: int = 0


@dataclass(slots=True)
class _Phrase:
    """What one phrase says, gathered word by word."""

    kinds: list[Kind] = field(default_factory=list)
    parts: list[int] = field(default_factory=list)
    doubtful_parts: list[int] = field(default_factory=list)
    side: int = UNKNOWN_SIDE
    lacks: bool = False
    has_metal: bool = False
    is_denied: bool = False
    has_chin: bool = False
    is_chin_a_place: bool = False
    words: list[str] = field(default_factory=list)


def _gather(readings: list[Reading]) -> _Phrase:
    """Sort the meanings of a phrase by what they are about."""
    said = _Phrase()
    has_place_word = False
    for reading in readings:
        topics = {sense.topic for sense in reading.senses}
        for sense in reading.senses:
            if sense.topic == "mark":
                said.kinds.append(KIND_OF[sense.meaning])
            elif sense.topic == "part":
                # "celo" is the whole of something and, without its hook, the forehead; "oko" is an eye, and around.
                (said.doubtful_parts if "little" in topics else said.parts).append(PART_OF[sense.meaning])
        sides = [sense for word in reading.words for sense in lexicon("side").read([word])[0].senses]
        said.side = said.side or next((_SIDES[sense.meaning] for sense in sides), UNKNOWN_SIDE)
        said.lacks |= "lack" in topics
        said.has_metal |= "metal" in topics
        said.is_denied |= "not" in topics
        if "chin" in topics:
            said.has_chin, said.is_chin_a_place = True, has_place_word
        has_place_word |= "place" in topics
        if not topics and not reading.words[0].isdecimal():
            said.words.extend(reading.words)
    return said


def _kind(said: _Phrase) -> Kind | None:
    """Which kind of mark a phrase is about, if it says so."""
    kinds = said.kinds
    if _TOOTH in said.parts:
        if said.has_metal:
            return Kind.TEETH
        if said.lacks or Kind.DEFORMITY in kinds:
            return Kind.MISSING_TOOTH
        if Kind.LIMB in kinds:
            return Kind.TEETH
    if Kind.TATTOO in kinds:
        return Kind.TATTOO
    if kinds:
        return min(kinds, key=lambda kind: 2 * (kind in _LOOKS) + (kind in _GENERAL))
    if said.has_chin and not said.is_chin_a_place and not said.parts:
        return Kind.BEARD
    if said.lacks and LIMBS.intersection(said.parts):
        return Kind.LIMB
    if said.lacks and _EYE in (*said.parts, *said.doubtful_parts):
        return Kind.SQUINT
    return None


def _part(said: _Phrase) -> int:
    """The most precise of the parts that a phrase names first; one side of the face is a cheek."""
    parts = [*said.parts, *([_CHIN] if said.has_chin else [])] or said.doubtful_parts
    if not parts:
        return 0
    finer = [part for part in parts if parts[0] in larger_parts(part)]
    part = finer[0] if finer else parts[0]
    return _CHEEK if part == _FACE and said.side else part


def _trace(words: list[str]) -> int:
    """A number of 16 bits for words in any order, bent in any way; 0 for none."""
    stems = sorted({(word.rstrip("aeiouj") or word)[:_STEM] for word in words if len(word) > 2})
    if not stems:
        return 0
    return int.from_bytes(blake2b(" ".join(stems).encode(), digest_size=2).digest()) or 1


def _phrases(text: str) -> Iterator[tuple[bool, str]]:
    """The phrases of a text, each with whether it only goes on with the one before."""
    pieces = _PHRASE_ENDS.split(text)
    goes_on = False
    for at in range(0, len(pieces), 2):
        if pieces[at].strip():
            yield goes_on, pieces[at]
            goes_on = True
        if at + 1 < len(pieces) and pieces[at + 1] in _HARD_ENDS:
            goes_on = False


@remembered(65_536)
def read_marks(text: str) -> tuple[Mark, ...]:
    """Read the marks that a text describes.

    Parameters
    ----------
    text : str
        Phrases parted by semicolons, commas, full stops or "and", in any of the languages of the data.

    Returns
    -------
    tuple of Mark
        In the order of the text, each once. What is said not to be there ("bez ožiljaka") is left out.

    Assumptions
    -----------
    A phrase that names no kind of mark goes on with the one before it unless a semicolon or a full stop parts them: it
    says more precisely where ("posekotina po obrazu, leva strana"), or that there is another ("na ruci i vratu").

    Examples
    --------
    >>> [mark_words(int(code)) for code in mark_codes("ожиљак на левом образу; šepa")]
    ['scar, left cheek', 'limp or help for walking']
    >>> read_marks("brazgotina na levoj strani lica") == read_marks("scar on left cheek")
    True
    """
    found: list[Mark] = []
    words: list[str] = []
    for goes_on, phrase in _phrases(text):
        said = _gather(lexicon(*_TOPICS).read(plain_words(phrase)))
        kind, part = _kind(said), _part(said)
        if (
            kind == Kind.BEARD
            and goes_on
            and found
            and found[-1].kind in _MOVABLE
            and not found[-1].part
            and not said.kinds
        ):
            kind = None  # "rez, brada": the chin that the cut is on
        if kind is None and goes_on and found and (part or said.side or found[-1].kind != Kind.OTHER):
            words = words + said.words
            _go_on(found, said, part, _trace(words))
            continue
        is_denied = said.is_denied and kind not in (Kind.LIMB, Kind.MISSING_TOOTH, Kind.SQUINT, Kind.SPEECH)
        words = said.words
        if is_denied or (kind is None and not (part or words)):
            continue
        found.append(_mark(kind or Kind.OTHER, part, said))
    return tuple(dict.fromkeys(mark for mark in found if mark.kind != Kind.OTHER or mark.part or mark.words))


def _mark(kind: Kind, part: int, said: _Phrase) -> Mark:
    """The mark of a phrase, at its usual part when nobody says where or it can be nowhere else."""
    if kind in FIXED_PART or not part:
        part = USUAL_PART.get(kind, part)
    return Mark(kind, part, UNKNOWN_SIDE if kind in UNPLACED else said.side, _trace(said.words))


def _go_on(found: list[Mark], said: _Phrase, part: int, trace: int) -> None:
    """Add to the last mark what a phrase without a kind says, or another mark of its kind elsewhere."""
    last = found[-1]
    is_elsewhere = last.part and part and RELATIONS[last.part, part] == 0
    if is_elsewhere and last.kind in _MOVABLE:
        found.append(Mark(last.kind, part, said.side, _trace(said.words)))
    elif is_elsewhere:
        found.append(Mark(Kind.OTHER, part, said.side, _trace(said.words)))
    else:
        is_finer = part and (not last.part or last.part in larger_parts(part))
        found[-1] = replace(last, part=part if is_finer else last.part, side=last.side or said.side, words=trace)


@remembered(65_536)
def _codes(text: str) -> tuple[int, ...]:
    marks = sorted(read_marks(text), key=lambda mark: mark.kind == Kind.OTHER)[:MOST_MARKS]
    return tuple(mark.kind << 24 | mark.part << 18 | mark.side << 16 | mark.words for mark in marks)


def mark_codes(text: str) -> NDArray[np.uint32]:
    """Read the marks that a text describes into numbers.

    Parameters
    ----------
    text : str
        As for `read_marks`.

    Returns
    -------
    ndarray of uint32, shape (k,), k <= 4
        Each mark as kind << 24 | part << 18 | side << 16 | words; none is 0. Beyond four, marks of no known kind are
        left out first, then the last named.

    Examples
    --------
    >>> [f"{int(code):08x}" for code in mark_codes("nosi naočare")]
    ['07140000']
    """
    return np.array(_codes(text), np.uint32)


def mark_words(code: int) -> str:
    """Say a mark in plain English; nothing for 0.

    Examples
    --------
    >>> mark_words(0x01190000)
    'scar, left cheek'
    """
    if not code:
        return ""
    kind, part, side = Kind(code >> 24), code >> 18 & 63, code >> 16 & 3
    where = PART_WORDS.get(part, "") if part != USUAL_PART.get(kind) else ""
    if side:
        where = f"{'left' if side == LEFT else 'right'} {PART_WORDS.get(part, 'side')}"
    return f"{KIND_WORDS[kind]}, {where}" if where else KIND_WORDS[kind]


def _near_kinds() -> NDArray[np.bool_]:
    table = np.zeros((256, 256), np.bool_)
    for first, second in NEAR_KINDS:
        table[first, second] = table[second, first] = True
    return table


_NEAR_KINDS = _near_kinds()


def marks_likeness(a: NDArray[np.uint32], b: NDArray[np.uint32]) -> NDArray[np.uint8]:
    """Compare the marks of one person with those of many.

    Parameters
    ----------
    a : ndarray of uint32, shape (k,)
        Marks that are asked for, as `mark_codes` gives them.
    b : ndarray of uint32, shape (n, 4)
        Marks of each candidate, 0 where there are fewer.

    Returns
    -------
    ndarray of uint8, shape (k, n)
        For each mark asked for, the level of the candidate's likest mark:

        0 the candidate has no marks noted;
        1 none is like it;
        2 the same kind on another or an unknown part, or a kind easily taken for it (scar and burn) on the same part
        or one beside it;
        3 the same kind on a part that belongs to the other or lies beside it, or on the other side;
        4 the same kind, part and side, a side not said being any.

        Traces of words that agree make it 4 unless the parts are apart. Marks of no known kind are alike only when
        their traces agree, or both have none and name one part.

    Examples
    --------
    >>> asked = mark_codes("ožiljak na levom obrazu")
    >>> noted = np.zeros((3, 4), np.uint32)
    >>> noted[0, 0], noted[1, 0] = mark_codes("scar, face")[0], mark_codes("tetovaža")[0]
    >>> marks_likeness(asked, noted).tolist()
    [[3, 1, 0]]
    """
    levels = [mark_levels(np.full((len(b), 1), code, np.uint32), b) for code in a]
    return np.stack(levels) if levels else np.zeros((0, len(b)), np.uint8)


def mark_levels(asked: NDArray[np.uint32], b: NDArray[np.uint32]) -> NDArray[np.uint8]:
    """Compare one mark with those of a candidate, for many such pairs at once.

    Parameters
    ----------
    asked : ndarray of uint32, shape (n, 1)
        A mark for each candidate.
    b : ndarray of uint32, shape (n, 4)
        The marks of the candidates.

    Returns
    -------
    ndarray of uint8, shape (n,)
        The levels of `marks_likeness`.
    """
    kinds, parts, sides, words = b >> 24, b >> 18 & 63, b >> 16 & 3, b & 0xFFFF
    kind, part, side, trace = asked >> 24, asked >> 18 & 63, asked >> 16 & 3, asked & 0xFFFF
    relation = RELATIONS[part, parts]
    same_side = (sides == side) | (sides == UNKNOWN_SIDE) | (side == UNKNOWN_SIDE)
    same_words = (words == trace) & (trace != 0)
    is_kind = kinds == kind
    is_kind &= (kind != Kind.OTHER) | same_words | ((words == trace) & (relation == SAME_PART))
    level = np.where(is_kind, LIKE_KIND, NO_LIKE_MARK).astype(np.uint8)
    level[_NEAR_KINDS[kind, kinds] & (relation > 0)] = LIKE_KIND
    level[is_kind & (relation >= RELATED)] = LIKE_PART
    level[is_kind & (relation == SAME_PART) & same_side] = SAME_MARK
    is_apart = (relation == 0) & (parts != 0) & (part != 0)
    level[is_kind & same_words & same_side & ~is_apart] = SAME_MARK
    return np.asarray(np.where(b.any(axis=1), level.max(axis=1), NONE_NOTED), np.uint8)
