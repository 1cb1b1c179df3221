"""How many contacts, calls and sittings were there, by their codes? Counted in the database; no key is opened.

What is counted where: contacts that stand as recorded, by the moment at which they came in; withdrawn ones, drafts, and
what still waits to be logged or vouched for are left out, the last two are told. Calls, by the moment at which they
rang, as the exchange tells of them. Sittings of written conversations, by the moment at which they began.
"""

from collections import Counter
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, Exists, F, Func, IntegerField, OuterRef, QuerySet

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
    summed,
    waits_of,
)
from astra.hotline.rules.lifecycles import RECORDED, TO_CONFIRM, TO_LOG
from astra.vault.actor import Actor


class Hour(Func):
    """The hour of a moment, counted from 1970 on: the clock on the wall is read from it afterwards, in Python.

    To ask the database for the hour on the wall would on SQLite call Python back for each row.
    """

    output_field = IntegerField()

    def as_sqlite(self, compiler: Any, connection: Any, **context: Any) -> Any:  # Any: Django's signature
        """The moments stand there as text in UTC."""
        return self.as_sql(compiler, connection, template="(strftime('%%%%s', %(expressions)s) / 3600)", **context)

    def as_postgresql(self, compiler: Any, connection: Any, **context: Any) -> Any:  # Any: Django's signature
        """The same."""
        template = "(FLOOR(EXTRACT(EPOCH FROM %(expressions)s) / 3600)::integer)"
        return self.as_sql(compiler, connection, template=template, **context)


class Seconds(Func):
    """Whole seconds from a moment to a later one."""

    arity = 2
    arg_joiner = " ~ "
    output_field = IntegerField()

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
    hours = _by_line(_grouped(recorded.annotate(hour=Hour(F("received_at"))), "line", "hour"))
    facts = list(_grouped(recorded, "line", "kind", "channel", "language"))
    codes = _codes(from_, before, line)
    answered, missed, settled = _calls(calls)
    waits = calls.exclude(answered_at=None).annotate(wait=Seconds(F("answered_at"), F("rang_at")))
    answers = talks.exclude(answered_at=None).annotate(wait=Seconds(F("answered_at"), F("began_at")))
    return Counted(
        days=days,
        contacts=sum(n for *_codes_of_it, n in facts),
        waiting=contacts.filter(standing__in=(TO_LOG, TO_CONFIRM)).count(),
        over_time={one: over_time(counts, days) for one, counts in hours.items()},
        in_the_week=by_weekday_and_hour(sum((Counter(one) for one in hours.values()), Counter())),
        lines=summed((one, n) for one, _, _, _, n in facts),
        kinds=summed((kind, n) for _, kind, _, _, n in facts),
        channels={one: summed((channel, n) for at, _, channel, _, n in facts if at == one) for one in hours},
        languages=summed((language, n) for _, _, _, language, n in facts),
        topics={code: n for what, code, n in codes if what == TOPIC},
        actions={code: n for what, code, n in codes if what == ACTION},
        with_topic=_marked(recorded, TOPIC),
        with_action=_marked(recorded, ACTION),
        answered=by_hour(answered),
        missed=by_hour(missed),
        settled=settled,
        call_waits=waits_of(dict(_grouped(waits, "wait"))),
        sittings=talks.count(),
        outcomes=dict(_grouped(talks.exclude(ended_at=None), "outcome")),
        answer_waits=waits_of(dict(_grouped(answers, "wait"))),
    )


def _within(rows: QuerySet[Any], at: str, from_: datetime, before: datetime, line: str) -> QuerySet[Any]:  # Any: models
    found = rows.filter(**{f"{at}__gte": from_, f"{at}__lt": before})
    return found.filter(line=line) if line else found


def _grouped(rows: QuerySet[Any], *by: str) -> Iterable[tuple[Any, ...]]:  # Any: columns of every type
    """How many rows have the same values."""
    found: Iterable[tuple[Any, ...]] = rows.order_by().values_list(*by).annotate(n=Count("pk"))
    return found


def _by_line(rows: Iterable[tuple[str, int, int]]) -> dict[str, dict[int, int]]:
    found: dict[str, dict[int, int]] = {}
    for line, hour, count in rows:
        found.setdefault(line, {})[hour] = count
    return found


def _codes(from_: datetime, before: datetime, line: str) -> list[tuple[str, str, int]]:
    """Contacts by topic and by what was done; one contact may have several of each."""
    given = {"contact__standing": RECORDED, "contact__received_at__gte": from_, "contact__received_at__lt": before}
    rows = ContactCode.objects.filter(**given)
    return list(_grouped(rows.filter(contact__line=line) if line else rows, "what", "code"))


def _marked(contacts: QuerySet[Contact], what: str) -> int:
    """How many contacts have any code of this sort: of the others nothing is known, which is not a no."""
    return contacts.filter(Exists(ContactCode.objects.filter(contact=OuterRef("pk"), what=what))).count()


def _calls(calls: QuerySet[Any]) -> tuple[dict[int, int], dict[int, int], dict[str, int]]:  # Any: a model
    """Calls that are over, answered and missed, by hour; and what was done about missed ones."""
    answered: dict[int, int] = {}
    missed: dict[int, int] = {}
    settled: dict[str, int] = {}
    for hour, state, outcome, count in _grouped(calls.annotate(hour=Hour(F("rang_at"))), "hour", "state", "outcome"):
        into = missed if state == MISSED else answered
        into[hour] = into.get(hour, 0) + count
        if state == MISSED:
            settled[outcome] = settled.get(outcome, 0) + count
    return answered, missed, settled
