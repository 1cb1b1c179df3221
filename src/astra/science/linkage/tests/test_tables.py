"""Is a table read as far as it can be, and is what cannot be read named with its line and what would be right?"""

from datetime import date
from pathlib import Path

import pytest

from astra.science.linkage.normalise.births import Unreadable
from astra.science.linkage.tables import Table, read_row


def table(tmp_path: Path, text: str) -> Table:
    path = tmp_path / "people.csv"
    path.write_text(text, encoding="utf-8")
    return Table(path)


def test_every_column_is_read(tmp_path: Path) -> None:
    record = next(
        table(
            tmp_path,
            "record_id,source,given_name,surname,other_names,father_name,mother_name,sex,birth_date,birth_date_quality,"
            "municipality,last_seen_place,last_seen_date,height_cm,hair,eyes,marks,national_id,languages\n"
            "R1,client,Ана,Илић,Анка,Петар,Вера,F,2009-05-31,exact,Ниш,Шид,2026-10-01,164,црна,плаве,пега,"
            "0101006500006,sr\n",
        ).records()
    )
    assert (record.id, record.names[0].given, record.names[0].family, record.sex) == ("R1", "Ана", "Илић", "F")
    assert record.birth is not None
    assert record.birth.earliest == date(2009, 5, 31)
    assert (record.places, record.seen_places, record.seen_on) == (("Ниш",), ("Шид",), date(2026, 10, 1))
    assert (record.height_cm, record.hair, record.eyes, record.marks) == (164, "црна", "плаве", "пега")


def test_what_is_unknown_is_named_and_the_rest_is_done(tmp_path: Path) -> None:
    people = table(
        tmp_path,
        "record_id,given_name,shoe_size,sex,birth_date,height_cm\n"
        "R1,Ana,38,F,2009,164\n"
        "R2,Vera,39,x7,2009,164\n"
        "R3,Mara,40,F,31.2.2009.,164\n"
        ",Jana,40,F,2009,164\n"
        "R4,Sara,40,F,2009,tall\n"
        "R1,Lara,40,F,2009,164\n"
        "R5,Dana,40,F\n"
        "R6,Una,40,F,2011,160\n",
    )
    assert [record.id for record in people.records()] == ["R1", "R6"]
    assert people.unknown_columns == ("shoe_size",)
    assert [(bad.line, bad.reason) for bad in people.bad_rows] == [
        (3, "sex 'x7' is not known: write F, M or nothing"),
        (4, "'31.2.2009.' is not a date: write 2009-05-31, 2009-05 or 2009"),
        (5, "record_id is empty: each record needs a name"),
        (6, "height_cm 'tall' is not a height: write 164, or 160-165"),
        (7, "record_id 'R1' stands twice: each record needs a name of its own"),
        (8, "the row has more or fewer values than the heading: look for a comma or a quotation mark"),
    ]


def test_a_table_without_names_of_its_records_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Unreadable, match="has no column record_id"):
        list(table(tmp_path, "name,age\nAna,16\n").records())


def test_a_file_that_is_no_text_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "people.csv"
    path.write_bytes(b"record_id,given_name\nR1,\xff\xfe\n")
    with pytest.raises(Unreadable, match="is not CSV in UTF-8"):
        list(Table(path).records())


@pytest.mark.parametrize(
    ("written", "height"),
    [("164", 164), ("cca 165", 165), ("1,64 m", 164), ("160-165", 162), ("137 cm", 137), ("164.5", 164)],
)
def test_a_height_is_read_as_people_write_it(written: str, height: int) -> None:
    assert read_row({"id": "1", "height_cm": written}, "id").height_cm == height


@pytest.mark.parametrize(
    ("age", "earliest", "latest"),
    [
        ("16", date(2009, 11, 23), date(2010, 11, 22)),
        ("14-16", date(2009, 11, 23), date(2012, 11, 22)),
        ("cca 14 god.", date(2011, 11, 23), date(2012, 11, 22)),
        ("8 meseci", date(2025, 11, 23), date(2026, 11, 22)),
    ],
)
def test_an_age_is_read_with_the_day_on_which_it_was_seen(age: str, earliest: date, latest: date) -> None:
    birth = read_row({"id": "1", "age": age, "date": "2026-11-22"}, "id").birth
    assert birth is not None
    assert (birth.earliest, birth.latest, birth.is_stated) == (earliest, latest, False)


def test_an_age_without_a_day_says_nothing() -> None:
    assert read_row({"id": "1", "age": "16"}, "id").birth is None


def test_a_stated_birth_goes_before_an_age() -> None:
    birth = read_row({"id": "1", "age": "12", "date": "2026-11-22", "birth_date": "2009-05-31"}, "id").birth
    assert birth is not None
    assert birth.is_exact
