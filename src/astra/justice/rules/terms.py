"""When does a term end? Terms are data: which event starts one, how long it is, by which law, and how sure we are."""

import tomllib
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from importlib.resources import files

from astra.justice.rules.working_days import next_working

WARNINGS = (7, 3, 1)
"""So many days before its end a term is brought up."""
OWN = "own"


@dataclass(frozen=True)
class Term:
    """One term that a law sets."""

    code: str
    days: int
    months: int
    moves: bool
    """Whether a last day on which nobody works moves the end to the next working day."""
    law: str
    source: str

    @property
    def is_confirmed(self) -> bool:
        """Whether somebody compared it with the text of the law."""
        return not self.source.startswith("memory")


@cache
def terms() -> dict[str, Term]:
    """Every term of the law that we know, by code."""
    data = tomllib.loads(files("astra.justice").joinpath("data/terms.toml").read_text(encoding="utf-8"))
    return {
        code: Term(
            code,
            row.get("days", 0),
            row.get("months", 0),
            row.get("moves", True),
            row["law"],
            row.get("source", data["source"]),
        )
        for code, row in data["terms"].items()
    }


def end_of(term: Term, event_on: date) -> date:
    """The last day of a term; the day of the event itself does not count."""
    end = plus_months(event_on, term.months) + timedelta(days=term.days)
    return next_working(end) if term.moves else end


def plus_months(day: date, months: int) -> date:
    """The same day so many months later; the last of the month where there is no such day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def warning(due_on: date, day: date) -> int | None:
    """Which warning stands on a day: 7, 3, 1, 0 on the last day, -1 after it; None while there is time."""
    left = (due_on - day).days
    if left < 0:
        return -1
    return next((step for step in (0, *reversed(WARNINGS)) if left <= step), None)
