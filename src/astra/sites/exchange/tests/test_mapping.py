"""Can a mapping be guessed, read back, mended, and is every mistake in it named?"""

import stat
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from astra import vocabulary
from astra.kernel.errors import Invalid
from astra.sites.exchange import standards
from astra.sites.exchange.mapping import (
    ColumnMapping,
    check_mapping,
    guess_mapping,
    read_mapping,
    unknown_words,
    write_mapping,
)
from astra.sites.exchange.standards import CTDC, CTDC_2020, HTCDS
from astra.sites.exchange.tables import Form, Table, open_table
from astra.sites.exchange.targets import KINDS, READS, guess, targets, words_of
from astra.sites.exchange.tests.conftest import Write


@pytest.mark.parametrize(
    ("kind", "header", "name"),
    [
        ("contacts", "Датум и време", "received_at"),
        ("contacts", "Vrsta poziva", "kind"),
        ("contacts", "ŠTA JE UČINJENO", ""),
        ("contacts", "Šta je urađeno", "done"),
        ("contacts", "Broj slučaja", "case_number"),
        ("contacts", "Broj osobe", "person_number"),
        ("people", "Ime i prezime", "name"),
        ("people", "Prezime", "family"),
        ("people", "DATE OF BIRTH", "birth"),
        ("people", "Državljanstvo klijentkinje", "citizenships"),
        ("people", "JMBG", "national_number"),
        ("cases", "Vid eksploatacije", "forms"),
        ("cases", "case_number", "number"),
        ("cases", "opened_on", "opened_on"),
        ("cases", "!!", ""),
    ],
)
def test_columns_are_guessed_by_what_they_are_usually_called(kind: str, header: str, name: str) -> None:
    found = guess(kind, header)
    assert (found.name if found else "") == name


@pytest.mark.parametrize("kind", KINDS)
def test_the_table_of_fields_is_sound(kind: str) -> None:
    for target in targets(kind).values():
        assert target.reads in READS
        if target.code_list:
            assert vocabulary.codes(target.code_list).codes
            assert set(words_of(target.code_list).values()) <= set(vocabulary.codes(target.code_list).codes)
        assert len(set(target.headers)) == len(target.headers)


def test_the_first_column_fills_a_field_and_texts_gather(write: Write) -> None:
    table = open_table(write([["Datum", "Datum poziva", "Opis", "Napomena", "Boja"], ["1.1.2019.", "", "", "", ""]]))
    mapping = guess_mapping(table, "contacts")
    assert mapping.columns == {
        "Datum": "received_at",
        "Datum poziva": "",
        "Opis": "said",
        "Napomena": "said",
        "Boja": "",
    }
    assert mapping.left_out(table) == ("Datum poziva", "Boja")


@pytest.mark.parametrize("standard", [HTCDS, CTDC, CTDC_2020])
def test_standards_are_recognised_by_their_columns_in_any_capitals(write: Write, standard: str) -> None:
    names = [column.name.upper() for column in standards.columns_of(standard).values()]
    table = open_table(write([[*names, "Redni broj", "Boja"], ["1"] * (len(names) + 2)]))
    mapping = guess_mapping(table, "people")
    assert mapping.standard == standard
    assert [mapping.columns[name] for name in names] == [c.name for c in standards.columns_of(standard).values()]
    assert (mapping.columns["Redni broj"], mapping.columns["Boja"]) == ("number", "")


def test_a_guess_is_written_read_back_and_only_the_writers(write: Write, tmp_path: Path) -> None:
    rows = [
        ["Vrsta", "Linija", "Datum", 'Čudna "kolona"\t'],
        ["info", "plava", "1.1.2019.", ""],
        ["za majku", "plava", "", ""],
    ]
    table = open_table(write(rows))
    mapping = guess_mapping(table, "contacts")
    words = unknown_words(table, mapping)
    assert {name: dict(found) for name, found in words.items()} == {"kind": {"za majku": 1}, "line": {"plava": 2}}
    path = tmp_path / "map.toml"
    write_mapping(mapping, path, words)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    text = path.read_text(encoding="utf-8")
    assert '"plava" = ""  # in 2 rows' in text
    path.write_text(text.replace('"plava" = ""', '"plava" = "own_line"'), encoding="utf-8")
    read = read_mapping(path, table, "contacts")
    assert read.columns == mapping.columns
    assert read.values == {"kind": {"za majku": ""}, "line": {"plava": "own_line"}}


def test_a_column_of_names_is_not_copied_into_a_mapping(write: Write) -> None:
    rows = [["Ko zove"], *([f"Ime {number}"] for number in range(60))]
    table = open_table(write(rows))
    assert unknown_words(table, guess_mapping(table, "contacts")) == {}


@given(st.dictionaries(st.text(min_size=1, max_size=20), st.text(max_size=20), max_size=5))
def test_any_word_survives_being_written(tmp_path_factory: pytest.TempPathFactory, words: dict[str, str]) -> None:
    words = {word: meaning.strip() for word, meaning in words.items()}
    columns = {"Linija": "line", "Vrsta": "kind", "Datum": "received_at"}
    table = Table(Path("x.csv"), Form("CSV", "utf-8-sig", ";"), tuple(columns))
    mapping = ColumnMapping("contacts", "plain", columns, {"counsellor": words}, {"line": "sos_trafficking"})
    path = tmp_path_factory.mktemp("mapping") / "m.toml"
    write_mapping(mapping, path)
    assert read_mapping(path, table, "contacts") == mapping


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("kind = ", "not readable"),
        ('kind = "people"', "for people, not for contacts"),
        ('kind = "contacts"\n[columns]\n"Linija" = 3', "words in quotation marks"),
        ('kind = "contacts"\ncolumns = "Linija"', "words in quotation marks"),
        ('kind = "contacts"\nstandard = "dublin"', "no such standard"),
        ('kind = "contacts"\nstandard = "htcds"', "Import it as people"),
        ('kind = "contacts"\n[columns]\n"Boja" = "line"', "the table does not have"),
        ('kind = "contacts"\n[columns]\n"Linija" = "line"', "does not say what this column means"),
        ('kind = "contacts"\n[columns]\n"Linija" = "colour"', "no such field"),
        ('kind = "contacts"\n[columns]\n"Linija" = "line"\n"Vrsta" = "line"', "Two columns fill"),
        ('kind = "contacts"\n[columns]\n"Linija" = "line"', "No column fills this field"),
        ('kind = "contacts"\n[values.line]\n"x" = "blue"', "is not in the list"),
        ('kind = "contacts"\n[constants]\nline = "blue"', "is not in the list"),
        ('kind = "contacts"\n[constants]\ncolour = "blue"', "no such field"),
    ],
)
def test_every_mistake_in_a_mapping_is_named(write: Write, tmp_path: Path, text: str, words: str) -> None:
    table = open_table(write([["Linija", "Vrsta"], ["a", "b"]]))
    path = tmp_path / "map.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(Invalid, match=words):
        read_mapping(path, table, "contacts")


def test_a_mapping_that_is_not_there_or_not_text_is_said(write: Write, tmp_path: Path) -> None:
    table = open_table(write([["Linija"], ["a"]]))
    with pytest.raises(Invalid, match="no mapping file"):
        read_mapping(tmp_path / "none.toml", table, "contacts")
    (tmp_path / "bytes.toml").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(Invalid, match="not readable"):
        read_mapping(tmp_path / "bytes.toml", table, "contacts")


def test_a_constant_fills_a_required_field(write: Write) -> None:
    table = open_table(write([["Datum", "Vrsta"], ["1.1.2019.", "info"]]))
    columns = {"Datum": "received_at", "Vrsta": "kind"}
    check_mapping(ColumnMapping("contacts", columns=columns, constants={"line": "SOS"}), table)
