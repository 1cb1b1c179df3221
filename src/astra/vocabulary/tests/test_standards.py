"""Do our lean copies of the standards hold what the standards hold?"""

import pytest

from astra.vocabulary import check_all, codes, ctdc_columns, htcds_fields, standard_value, use_own_lists, validation
from astra.vocabulary.errors import BrokenVocabulary
from astra.vocabulary.standards import domain
from astra.vocabulary.tables import read_table


def test_everything_is_whole() -> None:
    check_all()


def test_htcds_has_84_fields() -> None:
    fields = htcds_fields()
    assert len(fields) == 84
    assert len({field.name for field in fields}) == 84
    assert sum(field.is_deprecated for field in fields) == 3
    sections = {field.section for field in fields}
    assert {"Organization", "Person", "Case", "Consent"} <= sections


def test_every_pick_list_of_htcds_has_a_crosswalk() -> None:
    with_values = {row["field"] for row in read_table("standards/htcds_values.csv").rows}
    by_name = {field.name: field for field in htcds_fields()}
    assert all(by_name[name].code_list for name in with_values)
    assert by_name["vic_MethodsOfControl"].is_multiple
    assert not by_name["cas_Status"].is_multiple
    assert len(domain("htcds:vic_MethodsOfControl")) == 16
    assert len(domain("htcds:vic_ForcedLabourIndustry")) == 21


def test_the_columns_of_ctdc() -> None:
    assert len(ctdc_columns()) == 27
    assert len(ctdc_columns("kanonymised")) == 63
    assert len(domain("ctdc_synthetic.columns:means")) == 8
    assert len(domain("ctdc_kanonymised.columns:means")) == 18
    assert len(domain("ctdc_kanonymised.columns:labour")) == 13


@pytest.mark.parametrize(
    ("where", "text", "value"),
    [
        ("htcds:vic_MethodsOfControl", "Debt bondage", "DebtBondage"),
        ("htcds:vic_MethodsOfControl", "DebtBondage", "DebtBondage"),
        ("htcds:vic_TypeOfExploitation", "forced labour ", "ForcedLabour"),
        ("ctdc_synthetic:ageBroad", "0-8", "0--8"),
        ("ctdc_synthetic:ageBroad", "48+", "48+"),
        ("ctdc_synthetic:gender", "woman", "Woman"),
        ("ctdc_synthetic:gender", "neither", None),
    ],
)
def test_values_are_read_tolerantly(where: str, text: str, value: str | None) -> None:
    assert standard_value(where, text) == value


def test_start_up_names_everything_that_is_wrong(tmp_path, monkeypatch) -> None:  # type: ignore[no-untyped-def]
    (tmp_path / "broken.toml").write_text("[codes]", "utf-8")
    use_own_lists(tmp_path)
    monkeypatch.setattr(validation, "crosswalks", lambda: ())
    try:
        with pytest.raises(BrokenVocabulary) as found:
            check_all()
    finally:
        use_own_lists(None)
    assert "broken: source and licence" in str(found.value)
    assert "there is no crosswalk gender.htcds" in str(found.value)


@pytest.mark.parametrize("text", ["code,target\na,b\n", "# source: x\n# licence: y\ncode,target\na\n"])
def test_a_broken_table_is_refused(tmp_path, monkeypatch, text: str) -> None:  # type: ignore[no-untyped-def]
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "x.csv").write_text(text, "utf-8")
    monkeypatch.setattr("astra.vocabulary.tables.files", lambda _: tmp_path)
    with pytest.raises(BrokenVocabulary):
        read_table("x.csv")
    assert codes("sex")
