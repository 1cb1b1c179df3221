"""Do many words held against each other give what one word held against many gives, from both sides?"""

import random

import numpy as np
import pytest

from astra.science.linkage.invented import invent
from astra.science.linkage.keeping.channel import distances, letter_codes
from astra.science.linkage.keeping.slips import as_words, furthest, is_alike, slips_among, slips_between
from astra.science.linkage.keeping.vocabulary import Vocabulary
from astra.science.linkage.normalise.sounds import sound
from astra.science.linkage.tables import read_row

DRAW = random.Random(11)
NAMES = sorted(
    {
        sound(word)
        for row in invent(53, 250, 0).registry
        for name in read_row(row, "record_id").names
        for word in (name.given + " " + name.family + " " + name.text).split()
        if sound(word)
    }
)


def slipped(word: str) -> str:
    """A word with one letter lost, changed, or turned with the next."""
    at = DRAW.randrange(len(word))
    turned = word[at : at + 2][::-1]
    return word[:at] + DRAW.choice([word[at + 1 :], "r" + word[at + 1 :], turned + word[at + 2 :]])


WORDS = sorted({word for word in [*NAMES, *map(slipped, NAMES)] if len(word) > 1})


def test_many_at_once_are_as_one_after_the_other() -> None:
    words = as_words(WORDS)
    each = slips_between(words, words).each(len(WORDS))
    for once, twice in zip(slips_among(words).each(len(WORDS)), each, strict=True):
        assert once[0].tolist() == twice[0].tolist()
        assert once[1].tolist() == twice[1].tolist()
    found = 0
    for at, word in enumerate(WORDS):
        alike = np.flatnonzero(is_alike(as_words([word]), words)[0])
        costs = distances(letter_codes(word), words.codes[alike], words.lengths[alike])
        near = costs <= furthest(len(word))
        assert each[at][0].tolist() == alike[near].tolist()
        assert each[at][1].tolist() == costs[near].tolist()
        found += len(each[at][0]) - 1
    assert found > len(NAMES)


def test_a_distance_is_the_same_from_both_sides() -> None:
    words = as_words(WORDS[:150])
    every = np.stack([distances(codes, words.codes, words.lengths) for codes in words.codes])
    assert (every == every.T).all()


@pytest.mark.parametrize("is_given", [True, False])
def test_looking_up_beforehand_changes_nothing(is_given: bool) -> None:
    ready, plain = Vocabulary(), Vocabulary()
    for word in WORDS:
        ready.place_of(word)
        plain.place_of(word)
    ready.look_up(WORDS, WORDS)
    for word in WORDS:
        one, other = ready.near(word, is_given=is_given), plain.near(word, is_given=is_given)
        assert one.places.tolist() == other.places.tolist()
        assert one.chances.tolist() == other.chances.tolist()
        assert one.ways.tolist() == other.ways.tolist()


def test_what_was_looked_up_goes_with_a_word() -> None:
    vocabulary = Vocabulary()
    for word in ("milica", "milca"):
        vocabulary.place_of(word)
    vocabulary.look_up(["milica"], [])
    vocabulary.forget(1)
    assert vocabulary.near("milica").places.tolist() == [0]
    vocabulary.look_up(["milica"], [])
    vocabulary.place_of("milika")
    assert vocabulary.near("milica").places.tolist() == [0, 2]
