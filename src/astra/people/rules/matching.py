"""Do we know somebody of this name? Finds candidates by words, scores them, and says why.

A word of the query meets a word of a name when it is the same after folding (script, diacritics, đ and dj), the same
in another language's spelling, its beginning, or one or two slips away. Words weigh by their rarity: a rare surname
says more than a common first name. Everything is in memory and compact: words with arrays of card numbers, and each
card as packed bytes that are opened for the few best candidates only.
"""

import heapq
import math
from array import array
from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

import msgspec
from rapidfuzz import process
from rapidfuzz.distance import OSA

from astra.people.rules import scoring
from astra.people.rules.cards import SHORTEST_NUMBER
from astra.people.rules.persons import SearchCard
from astra.people.rules.queries import Asked
from astra.people.rules.scoring import BEGINS, SAME, SLIP, SPELLING, Reason
from astra.science.script import fold_name

BLOCK = 4096
MOST_WEIGHED, MOST_EXAMINED = 1500, 150
_PACKED = msgspec.msgpack.Decoder(SearchCard)


@dataclass(frozen=True)
class Hit:
    """One card that answers the query: how well (0 to 1), and why."""

    person_id: UUID
    card: SearchCard
    score: float
    reasons: tuple[Reason, ...]


class Matcher:
    """All search cards, findable by words, phone and number."""

    def __init__(self) -> None:
        self._slots: dict[bytes, int] = {}
        self._ids: list[bytes] = []
        self._cards: list[bytes] = []
        self._years: array[int] = array("h")
        self._words: dict[str, array[int]] = {}
        self._folded: dict[str, list[str]] = {}
        self._by_length: dict[int, list[str]] = {}
        self._sorted: list[str] = []
        self._fresh: set[str] = set()
        self._phones: dict[str, array[int]] = {}
        self._numbers: dict[str, array[int]] = {}

    def __len__(self) -> int:
        return len(self._slots)

    def __contains__(self, person_id: UUID) -> bool:
        return person_id.bytes in self._slots

    # --- keeping -----------------------------------------------------------------------------------------------------

    def put(self, person_id: UUID, card: SearchCard) -> None:
        """Add a card, or replace the one that was there."""
        packed = msgspec.msgpack.encode(card)
        known = self._slots.get(person_id.bytes)
        if known is not None and self._cards[known] == packed:
            return
        self.remove(person_id)
        slot = len(self._ids)
        self._slots[person_id.bytes] = slot
        self._ids.append(person_id.bytes)
        self._cards.append(packed)
        self._years.append(scoring.middle_year(card))
        for word in scoring.words_of(card):
            self._add_word(word, slot)
        for phone in card.phones:
            self._phones.setdefault(phone[-SHORTEST_NUMBER:], array("I")).append(slot)
        for number in card.numbers:
            self._numbers.setdefault(number, array("I")).append(slot)

    def remove(self, person_id: UUID) -> None:
        """Let go of a card; nothing of its content stays reachable."""
        slot = self._slots.pop(person_id.bytes, None)
        if slot is None:
            return
        card = _PACKED.decode(self._cards[slot])
        self._cards[slot], self._ids[slot], self._years[slot] = b"", b"", 0
        for word in scoring.words_of(card):
            self._drop(self._words, word, slot)
            if word not in self._words:
                self._forget_word(word)
        for phone in card.phones:
            self._drop(self._phones, phone[-SHORTEST_NUMBER:], slot)
        for number in card.numbers:
            self._drop(self._numbers, number, slot)

    def _add_word(self, word: str, slot: int) -> None:
        slots = self._words.get(word)
        if slots is None:
            slots = self._words[word] = array("I")
            folded = fold_name(word)
            if folded not in self._folded:
                self._by_length.setdefault(len(folded), []).append(folded)
            self._folded.setdefault(folded, []).append(word)
            self._fresh.add(word)
        slots.append(slot)

    def _forget_word(self, word: str) -> None:
        folded = fold_name(word)
        self._folded[folded].remove(word)
        if not self._folded[folded]:
            del self._folded[folded]
            self._by_length[len(folded)].remove(folded)
        at = bisect_left(self._sorted, word)
        if at < len(self._sorted) and self._sorted[at] == word:
            del self._sorted[at]
        self._fresh.discard(word)

    @staticmethod
    def _drop(table: dict[str, "array[int]"], key: str, slot: int) -> None:
        slots = table.get(key)
        if slots is not None and slot in slots:
            slots.remove(slot)
            if not slots:
                del table[key]

    # --- finding -----------------------------------------------------------------------------------------------------

    def search(self, asked: Asked, today: date, limit: int = 10) -> list[Hit]:
        """The best answers, best first."""
        if asked.is_empty:
            return []
        candidates = self._by_phone(asked.digits) | self._by_number(asked.number)
        candidates |= set(self._by_words(asked))
        hits, folds = [], scoring.Folds()
        for slot in candidates:
            card = _PACKED.decode(self._cards[slot])
            score, reasons = scoring.compare(asked, card, today, folds)
            if score >= scoring.WORTH_SHOWING:
                hits.append(Hit(UUID(bytes=self._ids[slot]), card, score, reasons))
        return heapq.nsmallest(limit, hits, key=lambda hit: (-hit.score, hit.card.code_name))

    def _by_phone(self, phone: str) -> set[int]:
        return set(self._phones.get(phone[-SHORTEST_NUMBER:], ())) if phone else set()

    def _by_number(self, number: str) -> set[int]:
        return set(self._numbers.get(number, ())) if number else set()

    def _by_words(self, asked: Asked) -> Iterable[int]:
        """The cards with the most weight of met words; common words are read only where rarer ones leave room."""
        met = [self._meetings(word, asked, at == len(asked.tokens) - 1) for at, word in enumerate(asked.tokens)]
        totals: dict[int, float] = {}
        for words in met:
            size = sum(len(self._words[word]) for word in words)
            rarity = math.log(1 + len(self._slots) / (1 + size))
            best: dict[int, float] = {}
            for word, likeness in sorted(words.items(), key=lambda item: item[1]):
                best.update(dict.fromkeys(self._words[word], likeness * rarity))
            if not totals:
                totals = best
                continue
            for slot, weight in best.items():
                totals[slot] = totals.get(slot, 0.0) + weight
        heaviest = heapq.nlargest(MOST_WEIGHED, totals, key=lambda slot: (totals[slot], slot))
        if asked.born_about is None:
            return heaviest[:MOST_EXAMINED]
        whole = totals[heaviest[0]] if heaviest else 1.0
        nearness = {slot: totals[slot] / whole - self._years_off(slot, asked.born_about) for slot in heaviest}
        return heapq.nlargest(MOST_EXAMINED, heaviest, key=lambda slot: nearness[slot])

    def _years_off(self, slot: int, year: int) -> float:
        """How much a birth far from the one asked for speaks against a card; nothing where none is known."""
        known = self._years[slot]
        return min(abs(known - year), 10) * 0.03 if known else 0.0

    def _meetings(self, word: str, asked: Asked, is_last: bool) -> dict[str, float]:
        """The words of names that this word of the query can mean, with their likeness."""
        self._sort_fresh()
        found: dict[str, float] = {}
        if is_last and not asked.is_ended:
            for other in self._beginning_with(word):
                found[other] = scoring.likeness_of(BEGINS, word, other)
        folded = fold_name(word)
        for near in self._near(folded):
            for other in self._folded[near]:
                found[other] = max(found.get(other, 0.0), scoring.likeness_of(SLIP, folded, near))
        for other in self._folded.get(folded, ()):
            found[other] = scoring.likeness_of(SPELLING, word, other)
        if word in self._words:
            found[word] = scoring.likeness_of(SAME, word, word)
        return found

    def _near(self, folded: str) -> Iterable[str]:
        """The folded words that one or two slips of the finger away from this one."""
        allowed = scoring.slips(folded)
        for length in range(len(folded) - allowed, len(folded) + allowed + 1) if allowed else ():
            near = process.extract(
                folded, self._by_length.get(length, ()), scorer=OSA.distance, score_cutoff=allowed, limit=None
            )
            yield from (other for other, _, _ in near)

    def _beginning_with(self, start: str) -> Iterable[str]:
        at = bisect_left(self._sorted, start)
        while at < len(self._sorted) and self._sorted[at].startswith(start):
            yield self._sorted[at]
            at += 1

    def _sort_fresh(self) -> None:
        if self._fresh:
            self._sorted = sorted({*self._sorted, *self._fresh})
            self._fresh.clear()
