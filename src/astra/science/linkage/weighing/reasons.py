"""Why may this be she? In words that a counsellor understands.

Each reason names what was compared, how it agreed, and how much that says; the sentences are marked for translation.
"""

from dataclasses import dataclass

from astra.science.linkage.keeping.vocabulary import (
    BEGINNING,
    EQUIVALENT,
    INITIAL,
    NICKNAME,
    SAME,
    SHORTENED,
    SLIP,
    SPELLING,
    VOWELS,
)
from astra.science.linkage.weighing.evidence import births, others

DIFFERS, SAME_WORD, ALIKE = "differs", "same", "near"


def msg(text: str) -> str:
    """Mark a sentence for the catalogues; who shows it translates it."""
    return text


@dataclass(frozen=True, slots=True)
class Reason:
    """One piece of evidence about one candidate.

    Parameters
    ----------
    about : str
        What was compared: "family", "given", "name", "nickname", "father", "mother", "birth", "place", "seen", "sex",
        "height", "hair", "eyes", "marks", "national", "number" or "address".
    how : str
        How it agreed, a key of `WORDS`.
    says : float
        Natural logarithm of how much likelier this agreement makes it.
    amount : int
        Years, kilometres or centimetres apart, where the sentence names them.
    """

    about: str
    how: str
    says: float
    amount: int = 0

    def __str__(self) -> str:
        return WORDS[self.about, self.how].format(amount=self.amount)


WAYS = {
    SAME: "same", SPELLING: "spelling", SLIP: "slip", NICKNAME: "nickname", BEGINNING: "beginning",
    SHORTENED: "shortened", VOWELS: "spelling", INITIAL: "initial",
    EQUIVALENT: "equivalent",
}  # fmt: skip

_NAMES = {
    "same": (
        msg("surname: same"), msg("first name: same"), msg("name: same"),
        msg("nickname: same"), msg("father's name: same"), msg("mother's name: same"),
    ),
    "spelling": (
        msg("surname: same, other spelling"), msg("first name: same, other spelling"),
        msg("name: same, other spelling"), msg("nickname: same, other spelling"),
        msg("father's name: same, other spelling"), msg("mother's name: same, other spelling"),
    ),
    "equivalent": (
        msg("surname: the same in another language"), msg("first name: the same in another language"),
        msg("name: the same in another language"), msg("nickname: the same in another language"),
        msg("father's name: the same in another language"), msg("mother's name: the same in another language"),
    ),
    "slip": (
        msg("surname: almost the same"), msg("first name: almost the same"), msg("name: almost the same"),
        msg("nickname: almost the same"), msg("father's name: almost the same"), msg("mother's name: almost the same"),
    ),
    "near": (
        msg("surname: alike"), msg("first name: alike"), msg("name: alike"),
        msg("nickname: alike"), msg("father's name: alike"), msg("mother's name: alike"),
    ),
    "nickname": (
        msg("surname: a short form"), msg("first name: a nickname of it"), msg("name: a nickname of it"),
        msg("nickname: belongs to the first name"), msg("father's name: a nickname of it"),
        msg("mother's name: a nickname of it"),
    ),
    "beginning": (
        msg("surname: begins so"), msg("first name: begins so"), msg("name: begins so"),
        msg("nickname: begins so"), msg("father's name: begins so"), msg("mother's name: begins so"),
    ),
    "shortened": (
        msg("surname: perhaps a short form"), msg("first name: perhaps a short form"),
        msg("name: perhaps a short form"), msg("nickname: perhaps a short form"),
        msg("father's name: perhaps a short form"), msg("mother's name: perhaps a short form"),
    ),
    "initial": (
        msg("surname: same first letter"), msg("first name: same first letter"), msg("name: same first letter"),
        msg("nickname: same first letter"), msg("father's name: same first letter"),
        msg("mother's name: same first letter"),
    ),
    "differs": (
        msg("surname: differs"), msg("first name: differs"), msg("a part of the name: differs"),
        msg("nickname: differs"), msg("father's name: differs"), msg("mother's name: differs"),
    ),
}  # fmt: skip
NAME_PARTS = ("family", "given", "name", "nickname", "father", "mother")

_BIRTHS = {
    births.SAME_DAY: msg("date of birth: same"),
    births.TURNED: msg("date of birth: same, day and month swapped"),
    births.SAME_BUT_YEAR: msg("date of birth: same day and month, another year"),
    births.DAY_OF_YEAR: msg("date of birth: same day and month, another year"),
    births.SAME_BUT_DAY: msg("date of birth: same but for the day or the month"),
    births.DAYS_APART: msg("date of birth: a few days apart"),
    births.IN_YEAR: msg("year of birth: same"),
    births.YEAR_SAME: msg("year of birth: same"),
    births.AGE_FITS: msg("age: fits"),
    births.AGE_1: msg("age: within a year"),
    births.DAY_1: msg("age: within a year"),
    births.YEAR_1: msg("age: within a year"),
}
AGES_APART = msg("age: {amount} years apart")

_PLACES = {
    others.PLACE_SAME: msg("place: same"),
    others.PLACE_SEEN: msg("place: where she was seen last"),
    others.PLACE_OTHER: msg("place: another"),
}
KILOMETRES = msg("place: {amount} km away")

WORDS: dict[tuple[str, str], str] = {
    **{(part, how): words[at] for how, words in _NAMES.items() for at, part in enumerate(NAME_PARTS)},
    **{("birth", str(level)): _BIRTHS.get(level, AGES_APART) for level in range(1, births.LEVELS)},
    **{("place", str(level)): _PLACES.get(level, KILOMETRES) for level in range(1, others.PLACE_LEVELS)},
    ("seen", "fits"): msg("seen soon after"),
    ("seen", "differs"): msg("seen before she was missed"),
    ("seen", "late"): msg("seen long after"),
    ("sex", "same"): msg("sex: same"),
    ("sex", "differs"): msg("sex: differs"),
    ("height", "fits"): msg("height: fits"),
    ("height", "differs"): msg("height: {amount} cm apart"),
    ("hair", "same"): msg("hair: same"),
    ("hair", "near"): msg("hair: alike"),
    ("hair", "differs"): msg("hair: differs"),
    ("eyes", "same"): msg("eyes: same"),
    ("eyes", "near"): msg("eyes: alike"),
    ("eyes", "differs"): msg("eyes: differ"),
    ("marks", "same"): msg("a mark on the body: same"),
    ("marks", "near"): msg("a mark on the body: alike"),
    ("marks", "differs"): msg("marks on the body: differ"),
    ("national", "same"): msg("national number: same"),
    ("national", "slip"): msg("national number: one digit apart"),
    ("national", "differs"): msg("national number: differs"),
    ("address", "same"): msg("address: same"),
    ("address", "street"): msg("address: same street"),
    ("address", "near"): msg("address: alike"),
    ("address", "differs"): msg("address: another"),
    ("number", "same"): msg("phone, file or document number: same"),
}
