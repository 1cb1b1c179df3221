"""Does a code list say what a form, a service and a spreadsheet ask of it?"""

from pathlib import Path

import pytest

from astra.kernel.errors import Invalid
from astra.science.script import is_cyrillic
from astra.vocabulary import check, codes, lists, use_own_lists
from astra.vocabulary.errors import BrokenVocabulary


@pytest.mark.parametrize("name", lists())
def test_every_list_is_whole(name: str) -> None:
    found = codes(name)
    assert found.source
    assert found.licence
    for entry in found:
        assert all(label == label.strip() and label for label in entry.labels.values())
        assert not is_cyrillic(entry.labels["sr-latn"])
        assert found.find(entry.code) == entry.code


@pytest.mark.parametrize("name", lists())
def test_names_in_a_list_differ(name: str) -> None:
    for language in ("sr-latn", "sr", "en"):
        labels = [label for _, label in codes(name).choices(language)]
        assert len(set(labels)) == len(labels)


def test_labels_follow_the_reader() -> None:
    kinds = codes("contact_kind")
    assert kinds.label("wrong_number") == "Pogrešan broj"
    assert kinds.label("wrong_number", "sr") == "Погрешан број"
    assert kinds.label("wrong_number", "en-gb") == "Wrong number"
    assert kinds.label("wrong_number", None) == "Wrong number"
    assert kinds.label("wrong_number", "sr_Cyrl_RS") == "Погрешан број"
    assert kinds.label("wrong_number", "sr-RS") == "Pogrešan broj"
    assert kinds.label("") == ""
    assert kinds.label("of_a_later_version") == "of_a_later_version"
    assert kinds.labels(["thanks", "silent"], "en") == ("Silent", "Thanks")


def test_facts() -> None:
    kinds = codes("contact_kind")
    assert kinds.fact("silent", "is_data") is False
    assert kinds.fact("nothing", "is_data", default=True) is True
    assert {"about_self", "about_someone"} <= set(kinds.having(is_data=True))
    assert {"silent", "hang_up", "abusive", "thanks", "wrong_number"} <= set(kinds.having(is_one_click=True))
    assert kinds.note("silent")
    assert kinds.note("nothing") == ""
    assert len(kinds) == len(kinds.codes)


def test_groups() -> None:
    topics = codes("contact_topic")
    groups = dict(topics.grouped_choices("en"))
    assert ("job_offer_check", "Job-offer check") in groups["Prevention"]
    assert sum(map(len, groups.values())) == len(topics.offered)
    assert topics.group_label("missing", "sr") == "Нестала деца и одрасли"


def test_coarse_codes_may_be_stored_but_are_not_offered() -> None:
    means = codes("means_of_control")
    assert "threats_any" in means
    assert "threats_any" not in means.offered
    assert "threats_any" not in dict(means.choices())
    assert "threats_any" in dict(means.choices(keep=["threats_any"]))
    assert check("means_of_control", "threats_any") == "threats_any"


def test_a_refusal_names_what_is_allowed() -> None:
    assert check("sex", "female") == "female"
    with pytest.raises(Invalid) as refused:
        check("sex", "F", field="sex")
    (problem,) = refused.value.problems
    assert (problem.field, problem.allowed) == ("sex", "female, male, other")
    with pytest.raises(Invalid) as refused:
        check("country", "Jugoslavija")
    assert refused.value.problems[0].allowed.endswith(", ...")


def test_a_list_that_is_not_there() -> None:
    with pytest.raises(KeyError):
        codes("shoe_size")


@pytest.mark.parametrize(
    ("name", "text", "code"),
    [
        ("country", "SRB", "RS"),
        ("country", "Србија", "RS"),
        ("country", "kosovo", "XK"),
        ("country", "Stateless", "stateless"),
        ("language", "romski", "rom"),
        ("language", "alb", "sq"),
        ("language", "Dari", "prs"),
        ("gender", "Feminine", "woman"),
        ("sex", "Ženski", "female"),
        ("contact_kind", "pogresan broj", "wrong_number"),
        ("sex", "nobody", None),
        ("sex", "", None),
    ],
)
def test_a_spreadsheet_is_understood(name: str, text: str, code: str | None) -> None:
    assert codes(name).find(text) == code


def test_countries_and_languages() -> None:
    countries = codes("country")
    assert len([code for code in countries.codes if len(code) == 2]) == 250
    assert next(iter(countries.choices()))[0] == "RS"
    assert len({countries.fact(code, "alpha3") for code in countries.codes}) == len(countries)
    labels = [label for code, label in countries.choices("sr-latn") if not countries.fact(code, "first")]
    assert (
        labels.index("Češka") < labels.index("Danska") < labels.index("Žimbabve" if "Žimbabve" in labels else "Zambija")
    )
    assert countries.label("XK", "sr") == "Косово*"


def test_an_installation_adds_its_own(tmp_path: Path) -> None:
    (tmp_path / "hotline_line.toml").write_text(
        '[codes]\nnis = { sr_latn = "Linija u Nišu", en = "Line in Niš" }\nown_line = { retired = true }\n', "utf-8"
    )
    (tmp_path / "colour.toml").write_text(
        'source = "ours"\nlicence = "ours"\n[codes]\n'
        'red = { sr_latn = "Crvena", en = "Red", retired = true }\n'
        'wine = { sr_latn = "Bordo", en = "Wine", also = ["red wine"] }\n'
        'claret = { sr_latn = "Klaret", en = "Claret", also = ["red wine"] }\n',
        "utf-8",
    )
    use_own_lists(tmp_path)
    try:
        assert codes("hotline_line").label("nis", "sr") == "Линија у Нишу"
        assert "own_line" in codes("hotline_line")
        assert "own_line" not in codes("hotline_line").offered
        assert codes("hotline_line").label("sos_trafficking", "en") == "SOS line on trafficking in human beings"
        assert "colour" in lists()
        assert codes("colour").offered == ("wine", "claret")
        assert codes("colour").find("red wine") is None, "two codes claim it"
    finally:
        use_own_lists(None)
    assert "nis" not in codes("hotline_line")


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ('[codes]\na = { sr_latn = "A", en = "A" }', "source and licence"),
        ('source = "x"\nlicence = "x"\n[codes]\n', "no codes"),
        ('source = "x"\nlicence = "x"\n[codes]\n"a b" = { sr_latn = "A", en = "A" }', "is not a code"),
        ('source = "x"\nlicence = "x"\n[codes]\na = { sr_latn = "A" }', "must be written"),
        ('source = "x"\nlicence = "x"\n[codes]\na = { sr_latn = "A", en = "A", group = "g" }', "in no group"),
        ('source = "x"\nlicence = "x"\n[codes]\na = { sr_latn = "A", en = "A" }\na = { en = "B" }', "list_under_test"),
    ],
)
def test_a_broken_list_is_refused(tmp_path: Path, text: str, complaint: str) -> None:
    (tmp_path / "list_under_test.toml").write_text(text, "utf-8")
    use_own_lists(tmp_path)
    try:
        with pytest.raises(BrokenVocabulary, match=complaint):
            codes("list_under_test")
    finally:
        use_own_lists(None)
