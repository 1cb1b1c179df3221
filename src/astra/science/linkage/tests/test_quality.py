"""Does matching stay as good as it was, for people of every language? (The figures proper: make bench-matching.)"""

from collections import defaultdict
from dataclasses import dataclass

import pytest

from astra.science.linkage.invented import invent
from astra.science.linkage.registry import Candidate, Registry
from astra.science.linkage.tables import read_row
from astra.science.linkage.weighing.weights import load_weights


@dataclass(frozen=True)
class Answered:
    """One question with its answer and what was found."""

    language: str
    true: frozenset[str]
    found: list[Candidate]


@pytest.fixture(scope="module")
def answered() -> list[Answered]:
    people = invent(61, 2500, 500)
    language = {row["record_id"]: row["languages"] for row in people.registry}
    registry = Registry((read_row(row, "record_id") for row in people.registry), weights=load_weights())
    answers = []
    for row in people.queries:
        true = frozenset(filter(None, row["true_ids"].split(";")))
        spoken = language[min(true)] if true else ""
        answers.append(Answered(spoken, true, registry.search(read_row(row, "query_id"))))
    return answers


def found_among(answers: list[Answered], first: int) -> float:
    """The share of people on record who are among the first candidates."""
    known = [one for one in answers if one.true]
    return sum(any(hit.record_id in one.true for hit in one.found[:first]) for one in known) / len(known)


def test_who_is_on_record_is_found(answered: list[Answered]) -> None:
    assert found_among(answered, 10) > 0.96
    assert found_among(answered, 1) > 0.92


def test_what_is_said_to_be_likely_is_so(answered: list[Answered]) -> None:
    best = [one.found[0] for one in answered if one.found]
    true = [one.true for one in answered if one.found]
    sure = [hit.record_id in ids for hit, ids in zip(best, true, strict=True) if hit.probability >= 0.9]
    unsure = [hit.record_id in ids for hit, ids in zip(best, true, strict=True) if hit.probability < 0.2]
    assert sum(sure) / len(sure) > 0.95
    assert sum(unsure) / len(unsure) < 0.25


def test_probabilities_keep_their_word(answered: list[Answered]) -> None:
    """The expected calibration error over all candidates shown, in ten bins."""
    bins: dict[int, list[tuple[float, bool]]] = defaultdict(list)
    for one in answered:
        for hit in one.found:
            bins[min(int(hit.probability * 10), 9)].append((hit.probability, hit.record_id in one.true))
    number = sum(map(len, bins.values()))
    error = sum(abs(sum(p for p, _ in part) - sum(is_true for _, is_true in part)) for part in bins.values())
    assert error / number < 0.03


def test_people_of_every_language_are_found(answered: list[Answered]) -> None:
    by_language: dict[str, list[Answered]] = defaultdict(list)
    for one in answered:
        if one.true:
            by_language[one.language].append(one)
    shares = {language: found_among(some, 10) for language, some in by_language.items() if len(some) >= 15}
    assert len(shares) >= 6
    assert min(shares.values()) > 0.85, shares
