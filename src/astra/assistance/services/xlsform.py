"""How does an XLSForm become a question set? Read by the convention's own program, each fault named with its cell."""

import re
import zipfile
from collections.abc import Iterator, Mapping
from io import BytesIO
from typing import Any

import openpyxl
from openpyxl.utils.cell import get_column_letter
from openpyxl.utils.exceptions import InvalidFileException
from pyxform.errors import PyXFormError
from pyxform.xls2xform import convert

from astra.assistance.rules import questions as rules
from astra.assistance.rules.expressions import Tree, WrongExpression, names_in, read
from astra.assistance.rules.questions import Choice, Question, QuestionSet
from astra.assistance.services.xlsform_unfolding import unfolded
from astra.kernel.errors import Invalid, Problem
from astra.kernel.words import msg

LARGEST, LARGEST_OPEN = 5 * 1024 * 1024, 60 * 1024 * 1024
MOST_QUESTIONS, MOST_ROWS = 1000, 20_000
KINDS = {
    "select one": rules.ONE,
    "select all that apply": rules.SEVERAL,
    "text": rules.TEXT,
    "integer": rules.INTEGER,
    "decimal": rules.DECIMAL,
    "date": rules.DAY,
    "note": rules.NOTE,
    "group": rules.GROUP,
}
TYPES = (
    "select_one, select_multiple, text, integer, decimal, date, note, calculate, begin_group, end_group, begin_repeat, "
    "end_repeat"
)
LEFT_OUT = ("calculate", "start", "end", "today", "deviceid", "username")
YES = ("yes", "true", "true()", "da", "1")
LANGUAGE = re.compile(r"\(([A-Za-z-]+)\)\s*$")

NO_XLSX = msg("This is no XLSX file. Save it as “Excel workbook (.xlsx)” and send it again.")
TOO_LARGE = msg("The file is too large. A question set has at most 1000 questions and 5 MB.")
NO_SHEET = msg("The file has no sheet “%(sheet)s”. An XLSForm has the sheets survey, choices and settings.")
NO_COLUMN = msg("Sheet %(sheet)s, row 1: there is no column “%(column)s”.")
UNKNOWN_TYPE = msg(
    "Sheet %(sheet)s, row %(row)s, column %(column)s: “%(found)s” is unknown here. There are: %(known)s."
)
NO_LIST = msg("Sheet %(sheet)s, row %(row)s, column %(column)s: the list “%(found)s” is not in the sheet choices.")
NO_NAME = msg("Sheet %(sheet)s, row %(row)s, column %(column)s: a name is missing. Write one of letters and _ only.")
BAD_NAME = msg(
    "Sheet %(sheet)s, row %(row)s, column %(column)s: “%(found)s” is no name. It begins with a letter and has letters, "
    "digits and _ only."
)
TWICE = msg("Sheet %(sheet)s, row %(row)s, column %(column)s: the name “%(found)s” stands in row %(first)s already.")
BAD_CONDITION = msg(
    "Sheet %(sheet)s, row %(row)s, column %(column)s: this condition cannot be read. The reason follows."
)
UNKNOWN_QUESTION = msg("Sheet %(sheet)s, row %(row)s, column %(column)s: there is no question called “%(found)s”.")
NOT_COUNTED = msg(
    "Sheet %(sheet)s, row %(row)s, column %(column)s: words cannot be counted. Only select_one, select_multiple and "
    "integer can."
)
NO_LABEL = msg(
    "Sheet %(sheet)s, row %(row)s, column %(column)s: a label is missing. Write the question as it is asked."
)
AS_SAID = msg("The sheet cannot be read: %(said)s")
CONDITIONS = ("relevant", "constraint", "choice_filter", "calculation", "repeat_count")
NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
BEGINS = ("begin group", "begin repeat")
UNKNOWABLE = ("start", "end", "deviceid", "username")
ENDS = ("end group", "end_group", "end repeat", "end_repeat")


class _Sheet:
    """The rows of one sheet by the names of its columns, with their numbers."""

    def __init__(self, name: str, rows: list[tuple[Any, ...]]) -> None:  # Any: what a cell holds
        self.name = name
        self.columns = [str(cell or "").strip() for cell in (rows[0] if rows else ())]
        self.rows = [
            (number, {column: _cell(value) for column, value in zip(self.columns, row, strict=False) if column})
            for number, row in enumerate(rows[1:], 2)
            if any(_cell(value) for value in row)
        ]

    def column(self, *names: str) -> str:
        """The column of one of these names, as it is written."""
        return next((one for one in self.columns if one.lower() in names), "")

    def letter(self, column: str) -> str:
        """Where a column stands, as spreadsheets say it."""
        return get_column_letter(self.columns.index(column) + 1) if column in self.columns else "?"

    def wrong(self, message: str, row: int, column: str, **more: object) -> Problem:
        """A fault in one cell."""
        parts = {"sheet": self.name, "row": row, "column": f"{self.letter(column)} ({column})", **more}
        return Problem("file", message, parts=parts)


def _cell(value: Any) -> str:  # Any: what a cell holds
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return str(value).strip() if value is not None else ""


def read_xlsform(data: bytes, title: str) -> QuestionSet:
    """The question set, or `Invalid` naming every fault with sheet, row and column."""
    book = _book(data)
    survey, choices = _sheet(book, "survey"), _sheet(book, "choices", is_needed=False)
    problems = list(_faults(survey, choices))
    if problems:
        raise Invalid(*problems)
    try:
        made = convert(BytesIO(data), file_type=".xlsx", validate=False)._pyxform
    except PyXFormError as error:
        raise Invalid(Problem("file", AS_SAID, parts={"said": " ".join(str(error).split())[:300]})) from None
    languages: dict[str, None] = {}
    questions = tuple(_questions(unfolded(made["children"]), "", 0, languages))
    if len(questions) > MOST_QUESTIONS:
        raise Invalid(Problem("file", TOO_LARGE))
    return QuestionSet(title or str(made.get("title", "")), questions, tuple(languages) or ("",))


def _book(data: bytes) -> dict[str, list[tuple[Any, ...]]]:  # Any: what a cell holds
    if len(data) > LARGEST:
        raise Invalid(Problem("file", TOO_LARGE))
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            if sum(one.file_size for one in archive.infolist()) > LARGEST_OPEN:
                raise Invalid(Problem("file", TOO_LARGE))
        book = openpyxl.load_workbook(BytesIO(data), read_only=True, data_only=True)
        return {
            sheet.title.strip().lower(): list(sheet.iter_rows(max_row=MOST_ROWS, max_col=200, values_only=True))
            for sheet in book.worksheets
        }
    except (zipfile.BadZipFile, InvalidFileException, KeyError, OSError, ValueError, SyntaxError):
        raise Invalid(Problem("file", NO_XLSX)) from None


def _sheet(book: Mapping[str, list[tuple[Any, ...]]], name: str, *, is_needed: bool = True) -> _Sheet:  # Any: cells
    if name not in book and is_needed:
        raise Invalid(Problem("file", NO_SHEET, parts={"sheet": name}))
    return _Sheet(name, book.get(name, []))


def _faults(survey: _Sheet, choices: _Sheet) -> Iterator[Problem]:
    """Everything that is wrong and that we can name better than the convention's program."""
    kind, name = survey.column("type"), survey.column("name")
    for column, found in (("type", kind), ("name", name)):
        if not found:
            yield Problem("file", NO_COLUMN, parts={"sheet": survey.name, "column": column})
    if not kind or not name:
        return
    if len(survey.rows) > MOST_QUESTIONS:
        yield Problem("file", TOO_LARGE)
    lists = {row.get(choices.column("list_name", "list name"), "") for _, row in choices.rows}
    seen: dict[str, int] = {}
    for number, row in survey.rows:
        if row[kind].lower() not in ENDS:
            yield from _faults_of_type(survey, number, row, kind, lists)
            yield from _faults_of_name(survey, number, row, name, seen)
    columns = {one for one in choices.columns if one}
    known = {row[name] for _, row in survey.rows if row[kind].lower() not in UNKNOWABLE}
    for number, row in survey.rows:
        yield from _faults_of_conditions(survey, number, row, known, columns)


def _faults_of_type(
    survey: _Sheet, number: int, row: Mapping[str, str], kind: str, lists: set[str]
) -> Iterator[Problem]:
    words = row[kind].replace("_", " ").split()
    said = " ".join(words[:2]).lower()
    if said in ("select one", "select multiple"):
        wanted = row[kind].split()[-1]
        if wanted not in lists or len(row[kind].split()) < 2:
            yield survey.wrong(NO_LIST, number, kind, found=wanted)
    elif said not in BEGINS and said not in KINDS and said not in LEFT_OUT:
        yield survey.wrong(UNKNOWN_TYPE, number, kind, found=row[kind], known=TYPES)
    counted = survey.column("statistics")
    if counted and row[counted].lower() in YES and said not in ("select one", "select multiple", "integer"):
        yield survey.wrong(NOT_COUNTED, number, counted)
    labels = [one for one in survey.columns if one.lower().split("::")[0].strip() == "label"]
    if said not in LEFT_OUT and said not in BEGINS and not any(row.get(one) for one in labels):
        yield survey.wrong(NO_LABEL, number, labels[0] if labels else "label")


def _faults_of_name(
    survey: _Sheet, number: int, row: Mapping[str, str], name: str, seen: dict[str, int]
) -> Iterator[Problem]:
    found = row[name]
    if not found:
        yield survey.wrong(NO_NAME, number, name)
    elif not NAME.fullmatch(found):
        yield survey.wrong(BAD_NAME, number, name, found=found)
    elif found in seen:
        yield survey.wrong(TWICE, number, name, found=found, first=seen[found])
    else:
        seen[found] = number


def _faults_of_conditions(
    survey: _Sheet, number: int, row: Mapping[str, str], names: set[str], columns: set[str]
) -> Iterator[Problem]:
    for wanted in CONDITIONS:
        column = survey.column(wanted)
        text = row.get(column, "")
        if not text:
            continue
        try:
            tree = _condition(text, columns if wanted == "choice_filter" else ())
        except WrongExpression as error:
            yield survey.wrong(BAD_CONDITION, number, column)
            yield Problem("file", error.message, parts=error.parts)
            continue
        unknown = names_in(tree) - names - (columns if wanted == "choice_filter" else set())
        for found in sorted(unknown):
            yield survey.wrong(UNKNOWN_QUESTION, number, column, found=found)


def _condition(text: str, columns: Any = ()) -> Tree:  # Any: names of columns
    """A condition; in a filter the bare names of columns of the choices stand for what a choice says there."""
    for column in sorted(columns, key=len, reverse=True):
        if NAME.fullmatch(column):
            text = re.sub(rf"(?<![\w{{$'\"]){column}(?![\w}}('\"])", f"${{{column}}}", text)
    return read(text)


# ---- From the convention's own reading


def _questions(
    children: list[dict[str, Any]], group: str, depth: int, languages: dict[str, None]
) -> Iterator[Question]:  # Any: what the convention's program gives
    for child in children:
        kind = KINDS.get(str(child.get("type")))
        if kind is None or child["name"] == "meta":
            continue
        bind = child.get("bind", {})
        filter_text = child.get("choice_filter", "")
        columns = {key for one in child.get("choices", ()) for key in one if key not in ("name", "label", "media")}
        yield Question(
            name=child["name"],
            kind=kind,
            labels=_words(child.get("label", ""), languages),
            hints=_words(child.get("hint", ""), languages),
            depth=depth,
            group=group,
            choices=tuple(_choice(one, languages) for one in child.get("choices", ())),
            is_required=str(bind.get("required", "")).lower() in YES,
            relevant=_condition(bind["relevant"]) if bind.get("relevant") else None,
            constraint=_condition(bind["constraint"]) if bind.get("constraint") else None,
            constraint_message=_words(bind.get("jr:constraintMsg", ""), languages),
            choice_filter=_condition(filter_text, columns | {"name"}) if filter_text else None,
            is_counted=str(child.get("statistics", "")).lower() in YES,
            counted_as=str(child.get("counted_as", "")),
        )
        if kind == rules.GROUP:
            yield from _questions(child.get("children", []), child["name"], depth + 1, languages)


def _words(given: Any, languages: dict[str, None]) -> dict[str, str]:  # Any: words, or words by language
    by_language = given if isinstance(given, dict) else {"": given} if given else {}
    found = {}
    for language, words in by_language.items():
        code = match[1].lower() if (match := LANGUAGE.search(language)) else ""
        languages.setdefault(code)
        found[code] = str(words)
    return found


def _choice(one: dict[str, Any], languages: dict[str, None]) -> Choice:  # Any: what the convention's program gives
    filters = {key: _cell(value) for key, value in one.items() if key not in ("name", "label", "media") and value}
    return Choice(str(one["name"]), _words(one.get("label", ""), languages), filters)
