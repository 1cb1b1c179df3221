"""How many contacts, calls and sittings were there, by their codes? Counted in the database; no key is opened.

What is counted where: contacts that stand as recorded, by the moment at which they came in; withdrawn ones, drafts, and
what still waits to be logged or vouched for are left out, the last two are told. Calls, by the moment at which they
rang, as the exchange tells of them. Sittings of written conversations, by the moment at which they began.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import Any

from django.db import connections
from django.db.models import Count, F, Func, OuterRef, QuerySet, Subquery, TextField

from astra.hotline.models import ACTION, TOPIC, Call, Contact, ContactCode, Talk
from astra.hotline.rules.calls import MISSED, OVER_STATES
from astra.hotline.rules.contacts import day_begins
from astra.hotline.rules.figures import (
    Counted,
    Days,
    by_hour,
    by_weekday_and_hour,
    for_outside,
    over_time,
    waits_of,
)
from astra.hotline.rules.lifecycles import RECORDED, TO_CONFIRM, TO_LOG
from astra.vault.actor import Actor

AT_ONCE = 250
"""Rows that are added up before the next are asked for: few enough to stay near the processor."""


class Hour(Func):
    """The hour of a moment in UTC, as each database has it at hand; `_hour_of` makes a number of it.

    To ask the database for the hour on the wall would on SQLite call Python back for each row.
    """

    output_field = TextField()

    def as_sqlite(self, compiler: Any, connection: Any, **context: Any) -> Any:  # Any: Django's signature
        """The moments stand there as text in UTC: `2026-10-25 01:...`."""
        return self.as_sql(compiler, connection, template="substr(%(expressions)s, 1, 13)", **context)

    def as_postgresql(self, compiler: Any, connection: Any, **context: Any) -> Any:  # Any: Django's signature
        """The hours since 1970."""
        template = "(FLOOR(EXTRACT(EPOCH FROM %(expressions)s) / 3600)::integer)"
        return self.as_sql(compiler, connection, template=template, **context)


@lru_cache(maxsize=20_000)
def _hour_of(found: str | int) -> int:
    """An hour counted from 1970 on."""
    said = str(found)
    if said.isdecimal():
        return int(said)
    return int(datetime.strptime(said, "%Y-%m-%d %H").replace(tzinfo=UTC).timestamp()) // 3600


class Beside(Func):
    """Several codes as one text, which is fetched and counted sooner than its parts."""

    template = "(%(expressions)s)"
    arg_joiner = " || '|' || "
    output_field = TextField()


class Together(Func):
    """Codes with what they are, commas between: `action:listened,topic:debt`.

    Quicker for a contact's few codes than to group half a million rows by them. Django is not told that it sums up, and
    so does not group what is one contact's anyway.
    """

    arity = 2
    arg_joiner = " || ':' || "
    output_field = TextField()

    def as_sqlite(self, compiler: Any, connection: Any, **context: Any) -> Any:  # Any: Django's signature
        """Commas are what it puts there by itself."""
        return self.as_sql(compiler, connection, template="GROUP_CONCAT(%(expressions)s)", **context)

    def as_postgresql(self, compiler: Any, connection: Any, **context: Any) -> Any:  # Any: Django's signature
        """The same."""
        return self.as_sql(compiler, connection, template="STRING_AGG(%(expressions)s, ',')", **context)


class Seconds(Func):
    """Whole seconds from a moment to a later one."""

    arity = 2
    arg_joiner = " ~ "
    output_field = TextField()  # a number all the same: for a field of numbers Django would call Python for each row

    def as_sqlite(self, compiler: Any, connection: Any, **context: Any) -> Any:  # Any: Django's signature
        """By the number of the day: exact to less than a millisecond."""
        template = "CAST(ROUND((julianday(%(expressions)s)) * 86400) AS INTEGER)"
        return self.as_sql(compiler, connection, template=template, arg_joiner=") - julianday(", **context)

    def as_postgresql(self, compiler: Any, connection: Any, **context: Any) -> Any:  # Any: Django's signature
        """The same."""
        template = "(ROUND(EXTRACT(EPOCH FROM %(expressions)s))::integer)"
        return self.as_sql(compiler, connection, template=template, arg_joiner=" - ", **context)


def figures(actor: Actor, days: Days, *, line: str = "", is_rounded: bool = False) -> Counted:
    """Count a period, on one line or on all: exactly for whoever coordinates, rounded for whoever studies."""
    actor.check_desk("coordination", "research")
    if not is_rounded:
        actor.check_desk("coordination")
    counted = _count(days, line)
    return for_outside(counted) if is_rounded else counted


def _count(days: Days, line: str) -> Counted:
    from_, before = day_begins(days.since), day_begins(days.until + timedelta(days=1))
    contacts = _within(Contact.objects.all(), "received_at", from_, before, line)
    recorded = contacts.filter(standing=RECORDED)
    calls = _within(Call.objects.filter(state__in=OVER_STATES), "rang_at", from_, before, line)
    talks = _within(Talk.objects.all(), "began_at", from_, before, "")
    talks = talks.filter(conversation__line=line) if line else talks
    passed, told = _pass_over(recorded), _pass_over_calls(calls)
    hours = {one: _by_hour(counts) for one, counts in _by_line(passed.hours).items()}
    topics, actions, with_topic, with_action = _codes(passed.marks)
    answers = talks.exclude(answered_at=None).annotate(wait=Seconds(F("answered_at"), F("began_at")))
    return Counted(
        days=days,
        contacts=passed.hours.total(),
        waiting=contacts.filter(standing__in=(TO_LOG, TO_CONFIRM)).count(),
        over_time={one: over_time(counts, days) for one, counts in hours.items()},
        in_the_week=by_weekday_and_hour(sum((Counter(one) for one in hours.values()), Counter())),
        lines={one: sum(counts.values()) for one, counts in hours.items()},
        kinds=dict(passed.kinds),
        channels=_by_line(passed.channels),
        languages=dict(passed.languages),
        topics=topics,
        actions=actions,
        with_topic=with_topic,
        with_action=with_action,
        answered=by_hour(told.answered),
        missed=by_hour(told.missed),
        settled=told.settled,
        call_waits=waits_of(told.waits),
        sittings=talks.count(),
        outcomes=dict(_grouped(talks.exclude(ended_at=None), "outcome")),
        answer_waits=waits_of(dict(_grouped(answers, "wait"))),
    )


def _within(rows: QuerySet[Any], at: str, from_: datetime, before: datetime, line: str) -> QuerySet[Any]:  # Any: models
    found = rows.filter(**{f"{at}__gte": from_, f"{at}__lt": before})
    return found.filter(line=line) if line else found


def _grouped(rows: QuerySet[Any], *by: str) -> Iterable[tuple[Any, ...]]:  # Any: columns of every type
    """How many rows have the same values."""
    found: Iterable[tuple[Any, ...]] = rows.order_by().values_list(*by).annotate(n=Count("*"))
    return found


@dataclass
class _Contacts:
    """What is counted of contacts in one pass over them."""

    channels: Counter[str] = field(default_factory=Counter)
    """Line and channel."""
    kinds: Counter[str] = field(default_factory=Counter)
    languages: Counter[str] = field(default_factory=Counter)
    hours: Counter[str] = field(default_factory=Counter)
    """Line and hour."""
    marks: Counter[str | None] = field(default_factory=Counter)
    """What each was about and what was done."""


def _pass_over(contacts: QuerySet[Contact]) -> _Contacts:
    """Read the coded columns of each contact once, some thousands at a time, and add them up column by column.

    To group by several columns in the database would sort all rows for each grouping anew, which takes twice as long.
    """
    own = ContactCode.objects.filter(contact=OuterRef("pk")).order_by()
    marks = Subquery(own.values(all=Together("what", "code")))
    found = _Contacts()
    columns = (Beside("line", "channel"), "kind", "language", Beside("line", Hour(F("received_at"))), marks)
    for channel, kind, language, hour, several in _columns(contacts, *columns):
        found.channels.update(channel)
        found.kinds.update(kind)
        found.languages.update(language)
        found.hours.update(hour)
        found.marks.update(several)
    return found


def _columns(rows: QuerySet[Any], *columns: Any) -> Iterator[tuple[Any, ...]]:  # Any: columns of every type
    """The columns of some thousand rows at a time, as the database gives them: these are texts and numbers only."""
    statement, values = rows.order_by().values_list(*columns).query.get_compiler(rows.db).as_sql()
    with connections[rows.db].chunked_cursor() as cursor:
        cursor.execute(statement, values)
        while some := cursor.fetchmany(AT_ONCE):
            yield tuple(zip(*some, strict=True))


@dataclass
class _Calls:
    """What is counted of calls that are over, in one pass over them."""

    answered: Counter[int] = field(default_factory=Counter)
    missed: Counter[int] = field(default_factory=Counter)
    settled: Counter[str] = field(default_factory=Counter)
    waits: Counter[int] = field(default_factory=Counter)


def _pass_over_calls(calls: QuerySet[Call]) -> _Calls:
    """Answered and missed calls by hour, what was done about missed ones, and how long those answered had waited."""
    found: Counter[tuple[str | int, str, str]] = Counter()
    waits: Counter[int | None] = Counter()
    waited = Seconds(F("answered_at"), F("rang_at"))
    for hour, state, outcome, wait in _columns(calls, Hour(F("rang_at")), "state", "outcome", waited):
        found.update(zip(hour, state, outcome, strict=True))
        waits.update(wait)
    told = _Calls(waits=Counter({wait: n for wait, n in waits.items() if wait is not None}))
    for (hour, state, outcome), count in found.items():
        (told.missed if state == MISSED else told.answered)[_hour_of(hour)] += count
        if state == MISSED:
            told.settled[outcome] += count
    return told


def _by_line(pairs: Mapping[str, int]) -> dict[str, dict[str, int]]:
    """What was counted for each line."""
    found: dict[str, dict[str, int]] = {}
    for pair, count in pairs.items():
        line, _, code = pair.partition("|")
        found.setdefault(line, {})[code] = count
    return found


def _by_hour(counts: Mapping[str, int]) -> dict[int, int]:
    return {_hour_of(hour): n for hour, n in counts.items()}


def _codes(marks: Mapping[str | None, int]) -> tuple[dict[str, int], dict[str, int], int, int]:
    """Contacts by topic and by what was done, and how many have any: of the others nothing is known, not a no."""
    found: Counter[str] = Counter()
    topic, action = f"{TOPIC}:", f"{ACTION}:"
    with_topic = with_action = 0
    for several, count in marks.items():
        if several is None:
            continue
        with_topic += count if topic in several else 0
        with_action += count if action in several else 0
        for one in several.split(","):
            found[one] += count
    both = [{one.removeprefix(what): n for one, n in found.items() if one.startswith(what)} for what in (topic, action)]
    return both[0], both[1], with_topic, with_action
