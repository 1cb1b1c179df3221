"""How does a desk, a partner or a caller write the name of somebody?

First what is said (which of her names, a nickname, a chain of fathers), then how it is spelled, then what slips, and
last how the parts stand in the form.
"""

from dataclasses import dataclass, field
from datetime import date
from random import Random

from astra.science.linkage.invented.damage import homoglyphs, mixed_scripts
from astra.science.linkage.invented.drawing import Weighted, one_of
from astra.science.linkage.invented.hands import Hand
from astra.science.linkage.invented.names import draw_family, patronymic, womans
from astra.science.linkage.invented.nicknames import draw_nickname
from astra.science.linkage.invented.people import Person, maiden_name, surname_on
from astra.science.linkage.invented.slips import slip, truncated
from astra.science.linkage.invented.spelling import Word
from astra.science.linkage.invented.tables import rows_of

_SLIPS = {
    "desk": Weighted(["typo", "misheard", "misread"], [55, 20, 25]),
    "formal": Weighted(["typo", "misheard", "misread"], [45, 22, 33]),
    "loose": Weighted(["typo", "misheard", "misread"], [28, 62, 10]),
}
_WORDS: dict[tuple[str, str], list[str]] = {}
for _row in rows_of("words.csv"):
    for _sex in ("F", "M") if not _row["sex"] else (_row["sex"],):
        _WORDS.setdefault((_row["where"], _sex), []).append(_row["word"])
_LONG_INITIALS = ("lj", "nj", "dž", "dj", "sh", "xh", "gj", "zs", "cs", "sz", "gy")


@dataclass(slots=True)
class WrittenName:
    """A name as written in a form."""

    given: str = ""
    surname: str = ""
    full: str = ""
    others: list[str] = field(default_factory=list)


def _said_family(rng: Random, person: Person, day: date, hand: Hand) -> list[Word]:
    """Which family names are said of her."""
    rates, done = hand.rates, hand.done
    family, maiden = surname_on(person, day), maiden_name(person)
    if person.married_name and family != maiden and rng.random() < 0.12:
        family = maiden
    if family != surname_on(person, person.seen_on) and hand.setting != "desk":
        done.append("surname_changed")
    chance = rng.random()
    if chance < rates["other_surname"]:
        done.append("other_surname")
        other = draw_family(rng, person.community)
        return [womans(other, person.community) if person.sex == "F" else other]
    if chance < rates["other_surname"] + rates["double_surname"]:
        second = maiden if maiden != family else womans(person.family.mother_maiden, person.community)
        if second != family:
            done.append("double_surname")
            return [second, family] if rng.random() < 0.5 else [family, second]
    return [family]


def _said_by_custom(rng: Random, person: Person, given: list[Word], family: list[Word], hand: Hand) -> None:
    """Name her as her community does: chains of fathers, one name only, patronymics, the husband's name."""
    community, father, grandfather = person.community, person.family.father, person.family.grandfather
    chance = rng.random()
    if community == "ar" and chance < 0.3:
        hand.done.append("chain")
        chains = ([father, *family], [father, grandfather, *family], [father, grandfather], [father])
        family[:] = one_of(rng, chains)
    elif community in {"fa", "ps", "ku"} and chance < (0.3 if community == "ps" else 0.15):
        hand.done.append("father_as_surname" if chance < 0.1 else "one_name")
        family[:] = [father] if chance < 0.1 else []
    elif community == "ru" and chance < 0.3:
        hand.done.append("patronymic")
        given.append(patronymic(father, person.sex))
    elif community == "al" and person.husband and chance < 0.12:
        hand.done.append("husband_in_middle")
        given.append(person.husband)


def _what_is_said(rng: Random, person: Person, day: date, hand: Hand) -> tuple[list[Word], list[Word]]:
    """Which given and family names are said at all."""
    rates, done = hand.rates, hand.done
    given, family = [person.given], _said_family(rng, person, day, hand)
    _said_by_custom(rng, person, given, family, hand)
    chance = rng.random()
    if chance < rates["nickname"] * (0.3 if person.is_eastern else 1.0):
        given = [Word(person.nickname, person.nickname)]
        done.append("nickname")
    elif person.second and rng.random() < rates["second_given"] * 10:
        given.insert(1, person.second)
        done.append("second_given")
    chance = rng.random()
    if chance < rates["no_surname"] and given:
        done.append("no_surname")
        return given, []
    if chance < rates["no_surname"] + rates["no_given"] and family:
        done.append("no_given")
        return [], family
    return given, family


def _slipped(rng: Random, name: WrittenName, hand: Hand) -> None:
    """Let letters go wrong: none, one, two, rarely three."""
    chance = hand.rates["slip"]
    while rng.random() < chance:
        is_given = bool(name.given) and (not name.surname or rng.random() < 0.42)
        kind = _SLIPS[hand.setting].draw(rng)
        if is_given:
            name.given, kind = slip(rng, name.given, kind)
        else:
            name.surname, kind = slip(rng, name.surname, kind)
        if kind:
            hand.done.append(kind)
        chance = hand.rates["second_slip"]
    if rng.random() < hand.rates["truncated"]:
        cut = truncated(rng, name.surname)
        if cut != name.surname:
            name.surname = cut
            hand.done.append("truncated")


def _initial(text: str) -> str:
    return (text[:2] if text[:2].lower() in _LONG_INITIALS else text[:1]) + "."


def _shaped(rng: Random, person: Person, name: WrittenName, hand: Hand) -> None:
    """Put initials, the father's name and words around the name where people do."""
    rates, done = hand.rates, hand.done
    if name.given and name.surname and rng.random() < rates["initial"]:
        done.append("initial")
        if rng.random() < 0.75:
            name.given = _initial(name.given)
        else:
            name.surname = _initial(name.surname)
    if name.surname and rng.random() < rates["father_in_middle"]:
        done.append("father_in_middle")
        father = hand.spell(person.family.father)
        name.surname = one_of(
            rng, (f"({father}) {name.surname}", f"{name.surname} ({father})", f"{father} {name.surname}")
        )
    if rng.random() < rates["noise_words"]:
        done.append("noise_words")
        _add_words(rng, person, name, hand)
    for kind, change in (("homoglyph", homoglyphs), ("mixed_script", mixed_scripts)):
        if rng.random() < rates[kind] and not any(
            "\u0600" <= letter <= "\u06ff" for letter in name.given + name.surname
        ):
            before = name.given, name.surname
            if name.surname and rng.random() < 0.6:
                name.surname = change(rng, name.surname)
            elif name.given:
                name.given = change(rng, name.given)
            if before != (name.given, name.surname):
                done.append(kind)


def _add_words(rng: Random, person: Person, name: WrittenName, hand: Hand) -> None:
    chance = rng.random()
    if chance < 0.4 and name.given:
        name.given = f"{hand.words(one_of(rng, _WORDS['before', person.sex]))} {name.given}"
    elif chance < 0.6 and name.given and "nickname" not in hand.done:
        word = hand.words(one_of(rng, _WORDS["nickname", person.sex]))
        name.given = f"{name.given} {word} {hand.spell(Word(person.nickname, person.nickname))}"
    elif chance < 0.68 and person.husband:
        name.others.append(hand.words(f"{one_of(rng, _WORDS['wife', 'F'])} {genitive(person.husband.serbian)}"))
    elif name.surname:
        name.surname = f"{name.surname} {hand.words(one_of(rng, _WORDS['after', person.sex]))}"
    elif name.given:
        name.given = f"{name.given} {hand.words(one_of(rng, _WORDS['after', person.sex]))}"


def genitive(name: str) -> str:
    """Say whose wife or daughter she is, as Serbian does with men's names.

    Examples
    --------
    >>> genitive("Agron"), genitive("Nikola"), genitive("Marko")
    ('Agrona', 'Nikole', 'Marka')
    """
    if name.endswith("a"):
        return name[:-1] + "e"
    return (name[:-1] if name[-1] in "oe" else name) + "a"


def _order(rng: Random, person: Person, name: WrittenName, hand: Hand) -> None:
    """Swap the fields, or write everything into one."""
    rates, done = hand.rates, hand.done
    if rng.random() < rates["unsplit"] and (name.given or name.surname):
        done.append("unsplit")
        is_family_first = rng.random() < (0.75 if person.community == "hu" else rates["family_first"])
        parts = [name.surname, name.given] if is_family_first else [name.given, name.surname]
        if is_family_first and name.given and name.surname:
            done.append("family_first")
        name.full = " ".join(part for part in parts if part)
        if len(name.full.split()) == 2 and rng.random() < rates["joined"]:
            done.append("joined")
            name.full = name.full.replace(" ", "") if rng.random() < 0.3 else name.full.replace(" ", "").lower()
        name.given = name.surname = ""
    elif name.given and name.surname and rng.random() < rates["swapped"]:
        done.append("swapped")
        name.given, name.surname = name.surname, name.given


def _others(rng: Random, person: Person, day: date, name: WrittenName, hand: Hand) -> None:
    """What stands under other names: nicknames, the name before marriage."""
    if "nickname" not in hand.done and rng.random() < (0.22 if hand.setting == "desk" else 0.12):
        name.others.append(hand.spell(Word(person.nickname, person.nickname)))
    maiden = maiden_name(person)
    is_said = hand.spell(maiden) in f"{name.surname} {name.full}"
    if surname_on(person, day) != maiden and not is_said and rng.random() < 0.3:
        hand.done.append("maiden_in_other")
        before = one_of(rng, ("", "", "rođ. ", "devojačko "))
        name.others.append(hand.words(before) + hand.spell(maiden))


def write_name(rng: Random, person: Person, day: date, hand: Hand) -> WrittenName:
    """Write the name of somebody in one hand; `hand.done` grows by what was done to it."""
    given, family = _what_is_said(rng, person, day, hand)
    separator = "-" if "double_surname" in hand.done and rng.random() < 0.4 else " "
    name = WrittenName(" ".join(map(hand.spell, given)), separator.join(map(hand.spell, family)))
    _slipped(rng, name, hand)
    _shaped(rng, person, name, hand)
    _order(rng, person, name, hand)
    _others(rng, person, day, name, hand)
    return name


def write_unknown(rng: Random, person: Person, hand: Hand) -> WrittenName:
    """Write that nobody knows the name."""
    hand.done.append("no_name")
    return WrittenName(full=hand.words(one_of(rng, _WORDS["unknown", person.sex])) if rng.random() < 0.4 else "")


def write_parent(rng: Random, person: Person, parent: Word, sex: str, hand: Hand) -> str:
    """Write the name of a parent: mostly the first name, sometimes a short one, sometimes with the surname."""
    if rng.random() < hand.rates["parent_nickname"]:
        hand.done.append("parent_nickname")
        short = draw_nickname(rng, parent, sex)
        return hand.spell(Word(short, short))
    text = hand.spell(parent)
    if rng.random() < hand.rates["slip"] / 4:
        text, kind = slip(rng, text, _SLIPS[hand.setting].draw(rng))
        if kind:
            hand.done.append("parent_slip")
    if rng.random() >= 0.04:
        return text
    family = person.family.surname
    return f"{text} {hand.spell(womans(family, person.community) if sex == 'F' else family)}"
