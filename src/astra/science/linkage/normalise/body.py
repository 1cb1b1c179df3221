"""Which parts has a body, and which kinds of marks does it bear?

A part belongs to a larger one (finger, hand, arm), and some parts lie beside each other, so that two people describing
one scar may name either. The numbers are written into search cards: new parts and kinds get new numbers.
"""

from enum import IntEnum

import numpy as np
from numpy.typing import NDArray


class Kind(IntEnum):
    """A kind of mark; the names of `KIND_WORDS` are those of data/appearance.csv."""

    SCAR = 1
    BURN = 2
    TATTOO = 3
    MOLE = 4
    FRECKLES = 5
    PIERCING = 6
    GLASSES = 7
    HEARING = 8
    MISSING_TOOTH = 9
    TEETH = 10
    LIMP = 11
    LIMB = 12
    SPEECH = 13
    SQUINT = 14
    SKIN = 15
    POCKMARKS = 16
    DEFORMITY = 17
    PREGNANT = 18
    NEEDLES = 19
    BEARD = 20
    OTHER = 21
    BRUISE = 22
    THIN = 23
    HEAVY = 24
    LONG_HAIR = 25
    SHORT_HAIR = 26
    CURLY_HAIR = 27
    LEFT_HANDED = 28
    HEADSCARF = 29
    ASTHMA = 30
    EPILEPSY = 31
    GAP = 32
    NAILS = 33
    VITILIGO = 34
    ECZEMA = 35


KIND_WORDS = {
    Kind.SCAR: "scar", Kind.BURN: "burn", Kind.TATTOO: "tattoo", Kind.MOLE: "mole or birthmark",
    Kind.FRECKLES: "freckles",
    Kind.PIERCING: "piercing", Kind.GLASSES: "glasses", Kind.HEARING: "hearing aid or poor hearing",
    Kind.MISSING_TOOTH: "missing or broken tooth", Kind.TEETH: "gold teeth, braces or dentures",
    Kind.LIMP: "limp or help for walking", Kind.LIMB: "missing, short, lame or artificial limb",
    Kind.SPEECH: "stutter or other trouble of speech", Kind.SQUINT: "squint or blind eye",
    Kind.SKIN: "acne",
    Kind.POCKMARKS: "pockmarks", Kind.DEFORMITY: "deformity", Kind.PREGNANT: "pregnant", Kind.NEEDLES: "needle marks",
    Kind.BEARD: "beard or moustache", Kind.OTHER: "other mark", Kind.BRUISE: "bruise or fresh injury",
    Kind.THIN: "thin", Kind.HEAVY: "heavy", Kind.LONG_HAIR: "long hair", Kind.SHORT_HAIR: "short hair",
    Kind.CURLY_HAIR: "curly hair", Kind.LEFT_HANDED: "left-handed", Kind.HEADSCARF: "headscarf", Kind.ASTHMA: "asthma",
    Kind.EPILEPSY: "epilepsy", Kind.GAP: "gap between teeth", Kind.NAILS: "bitten nails",
    Kind.VITILIGO: "patches of skin without colour", Kind.ECZEMA: "eczema or rash",
}  # fmt: skip

KIND_OF = {
    "scar": Kind.SCAR, "burn": Kind.BURN, "tattoo": Kind.TATTOO, "mole": Kind.MOLE, "freckles": Kind.FRECKLES,
    "piercing": Kind.PIERCING, "glasses": Kind.GLASSES, "hearing": Kind.HEARING, "missing tooth": Kind.MISSING_TOOTH,
    "teeth": Kind.TEETH, "limp": Kind.LIMP, "limb": Kind.LIMB, "speech": Kind.SPEECH, "squint": Kind.SQUINT,
    "skin": Kind.SKIN, "pockmarks": Kind.POCKMARKS, "deformity": Kind.DEFORMITY, "pregnant": Kind.PREGNANT,
    "needles": Kind.NEEDLES, "beard": Kind.BEARD, "bruise": Kind.BRUISE, "thin": Kind.THIN,
    "heavy": Kind.HEAVY, "long hair": Kind.LONG_HAIR, "short hair": Kind.SHORT_HAIR, "curly hair": Kind.CURLY_HAIR,
    "left-handed": Kind.LEFT_HANDED, "headscarf": Kind.HEADSCARF, "asthma": Kind.ASTHMA, "epilepsy": Kind.EPILEPSY,
    "gap": Kind.GAP, "nails": Kind.NAILS, "vitiligo": Kind.VITILIGO, "eczema": Kind.ECZEMA,
}  # fmt: skip
"""The kind behind each meaning in data/appearance.csv."""

NEAR_KINDS = (
    (Kind.SCAR, Kind.BURN), (Kind.SCAR, Kind.BRUISE), (Kind.SCAR, Kind.NEEDLES), (Kind.SKIN, Kind.POCKMARKS),
    (Kind.LIMB, Kind.DEFORMITY), (Kind.LIMB, Kind.LIMP), (Kind.MOLE, Kind.FRECKLES), (Kind.MISSING_TOOTH, Kind.TEETH),
    (Kind.SCAR, Kind.POCKMARKS), (Kind.SKIN, Kind.ECZEMA), (Kind.MISSING_TOOTH, Kind.GAP),
)  # fmt: skip
"""Kinds that two people may see in one mark."""

_PARTS = {
    1: ("head", 0), 2: ("face", 1), 3: ("forehead", 2), 4: ("brow", 2), 5: ("eye", 2), 6: ("cheek", 2), 7: ("nose", 2),
    8: ("mouth", 2), 9: ("chin", 2), 10: ("ear", 1), 11: ("scalp", 1), 12: ("tooth", 8), 13: ("tongue", 8),
    14: ("jaw", 2),
    15: ("temple", 2), 20: ("neck", 0), 21: ("shoulder", 0), 30: ("arm", 0), 31: ("upper arm", 30), 32: ("elbow", 30),
    33: ("forearm", 30), 34: ("wrist", 30), 35: ("hand", 30), 36: ("finger", 35), 37: ("thumb", 36), 40: ("torso", 0),
    41: ("chest", 40), 42: ("back", 40), 43: ("belly", 40), 44: ("hip", 40), 50: ("leg", 0), 51: ("thigh", 50),
    52: ("knee", 50), 53: ("shin", 50), 54: ("ankle", 50), 55: ("foot", 50), 56: ("toe", 55),
    63: ("whole body", 0),
}  # fmt: skip
"""Each part: its name and the larger part that it belongs to."""

PART_WORDS = {number: name for number, (name, _) in _PARTS.items()}
PART_OF = {name: number for number, name in PART_WORDS.items()}
PARTS = 64  # six bits in a code

_BESIDE = (
    ("brow", "eye"), ("brow", "forehead"), ("eye", "cheek"), ("eye", "temple"), ("forehead", "temple"),
    ("forehead", "scalp"),
    ("cheek", "jaw"), ("cheek", "nose"), ("cheek", "mouth"), ("jaw", "chin"), ("mouth", "chin"), ("mouth", "nose"),
    ("ear", "neck"), ("ear", "cheek"), ("ear", "temple"), ("scalp", "temple"), ("jaw", "neck"), ("chin", "neck"),
    ("scalp", "neck"),
    ("neck", "shoulder"), ("shoulder", "arm"), ("shoulder", "upper arm"), ("shoulder", "back"), ("shoulder", "chest"),
    ("upper arm", "elbow"), ("elbow", "forearm"), ("forearm", "wrist"), ("wrist", "hand"), ("neck", "chest"),
    ("neck", "back"),
    ("chest", "belly"), ("belly", "hip"), ("back", "hip"), ("hip", "thigh"), ("hip", "leg"), ("thigh", "knee"),
    ("knee", "shin"),
    ("shin", "ankle"), ("ankle", "foot"),
)  # fmt: skip
"""Parts that lie beside each other."""

APART, RELATED, SAME_PART = 0, 1, 2


def larger_parts(part: int) -> tuple[int, ...]:
    """The parts that a part belongs to, the nearest first.

    Examples
    --------
    >>> [PART_WORDS[part] for part in larger_parts(PART_OF["finger"])]
    ['hand', 'arm']
    """
    found = []
    while part in _PARTS and _PARTS[part][1]:
        part = _PARTS[part][1]
        found.append(part)
    return tuple(found)


def _relations() -> NDArray[np.uint8]:
    table = np.zeros((PARTS, PARTS), np.uint8)
    for part in _PARTS:
        table[part, part] = SAME_PART
        for larger in larger_parts(part):
            table[part, larger] = table[larger, part] = RELATED
    for first, second in _BESIDE:
        one, other = PART_OF[first], PART_OF[second]
        table[one, other] = table[other, one] = RELATED
    table.setflags(write=False)
    return table


RELATIONS = _relations()
"""By two parts: 0 apart or unknown, 1 one belongs to the other or they lie beside each other, 2 the same."""

USUAL_PART = {
    Kind.FRECKLES: PART_OF["face"], Kind.GLASSES: PART_OF["eye"], Kind.HEARING: PART_OF["ear"],
    Kind.MISSING_TOOTH: PART_OF["tooth"], Kind.TEETH: PART_OF["tooth"], Kind.LIMP: PART_OF["leg"],
    Kind.SPEECH: PART_OF["mouth"],
    Kind.SQUINT: PART_OF["eye"],  Kind.POCKMARKS: PART_OF["face"],
    Kind.PREGNANT: PART_OF["belly"],
    Kind.NEEDLES: PART_OF["arm"], Kind.BEARD: PART_OF["chin"],
    Kind.GAP: PART_OF["tooth"], Kind.NAILS: PART_OF["finger"], Kind.DEFORMITY: PART_OF["back"],
}  # fmt: skip
"""Where a mark of this kind is when nobody says where."""

WHOLE_BODY = PART_OF["whole body"]

UNPLACED = frozenset(kind for kind in Kind if kind in (Kind.SKIN, Kind.ECZEMA, Kind.VITILIGO) or 23 <= kind <= 31)
"""Kinds of which it says nothing where they are seen: they belong to the whole of somebody."""
USUAL_PART |= dict.fromkeys(UNPLACED, WHOLE_BODY)

FIXED_PART = UNPLACED | {
    Kind.GLASSES, Kind.HEARING, Kind.MISSING_TOOTH, Kind.TEETH, Kind.SPEECH, Kind.SQUINT, Kind.PREGNANT, Kind.GAP,
    Kind.NAILS,
}  # fmt: skip
"""Kinds that are in one place only, whatever part is named beside them."""

LIMBS = frozenset(
    PART_OF[name]
    for name in (
        "arm",
        "upper arm",
        "elbow",
        "forearm",
        "wrist",
        "hand",
        "finger",
        "thumb",
        "leg",
        "thigh",
        "knee",
        "shin",
    )
) | {PART_OF[name] for name in ("ankle", "foot", "toe", "ear", "nose")}
"""Parts that somebody may lack."""
