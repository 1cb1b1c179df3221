"""How is a spreadsheet read, row by row, whatever program wrote it? CSV in the usual encodings, and XLSX.

Files are streamed: 50,000 rows take no more memory than one. What a file is, its first bytes say, not its name.
"""

import csv
import warnings
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from itertools import islice
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import ParseError

from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from astra.kernel.errors import Invalid, Problem
from astra.kernel.words import msg

NOT_THERE = msg("There is no file of this name.")
NOT_A_TABLE = msg("This is not a table that Astra can read.")
OLD_EXCEL = msg("This is an old or locked workbook. Save it as XLSX without a password, or as CSV.")
BROKEN_LINE = msg("Row %(row)s is broken: a quotation mark is opened and never closed, or a cell is far too long.")
OTHER_ENCODING = msg("The letters of this file cannot be read. Save it as CSV UTF-8, or name its encoding.")
NO_HEADER = msg("The first row must hold the names of the columns; it is empty.")
TWICE = msg("Two columns have the same name: %(column)s.")
NO_SHEET = msg("The workbook has no such sheet.")
TOO_MANY = msg("This row has more cells than the first row has columns. Was a text with commas written without quotes?")
KINDS = "CSV (UTF-8, UTF-16, Windows-1250, Windows-1251), XLSX"

ENCODINGS = {"utf-8": "utf-8-sig", "utf-16": "utf-16", "windows-1250": "cp1250", "windows-1251": "cp1251"}
NAMES = {python: name.upper().replace("WINDOWS", "Windows") for name, python in ENCODINGS.items()}
DELIMITERS = {";": "semicolons", ",": "commas", "\t": "tabs", "|": "strokes"}
CSV, XLSX = "CSV", "XLSX"
LONGEST_CELL = 1_000_000
_PEEK = 65_536
_ZIP, _OLE, _UTF16 = b"PK\x03\x04", b"\xd0\xcf\x11\xe0", (b"\xff\xfe", b"\xfe\xff")


@dataclass(frozen=True)
class Row:
    """One row of a table: its line as the spreadsheet numbers it, and its cells by column, without outer blanks."""

    line: int
    cells: dict[str, str]
    beyond: str = ""
    """What stands to the right of the last column, where nothing should stand."""


@dataclass(frozen=True)
class Form:
    """How a file is written: the program's format, and for CSV its letters and what parts the columns."""

    name: str
    encoding: str = ""
    delimiter: str = ""
    sheet: str = ""
    sheets: tuple[str, ...] = ()
    skipped: int = 0
    """Rows before the names of the columns: a title, or the `sep=;` that Excel writes."""

    def __str__(self) -> str:
        if self.name == XLSX:
            others = f" (of {len(self.sheets)} sheets)" if len(self.sheets) > 1 else ""
            return f"XLSX, sheet “{self.sheet}”{others}"
        return f"CSV, {NAMES[self.encoding]}, columns parted by {DELIMITERS[self.delimiter]}"


@dataclass(frozen=True)
class Table:
    """A spreadsheet: its columns, and its rows as often as they are asked for."""

    path: Path
    form: Form
    columns: tuple[str, ...]

    def rows(self) -> Iterator[Row]:
        """Read the rows that hold anything."""
        wide = len(self.columns)
        for number, cells in enumerate(_lines(self.path, self.form), start=1):
            if number <= self.form.skipped + 1 or not any(cells):
                continue
            padded = [*cells, *[""] * (wide - len(cells))]
            yield Row(number, dict(zip(self.columns, padded, strict=False)), " ".join(filter(None, cells[wide:])))


def open_table(path: Path, *, encoding: str = "", sheet: str = "", header_row: int = 1) -> Table:
    """Look at the row that names the columns; raises `Invalid` with what would be right."""
    if not path.is_file():
        raise Invalid(Problem("file", NOT_THERE))
    form = _form_of(path, encoding, sheet)
    form = replace(form, skipped=max(form.skipped, header_row - 1))
    header = next(islice(_lines(path, form), form.skipped, None), [])
    while header and not header[-1]:
        header.pop()
    if not any(header):
        raise Invalid(Problem("file", NO_HEADER))
    columns = tuple(name or f"#{number}" for number, name in enumerate(header, start=1))
    for name in columns:
        if columns.count(name) > 1:
            raise Invalid(Problem("file", TWICE, parts={"column": name}))
    return Table(path, form, columns)


def _form_of(path: Path, encoding: str, sheet: str) -> Form:
    with path.open("rb") as raw:
        begin = raw.read(4)
    if begin == _OLE:
        raise Invalid(Problem("file", OLD_EXCEL, KINDS))
    if begin == _ZIP:
        with _workbook(path) as book:
            sheets = tuple(one.title for one in book.worksheets if one.sheet_state == "visible")
        if sheet and sheet not in sheets:
            raise Invalid(Problem("sheet", NO_SHEET, ", ".join(sheets)))
        if not sheets:
            raise Invalid(Problem("file", NO_HEADER))
        return Form(XLSX, sheet=sheet or sheets[0], sheets=sheets)
    found = ENCODINGS.get(encoding) or _encoding(path, begin)
    with path.open(encoding=found, newline="") as text:
        try:
            sample = text.read(_PEEK)
        except UnicodeError:
            raise Invalid(Problem("file", OTHER_ENCODING, KINDS)) from None
    if "\0" in sample:
        raise Invalid(Problem("file", NOT_A_TABLE, KINDS))
    first = sample.partition("\n")[0].strip("\r")
    if first.lower().startswith("sep=") and first[4:] in DELIMITERS:
        return Form(CSV, found, first[4:], skipped=1)
    return Form(CSV, found, _delimiter(sample))


def _lines(path: Path, form: Form) -> Iterator[list[str]]:
    return _excel_lines(path, form) if form.name == XLSX else _csv_lines(path, form)


# --- XLSX ------------------------------------------------------------------------------------------------------------


class _workbook:  # noqa: N801  (used as a verb: with _workbook(path) as book)
    """An open workbook; everything that makes it unreadable is said in one sentence."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def __enter__(self) -> Any:  # Any: openpyxl types its sheets loosely
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore", UserWarning)  # drop-down lists and styles, which nobody reads here
                self._book = load_workbook(self._path, read_only=True, data_only=True)
        except (InvalidFileException, zipfile.BadZipFile, ParseError, OSError, KeyError, ValueError):
            raise Invalid(Problem("file", NOT_A_TABLE, KINDS)) from None
        return self._book

    def __exit__(self, *_: object) -> None:
        self._book.close()


def _excel_lines(path: Path, form: Form) -> Iterator[list[str]]:
    with _workbook(path) as book:
        sheet = book[form.sheet]
        sheet.reset_dimensions()  # some programs write wrong ones
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", UserWarning)
            for cells in sheet.iter_rows(values_only=True):
                yield [_as_text(cell) for cell in cells]


def _as_text(cell: object) -> str:
    if cell is None:
        return ""
    if isinstance(cell, str):
        return cell.strip()
    if isinstance(cell, bool):
        return "1" if cell else "0"
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, datetime):
        midnight = cell.time() == time.min
        return cell.date().isoformat() if midnight else cell.isoformat(sep=" ", timespec="minutes")
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, time):
        return cell.isoformat(timespec="minutes")
    if isinstance(cell, timedelta):
        return f"{int(cell.total_seconds()) // 60} min"
    return str(cell).strip()


# --- CSV -------------------------------------------------------------------------------------------------------------


def _csv_lines(path: Path, form: Form) -> Iterator[list[str]]:
    csv.field_size_limit(LONGEST_CELL)
    number = 0
    with path.open(encoding=form.encoding, newline="") as text:
        try:
            for cells in csv.reader(text, delimiter=form.delimiter, strict=True):
                number += 1
                yield [cell.strip() for cell in cells]
        except csv.Error:
            parts: dict[str, object] = {"row": number + 1}
            raise Invalid(Problem("file", BROKEN_LINE, KINDS, parts)) from None
        except UnicodeError:
            raise Invalid(Problem("file", OTHER_ENCODING, KINDS)) from None


def _encoding(path: Path, begin: bytes) -> str:
    """UTF-16 by its mark, else UTF-8 if the whole file is that, else a Windows code page of our part of the world."""
    if begin[:2] in _UTF16:
        return "utf-16"
    try:
        with path.open(encoding="utf-8-sig") as text:
            while text.read(_PEEK):
                pass
    except UnicodeDecodeError:
        return _code_page(path)
    return "utf-8-sig"


def _code_page(path: Path) -> str:
    """In Cyrillic nearly every letter lies in the upper half of the code page, in Latin one in ten."""
    with path.open("rb") as raw:
        some = raw.read(_PEEK)
    upper = sum(byte >= 0xC0 for byte in some)
    plain = sum(65 <= byte & 0xDF <= 90 for byte in some if byte < 128)
    return "cp1251" if upper > plain else "cp1250"


def _delimiter(sample: str) -> str:
    """What parts the names of the columns most often, outside quotation marks."""
    counts = dict.fromkeys(DELIMITERS, 0)
    is_quoted = False
    for letter in sample:
        if letter == '"':
            is_quoted = not is_quoted
        elif letter in "\r\n" and not is_quoted:
            break
        elif letter in counts and not is_quoted:
            counts[letter] += 1
    best = max(counts, key=lambda mark: counts[mark])
    return best if counts[best] else ","
