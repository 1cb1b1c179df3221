"""How does Splink learn what we know already? Settings with every weight fixed; nothing is trained.

Splink's model is that of Fellegi and Sunter, as ours: a level with probabilities m and u multiplies the odds by m / u.
Where a level depends on rarity, m is ours and Splink puts the frequency of the value in the place of u.
"""

import math
from typing import Any

from astra.science.linkage.engines.levels import Comparison, Level

CERTAIN = 0.9
"""The larger of m and u where only their ratio counts."""
BASE = 1e-3
"""u of a level that depends on rarity; it cancels out."""
FREQUENT = 0.06
"""The share of records of whom another one is expected, to begin with."""


def settings(comparisons: tuple[Comparison, ...], link_type: str, records: int) -> dict[str, Any]:
    """Settings of a Splink 5 model.

    Parameters
    ----------
    comparisons : tuple of Comparison
        What is compared and what it is worth.
    link_type : str
        "dedupe_only" or "link_only".
    records : int
        How many records there are.

    Returns
    -------
    dict
        As Splink's `SettingsCreator` takes them.

    Source
    ------
    Fellegi and Sunter 1969, Journal of the American Statistical Association 64, 1183-1210, for m and u; Winkler's
    adjustment for frequent values as Splink counts it.
    """
    return {
        "link_type": link_type,
        "probability_two_random_records_match": min(FREQUENT / max(records, 2), 0.5),
        "blocking_rules_to_generate_predictions": blocking(),
        "comparisons": [_comparison(one) for one in comparisons],
        "retain_matching_columns": True,
        "retain_intermediate_calculation_columns": True,
    }


def blocking() -> list[dict[str, Any]]:
    """What calls a pair, as the registry calls candidates: names, a rare name with a year, a day of birth, a number."""
    equal = ["family = family and given = given", "national = national"]
    lists = ["two_words", "word_years", "birth_days"]
    rules: list[dict[str, Any]] = [{"blocking_rule": _both(rule)} for rule in equal]
    return rules + [{"blocking_rule": f"l.{name} = r.{name}", "arrays_to_explode": [name]} for name in lists]


def _both(rule: str) -> str:
    sides = [part.split(" = ") for part in rule.split(" and ")]
    return " and ".join(f"l.{one} = r.{other}" for one, other in sides)


def _comparison(comparison: Comparison) -> dict[str, Any]:
    unknown = {"sql_condition": comparison.unknown, "label_for_charts": "not known", "is_null_level": True}
    levels = [_level(level, comparison.scale) for level in comparison.levels]
    return {"output_column_name": comparison.about, "comparison_levels": [unknown, *levels]}


def _level(level: Level, scale: float) -> dict[str, Any]:
    found: dict[str, Any] = {"sql_condition": level.sql, "label_for_charts": level.how or level.sql[:60]}
    if level.rare:
        found |= {
            "m_probability": min(math.exp(scale * level.says) * BASE ** (1 - scale), 1.0), "u_probability": BASE,
            "tf_adjustment_column": level.rare, "tf_adjustment_weight": scale,
            "disable_tf_exact_match_detection": True,
        }  # fmt: skip
        return found
    says = scale * level.says
    return found | {
        "m_probability": CERTAIN * math.exp(min(says, 0.0)),
        "u_probability": CERTAIN * math.exp(-max(says, 0.0)),
    }
