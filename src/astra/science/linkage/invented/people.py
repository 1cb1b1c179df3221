"""Who are the invented people, and who belongs to whom?

A person is drawn with her family: parents, a grandfather, where they live, when the other children were born.
Relatives are made from that family on demand, so that brothers, twins, mothers, cousins and grandmothers of the same
name share what such people share, and differ where they differ.
"""

from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random

from astra.science.linkage.invented.drawing import Weighted, one_of
from astra.science.linkage.invented.looks import Look, draw_look
from astra.science.linkage.invented.names import COMMUNITIES, draw_family, draw_given, womans
from astra.science.linkage.invented.nicknames import draw_nickname
from astra.science.linkage.invented.numbers import national_number
from astra.science.linkage.invented.places import Town, draw_camp_town, draw_elsewhere, draw_home, draw_origin
from astra.science.linkage.invented.spelling import Word

TODAY = date(2026, 11, 1)
FIRST_YEAR, LAST_YEAR = 1950, 2023
_COMMUNITY = Weighted(list(COMMUNITIES), [float(row["weight"]) for row in COMMUNITIES.values()])
# Youngest and oldest age today, with a weight: children and young women are most of the clients.
_AGES = Weighted([(3, 7), (8, 13), (14, 17), (18, 25), (26, 40), (41, 58), (59, 76)], [10, 24, 27, 22, 10, 5, 2])
_YOUNGEST_PARENT, _OLDEST_MOTHER = 15, 46
_EAST = "east"


@dataclass(slots=True)
class Family:
    """What the children of one couple share."""

    community: str
    surname: Word
    father: Word
    father_born: int
    mother: Word
    mother_born: int
    mother_maiden: Word
    grandfather: Word
    home: Town
    near: str
    arrived: Town | None
    births: list[date] = field(default_factory=list)
    children: list[Word] = field(default_factory=list)
    elders: set[str] = field(default_factory=set)


@dataclass(slots=True)
class Person:
    """One invented person, as she is and not as anybody wrote her down."""

    family: Family
    sex: str
    given: Word
    second: Word | None
    birth: date
    married_name: Word | None
    married_on: date | None
    husband: Word | None
    lives_in: Town
    near: str
    seen_in: Town
    look: Look
    national_id: str
    nickname: str
    seen_on: date
    records: list[str] = field(default_factory=list)

    @property
    def community(self) -> str:
        """The community whose names she bears."""
        return self.family.community

    @property
    def is_eastern(self) -> bool:
        """Whether her names were first written in Arabic letters, and she came along the route."""
        return COMMUNITIES[self.family.community]["group"] == _EAST

    def age_on(self, day: date) -> int:
        """Her age in whole years on a day."""
        return day.year - self.birth.year - ((day.month, day.day) < (self.birth.month, self.birth.day))


def draw_day(rng: Random, year: int) -> date:
    """Draw a day of a year."""
    return date(year, 1, 1) + timedelta(days=int(rng.random() * 365))


def _draw_birth(rng: Random) -> date:
    youngest, oldest = _AGES.draw(rng)
    age_days = 365.25 * (youngest + rng.random() * (oldest + 1 - youngest))
    birth = TODAY - timedelta(days=int(age_days))
    return (
        birth if FIRST_YEAR <= birth.year <= LAST_YEAR else draw_day(rng, min(max(birth.year, FIRST_YEAR), LAST_YEAR))
    )


def draw_sex(rng: Random, birth: date) -> str:
    """Draw a sex: among the grown-up clients women are most."""
    return "F" if rng.random() < (0.84 if TODAY.year - birth.year > 18 else 0.58) else "M"


def draw_household(rng: Random, community: str, birth: date) -> Family:
    """Draw the family into which somebody was born on a day."""
    home = draw_home(rng, community)
    arrived = None
    if COMMUNITIES[community]["group"] == _EAST:
        arrived, home = draw_camp_town(rng), draw_origin(rng, community)
    near = one_of(rng, home.near) if home.near and rng.random() < 0.35 else ""
    mother_age = min(_OLDEST_MOTHER, int(rng.gauss(26, 5.5)))
    mother_age = max(_YOUNGEST_PARENT, mother_age)
    return Family(
        community=community,
        surname=draw_family(rng, community),
        father=draw_given(rng, community, "M"),
        father_born=birth.year - mother_age - int(rng.random() * 7),
        mother=draw_given(rng, community, "F"),
        mother_born=birth.year - mother_age,
        mother_maiden=draw_family(rng, community),
        grandfather=draw_given(rng, community, "M"),
        home=home,
        near=near,
        arrived=arrived,
        births=[birth],
    )


def _draw_marriage(rng: Random, community: str, birth: date) -> tuple[Word | None, date | None, Word | None]:
    """Draw whether and when a woman took another name."""
    age_at = max(16, int(rng.gauss(23, 4)))
    married_on = birth + timedelta(days=int(365.25 * (age_at + rng.random())))
    # Arab and Persian women keep their fathers' name.
    if married_on > TODAY or community in {"ar", "fa", "ps"} or rng.random() < 0.25:
        return None, None, None
    return draw_family(rng, community), married_on, draw_given(rng, community, "M")


def person_of(rng: Random, family: Family, sex: str, birth: date, given: Word | None = None) -> Person:
    """Draw a child of a family.

    Parameters
    ----------
    rng : Random
        The source of chance.
    family : Family
        Her parents' family.
    sex : str
        "F" or "M".
    birth : date
        When she was born.
    given : Word, optional
        Her first name; drawn when it is not given.
    """
    community = family.community
    given = given or draw_given(rng, community, sex)
    family.children.append(given)
    married_name, married_on, husband = _draw_marriage(rng, community, birth) if sex == "F" else (None, None, None)
    lives_in, near = (family.arrived or family.home), ("" if family.arrived else family.near)
    if rng.random() < 0.15:
        lives_in, near = draw_elsewhere(rng, community, is_on_the_way=family.arrived is not None), ""
    has_number = rng.random() < float(COMMUNITIES[community]["number"]) and family.home.region != "00"
    days_known = int(rng.expovariate(1 / 1000))
    return Person(
        family=family,
        sex=sex,
        given=given,
        second=draw_given(rng, community, sex) if rng.random() < 0.06 else None,
        birth=birth,
        married_name=married_name,
        married_on=married_on,
        husband=husband,
        lives_in=lives_in,
        near=near,
        seen_in=_seen_in(rng, family, lives_in),
        look=draw_look(rng, sex, COMMUNITIES[community]["colours"], TODAY.year - birth.year),
        national_id=national_number(rng, birth, sex, family.home.region) if has_number else "",
        nickname=draw_nickname(rng, given, sex),
        seen_on=max(birth + timedelta(days=200), TODAY - timedelta(days=days_known)),
    )


def _seen_in(rng: Random, family: Family, lives_in: Town) -> Town:
    if rng.random() < 0.6:
        return lives_in
    return draw_elsewhere(rng, family.community, is_on_the_way=family.arrived is not None)


def draw_person(rng: Random) -> Person:
    """Draw a person of any community, with her family."""
    birth = _draw_birth(rng)
    family = draw_household(rng, _COMMUNITY.draw(rng), birth)
    return person_of(rng, family, draw_sex(rng, birth), birth)


def surname_on(person: Person, day: date) -> Word:
    """The family name she bears on a day, in its woman's form where the language has one."""
    family = person.family.surname
    if person.married_name and person.married_on and day >= person.married_on:
        family = person.married_name
    return womans(family, person.community) if person.sex == "F" else family


def maiden_name(person: Person) -> Word:
    """The family name she was born with."""
    return womans(person.family.surname, person.community) if person.sex == "F" else person.family.surname


def _near_birth(rng: Random, family: Family, birth: date) -> date:
    """Another birth of the same mother: a year or more apart, while she is young enough."""
    for _ in range(8):
        days = int(330 + rng.expovariate(1 / 900))
        other = birth + timedelta(days=days if rng.random() < 0.5 else -days)
        age = other.year - family.mother_born
        is_free = all(abs((other - known).days) > 300 for known in family.births)
        if _YOUNGEST_PARENT <= age <= _OLDEST_MOTHER and FIRST_YEAR <= other.year <= LAST_YEAR and is_free:
            return other
    return birth


def sibling_of(rng: Random, person: Person) -> Person:
    """Draw a brother or sister; a tenth are twins, half of those of the same sex and nearly the same name."""
    family = person.family
    birth = person.birth if rng.random() < 0.1 else _near_birth(rng, family, person.birth)
    sex = person.sex if birth == person.birth and rng.random() < 0.5 else draw_sex(rng, birth)
    given = draw_given(rng, family.community, sex)
    if birth == person.birth and sex == person.sex:
        alike = [draw_given(rng, family.community, sex) for _ in range(12)]
        given = next((word for word in alike if word.serbian[0] == person.given.serbian[0]), given)
    while given in family.children:
        given = draw_given(rng, family.community, sex)
    if birth not in family.births:
        family.births.append(birth)
    other = person_of(rng, family, sex, birth, given)
    other.lives_in, other.near, other.seen_on = person.lives_in, person.near, max(other.seen_on, birth)
    if rng.random() < 0.7:
        other.seen_on = max(person.seen_on, birth + timedelta(days=100))
    return other


def mother_of(rng: Random, person: Person) -> Person:
    """Draw the mother: her husband's name is the child's, her own family is another."""
    child = person.family
    child.elders.add("mother")
    birth = draw_day(rng, child.mother_born)
    hers = draw_household(rng, child.community, birth)
    hers.surname, hers.home, hers.near, hers.arrived = child.mother_maiden, child.home, child.near, child.arrived
    mother = person_of(rng, hers, "F", birth, child.mother)
    mother.lives_in, mother.near, mother.husband = person.lives_in, person.near, child.father
    if child.community not in {"ar", "fa", "ps"}:
        mother.married_name, mother.married_on = (
            child.surname,
            min(child.births) - timedelta(days=int(rng.random() * 900)),
        )
    return mother


def cousin_of(rng: Random, person: Person) -> Person:
    """Draw a cousin of the same first and family name, both named after one grandparent, of nearly the same age."""
    ours = person.family
    birth = person.birth + timedelta(days=int(rng.gauss(0, 1100)))
    birth = birth if FIRST_YEAR <= birth.year <= LAST_YEAR else person.birth + timedelta(days=40)
    theirs = draw_household(rng, ours.community, birth)
    theirs.surname, theirs.grandfather, theirs.arrived = ours.surname, ours.grandfather, ours.arrived
    if rng.random() < 0.7:
        theirs.home, theirs.near = ours.home, ours.near
    return person_of(rng, theirs, person.sex, birth, person.given)


def grandparent_of(rng: Random, person: Person) -> Person:
    """Draw the father's father or mother, after whom the child is named."""
    ours = person.family
    ours.elders.add("grandparent")
    birth = draw_day(rng, ours.father_born - 18 - int(rng.random() * 12))
    theirs = draw_household(rng, ours.community, birth)
    theirs.home, theirs.near, theirs.arrived = ours.home, ours.near, ours.arrived
    if person.sex == "M":
        theirs.surname = ours.surname
        ours.grandfather = person.given
    elder = person_of(rng, theirs, person.sex, birth, person.given)
    if person.sex == "F":
        elder.married_name, elder.married_on, elder.husband = (
            ours.surname,
            draw_day(rng, birth.year + 19),
            ours.grandfather,
        )
    return elder


def namesake_of(rng: Random, person: Person) -> Person:
    """Draw somebody unrelated who has the same first and family name."""
    birth = _draw_birth(rng)
    family = draw_household(rng, person.community, birth)
    family.surname = person.family.surname
    return person_of(rng, family, person.sex, birth, person.given)


def may_ask_for(relation: str, person: Person) -> bool:
    """Whether a relative of this kind can be drawn: not twice, and born within the years of the invented people."""
    family = person.family
    if relation in family.elders:
        return False
    born = {"mother": family.mother_born, "grandparent": family.father_born - 30}.get(relation, person.birth.year)
    return born >= FIRST_YEAR


RELATIVES = {"sibling": sibling_of, "mother": mother_of, "cousin": cousin_of, "grandparent": grandparent_of}
