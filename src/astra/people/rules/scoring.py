"""How well does one search card answer a query, and how does one say why?"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from itertools import chain

from rapidfuzz.distance import OSA

from astra.kernel.partial_dates import PartialDate
from astra.kernel.words import msg
from astra.people.rules import ages
from astra.people.rules.cards import SHORTEST_NUMBER
from astra.people.rules.persons import SearchCard
from astra.people.rules.queries import Asked
from astra.science.script import fold_name, normalise

SAME, SPELLING, BEGINS, SLIP, FITS, DIFFERS = "same", "spelling", "begins", "slip", "fits", "differs"
GIVEN, FAMILY, NAME, CODE_NAME = "given", "family", "name", "code_name"
PHONE, NUMBER, AGE, PLACE, SEX = "phone", "number", "age", "place", "sex"

WORTH_SHOWING = 0.4
LIKELY = 0.8
"""From here on a match is shown as likely; below it as possible."""
SLIP_FROM, TWO_SLIPS_FROM = 4, 7
YEARS_OFF, FAR_OFF = 2, 6
"""Ages are guessed: two years off still fit, more than six speak against."""

NAME_SHARE, PLACE_SHARE, BESIDE_UNKNOWN, CONTRADICTION = 0.82, 0.06, 0.06, 0.25
AGE_SHARE = {0: 0.14, 1: 0.11, 2: 0.07}
"""The name says most; what stands beside it decides between namesakes."""

Reason = tuple[str, str]
"""What met, and how: ("family", "spelling")."""

WORDS: dict[Reason, str] = {
    (FAMILY, SAME): msg("surname: same"),
    (FAMILY, SPELLING): msg("surname: same, other spelling"),
    (FAMILY, BEGINS): msg("surname: begins so"),
    (FAMILY, SLIP): msg("surname: almost the same"),
    (GIVEN, SAME): msg("first name: same"),
    (GIVEN, SPELLING): msg("first name: same, other spelling"),
    (GIVEN, BEGINS): msg("first name: begins so"),
    (GIVEN, SLIP): msg("first name: almost the same"),
    (NAME, SAME): msg("name: same"),
    (NAME, SPELLING): msg("name: same, other spelling"),
    (NAME, BEGINS): msg("name: begins so"),
    (NAME, SLIP): msg("name: almost the same"),
    (CODE_NAME, SAME): msg("code name: same"),
    (CODE_NAME, SPELLING): msg("code name: same"),
    (CODE_NAME, BEGINS): msg("code name: begins so"),
    (CODE_NAME, SLIP): msg("code name: almost the same"),
    (PHONE, SAME): msg("phone number: same"),
    (PHONE, FITS): msg("phone number: same last digits"),
    (NUMBER, SAME): msg("file or document number: same"),
    (AGE, FITS): msg("age: fits"),
    (AGE, DIFFERS): msg("age: does not fit"),
    (PLACE, SAME): msg("place: same"),
    (SEX, DIFFERS): msg("sex: differs"),
}


@dataclass(frozen=True)
class _Part:
    """One word of a card's names: what it is part of, and its form as written."""

    part: str
    word: str
    group: int


@dataclass(frozen=True)
class Folds:
    """What was folded during one search: the same names come up again and again. Forgotten with the search."""

    plain: Callable[[str], str] = field(default_factory=lambda: cache(normalise))
    name: Callable[[str], str] = field(default_factory=lambda: cache(fold_name))


def words_of(card: SearchCard) -> set[str]:
    """Every word by which a card is found."""
    return {part.word for part in _parts(card, normalise)}


def _parts(card: SearchCard, plain: Callable[[str], str]) -> list[_Part]:
    found = [_Part(CODE_NAME, word, -1) for word in plain(card.code_name).split()]
    for group, name in enumerate(card.names):
        for part, text in ((FAMILY, name.family), (GIVEN, name.given), (NAME, name.text)):
            found += [_Part(part, word, group) for word in plain(text).split()]
    return found


def slips(word: str) -> int:
    """How many slips of the finger a word of this length may hold."""
    if len(word) < SLIP_FROM or word.isdecimal():
        return 0
    return 2 if len(word) >= TWO_SLIPS_FROM else 1


def likeness_of(how: str, word: str, other: str) -> float:
    """How much it says when two words meet in this way."""
    if how == SAME:
        return 1.0
    if how == SPELLING:
        return 0.95
    if how == BEGINS:
        return 0.7 + 0.25 * len(word) / len(other)
    return 0.9 - 0.1 * OSA.distance(word, other)


def meet(word: str, folded: str, other: str, other_folded: str, *, is_beginning: bool) -> tuple[float, str] | None:
    """Whether a word of the query and a word of a name meet: how much that says, and how they meet."""
    if word == other:
        return 1.0, SAME
    if folded == other_folded:
        return likeness_of(SPELLING, word, other), SPELLING
    if is_beginning and other.startswith(word):
        return likeness_of(BEGINS, word, other), BEGINS
    allowed = slips(folded)
    if allowed and OSA.distance(folded, other_folded, score_cutoff=allowed) <= allowed:
        return likeness_of(SLIP, folded, other_folded), SLIP
    return None


def compare(asked: Asked, card: SearchCard, today: date, folds: Folds) -> tuple[float, tuple[Reason, ...]]:
    """Score one card from 0 to 1 and give the reasons, the weightiest first."""
    score, reasons, unmet = _names(asked, card, folds)
    for found, how in ((_phone(asked, card), PHONE), (_number(asked, card), NUMBER)):
        if found:
            score = max(score, 1.0 if found == SAME else 0.85)
            reasons = [(how, found), *reasons]
    if not reasons:
        return 0.0, ()
    score *= NAME_SHARE
    if _place(asked, card, unmet, folds):
        score += PLACE_SHARE
        reasons.append((PLACE, SAME))
    distance = _years_between(asked, card, today)
    score += BESIDE_UNKNOWN if distance is None else AGE_SHARE.get(distance, 0.0)
    if distance is not None and distance <= YEARS_OFF:
        reasons.append((AGE, FITS))
    elif distance is not None and distance > FAR_OFF:
        score -= CONTRADICTION
        reasons.append((AGE, DIFFERS))
    if asked.sex and card.sex and asked.sex != card.sex:
        score -= CONTRADICTION / 2
        reasons.append((SEX, DIFFERS))
    return max(0.0, min(score, 1.0)), tuple(dict.fromkeys(reasons))


def _names(asked: Asked, card: SearchCard, folds: Folds) -> tuple[float, list[Reason], list[str]]:
    """Each word of the query takes the best free word of the names, in any order."""
    last = len(asked.tokens) - 1
    pairs = []
    parts = [(index, part, folds.name(part.word)) for index, part in enumerate(_parts(card, folds.plain))]
    for at, word in enumerate(asked.tokens):
        for index, part, folded in parts:
            met = meet(word, asked.folded[at], part.word, folded, is_beginning=at == last and not asked.is_ended)
            if met:
                pairs.append((met[0], -index, at, part, met[1]))
    pairs.sort(key=lambda pair: pair[:3], reverse=True)
    taken: dict[int, float] = {}
    used: set[tuple[int, str, int]] = set()
    reasons: list[Reason] = []
    for likeness, negative, at, part, how in pairs:
        key = (part.group, part.word, negative)
        if at in taken or key in used:
            continue
        taken[at] = likeness
        used.add(key)
        reasons.append((part.part, how))
    unmet = [word for at, word in enumerate(asked.tokens) if at not in taken]
    weights = [max(len(word), 2) for word in asked.tokens]
    total = sum(weights)
    score = sum(likeness * weights[at] for at, likeness in taken.items()) / total if total else 0.0
    return score, reasons, unmet


def _phone(asked: Asked, card: SearchCard) -> str:
    if not asked.phone:
        return ""
    if asked.phone in card.phones:
        return SAME
    near = any(phone.endswith(asked.digits) for phone in card.phones)
    return FITS if near and len(asked.digits) >= SHORTEST_NUMBER else ""


def _number(asked: Asked, card: SearchCard) -> str:
    return SAME if asked.number and asked.number in card.numbers else ""


def middle_year(card: SearchCard) -> int:
    """The year around which she was born; 0 where nobody knows."""
    years = [day.year for day in (card.born_from, card.born_until) if day]
    return sum(years) // len(years) if years else 0


def _place(asked: Asked, card: SearchCard, unmet: list[str], folds: Folds) -> bool:
    places = set(chain.from_iterable(folds.plain(place).split() for place in card.places))
    return any(word in places for word in (*asked.place, *unmet))


def _years_between(asked: Asked, card: SearchCard, today: date) -> int | None:
    """How many years the age asked for lies outside what is known; None where one of the two is not."""
    is_known = card.born_from is not None or card.born_until is not None
    if not is_known or (asked.age is None and asked.born_year is None):
        return None
    reached = PartialDate(card.born_from or date.min, card.born_until or date.max).age_on(today)
    wanted = asked.age if asked.age is not None else today.year - (asked.born_year or today.year)
    oldest = ages.OLDEST if reached.most is None else reached.most
    return max(reached.least - wanted, wanted - oldest, 0)
