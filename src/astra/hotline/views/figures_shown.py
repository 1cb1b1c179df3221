"""How are figures said on a page, in a picture, in a table and in a file? All four from the same rows.

Each figure names its unit, its period, the date by which it is counted, and its source.
"""

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.dates import WEEKDAYS, WEEKDAYS_ABBR
from django.utils.formats import date_format
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext

from astra.hotline.rules import figures as rules
from astra.hotline.rules.calls import CALLED_AGAIN, CALLED_BACK, NOTHING_TO_DO
from astra.hotline.rules.contacts import ACTION, CHANNEL, KIND, LANGUAGE, LINE, TOPIC
from astra.hotline.rules.figures import Counted, Waits
from astra.kernel import drawing
from astra.kernel.drawing import Mark, Words
from astra.vocabulary.naming import day, label

OUTCOME = "conversation_outcome"
MOST_DRAWN = 12
"""So many bars are drawn; the table has all of them."""


@dataclass(frozen=True)
class Figure:
    """One figure: what it is called, what it counts, its picture, and the rows behind it."""

    name: str
    title: str
    unit: str
    counted_by: str
    source: str
    picture: SafeString
    head: list[str]
    rows: list[list[str]]
    said: str = ""
    """What must be known to read it."""


@dataclass(frozen=True)
class _Kind:
    """What is the same of all figures of one unit."""

    unit: str
    counted_by: str
    source: str


def figures(counted: Counted) -> list[Figure]:
    """All of them, in the order in which they are read."""
    contacts, calls, sittings = _kinds()
    answered = gettext("How long callers waited until somebody answered")
    written = gettext("How long people who write waited for the first answer")
    return [
        _over_time(counted, contacts),
        _week(counted, contacts),
        *_codes_of_contacts(counted, contacts),
        _channels(counted, contacts),
        _calls(counted, calls),
        _waits(calls, "call-waits", answered, counted.call_waits),
        _settled(counted, calls),
        _waits(sittings, "answer-waits", written, counted.answer_waits),
        _by_code(
            sittings,
            _Asked("outcomes", gettext("How conversations ended"), OUTCOME),
            counted.outcomes,
            is_rounded=counted.is_rounded,
        ),
    ]


def _codes_of_contacts(counted: Counted, kind: _Kind) -> Iterator[Figure]:
    """Line, kind, language, topics and what was done."""
    given: list[tuple[_Asked, Mapping[str, int], int | None]] = [
        (_Asked("lines", gettext("By line"), LINE), counted.lines, None),
        (_Asked("kinds", gettext("Kind of contact"), KIND), counted.kinds, None),
        (_Asked("languages", gettext("Language"), LANGUAGE), counted.languages, None),
        (_Asked("topics", gettext("Topics"), TOPIC), counted.topics, counted.with_topic),
        (_Asked("actions", gettext("What was done"), ACTION), counted.actions, counted.with_action),
    ]
    for asked, counts, known in given:
        yield _by_code(kind, asked, counts, is_rounded=counted.is_rounded, known=known)


def _kinds() -> tuple[_Kind, _Kind, _Kind]:
    return (
        _Kind(
            gettext("contact"),
            gettext("the day on which it came in"),
            gettext("recorded contacts; withdrawn ones, drafts and what nobody has logged yet do not count"),
        ),
        _Kind(
            gettext("call"),
            gettext("the day on which it rang"),
            gettext("what the telephone exchange told, of calls that are over"),
        ),
        _Kind(
            gettext("conversation in writing, each sitting by itself"),
            gettext("the day on which it began"),
            gettext("conversations on the site and over other channels"),
        ),
    )


def period_words(counted: Counted) -> str:
    """From which day until which."""
    return f"{day(counted.days.since)} – {day(counted.days.until)}"


def as_csv(counted: Counted, line: str) -> str:
    """Every number with its unit, period, count date and source, one a row; for a spreadsheet."""
    written = io.StringIO()
    writer = csv.writer(written, lineterminator="\r\n")
    names = (gettext("Figure"), gettext("Unit"), gettext("From"), gettext("To"), gettext("Line"))
    more = (gettext("Counted by"), gettext("Source"), gettext("Numbers"), gettext("Row"), gettext("Column"))
    writer.writerow([*names, *more, gettext("Value")])
    on = label(LINE, line) or gettext("All lines")
    how = gettext("rounded to tens; 0 is fewer than five") if counted.is_rounded else gettext("exact, not for outside")
    span = (counted.days.since.isoformat(), counted.days.until.isoformat())
    for figure in figures(counted):
        for first, *values in figure.rows:
            for column, value in zip(figure.head[1:], values, strict=True):
                about = (figure.title, figure.unit, *span, on, figure.counted_by, figure.source, how)
                writer.writerow([*about, first, column, value])
    return "\ufeff" + written.getvalue()


# ---- One figure after the other


def _made(  # noqa: PLR0917  (a figure has as many parts)
    kind: _Kind,
    name: str,
    title: str,
    picture: str,
    head: Sequence[str],
    rows: Sequence[Sequence[object]],
    said: str = "",
) -> Figure:
    cells = [[str(cell) for cell in row] for row in rows]
    drawn = mark_safe(picture)  # noqa: S308  (drawn by our own rules, which escape every word)
    return Figure(name, title, kind.unit, kind.counted_by, kind.source, drawn, list(head), cells, said)


def _words(name: str, title: str, said: str = "") -> Words:
    return Words(name, title, said or gettext("The same numbers stand in the table below."))


def _over_time(counted: Counted, kind: _Kind) -> Figure:
    title = gettext("Contacts over time")
    steps, step = rules.steps_of(counted.days), rules.step_of(counted.days)
    full = [_step_words(first, step) for first in steps]
    short = [date_format(first, "j.n." if step != rules.MONTH else "n/y") for first in steps]
    largest = sorted(counted.over_time.items(), key=lambda one: (-sum(one[1]), one[0]))
    series = [(label(LINE, line), counts) for line, counts in largest]
    picture = drawing.lines(_words("over-time", title), short, series[: drawing.SERIES])
    names = {rules.DAY: gettext("Day"), rules.WEEK: gettext("Week from"), rules.MONTH: gettext("Month")}
    rows = [[first, *(counts[place] for _, counts in series)] for place, first in enumerate(full) if series]
    return _made(kind, "over-time", title, picture, [names[step], *(name for name, _ in series)], rows)


def _step_words(first: date, step: str) -> str:
    return date_format(first, "F Y" if step == rules.MONTH else "SHORT_DATE_FORMAT")


def _week(counted: Counted, kind: _Kind) -> Figure:
    title = gettext("When contacts come: weekday and hour")
    hours = [f"{hour:02}" for hour in range(24)]
    sparse = [hour if int(hour) % 3 == 0 else "" for hour in hours]
    if counted.is_rounded:
        title = gettext("When contacts come: hour of the day")
        days, full = [""], [gettext("All days")]
    else:
        days, full = [str(WEEKDAYS_ABBR[n]) for n in range(7)], [str(WEEKDAYS[n]) for n in range(7)]
    picture = drawing.squares(_words("week", title), days, sparse, counted.in_the_week)
    table = [[hour, *(row[n] for row in counted.in_the_week)] for n, hour in enumerate(hours)]
    rows = table if counted.contacts else []
    said = gettext("By the clock on the wall in Belgrade, also in the nights in which the clock is changed.")
    return _made(kind, "week", title, picture, [gettext("Hour"), *full], rows, said)


def _channels(counted: Counted, kind: _Kind) -> Figure:
    title = gettext("By channel and line")
    lines = sorted(counted.channels, key=lambda line: (-sum(counted.channels[line].values()), line))
    together: dict[str, int] = rules.summed(
        (channel, n) for counts in counted.channels.values() for channel, n in counts.items()
    )
    codes = [code for code, _ in rules.ordered(together)]
    table = [(_named(CHANNEL, code), [counted.channels[line].get(code, 0) for line in lines]) for code in codes]
    names = [label(LINE, line) for line in lines]
    drawn = [(name, _joined(values)) for name, values in table[:MOST_DRAWN]]
    others = [*names[: drawing.SERIES - 1], gettext("Other lines")] if len(names) > drawing.SERIES else names
    picture = drawing.stacked(_words("channels", title), others, drawn)
    return _made(kind, "channels", title, picture, [gettext("Channel"), *names], [[name, *n] for name, n in table])


def _joined(values: Sequence[int]) -> list[int]:
    """As many parts as have a colour of their own; the rest as one."""
    if len(values) <= drawing.SERIES:
        return list(values)
    return [*values[: drawing.SERIES - 1], sum(values[drawing.SERIES - 1 :])]


@dataclass(frozen=True)
class _Asked:
    """One of the figures by codes: its name and title, and the list of its codes."""

    name: str
    title: str
    codes: str


def _by_code(
    kind: _Kind, asked: _Asked, counts: Mapping[str, int], *, is_rounded: bool, known: int | None = None
) -> Figure:
    """Bars of codes. Percent are of those with any information: blank is not no. Rounded numbers have none."""
    found = rules.ordered(counts)
    base = sum(n for code, n in found if code) if known is None else known
    drawn: list[tuple[str, int, str]] = []
    rows: list[list[object]] = []
    for code, n in found:
        share = rules.share_of(n, base) if code and not is_rounded else None
        drawn.append((_named(asked.codes, code), n, str(n) if share is None else f"{n} · {share} %"))
        rows.append([_named(asked.codes, code), n, *([] if is_rounded else ["" if share is None else share])])
    several = gettext("One contact may have several. Percent of the %(n)s contacts with any.") % {"n": base}
    about = gettext("Percent of the %(n)s of which it is known.") % {"n": base}
    said = "" if is_rounded or not found else several if known is not None else about
    head = [asked.title, gettext("Number"), *([] if is_rounded else [gettext("Percent")])]
    picture = drawing.bars(_words(asked.name, asked.title), drawn[:MOST_DRAWN])
    return _made(kind, asked.name, asked.title, picture, head, rows, said)


def _calls(counted: Counted, kind: _Kind) -> Figure:
    title = gettext("Calls answered and missed, by hour of the day")
    answered, missed = sum(counted.answered), sum(counted.missed)
    blocks = [(hour, hour + 3) for hour in range(0, 24, 3)]
    drawn = [
        (f"{since:02}–{until:02}", [sum(counted.answered[since:until]), sum(counted.missed[since:until])])
        for since, until in blocks
    ]
    names = [gettext("Answered"), gettext("Missed")]
    both = zip(counted.answered, counted.missed, strict=True)
    rows = [[f"{hour:02}", *of_it] for hour, of_it in enumerate(both)] if answered + missed else []
    share = rules.share_of(missed, answered + missed)
    said = ""
    if share is not None and not counted.is_rounded:
        said = gettext("Missed: %(missed)s of %(all)s, %(share)s %%") % {
            "missed": missed,
            "all": answered + missed,
            "share": share,
        }
    picture = drawing.stacked(_words("calls", title, said), names, drawn)
    return _made(kind, "calls", title, picture, [gettext("Hour"), *names], rows, said)


def _settled(counted: Counted, kind: _Kind) -> Figure:
    title = gettext("What was done about missed calls")
    names = {
        CALLED_BACK: gettext("Called back"),
        CALLED_AGAIN: gettext("She called again"),
        NOTHING_TO_DO: gettext("Nothing to be done"),
        "": gettext("Not yet settled"),
    }
    found = rules.ordered(counted.settled)
    rows = [(names.get(code, code), n, str(n)) for code, n in found]
    picture = drawing.bars(_words("settled", title), rows)
    return _made(kind, "settled", title, picture, [title, gettext("Number")], [row[:2] for row in rows])


def _waits(kind: _Kind, name: str, title: str, waits: Waits) -> Figure:
    head = [gettext("Waited"), gettext("Number")]
    columns = list(zip(_wait_columns(), waits.spread, strict=False))
    said = gettext("Too few to say.") if waits.count and not columns else ""
    marks: list[Mark] = []
    rows: list[tuple[str, object]] = list(columns) if waits.count else []
    if waits.count and columns:
        half, ninth = wait_words(waits.median_s), wait_words(waits.ninth_s)
        said = gettext("Half waited %(half)s at most, nine in ten %(ninth)s.") % {"half": half, "ninth": ninth}
        shown = (
            (gettext("half: %(wait)s") % {"wait": half}, waits.median_s),
            (gettext("nine in ten: %(wait)s") % {"wait": ninth}, waits.ninth_s),
        )
        marks = [Mark(words, rules.column_of(at)) for words, at in shown]
        rows += [(gettext("Half, at most"), half), (gettext("Nine in ten, at most"), ninth)]
    picture = drawing.spread(_words(name, title, said), columns, marks)
    return _made(kind, name, title, picture, head, rows, said)


def _wait_columns() -> Iterator[str]:
    """What the columns of a spread are called: until where they go."""
    for end in rules.WAIT_STEPS:
        yield f"<{_short(end)}"
    yield f"≥{_short(rules.WAIT_STEPS[-1])}"


def _short(seconds: int) -> str:
    if seconds < 60:
        return gettext("%(n)s s") % {"n": seconds}
    return (
        gettext("%(n)s min") % {"n": seconds // 60} if seconds < 3600 else gettext("%(n)s h") % {"n": seconds // 3600}
    )


def wait_words(seconds: int) -> str:
    """A time as people say it: seconds below two minutes, then minutes, then hours."""
    if seconds < 120:
        return gettext("%(n)s s") % {"n": seconds}
    minutes = (seconds + 30) // 60
    if minutes < 120:
        return gettext("%(n)s min") % {"n": minutes}
    return gettext("%(n)s h %(m)s min") % {"n": minutes // 60, "m": minutes % 60}


def _named(codes: str, code: str) -> str:
    return label(codes, code) or gettext("Not noted")
