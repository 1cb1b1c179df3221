"""How long do the figures of the hotline take where there were two hundred thousand contacts in the period?

Coded rows only, as the database holds them after a busy year: contacts with topics and actions, calls with their waits,
sittings in writing. Nothing is sealed here, since nothing sealed is counted.
`make bench-figures`, with DATABASE=postgres too.
"""
# ruff: noqa: I001  (home comes first: it sets Django up before a room is imported)

from bench.home import SIZE, cpu_milliseconds, machine, say

import os
import random
import statistics
import time
from datetime import UTC, date, datetime, timedelta
from functools import partial
from typing import Any

from django.db import connection, models

from astra import vocabulary
from astra.hotline.models import ACTION, TOPIC, Call, Contact, ContactCode, Conversation, Talk
from astra.hotline.rules.contacts import CHANNEL, KIND, LANGUAGE, LINE
from astra.hotline.rules.figures import Days
from astra.hotline.selectors.figures import _count
from astra.hotline.views.figures_shown import as_csv, figures
from astra.kernel.ids import new_id
from astra.vault.models import Record

CONTACTS = 200_000 // SIZE
YEAR = Days(date(2025, 1, 1), date(2025, 12, 31))
PROMISED_S = 1.0
AT_ONCE = 5_000
ROUNDS = 7


def main() -> None:
    """Fill, and measure."""
    print(machine(), connection.vendor, flush=True)
    began = time.perf_counter()
    fill()
    say(f"{CONTACTS} contacts of one year, filled in", time.perf_counter() - began, "s")
    for line in ("", "sos_trafficking"):
        on = line or "all lines"
        waits = sorted(_lasted(line) for _ in range(ROUNDS))
        say(f"counting {on}, median of {ROUNDS}", statistics.median(waits), "s", PROMISED_S)
        say(f"counting {on}, longest", waits[-1], "s")
        say(
            f"counting {on}, processor time of this process",
            cpu_milliseconds(partial(_count, YEAR, line), 3),
            "ms",
        )
    counted = _count(YEAR, "")
    assert counted.contacts == CONTACTS, counted.contacts
    say("pictures and tables of it, processor time", cpu_milliseconds(lambda: figures(counted), 3), "ms")
    say("the file, processor time", cpu_milliseconds(lambda: as_csv(counted, ""), 3), "ms")


def _lasted(line: str) -> float:
    began = time.perf_counter()
    _count(YEAR, line)
    return time.perf_counter() - began


def fill() -> None:
    """A busy year: four in five contacts with a topic, half of them calls, one in ten a sitting in writing."""
    chance = random.Random(7)  # noqa: S311  (invented data)
    codes = {name: list(vocabulary.codes(name).offered) for name in (LINE, KIND, CHANNEL, LANGUAGE, "contact_topic")}
    actions = list(vocabulary.codes("contact_action").offered)
    moments = sorted(chance.uniform(0, 364 * 86_400) for _ in range(CONTACTS))  # as in life: one after the other
    for start in range(0, CONTACTS, AT_ONCE):
        rows = [_contact(chance, codes, after_s) for after_s in moments[start : start + AT_ONCE]]
        _write(Record, [Record(id=row.pk, kind="contact") for row in rows])
        _write(Contact, rows)
        marks = [
            ContactCode(contact=row, what=TOPIC, code=code)
            for row in rows
            for code in _some(chance, codes["contact_topic"])
        ]
        marks += [ContactCode(contact=row, what=ACTION, code=code) for row in rows for code in _some(chance, actions)]
        _write(ContactCode, marks)
        calls = [_call(chance, row) for row in rows[::2]]
        _write(Record, [Record(id=call.pk, kind="call") for call in calls])
        _write(Call, calls)
        _write_talks(chance, rows[::10])
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def _write(model: type[models.Model], rows: list[Any]) -> None:  # Any: rows of any model
    model._default_manager.bulk_create(rows, batch_size=1000)


def _contact(chance: random.Random, codes: dict[str, list[str]], after_s: float) -> Contact:
    at = datetime(2025, 1, 1, tzinfo=UTC) + timedelta(seconds=after_s)
    names = {"line": LINE, "kind": KIND, "channel": CHANNEL, "language": LANGUAGE}
    picked = {field: _one(chance, codes[name]) for field, name in names.items()}
    return Contact(record_id=new_id(), received_at=at, saved_at=at, source="typed", minutes=5, **picked)


def _one(chance: random.Random, codes: list[str]) -> str:
    """A few codes are frequent and many are rare, as in life."""
    return chance.choices(codes, [1 / (place + 1) for place in range(len(codes))])[0]


def _some(chance: random.Random, codes: list[str]) -> list[str]:
    return sorted({_one(chance, codes) for _ in range(chance.choice((0, 1, 1, 2, 3)))})


def _call(chance: random.Random, contact: Contact) -> Call:
    is_missed = chance.random() < 0.15
    waited = timedelta(seconds=chance.expovariate(1 / 25))
    return Call(
        record_id=new_id(),
        contact=contact,
        provider="bench",
        digest=os.urandom(16),
        line=contact.line,
        state="missed" if is_missed else "ended",
        outcome=chance.choice(("", "called_back")) if is_missed else "",
        rang_at=contact.received_at,
        answered_at=None if is_missed else contact.received_at + waited,
        ended_at=contact.received_at + waited + timedelta(minutes=4),
    )


def _write_talks(chance: random.Random, contacts: list[Contact]) -> None:
    conversations = [
        Conversation(record_id=new_id(), line=one.line, channel="web_chat", language="sr", began_at=one.received_at)
        for one in contacts
    ]
    talks = [
        Talk(
            record_id=new_id(),
            conversation=conversation,
            number=1,
            began_at=conversation.began_at,
            answered_at=conversation.began_at + timedelta(seconds=chance.expovariate(1 / 90)),
            ended_at=conversation.began_at + timedelta(minutes=20),
            outcome=chance.choice(("helped", "referred", "fell_silent", "")),
        )
        for conversation in conversations
    ]
    _write(Record, [Record(id=one.pk, kind="conversation") for one in conversations])
    _write(Record, [Record(id=one.pk, kind="talk") for one in talks])
    _write(Conversation, conversations)
    _write(Talk, talks)


if __name__ == "__main__":
    main()
