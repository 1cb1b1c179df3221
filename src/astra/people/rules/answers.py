"""Which candidates are worth showing, which of them is likely meant, and how does one say why?

The matcher gives a calibrated probability: candidates compete with each other and with nobody on record. While
somebody types there is little to go by, and thirty people bear the surname: they are shown, as possible, and nobody is
called likely for one word or for a number that several people share.
"""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from uuid import UUID

from astra.kernel.words import msg
from astra.people.rules.cards import HANDLE, NUMBER, PHONE, phone_keys
from astra.people.rules.persons import SearchCard
from astra.people.rules.queries import Asked
from astra.science.linkage.weighing.reasons import WORDS, Reason

LIKELY = 0.75
WORTH_SHOWING, FAR_BELOW = 0.02, -6.0
"""From which probability on a candidate is shown; below which sum of evidence not even when the whole name fits."""
CLOSE = 2.0
"""Candidates whose evidence differs by no more are meant about as much."""
MOST_REASONS = 6
DIFFERS, ALIKE = "differs", "near"
_OWN = ("family", "given", "name", "nickname")
_SURE = ("same", "spelling", "equivalent")
"""How a lone word must agree: "Petar" and a shelter's phone are not Marija Petrović."""

CODE_NAME = msg("code name: same")
CODE_NAME_BEGINS = msg("code name: begins so")
PHONE_SAME = msg("phone number: same")
PHONE_ENDS = msg("phone number: same last digits")
NUMBER_SAME = msg("file or document number: same")
ACCOUNT_SAME = msg("account or e-mail: same")


@dataclass(frozen=True)
class Why:
    """One reason: a marked sentence, and the number that stands in it, if one does."""

    sentence: str
    amount: int = 0

    def said(self, translate: Callable[[str], str]) -> str:
        """The reason in the language of whoever translates."""
        return translate(self.sentence).format(amount=self.amount)


@dataclass(frozen=True)
class Hit:
    """One card that may be hers who is asked about."""

    person_id: UUID
    probability: float
    score: float
    reasons: tuple[Reason, ...]


def _met(hit: Hit, *kinds: str) -> bool:
    return any(reason.about in kinds and reason.how != DIFFERS for reason in hit.reasons)


def _name_fits(hit: Hit) -> bool:
    """Whether every word of the name that was typed is answered by one of hers."""
    return _met(hit, *_OWN) and not any(reason.about in _OWN and reason.how == DIFFERS for reason in hit.reasons)


def is_worth_showing(hit: Hit) -> bool:
    """Whether a counsellor should see this candidate: something of hers was said, and not too much speaks against."""
    if not _met(hit, *_OWN, "number", "national") or not _is_more_than_alike(hit):
        return False
    return hit.probability >= WORTH_SHOWING or (hit.score > FAR_BELOW and (_name_fits(hit) or _met(hit, "number")))


def _is_more_than_alike(hit: Hit) -> bool:
    """Whether more was said of her than one name that is merely alike: nobody means Nemanja by Tamara."""
    agreeing = [reason for reason in hit.reasons if reason.how != DIFFERS and reason.says > 0]
    return len(agreeing) > 1 or any(reason.how != ALIKE for reason in agreeing)


def likely_among(hits: Collection[Hit], asked: Asked) -> set[UUID]:
    """Who of the candidates is likely meant: probable, known by more than one word, and nobody else much more so.

    Files that look like one person's do not compete for probability; but twins are two, and of two who are meant as
    much neither is likely for a surname and a birthday.
    """
    most = max((hit.score for hit in hits), default=0.0)
    found = {hit.person_id for hit in hits if hit.score >= most - CLOSE and _is_likely(hit, asked)}
    return found if len(found) == 1 or len(asked.words) > 1 else set()


def _is_likely(hit: Hit, asked: Asked) -> bool:
    if hit.probability < LIKELY:
        return False
    if _met(hit, "national"):
        return True
    beside = ("number", "birth", "father", "mother", "place")
    if not asked.words:
        return _met(hit, "number")
    if len(asked.words) > 1:
        return _name_fits(hit)
    return any(one.about in _OWN and one.how in _SURE for one in hit.reasons) and _met(hit, *beside)


def reasons_of(hit: Hit, asked: Asked, card: SearchCard | None) -> tuple[Why, ...]:
    """Why she may be meant, what says most first; of numbers, which one it was."""
    found: list[Why] = []
    for reason in hit.reasons:
        if reason.about == "number":
            found += _numbers(asked, card)
        else:
            found.append(Why(WORDS[reason.about, reason.how], reason.amount))
    return tuple(dict.fromkeys(found))[:MOST_REASONS]


def _numbers(asked: Asked, card: SearchCard | None) -> list[Why]:
    wanted = set(asked.record.numbers)
    if card is None:
        return [Why(WORDS["number", "same"])]
    found = []
    if any(PHONE + phone in wanted for phone in card.phones):
        found.append(Why(PHONE_SAME))
    elif any(phone_keys(phone)[1] in wanted for phone in card.phones):
        found.append(Why(PHONE_ENDS))
    if any(NUMBER + number in wanted for number in card.numbers):
        found.append(Why(NUMBER_SAME))
    if any(HANDLE + account in wanted for account in card.handles):
        found.append(Why(ACCOUNT_SAME))
    return found
