"""How does a whole invented registry come about, with the questions asked of it?"""

from collections import Counter
from dataclasses import dataclass, field
from random import Random

from astra.science.linkage.invented.drawing import Weighted, one_of
from astra.science.linkage.invented.people import (
    RELATIVES,
    Person,
    draw_person,
    may_ask_for,
    namesake_of,
    sibling_of,
)
from astra.science.linkage.invented.rows import later_day, write_question, write_record
from astra.science.linkage.invented.tables import Row

NOISES = ("ordinary", "hard")
UNMATCHED = 0.22
"""The share of questions about somebody who is in no register."""
_RELATIVES_OF_UNMATCHED = 1 / 3
_NAMESAKES_OF_STRANGERS = 0.12
_SIBLINGS = 0.13
"""Brothers and sisters for each person drawn anew, so that one record in eight is of a sibling of another."""
_ALSO_KNOWN = {"mother": 0.04, "cousin": 0.012, "grandparent": 0.02}
"""How often another relative is in the registry too."""
_RECORDS = Weighted([1, 2, 3], [94, 5, 1])
_RELATION = Weighted(["sibling", "mother", "cousin", "grandparent"], [50, 20, 22, 8])


@dataclass(slots=True)
class Invented:
    """An invented registry and the questions asked of it.

    Parameters
    ----------
    registry, queries : list of dict
        Rows by the columns of `rows.REGISTRY_COLUMNS` and `rows.QUERY_COLUMNS`.
    truth : list of dict
        record_id and entity_id: which records speak of one person.
    done : Counter
        What was done to the rows of the registry, and how often; for the questions each row says it.
    """

    registry: list[Row]
    queries: list[Row]
    truth: list[Row]
    done: Counter[str] = field(default_factory=Counter)


class _Inventor:
    """Draws people until the registry is full, then asks."""

    def __init__(self, seed: int, records: int, noise: str) -> None:
        self.rng = Random(seed)  # noqa: S311  (invented data; nothing here is a secret)
        self.noise = noise
        self.people: list[Person] = []
        self.done: Counter[str] = Counter()
        self._ids = list(range(1, records + 1))
        self.rng.shuffle(self._ids)
        self._width = max(7, len(str(records)))
        self.rows: list[tuple[Row, int]] = []

    @property
    def is_full(self) -> bool:
        """Whether every record has been written."""
        return not self._ids

    def enter(self, person: Person) -> None:
        """Write the records of one person, one or more, until the registry is full."""
        number = len(self.people)
        for visit in range(_RECORDS.draw(self.rng)):
            if self.is_full:
                break
            record_id = f"R{self._ids.pop():0{self._width}}"
            day = later_day(self.rng, person) if visit else person.seen_on
            row, done = write_record(self.rng, person, record_id, day, self.noise, first=not visit)
            self.rows.append((row, number))
            person.records.append(record_id)
            self.done.update(done)
            self.done["later_record"] += bool(visit)
        if person.records:
            self.people.append(person)

    def enter_household(self) -> None:
        """Draw one person and whoever of hers is in the registry too."""
        rng = self.rng
        person = namesake_of(rng, one_of(rng, self.people)) if self.people and rng.random() < 0.02 else draw_person(rng)
        household = [person]
        while rng.random() < _SIBLINGS:
            household.append(sibling_of(rng, person))
        for relation, share in _ALSO_KNOWN.items():
            if rng.random() < share and may_ask_for(relation, person):
                household.append(RELATIVES[relation](rng, person))
        for member in household:
            self.enter(member)

    def _relative(self) -> tuple[Person, str]:
        """Draw somebody unknown who belongs to somebody known."""
        while True:
            known = one_of(self.rng, self.people)
            relation = _RELATION.draw(self.rng)
            if may_ask_for(relation, known):
                return RELATIVES[relation](self.rng, known), f"relative_{relation}"

    def _unknown(self) -> tuple[Person, str]:
        rng = self.rng
        if rng.random() < _RELATIVES_OF_UNMATCHED:
            return self._relative()
        if rng.random() < _NAMESAKES_OF_STRANGERS:
            return namesake_of(rng, one_of(rng, self.people)), "namesake"
        return draw_person(rng), "stranger"

    def ask(self, number: int, is_known: bool) -> Row:
        """Ask one question."""
        query_id = f"Q{number:05d}"
        if is_known:
            person = one_of(self.rng, self.people)
            return write_question(self.rng, person, query_id, self.noise, true_ids=person.records, notes=[])
        person, note = self._unknown()
        return write_question(self.rng, person, query_id, self.noise, true_ids=[], notes=[note])


def invent(seed: int, records: int, queries: int, *, noise: str = "ordinary") -> Invented:
    """Invent a registry of people, and questions whether somebody is known in it.

    Parameters
    ----------
    seed : int
        The same seed gives the same rows, on every machine.
    records, queries : int
        How many rows of each; at least one record when there are queries.
    noise : str
        "ordinary", or "hard" for more of everything that goes wrong (data/noise.csv, births.csv, styles.csv), and for
        heights, ages and dates in words and in the manner of the country.

    Returns
    -------
    Invented
        The registry in the order of its record ids, which tells nothing of who belongs to whom; questions; truth.

    Raises
    ------
    ValueError
        For an unknown noise, a negative number, or questions without a registry.

    Assumptions
    -----------
    Frequencies of names, of errors and of what is left out are guesses of people who know the work, counted nowhere.
    Measures taken on these data compare matchers; they do not foretell how often a matcher is right in life.

    Examples
    --------
    >>> small = invent(1, 50, 10, noise="hard")
    >>> len(small.registry), len(small.queries), small.registry == invent(1, 50, 10, noise="hard").registry
    (50, 10, True)
    """
    if noise not in NOISES:
        raise ValueError(f"noise is one of {', '.join(NOISES)}")
    if records < 0 or queries < 0 or (queries and not records):
        raise ValueError("there is nobody to ask about")
    inventor = _Inventor(seed, records, noise)
    while not inventor.is_full:
        inventor.enter_household()
    unmatched = round(queries * UNMATCHED)
    known = [True] * (queries - unmatched) + [False] * unmatched
    inventor.rng.shuffle(known)
    questions = [inventor.ask(number, is_known) for number, is_known in enumerate(known, start=1)]
    rows = sorted(inventor.rows, key=lambda pair: pair[0]["record_id"])
    truth = [{"record_id": row["record_id"], "entity_id": f"P{person:07d}"} for row, person in rows]
    return Invented([row for row, _ in rows], questions, truth, inventor.done)
