"""What may be known of a person when one asks whether she is known already?

One shape for a registry row, a search card, a row of a partner's list and the question of somebody on the phone. Every
part may be missing: a missing part says nothing, neither for nor against.
"""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Name:
    """One name that a person has or had; parts as written, in any script.

    Parameters
    ----------
    given, family : str
        First name and surname, where somebody has told them apart.
    text : str
        A name that nobody has taken apart, its words in any order.
    """

    given: str = ""
    family: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True)
class Birth:
    """When somebody was born, as far as it is known: the earliest and the latest day.

    Parameters
    ----------
    earliest, latest : date or None
        Both ends included; the same day where the day is known; None where an end is open.
    is_stated : bool
        Whether somebody stated the date or the year, rather than guessing an age.
    """

    earliest: date | None = None
    latest: date | None = None
    is_stated: bool = True

    @property
    def is_exact(self) -> bool:
        """Whether one day is meant."""
        return self.earliest is not None and self.earliest == self.latest


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """One record of one person.

    Parameters
    ----------
    id : str
        The name of the record in its own table.
    names : tuple of Name
        Every name she is recorded under; the first is the usual one.
    nicknames : tuple of str
        What she is called beside her names.
    father, mother : str
        Names of the parents, mostly first names.
    sex : str
        "F", "M" or "" where it is not known or neither.
    birth : Birth or None
        When she was born; a guessed age is a birth with a wide range.
    places : tuple of str
        Places where she lives, lived or was born, as written.
    addresses : tuple of str
        Street and number where she lives, as on an envelope; the place itself belongs to `places`.
    seen_places : tuple of str
        Places where she was seen, or seen last.
    seen_on : date or None
        When she was seen, or seen last.
    height_cm : int or None
        Body height in centimetres.
    hair, eyes : str
        Colours, as written.
    marks : str
        Scars, tattoos and the like; phrases parted by semicolons.
    national_id : str
        The number that the state gave her (JMBG, EMŠO, OIB ...), as written.
    numbers : tuple of str
        Other numbers and handles that must be the same to count: phones, files, documents, accounts.
    """

    id: str
    names: tuple[Name, ...] = ()
    nicknames: tuple[str, ...] = ()
    father: str = ""
    mother: str = ""
    sex: str = ""
    birth: Birth | None = None
    places: tuple[str, ...] = ()
    addresses: tuple[str, ...] = ()
    seen_places: tuple[str, ...] = ()
    seen_on: date | None = None
    height_cm: int | None = None
    hair: str = ""
    eyes: str = ""
    marks: str = ""
    national_id: str = ""
    numbers: tuple[str, ...] = ()
