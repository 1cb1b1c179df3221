"""What does one desk, partner or caller write down about somebody?"""

from datetime import date, timedelta
from functools import lru_cache
from random import Random

from astra.science.linkage.invented.births import write_birth
from astra.science.linkage.invented.damage import draw_damage, kind_of
from astra.science.linkage.invented.drawing import Rates, Weighted, one_of
from astra.science.linkage.invented.hands import Hand
from astra.science.linkage.invented.looks import height_on, write_colour, write_height
from astra.science.linkage.invented.marks import write_marks
from astra.science.linkage.invented.names import COMMUNITIES
from astra.science.linkage.invented.naming import WrittenName, write_name, write_parent, write_unknown
from astra.science.linkage.invented.numbers import mistyped
from astra.science.linkage.invented.people import TODAY, Person
from astra.science.linkage.invented.places import Town, draw_elsewhere, write_place
from astra.science.linkage.invented.tables import Row, column_of

REGISTRY_COLUMNS = (
    "record_id", "source", "given_name", "surname", "other_names", "father_name", "mother_name", "sex", "birth_date",
    "birth_date_quality", "municipality", "last_seen_place", "last_seen_date", "height_cm", "hair", "eyes", "marks",
    "national_id", "languages",
)  # fmt: skip
QUERY_COLUMNS = (
    "query_id", "kind", "full_name", "given_name", "surname", "other_names", "father_name", "mother_name", "sex",
    "birth_date", "birth_date_quality", "age", "place", "date", "height_cm", "hair", "eyes", "marks", "national_id",
    "true_ids", "corruptions",
)  # fmt: skip
_NAMES = ("full_name", "given_name", "surname", "other_names", "father_name", "mother_name")
_TEXTS = (*_NAMES, "municipality", "last_seen_place", "place", "hair", "eyes", "marks")
_KINDS = Weighted(["new_client", "partner_list", "found_child", "hotline", "sighting"], [25, 20, 20, 25, 10])
_CHILD_KINDS = frozenset({"found_child"})
_FORMAL = frozenset({"new_client", "partner_list"})
_OF_AGE = 18
NO_NAME = {"ordinary": 0.12, "hard": 0.25}
"""The share of sightings without any name."""


@lru_cache(maxsize=32)
def _styles(column: str) -> Weighted[str]:
    weights = column_of("styles.csv", column)
    return Weighted(list(weights), list(weights.values()))


def _hand(rng: Random, person: Person, setting: str, column: str, noise: str) -> Hand:
    """Draw who writes: the manner depends on the community, the noise on the setting."""
    style = _styles(f"{COMMUNITIES[person.community]['group']}_{column}").draw(rng)
    rates = column_of("noise.csv", f"{setting}_hard" if noise == "hard" else setting)
    return Hand(style=style, number=int(rng.random() * 6), rates=rates, setting=setting, done=[f"style_{style}"])


def _birth_column(person: Person, setting: str, noise: str) -> str:
    """Which column of births.csv holds here."""
    east = "_east" if person.is_eastern and setting != "witness" else ""
    return f"{setting}{east}{'_hard' if noise == 'hard' else ''}"


def _put_names(row: Row, name: WrittenName) -> None:
    row["given_name"], row["surname"] = name.given, name.surname
    row["other_names"] = "; ".join(name.others)
    if "full_name" in row:
        row["full_name"] = name.full


def _stated(row: Row, hand: Hand) -> Rates:
    """How often who writes this row states what."""
    return column_of("stated.csv", "witness" if row.get("kind") == "sighting" else hand.setting)


def _put_parents(rng: Random, row: Row, person: Person, hand: Hand, stated: Rates) -> None:
    if rng.random() < stated["father"] and "father_in_middle" not in hand.done:
        row["father_name"] = write_parent(rng, person, person.family.father, "M", hand)
    if rng.random() < stated["mother"]:
        row["mother_name"] = write_parent(rng, person, person.family.mother, "F", hand)


def _put_sex(rng: Random, row: Row, person: Person, hand: Hand) -> None:
    chance = rng.random()
    if chance < hand.rates["no_sex"]:
        hand.done.append("no_sex")
    elif chance < hand.rates["no_sex"] + hand.rates["sex_wrong"]:
        hand.done.append("sex_wrong")
        row["sex"] = "M" if person.sex == "F" else "F"
    else:
        row["sex"] = person.sex


def _put_looks(rng: Random, row: Row, person: Person, day: date, hand: Hand) -> None:
    look = person.look
    stated = _stated(row, hand)
    age = max(0, person.age_on(day))
    if rng.random() < stated["height"]:
        cm = height_on(look, person.sex, person.birth, day)
        row["height_cm"] = write_height(rng, cm, hand)
    if rng.random() < stated["hair"]:
        row["hair"] = write_colour(rng, "hair", look, hand)
    if rng.random() < stated["eyes"]:
        row["eyes"] = write_colour(rng, "eyes", look, hand)
    if rng.random() < stated["marks"]:
        row["marks"] = write_marks(rng, look.marks, (age, person.sex), hand)


def _put_number(rng: Random, row: Row, person: Person, hand: Hand, share: float) -> None:
    if person.national_id and rng.random() < share:
        row["national_id"] = person.national_id
        if rng.random() < hand.rates["id_digit"]:
            hand.done.append("id_digit")
            row["national_id"] = mistyped(rng, person.national_id)


def _damage(rng: Random, row: Row, hand: Hand) -> None:
    """Let machines do their worst to the whole row; each damage is named only where it shows."""
    case, machine = draw_damage(rng, hand.rates)
    for damage, columns in ((case, _NAMES), (machine, _TEXTS)):
        if damage is None:
            continue
        before = [row.get(column) for column in columns]
        row.update((column, damage(text)) for column, text in zip(columns, before, strict=True) if text)
        if before != [row.get(column) for column in columns]:
            hand.done.append(kind_of(damage))


def _is_in_camp(person: Person) -> bool:
    return person.family.arrived is not None


def write_record(
    rng: Random, person: Person, record_id: str, day: date, noise: str, *, first: bool
) -> tuple[Row, list[str]]:
    """Write one record of a register.

    Parameters
    ----------
    rng : Random
        The source of chance.
    person : Person
        Who.
    record_id : str
        The name of the record.
    day : date
        When she was seen or came.
    noise : str
        "ordinary" or "hard".
    first : bool
        Whether this is her first record; later ones know her under what she is called then.

    Returns
    -------
    tuple
        The row by `REGISTRY_COLUMNS`, and what was done to it.
    """
    hand = _hand(rng, person, "desk", "desk" if first else "asked", noise)
    row = dict.fromkeys(REGISTRY_COLUMNS, "")
    row["record_id"] = record_id
    is_child = person.age_on(day) < _OF_AGE
    stated = _stated(row, hand)
    row["source"] = rng.choices(
        ("missing_open", "missing_closed", "client"), (38, 30, 32) if is_child else (12, 10, 78)
    )[0]
    _put_names(row, write_name(rng, person, day, hand))
    _put_parents(rng, row, person, hand, stated)
    _put_sex(rng, row, person, hand)
    birth = write_birth(rng, person, day, _birth_column(person, "desk", noise), hand.done)
    row["birth_date"], row["birth_date_quality"] = birth.birth_date, birth.quality
    if rng.random() < stated["place"]:
        town = person.family.home if person.family.arrived and rng.random() < 0.25 else person.lives_in
        row["municipality"] = _place(rng, person, town, hand)
    if row["source"] != "client":
        row["last_seen_date"] = day.isoformat()
        row["last_seen_place"] = _place(rng, person, person.seen_in, hand)
    _put_looks(rng, row, person, day, hand)
    _put_number(rng, row, person, hand, stated["id"])
    row["languages"] = person.community
    _damage(rng, row, hand)
    return row, hand.done


def _place(rng: Random, person: Person, town: Town, hand: Hand) -> str:
    near = person.near if town is person.lives_in else ""
    return write_place(rng, town, near, hand, is_camp=_is_in_camp(person))


def _asked_place(rng: Random, person: Person, hand: Hand) -> str:
    """Where she is said to be, or to come from."""
    chance = rng.random()
    if chance < 0.42:
        town = person.seen_in
    elif chance < 0.78:
        town = person.lives_in
    elif chance < 0.84 and _is_in_camp(person):
        town = person.family.home
    else:
        town = draw_elsewhere(rng, person.community, is_on_the_way=_is_in_camp(person))
        hand.done.append("place_other")
    return _place(rng, person, town, hand)


def day_of_question(rng: Random, person: Person) -> date:
    """When somebody asks: mostly within a year after she was seen, sometimes before that."""
    if rng.random() < 0.12:
        day = person.seen_on - timedelta(days=int(rng.random() * 300))
    else:
        day = person.seen_on + timedelta(days=int(rng.expovariate(1 / 160)))
        if day > TODAY:
            day = person.seen_on + timedelta(days=int(rng.random() * ((TODAY - person.seen_on).days + 1)))
    return min(TODAY, max(day, person.birth + timedelta(days=120)))


def write_question(
    rng: Random, person: Person, query_id: str, noise: str, *, true_ids: list[str], notes: list[str]
) -> Row:
    """Write one question: do we know this person?

    Parameters
    ----------
    rng : Random
        The source of chance.
    person : Person
        Who is asked about.
    query_id : str
        The name of the question.
    noise : str
        "ordinary" or "hard".
    true_ids : list of str
        Her records; empty when she is in no register.
    notes : list of str
        What else the evaluation should know of her (whose relative she is).

    Returns
    -------
    dict
        The row by `QUERY_COLUMNS`.
    """
    day = day_of_question(rng, person)
    kind = _KINDS.draw(rng)
    while kind in _CHILD_KINDS and person.age_on(day) >= _OF_AGE:
        kind = _KINDS.draw(rng)
    setting = "formal" if kind in _FORMAL else "loose"
    hand = _hand(rng, person, setting, "hard" if noise == "hard" else "asked", noise)
    row = dict.fromkeys(QUERY_COLUMNS, "")
    row["query_id"], row["kind"], row["date"] = query_id, kind, day.isoformat()
    stated = _stated(row, hand)
    is_nameless = kind == "sighting" and rng.random() < NO_NAME[noise]
    name = write_unknown(rng, person, hand) if is_nameless else write_name(rng, person, day, hand)
    _put_names(row, name)
    _put_parents(rng, row, person, hand, stated)
    _put_sex(rng, row, person, hand)
    column = _birth_column(person, "witness" if kind == "sighting" else setting, noise)
    row["birth_date"], row["birth_date_quality"], row["age"] = write_birth(rng, person, day, column, hand.done)
    if rng.random() < stated["place"]:
        row["place"] = _asked_place(rng, person, hand)
    _put_looks(rng, row, person, day, hand)
    _put_number(rng, row, person, hand, stated["id"])
    _damage(rng, row, hand)
    row["true_ids"] = ";".join(true_ids)
    row["corruptions"] = ";".join(dict.fromkeys([*notes, *hand.done]))
    return row


def later_day(rng: Random, person: Person) -> date:
    """When she came to another desk: weeks or years before or after the first."""
    days = int(30 + rng.expovariate(1 / 500))
    day = person.seen_on + timedelta(days=days)
    if day > TODAY or rng.random() < 0.3:
        day = person.seen_on - timedelta(days=days)
    return min(TODAY, max(day, person.birth + timedelta(days=one_of(rng, (60, 120, 200)))))
