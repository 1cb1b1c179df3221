"""Are the figures of `make bench-matching` counted rightly? By hand on few answers."""

from pathlib import Path

import numpy as np
import pytest
from bench.judging.measures import best_f1, by_language, calibration_error, quality, read_answers
from bench.judging.picture import reliability

QUERIES = [
    {"query_id": "1", "kind": "hotline", "true_ids": "a;b"},
    {"query_id": "2", "kind": "hotline", "true_ids": "c"},
    {"query_id": "3", "kind": "sighting", "true_ids": "d"},
    {"query_id": "4", "kind": "sighting", "true_ids": ""},
]
ANSWERS = {
    "1": [("b", 0.9), ("x", 0.1)],
    "2": [("x", 0.6), ("c", 0.3)],
    "4": [("y", 0.8)],
}


def test_hits_count_any_true_record_and_missing_answers_count_against() -> None:
    found = quality(ANSWERS, QUERIES)
    assert found.at_1 == pytest.approx(1 / 3)
    assert found.at_10 == pytest.approx(2 / 3)
    assert found.kinds == {"hotline": (0.5, 1.0, 2), "sighting": (0.0, 0.0, 1)}


def test_accepting_the_first_answer_or_none() -> None:
    found = quality(ANSWERS, QUERIES)
    assert found.recall == pytest.approx(1 / 3)  # the one at .9 is right, the next at .8 is not
    assert found.f1 == pytest.approx(2 * 1 / (1 + 3))


def test_equal_probabilities_are_accepted_together() -> None:
    answers = {"1": [("a", 0.5)], "2": [("x", 0.5)], "3": [("d", 0.5)]}
    assert quality(answers, QUERIES).recall == 0.0


def test_calibration() -> None:
    kept = np.array([[0.75, 1], [0.75, 1], [0.75, 1], [0.75, 0]])
    assert calibration_error(kept) == pytest.approx(0.0)
    assert calibration_error(np.array([[0.9, 0.0], [0.1, 0.0]])) == pytest.approx(0.5)


def test_languages_are_those_of_the_record() -> None:
    found = by_language(ANSWERS, QUERIES, {"a": "sr", "b": "sr", "c": "al", "d": "al"})
    assert found == {"al": (0.0, 0.5, 2), "sr": (1.0, 1.0, 1)}


def test_best_f1_of_pairs() -> None:
    pairs = {("a", "b"): 0.9, ("c", "d"): 0.5, ("e", "f"): 0.2}
    assert best_f1(pairs, {("a", "b"), ("e", "f")}) == pytest.approx((2 / 3, 1.0, 0.8))


def test_answers_are_read_in_the_order_of_rank(tmp_path: Path) -> None:
    table = tmp_path / "out.csv"
    table.write_text("query_id,rank,record_id,probability,reasons\n1,2,x,0.1,\n1,1,b,0.9,\n", encoding="utf-8")
    assert read_answers(table) == {"1": [("b", 0.9), ("x", 0.1)]}


def test_the_picture_shows_every_bin(tmp_path: Path) -> None:
    reliability([(0.05, 0.02, 1_200), (0.95, 0.97, 30)], "Title", tmp_path / "new" / "plot.svg")
    drawn = (tmp_path / "new" / "plot.svg").read_text(encoding="utf-8")
    assert drawn.count("<circle") == 2
    assert "1,200" in drawn
