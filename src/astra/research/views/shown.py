"""How is a table said on a page and in a file? Both from the same rows, each with its unit and definition."""

import csv
import io
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any

from django.utils.formats import number_format
from django.utils.translation import get_language, gettext, ngettext

from astra import vocabulary
from astra.research.rules.catalogue import TABLES, TOPICS, Table
from astra.research.rules.flow import ORDER, Year
from astra.research.rules.grids import GridRow, Number
from astra.research.selectors.counting import Counted, Decade
from astra.vocabulary.naming import label

Row = dict[str, Any]  # Any: what templates take


def about(table: Table) -> Row:
    """What a table counts, in words."""
    return {
        "name": table.name,
        "title": gettext(table.title),
        "unit": gettext(table.unit),
        "counted_by": gettext(table.counted_by),
        "definition": gettext(table.definition),
    }


def topics() -> list[Row]:
    """The tables by their headings, as they are found."""
    return [
        {"title": gettext(title), "tables": [about(TABLES[name]) for name in names]} for title, names in TOPICS.items()
    ]


def table_context(counted: Counted) -> Row:
    """Head and rows, as they are drawn and written."""
    grid, table = counted.grid, counted.table
    return {
        "table": about(table),
        "head": head(counted),
        "rows": rows(counted),
        "has_shares": has_shares(counted),
        "is_overlapping": table.is_overlapping,
        "known": said(grid.known),
        "coarsened": grid.coarsened,
        "is_coarse": grid.is_coarse,
        "is_rounded": grid.is_rounded,
        "is_empty": not grid.everybody.together,
    }


def has_shares(counted: Counted) -> bool:
    """Percent stand in exact tables alone."""
    return counted.table.has_shares and not counted.grid.is_rounded


def head(counted: Counted) -> list[str]:
    """The columns: years, all together, percent."""
    together = [gettext("Together")] if len(counted.grid.years) > 1 else []
    return [str(year) for year in counted.grid.years] + together + ([gettext("Percent")] if has_shares(counted) else [])


def rows(counted: Counted) -> list[Row]:
    """The rows by their size, then what is not known, then everybody."""
    grid, table = counted.grid, counted.table
    ordered = grid.rows if table.names else sorted(grid.rows, key=lambda row: (-row.together, row.code))
    found = [_row(counted, row, row_name(table, row.code)) for row in ordered]
    if table.is_added_up:
        if grid.unknown.together and not table.names:
            found.append(_row(counted, grid.unknown, gettext("Not noted")))
        found.append(_row(counted, grid.everybody, gettext("In all")) | {"is_sum": True})
    return found


def row_name(table: Table, code: str) -> str:
    """What a row is called."""
    if table.names:
        return gettext(table.names[code]) if code in table.names else code
    if table.codes and table.is_of_groups:
        return vocabulary.codes(table.codes).group_label(code, get_language())
    if table.codes:
        return label(table.codes, code)
    return _of_money(code)


def _of_money(code: str) -> str:
    what, _, currency = code.partition(" ")
    names = {
        "claimed": gettext("Claimed, %(currency)s"),
        "ordered": gettext("Ordered, %(currency)s"),
        "paid": gettext("Paid, %(currency)s"),
    }
    return names[what] % {"currency": currency} if what in names else gettext("Claims")


def _row(counted: Counted, row: GridRow, name: str) -> Row:
    cells = [said(one) for one in row.by_year]
    if len(counted.grid.years) > 1:
        cells.append(said(row.together))
    if has_shares(counted):
        cells.append("" if row.share is None else str(row.share))
    return {"name": name, "cells": cells, "is_sum": False, "is_coarse": row.is_coarse}


def said(value: Number) -> str:
    """A number as it is written here."""
    return number_format(value, 2 if isinstance(value, Decimal) else 0, force_grouping=True)


def sentence(decade: Decade) -> str:
    """What a yearly report begins with."""
    counts = {name: decade.families[name] for name in ("psychological", "legal", "medical", "field")}
    psychological, legal, medical, field = counts.values()
    parts = {
        "people": ngettext("%(n)s person received", "%(n)s people received", decade.persons) % {"n": decade.persons},
        "psychological": ngettext("%(n)s psychological", "%(n)s psychological", psychological) % {"n": psychological},
        "legal": ngettext("%(n)s legal", "%(n)s legal", legal) % {"n": legal},
        "medical": ngettext("%(n)s medical service", "%(n)s medical services", medical) % {"n": medical},
        "field": ngettext("%(n)s field action", "%(n)s field actions", field) % {"n": field},
    }
    return gettext("%(people)s %(psychological)s, %(legal)s and %(medical)s and %(field)s.") % parts


def flow_rows(years: Sequence[Year]) -> list[Row]:
    """Each year as an equation and a row."""
    return [
        {
            "year": one.account.year,
            "equation": f"{one.account.reports} = {' + '.join(str(part) for part in one.parts)}",
            "reports": one.account.reports,
            "parts": one.parts,
            "carried_in": one.carried_in,
            "of_earlier": one.identified_of_earlier,
            "identified": one.identified,
            "adds_up": one.adds_up,
        }
        for one in years
    ]


def flow_head() -> list[str]:
    """How reports can stand at the end of a year."""
    return [label("formal_decision", code) for code in ORDER]


def as_csv(counted: Counted, how: str) -> str:
    """Every number with its unit, years, count date and definition, one a row; for a spreadsheet."""
    words = about(counted.table)
    first = (gettext("Table"), gettext("Unit"), gettext("Counted by"), gettext("Definition"), gettext("Numbers"))
    columns = (gettext("Row"), gettext("Column"), gettext("Value"), gettext("After erasures"))
    lines: list[Iterable[object]] = [(*first, *columns)]
    told = (words["title"], words["unit"], words["counted_by"], words["definition"], how)
    for row in rows(counted):
        for column, value in zip(head(counted), row["cells"], strict=True):
            coarser = gettext("coarser after an erasure") if row["is_coarse"] else ""
            lines.append((*told, row["name"], column, value, coarser))
    written = io.StringIO()
    csv.writer(written, lineterminator="\r\n").writerows(lines)
    return "\ufeff" + written.getvalue()
