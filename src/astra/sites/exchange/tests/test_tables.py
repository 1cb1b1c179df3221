"""Is a table read as it was written, whatever program wrote it, and is every other file refused in one sentence?"""

import csv
import zipfile
from datetime import date, datetime, time, timedelta
from pathlib import Path

import pytest
from openpyxl import Workbook

from astra.kernel.errors import Invalid
from astra.sites.exchange.tables import Row, Table, open_table
from astra.sites.exchange.tests.conftest import Write

LATIN = [["Ime", "Šta je rečeno"], ["Đurđica", "„Čekam”, rekla je; šalje poruku"], ["Žika", "dva\nreda"]]
CYRILLIC = [["Име", "Шта је речено"], ["Ђурђица", "Чека поруку; љута је"], ["Жика", "два\nреда"]]


def cells(table: Table) -> list[list[str]]:
    """The header and every row, as they were written."""
    return [list(table.columns), *(list(row.cells.values()) for row in table.rows())]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1250"])
@pytest.mark.parametrize("delimiter", [";", ",", "\t", "|"])
def test_csv_of_every_program_is_read(write: Write, encoding: str, delimiter: str) -> None:
    rows = [["\ufeffIme", *LATIN[0][1:]], *LATIN[1:]] if encoding == "utf-16-le" else LATIN
    table = open_table(write(rows, encoding=encoding, delimiter=delimiter))
    assert cells(table) == LATIN


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "cp1251"])
def test_cyrillic_is_told_from_latin(write: Write, encoding: str) -> None:
    assert cells(open_table(write(CYRILLIC, encoding=encoding))) == CYRILLIC


def test_it_says_what_it_took_the_file_for(write: Write) -> None:
    assert str(open_table(write(LATIN, encoding="cp1250")).form) == "CSV, Windows-1250, columns parted by semicolons"
    assert (
        str(open_table(write(LATIN, encoding="utf-16", delimiter="\t")).form) == "CSV, UTF-16, columns parted by tabs"
    )


def test_an_encoding_can_be_named(write: Write) -> None:
    assert cells(open_table(write(CYRILLIC, encoding="cp1251"), encoding="windows-1251")) == CYRILLIC


def test_what_excel_and_offices_write_above_the_header_is_passed_over(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("sep=,\nIme;Prezime,Broj\nAna,1\n", encoding="utf-8")
    assert [row.line for row in open_table(path).rows()] == [3]
    path.write_text("Evidencija 2019;;\n;;\nIme;Broj;\nAna;1;\n", encoding="utf-8")
    table = open_table(path, header_row=3)
    assert (table.columns, list(table.rows())) == (("Ime", "Broj"), [Row(4, {"Ime": "Ana", "Broj": "1"})])


def test_empty_rows_count_but_are_not_read_and_short_ones_are_filled(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text('a,b,,d,,\n1,2,3,4\n\n , ,\n5\n6,,,"x\ny",,,7\n', encoding="utf-8")
    rows = list(open_table(path).rows())
    assert [row.line for row in rows] == [2, 5, 6]
    assert rows[1].cells == {"a": "5", "b": "", "#3": "", "d": ""}
    assert (rows[2].cells["d"], rows[2].beyond) == ("x\ny", "7")


def workbook(tmp_path: Path, **sheets: list[list[object]]) -> Path:
    book = Workbook()
    book.remove(book.worksheets[0])
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    path = tmp_path / "book.xlsx"
    book.save(path)
    return path


def test_a_workbook_gives_days_times_and_numbers_as_people_write_them(tmp_path: Path) -> None:
    row: list[object] = [
        datetime(2019, 4, 3, 14, 5),  # noqa: DTZ001  (a cell of a spreadsheet knows no zone)
        datetime(2019, 4, 3),  # noqa: DTZ001
        date(2019, 4, 3),
        time(14, 5),
        timedelta(minutes=75),
        12.0,
        1.5,
        641234567,
        True,
        None,
        "  Ђурђица ",
    ]
    table = open_table(workbook(tmp_path, Kontakti=[[f"c{n}" for n in range(11)], row]))
    assert cells(table)[1] == [
        *(
            "2019-04-03 14:05",
            "2019-04-03",
            "2019-04-03",
            "14:05",
            "75 min",
            "12",
            "1.5",
            "641234567",
            "1",
            "",
            "Ђурђица",
        ),
    ]
    assert str(table.form) == "XLSX, sheet “Kontakti”"


def test_a_sheet_can_be_named_and_rows_keep_their_numbers(tmp_path: Path) -> None:
    path = workbook(tmp_path, Prvi=[["a"], ["1"]], Drugi=[["b"], [], ["2"]])
    assert cells(open_table(path)) == [["a"], ["1"]]
    second = open_table(path, sheet="Drugi")
    assert [(row.line, row.cells) for row in second.rows()] == [(3, {"b": "2"})]
    with pytest.raises(Invalid) as refused:
        open_table(path, sheet="Treći")
    assert refused.value.problems[0].allowed == "Prvi, Drugi"


def test_hidden_sheets_are_not_read(tmp_path: Path) -> None:
    book = Workbook()
    book.active.title = "Skriven"  # type: ignore[union-attr]  # a fresh workbook has a sheet
    book.active.sheet_state = "hidden"  # type: ignore[union-attr]  # a fresh workbook has a sheet
    book.create_sheet("Vidljiv").append(["x"])
    book.save(tmp_path / "b.xlsx")
    assert open_table(tmp_path / "b.xlsx").columns == ("x",)


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("a.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "Save it as XLSX"),
        ("a.xlsx", b"PK\x03\x04 no archive at all", "not a table"),
        ("a.csv", b"a;b\n\x00\x00;\x00", "not a table"),
        ("a.csv", b"", "it is empty"),
        ("a.csv", b";;\n1;2\n", "it is empty"),
        ("a.csv", b"a;b;a\n", "the same name: a"),
        ("a.csv", b"\xff\xfea", "letters of this file"),
    ],
)
def test_what_is_no_table_is_refused(tmp_path: Path, name: str, content: bytes, words: str) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(Invalid, match=words):
        cells(open_table(path))


def test_an_archive_that_is_no_workbook_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("photo.txt", "nothing")
    with pytest.raises(Invalid, match="not a table"):
        open_table(path)


def test_a_broken_row_is_named(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text('a,b\n1,2\n3,"never closed\n4,5\n', encoding="utf-8")
    with pytest.raises(Invalid, match="Row 3 is broken"):
        cells(open_table(path))


def test_letters_that_break_off_later_are_named(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(b"a;b\n" + b"x;y\n" * 40_000 + b"\x81;\x81\n")
    with pytest.raises(Invalid, match="letters of this file"):
        cells(open_table(path))


def test_a_missing_file_is_said(tmp_path: Path) -> None:
    with pytest.raises(Invalid, match="no file of this name"):
        open_table(tmp_path / "nothing.csv")


def test_long_stories_are_not_cut(write: Write) -> None:
    story = "Priča. " * 60_000
    table = open_table(write([["a"], [story]]))
    assert [row.cells["a"] for row in table.rows()] == [story.strip()]
    csv.field_size_limit(131_072)
