"""Are the weights a table that people can read, and that says what it should?"""

import pytest

from astra.science.linkage.learning.fitting import fit_levels, loss
from astra.science.linkage.learning.samples import Sample
from astra.science.linkage.weighing.evidence import births
from astra.science.linkage.weighing.weights import LEVELS, Weights, load_weights, read_weights, write_weights


def test_what_is_written_is_read() -> None:
    again = read_weights(write_weights(load_weights(), "A heading\nof two lines"))
    assert again == load_weights()


def test_a_weight_that_is_missing_is_named() -> None:
    with pytest.raises(KeyError, match="same day"):
        read_weights(write_weights(Weights(), "").replace('"same day"', '"other day"'))


@pytest.mark.parametrize("weights", [load_weights(), load_weights(is_by_rules=True)])
def test_agreement_never_says_less_than_its_lesser(weights: Weights) -> None:
    assert weights.sex[1] >= 0 > weights.sex[2]
    assert weights.hair[3] > weights.hair[2] > weights.hair[1]
    assert weights.eyes[3] > weights.eyes[2] > weights.eyes[1]
    assert weights.marks[4] > weights.marks[3] > weights.marks[1]
    assert weights.number[1] > weights.number[2] > 0 > weights.number[3]
    assert weights.birth[births.YEAR_SAME] > weights.birth[births.YEAR_1] > weights.birth[births.YEAR_2]
    assert weights.birth[births.AGE_FITS] > weights.birth[births.AGE_2] > weights.birth[births.AGE_5]
    assert weights.channel.same > weights.channel.spelling > weights.channel.equivalent


def test_every_level_has_a_name_and_a_weight() -> None:
    for name, levels in LEVELS.items():
        assert len(levels) == len(set(levels)) == len(getattr(Weights(), name))


def test_learning_makes_the_right_answers_likelier() -> None:
    sample = Sample.invented(71, 500, 120, "ordinary")
    before = loss(Weights(), [sample])
    assert loss(fit_levels(Weights(), [sample]), [sample]) < before
