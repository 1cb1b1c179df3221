"""Do DuckDB and Spark find the people whom we find, and is it said where they are not there?

What needs the extras is marked `engines`; `make engines` installs them and runs it.
"""

import importlib
from collections import defaultdict
from itertools import combinations
from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner

from astra.science.linkage import commands
from astra.science.linkage.engines import databases
from astra.science.linkage.engines.chances import chances_of
from astra.science.linkage.engines.flat import COLUMNS, FlatRow, Flattening
from astra.science.linkage.engines.levels import DUCKDB, comparisons
from astra.science.linkage.engines.missing import EngineMissing
from astra.science.linkage.engines.model import settings
from astra.science.linkage.engines.running import dedupe_on, link_on
from astra.science.linkage.invented import invent
from astra.science.linkage.pairs import Pair, dedupe
from astra.science.linkage.record import Birth, Name, Record
from astra.science.linkage.registry import Registry
from astra.science.linkage.tables import read_row
from astra.science.linkage.weighing.weights import Weights

SEED = 31
SURE, LIKELY = 0.9, 0.5
F1_APART, AGREED = 0.03, 0.95
"""The tolerances: how far F1 may be apart; how many pairs of which one engine is sure the other must think likely."""

TWICE = (
    Record(id="1", names=(Name("Zlatija", "Đorđević"),), father="Branislav", birth=Birth(), places=("Zaječar",)),
    Record(id="2", names=(Name("Златија", "Ђорђевић"),), father="Branislav", places=("Zaječar",)),
    Record(id="3", names=(Name("Arben", "Hoxha"),), national_id="1507020719959"),
)


def flat_of(*records: Record) -> list[FlatRow]:
    """Flat rows of a small registry."""
    registry = Registry(records)
    return list(Flattening(registry).rows(range(len(records))))


def test_a_flat_row_has_every_column_and_nothing_else() -> None:
    for row in flat_of(*TWICE):
        assert set(row) == set(COLUMNS)


def test_two_scripts_become_the_same_columns() -> None:
    latin, cyrillic, other = flat_of(*TWICE)
    for column in ("given", "family", "father", "place", "two_words"):
        assert latin[column] == cyrillic[column]
        assert latin[column] != other[column]


def test_keys_of_birth_hold_the_day_turned() -> None:
    (row,) = flat_of(Record(id="1", birth=read_row({"record_id": "1", "birth_date": "2010-03-05"}, "record_id").birth))
    assert row["birth_days"] == ["2010-3-5", "2010-5-3"]


def test_a_common_name_alone_calls_nobody() -> None:
    many = [Record(id=str(at), names=(Name("Ana"),), birth=_born(2010)) for at in range(5_000)]
    rare = Record(id="rare", names=(Name("Zlatija"),), birth=_born(2010))
    registry = Registry([*many, rare])
    common, last = Flattening(registry).rows([0, 5_000])
    assert common["word_years"] == []
    assert last["word_years"] == ["zlt 2009", "zlt 2010"]


def _born(year: int) -> Birth | None:
    return read_row({"record_id": "1", "birth_date": str(year)}, "record_id").birth


def test_every_weight_of_the_model_is_a_probability() -> None:
    registry = Registry(TWICE)
    rows = list(Flattening(registry).rows(range(3)))
    model = settings(comparisons(Weights(), chances_of(registry, rows, range(3)), DUCKDB), "dedupe_only", 3)
    levels = [
        level for one in model["comparisons"] for level in one["comparison_levels"] if "is_null_level" not in level
    ]
    assert len(levels) > 100
    for level in levels:
        assert 0 < level["m_probability"] <= 1
        assert 0 < level["u_probability"] <= 1


def test_a_level_with_a_fixed_weight_keeps_it() -> None:
    registry = Registry(TWICE)
    rows = list(Flattening(registry).rows(range(3)))
    model = settings(comparisons(Weights(), chances_of(registry, rows, range(3)), DUCKDB), "dedupe_only", 3)
    sex = next(one for one in model["comparisons"] if one["output_column_name"] == "sex")
    says = [np.log(level["m_probability"] / level["u_probability"]) for level in sex["comparison_levels"][1:]]
    assert np.allclose(says, Weights().sex[1:])


@pytest.mark.parametrize("engine", ["duckdb", "spark"])
def test_a_missing_engine_names_the_command_that_installs_it(engine: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def not_there(name: str) -> None:
        raise ModuleNotFoundError(name=name)

    monkeypatch.setattr(importlib, "import_module", not_there)
    with pytest.raises(EngineMissing, match="make install EXTRAS=linkage"), databases.ENGINES[engine]():
        pass


def test_the_command_says_it_in_one_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    table = tmp_path / "registry.csv"
    table.write_text("record_id,given_name\n1,Ana\n2,Ana\n", encoding="utf-8")
    monkeypatch.setitem(databases.ENGINES, "duckdb", _not_there)
    told = CliRunner().invoke(
        commands.dedupe_command, [str(table), "--out", str(tmp_path / "pairs.csv"), "--rules", "--engine", "duckdb"]
    )
    assert told.exit_code == 1
    assert told.output.count("\n") == 1
    assert "EXTRAS=linkage" in told.output


def _not_there() -> None:
    raise EngineMissing("--engine duckdb needs duckdb, not installed here. Run: make install EXTRAS=linkage")


# --- with the extras ------------------------------------------------------------------------------------------------


def f1_of(pairs: dict[tuple[str, str], Pair], true: set[tuple[str, str]]) -> float:
    """The F1 of the likely pairs."""
    found = {two for two, pair in pairs.items() if pair.probability >= LIKELY}
    return 2 * len(found & true) / (len(found) + len(true))


def agreed(first: dict[tuple[str, str], Pair], second: dict[tuple[str, str], Pair]) -> float:
    """The share of pairs of which the first is sure that the second thinks likely."""
    sure = [two for two, pair in first.items() if pair.probability >= SURE]
    return sum(two in second and second[two].probability >= LIKELY for two in sure) / len(sure)


@pytest.mark.engines
@pytest.mark.parametrize(("engine", "records"), [("duckdb", 4_000), ("spark", 1_000)])
def test_engines_agree(engine: str, records: int) -> None:
    people = invent(SEED, records, 0)
    by_person: dict[str, list[str]] = defaultdict(list)
    for row in people.truth:
        by_person[row["entity_id"]].append(row["record_id"])
    true = {two for ids in by_person.values() for two in combinations(sorted(ids), 2)}
    registry = Registry(read_row(row, "record_id") for row in people.registry)
    ours = {(pair.first, pair.second): pair for pair in dedupe(registry, threshold=0.01)}
    theirs = {(pair.first, pair.second): pair for pair in dedupe_on(engine, registry, threshold=0.01)}
    assert abs(f1_of(ours, true) - f1_of(theirs, true)) <= F1_APART
    assert agreed(ours, theirs) >= AGREED
    assert agreed(theirs, ours) >= AGREED


@pytest.mark.engines
def test_lists_are_linked_with_reasons() -> None:
    people = invent(SEED, 600, 0)
    records = [read_row(row, "record_id") for row in people.registry]
    first, second = records[:400], [*records[400:], *records[:5]]
    found = list(link_on("duckdb", first, second, weights=Weights()))
    same = [pair for pair in found if pair.first == pair.second]
    assert len(same) == 5
    assert all(pair.probability > SURE and pair.reasons for pair in same)
    assert {pair.first for pair in found} <= {record.id for record in first}
