"""Who is invented, and what do they say? Everything follows from a seed, so that two machines invent the same."""

import random
import tomllib
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from importlib.resources import files
from typing import Any
from uuid import UUID

from astra.cases.entries import NewCase
from astra.hotline.entries import NewContact
from astra.hotline.rules.contacts import CALLER, CONCERNED, Coded, Link
from astra.hotline.sections import Caller, Words
from astra.kernel.clock import LOCAL
from astra.kernel.partial_dates import PartialDate
from astra.people.rules.persons import (
    ContactDetail,
    ContactDetails,
    Identity,
    Name,
    NewPerson,
    SafeRule,
    Safety,
    Stay,
)
from astra.science.script import to_cyrillic

ONE_CLICK = ("silent", "hang_up", "wrong_number", "thanks", "abusive")
SOS, MISSING = "sos_trafficking", "missing_116000"
LINES = (SOS, SOS, SOS, MISSING, "own_line")
CHANNELS = ("voice", "voice", "voice", "voice", "web_chat", "email", "viber")
CALLERS = ("mother", "friend", "citizen", "neighbour", "police", "social_work_centre", "sibling", "school")
OWN_TOPICS = {"job_offer_check": 40, "trafficking_after": 40, "unpaid_wages": 15, "domestic_violence": 5}
OTHERS_TOPICS = {**OWN_TOPICS, "trafficking_suspicion": 40}
"""What one calls about for oneself, and for somebody else; how often, roughly."""


class Inventor:
    """Invents people, contacts and files from one seed, up to one day."""

    def __init__(self, seed: int, today: date) -> None:
        self._random = random.Random(seed)  # noqa: S311  (invented data; nothing here is a secret)
        self._today = today
        text = files("astra.demo").joinpath("data/invented.toml").read_text(encoding="utf-8")
        self._words: dict[str, Any] = tomllib.loads(text)

    def _one(self, name: str) -> str:
        return str(self._random.choice(self._words[name]))

    def chance(self, probability: float) -> bool:
        """Whether something happens that happens this often."""
        return self._random.random() < probability

    def pick(self, some: Sequence[UUID]) -> UUID:
        """One of several records."""
        return some[self._random.randrange(len(some))]

    def person(self) -> NewPerson:
        """Somebody: mostly with a name, sometimes with only a code name, a third in Cyrillic."""
        sex = "female" if self.chance(0.65) else "male"
        given, family = self._one("women" if sex == "female" else "men"), self._one("surnames")
        if self.chance(0.3):
            given, family = to_cyrillic(given), to_cyrillic(family)
        names = (Name(given=given, family=family),) if self.chance(0.9) else ()
        year = self._today.year - self._random.randint(11, 62)
        born = date(year, self._random.randint(1, 12), self._random.randint(1, 28))
        exact = PartialDate(born, born) if self.chance(0.6) else PartialDate(date(year, 1, 1), date(year, 12, 31))
        return NewPerson(
            identity=Identity(
                names=names,
                mother=self._one("women") if self.chance(0.4) else "",
                birth=exact if self.chance(0.85) else None,
                sex=sex,
                citizenships=("RS",) if self.chance(0.85) else ("UA",),
                languages=("sr",),
            ),
            details=ContactDetails((ContactDetail("mobile", self._phone()),)) if self.chance(0.7) else ContactDetails(),
            safety=self._safety() if self.chance(0.35) else Safety(),
            stay=Stay(kind="at_home", place=self._one("places")) if self.chance(0.6) else None,
        )

    def _phone(self) -> str:
        return f"+38160{self._random.randint(1_000_000, 9_999_999)}"

    def _safety(self) -> Safety:
        rules = (
            SafeRule("code_word", self._one("code_words")),
            SafeRule("never_say", self._one("never_say")),
        )
        return Safety(rules)

    def moment(self, days: int) -> datetime:
        """A moment within the last so many days; nights are quieter, and the line is open at night too."""
        day = self._today - timedelta(days=self._random.randint(0, max(0, days - 1)))
        hour = self._random.choice((8, 9, 9, 10, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 0, 2, 4))
        return datetime.combine(day, time(hour, self._random.randint(0, 59)), tzinfo=LOCAL) - timedelta(days=1)

    def contact(self, days: int, persons: Sequence[UUID], counsellors: Sequence[UUID]) -> NewContact:
        """One contact: three in ten carry nothing, a third check a job offer, some come from people we know."""
        at, line = self.moment(days), self._random.choice(LINES)
        taken_by, saved_at = self.pick(counsellors), at + timedelta(minutes=20)
        if self.chance(0.3):
            coded = Coded(line=line, kind=self._random.choice(ONE_CLICK), received_at=at, channel="voice")
            return NewContact(coded=coded, counsellor_id=taken_by, saved_at=saved_at)
        role, links = self._who(persons, is_missing=line == MISSING)
        topic = self._topic(line, role)
        coded = Coded(
            line=line,
            kind="about_self" if role == "self" else "about_someone",
            received_at=at,
            channel=self._random.choice(CHANNELS),
            language="sr",
            caller_role=role,
            topics=(topic,),
            minutes=self._random.randint(2, 40),
        )
        caller = Caller(name=self._one("women"), phone=self._phone()) if self.chance(0.4) else Caller()
        words = Words(said=str(self._random.choice(self._words["said"][topic])), done=self._one("done"))
        return NewContact(
            coded=coded, words=words, caller=caller, links=links, counsellor_id=taken_by, saved_at=saved_at
        )

    def _topic(self, line: str, role: str) -> str:
        if line == MISSING:
            return "missing_runaway"
        topics = OWN_TOPICS if role == "self" else OTHERS_TOPICS
        return self._random.choices(list(topics), weights=list(topics.values()))[0]

    def _who(self, persons: Sequence[UUID], *, is_missing: bool) -> tuple[str, tuple[Link, ...]]:
        """Who speaks, and about whom we know; nobody reports herself missing."""
        if not persons or self.chance(0.55):
            return (self._random.choice(CALLERS) if is_missing or self.chance(0.7) else "self"), ()
        if not is_missing and self.chance(0.6):
            return "self", (Link(self.pick(persons), CALLER),)
        return self._random.choice(CALLERS), (Link(self.pick(persons), CONCERNED),)

    def case(self, days: int, person: UUID, worker: UUID) -> NewCase:
        """One file about one person, led by one worker; two in five are closed."""
        opened_on = self._today - timedelta(days=self._random.randint(1, max(2, days)))
        is_closed = self.chance(0.4)
        told = self._random.choice(self._words["cases"])
        return NewCase(
            ground="consent" if self.chance(0.8) else "not_yet_asked",
            title=told["title"],
            story=told["story"],
            ground_on=opened_on,
            people=((person, "client"),),
            team=(worker,),
            lead=worker,
            opened_on=opened_on,
            closed_on=min(self._today, opened_on + timedelta(days=120)) if is_closed else None,
            state="closed" if is_closed else "active",
            outcome="goals_met" if is_closed else "",
            forms=(told["form"],),
            countries=("RS",),
            risk="raised" if self.chance(0.2) else "",
        )
