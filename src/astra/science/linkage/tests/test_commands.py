"""Do the commands write whole tables, and say what was left out?"""

import csv
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from astra.science.linkage.commands import dedupe_command, link_command, match
from astra.science.linkage.invented import invent

PEOPLE = invent(51, 400, 60)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("tables")
    for name, rows in (("registry", PEOPLE.registry), ("queries", PEOPLE.queries)):
        with (path / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, list(rows[0]))
            writer.writeheader()
            writer.writerows(rows)
    return path


def run(command: object, *arguments: object) -> Result:
    return CliRunner().invoke(command, [str(argument) for argument in arguments])  # type: ignore[arg-type]


def read(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_match_writes_ranked_candidates_with_reasons(folder: Path) -> None:
    out = folder / "out.csv"
    result = run(match, folder / "registry.csv", folder / "queries.csv", "--limit", 3, "--out", out)
    assert result.exit_code == 0, result.output
    rows = read(out)
    assert list(rows[0]) == ["query_id", "rank", "record_id", "probability", "reasons"]
    best = {row["query_id"]: row for row in rows if row["rank"] == "1"}
    wanted = [query for query in PEOPLE.queries if query["true_ids"]]
    right = [query for query in wanted if best[query["query_id"]]["record_id"] in query["true_ids"].split(";")]
    assert len(right) / len(wanted) > 0.85
    assert all(0 <= float(row["probability"]) <= 1 and int(row["rank"]) <= 3 for row in rows)
    assert not out.with_name("out.csv.part").exists()


def test_dedupe_writes_pairs(folder: Path) -> None:
    out = folder / "pairs.csv"
    result = run(dedupe_command, folder / "registry.csv", "--out", out)
    assert result.exit_code == 0, result.output
    rows = read(out)
    assert list(rows[0]) == ["record_id_a", "record_id_b", "probability", "reasons"]
    assert all(float(row["probability"]) >= 0.5 and row["reasons"] for row in rows)


def test_link_writes_pairs_of_two_tables(folder: Path) -> None:
    out = folder / "links.csv"
    result = run(link_command, folder / "registry.csv", folder / "registry.csv", "--out", out, "--threshold", 0.9)
    assert result.exit_code == 0, result.output
    itself = [row for row in read(out) if row["record_id_a"] == row["record_id_b"]]
    assert len(itself) > 0.8 * len(PEOPLE.registry)


def test_what_is_left_out_is_said(folder: Path, tmp_path: Path) -> None:
    asked = tmp_path / "asked.csv"
    asked.write_text("query_id,full_name,shoes\nQ1,Ana,38\n,Vera,39\n", encoding="utf-8")
    result = run(match, folder / "registry.csv", asked, "--out", tmp_path / "out.csv")
    assert result.exit_code == 0
    assert "asked.csv: columns not known, left out: shoes" in result.stderr
    assert "asked.csv, line 3: query_id is empty" in result.stderr


def test_a_table_that_cannot_be_read_leaves_nothing_behind(folder: Path, tmp_path: Path) -> None:
    wrong = tmp_path / "wrong.csv"
    wrong.write_text("name\nAna\n", encoding="utf-8")
    result = run(match, wrong, folder / "queries.csv", "--out", tmp_path / "out.csv")
    assert result.exit_code == 1
    assert "wrong.csv has no column record_id" in result.stderr
    assert not (tmp_path / "out.csv").exists()


def test_the_rules_alone_can_be_asked(folder: Path, tmp_path: Path) -> None:
    result = run(match, folder / "registry.csv", folder / "queries.csv", "--rules", "--out", tmp_path / "out.csv")
    assert result.exit_code == 0, result.output
