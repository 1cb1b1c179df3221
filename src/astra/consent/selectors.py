"""What does the ledger say of a person, and what has somebody to ask, renew, review or decide?"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from astra.consent.models import Consent, GivenUnder, Override
from astra.consent.rules import ledger, overrides
from astra.consent.rules.ledger import Entry, GuardianRight, Question, Subject, Verdict
from astra.consent.sections import DETAILS, WHY_WITHOUT, Details, WhyWithout
from astra.kernel.clock import LOCAL, now, today
from astra.kernel.dues import Due
from astra.kernel.errors import AstraError, NotFound
from astra.kernel.words import msg
from astra.people import selectors as people
from astra.vault import selectors as vault
from astra.vault.actor import Actor
from astra.vault.prepared import Prepared, PreparedRows

ASK = msg("Ask for consent")
REVIEW = msg("Review a consent taken over from earlier records")
RENEW = msg("A consent or another ground runs out")
RECALL = msg("Consent has ended; what was shared on it is still open to others")
LOOK_AGAIN = msg("Look again at something done without consent")
DECIDE = msg("A colleague asks for an override")
MOST = 300


class NoConsent(AstraError):
    """The ledger does not allow this; the message says why."""


# --- may it be shared? -----------------------------------------------------------------------------------------------


def verdict(actor: Actor, person_id: UUID, question: Question) -> Verdict:
    """What the ledger answers; an agreed override is named as such."""
    vault.check_reach(actor, person_id)
    entries = [_entry(row) for row in _lines(person_id)]
    found = ledger.decide(entries, question, subject_of(actor, person_id, question.day))
    if found.is_allowed:
        return found
    override = _living_override(person_id, question)
    return Verdict(True, "override", override.reason, (override.pk,)) if override else found


def has_consent(actor: Actor, person_id: UUID, question: Question) -> bool:
    """Whether this may be shared."""
    return verdict(actor, person_id, question).is_allowed


def check_consent(actor: Actor, person_id: UUID, question: Question) -> Verdict:
    """Return the verdict, or raise `NoConsent` with the reason; whoever shares asks this first."""
    found = verdict(actor, person_id, question)
    if not found.is_allowed:
        raise NoConsent(found.words)
    return found


TOLD = ("assistance", "own_team", "identity")
"""For what, to whom and what is told when a colleague who cannot open her file learns who has it."""


def may_be_told(person_ids: Collection[UUID]) -> set[UUID]:
    """Of whom a colleague may be told who has her file; only yes or no leaves, so nobody has to reach her.

    Her age and her guardians are those that stand in clear; where her possible ages give two answers, it is no.
    """
    day = today()
    coded, files = people.coded_among(person_ids, day), people.files_among(person_ids)
    everywhere = {person: {person, its.kept, *its.joined} for person, its in files.items()}
    entries: dict[UUID, list[Entry]] = defaultdict(list)
    for row in _LINES(persons=set().union(*everywhere.values())):
        entries[row.person_id].append(_entry(row))
    question = Question(*TOLD, day)
    found = set()
    for person, known in coded.items():
        hers = [entry for file in everywhere.get(person, ()) for entry in entries[file]]
        rights = tuple(GuardianRight(*right) for right in known.rights)
        possible = {None} if known.age is None else {known.age.least, known.age.most}
        if all(ledger.decide(hers, question, Subject(age, rights)).ground == ledger.CONSENT for age in possible):
            found.add(person)
    return found


def subject_of(actor: Actor, person_id: UUID, day: date) -> Subject:
    """The person as the rules ask about her."""
    age = people.ages_of(actor, person_id, day)
    lines = people.guardians(actor, person_id, day)
    rights = [
        GuardianRight(line.person_id or line.organisation_id or line.id, line.from_on, line.until_on) for line in lines
    ]
    return Subject(None if age is None else age.least, tuple(rights))


_LINES = PreparedRows(
    Consent,
    lambda persons: Consent.objects.filter(person__in=persons, record__erased_at=None).order_by("-given_on", "-record"),
)
_STILL_OPEN = Prepared(
    lambda consents: GivenUnder.objects.filter(consent__in=consents, recalled_at=None).values_list("consent")
)


def _lines(person_id: UUID) -> list[Consent]:
    """The living lines of a person and of the files that were joined to hers."""
    return _LINES(persons=[person_id, *people.duplicates_of(person_id)])


def _entry(row: Consent) -> Entry:
    return Entry(
        id=row.pk,
        purpose=row.purpose,
        recipient=row.recipient,
        section=row.section,
        answer=row.answer,
        given_on=row.given_on,
        ground=row.ground,
        giver=row.giver,
        giver_id=row.giver_person_id,
        organisation_id=row.organisation_id,
        child_view=row.child_view,
        until_on=row.until_on,
        withdrawn_on=row.withdrawn_on,
        ask_by=row.ask_by,
    )


def _living_override(person_id: UUID, question: Question) -> Override | None:
    everywhere = [person_id, *people.duplicates_of(person_id)]
    rows = Override.objects.filter(
        person__in=everywhere, purpose=question.purpose, recipient=question.recipient, record__erased_at=None
    ).filter(Q(organisation=None) | Q(organisation=question.organisation_id))
    for row in rows:
        sections = row.sections.split()
        covers = question.section in sections or ledger.EVERYTHING in sections
        if covers and overrides.holds(row.state, row.valid_until, now()):
            return row
    return None


# --- the ledger as a page shows it -----------------------------------------------------------------------------------


@dataclass(frozen=True)
class LedgerLine:
    """One line with the words that the actor may open."""

    row: Consent
    state: str
    """given, refused, not_asked, to_review, answered, withdrawn or expired: as it is on the day."""
    details: Details | None
    open_grants: int


def lines(actor: Actor, person_id: UUID, day: date | None = None) -> list[LedgerLine]:
    """Everything the ledger says of a person, newest first."""
    vault.check_reach(actor, person_id)
    rows = _lines(person_id)
    opened = vault.open_sections(actor, [row.pk for row in rows], DETAILS)
    counts: dict[UUID, int] = {}
    for (consent_id,) in _STILL_OPEN(consents=[row.pk for row in rows]):
        counts[consent_id] = counts.get(consent_id, 0) + 1
    return [
        LedgerLine(
            row, _shown_state(row, day or today()), opened[row.pk].content if row.pk in opened else None,
            counts.get(row.pk, 0),
        )
        for row in rows
    ]  # fmt: skip


def own_lines(person_id: UUID, day: date | None = None) -> list[LedgerLine]:
    """The ledger as the person herself may see it: coded facts and dates; whoever asks holds her own key."""
    rows = _lines(person_id)
    return [LedgerLine(row, _shown_state(row, day or today()), None, 0) for row in rows]


def states_among(person_ids: Collection[UUID]) -> dict[UUID, Counter[str]]:
    """How many lines of the ledger stand as given, refused, not asked, withdrawn ... today; whoever asks has looked.

    Coded facts only: nothing is opened for it.
    """
    files = {one: {its.kept, *its.joined} for one, its in people.files_among(person_ids).items()}
    found: dict[UUID, Counter[str]] = defaultdict(Counter)
    for row in _LINES(persons={file for every in files.values() for file in every}):
        for one, every in files.items():
            if row.person_id in every:
                found[one][_shown_state(row, today())] += 1
    return found


def _shown_state(row: Consent, day: date) -> str:
    entry = _entry(row)
    if ledger.is_answered(entry):
        return ledger.ANSWERED
    if entry.is_withdrawn(day):
        return "withdrawn"
    return "expired" if entry.has_expired(day) else row.answer


def living_consent(actor: Actor, consent_id: UUID) -> Consent:
    """The row of a consent whose person the actor may know of, or `NotFound`."""
    row = Consent.objects.filter(pk=consent_id, record__erased_at=None).first()
    if row is None:
        raise NotFound
    vault.check_reach(actor, row.person_id)
    return row


def living_override(actor: Actor, override_id: UUID) -> Override:
    """The row of an override whose person the actor may know of, or `NotFound`."""
    row = Override.objects.filter(pk=override_id, record__erased_at=None).first()
    if row is None:
        raise NotFound
    vault.check_reach(actor, row.person_id)
    return row


@dataclass(frozen=True)
class OverrideLine:
    """Something done without consent, with its reason as far as the actor may open it."""

    row: Override
    why: WhyWithout | None
    may_decide: bool
    may_review: bool


def override_lines(actor: Actor, rows: Iterable[Override]) -> list[OverrideLine]:
    """Overrides as a page shows them."""
    found = list(rows)
    opened = vault.open_sections(actor, [row.pk for row in found], WHY_WITHOUT)
    return [
        OverrideLine(
            row,
            opened[row.pk].content if row.pk in opened else None,
            may_decide=row.state == overrides.ASKED and row.asked_by != actor.id,
            may_review=row.state == overrides.AGREED and row.asked_by != actor.id,
        )
        for row in found
    ]


def overrides_of(actor: Actor, person_id: UUID) -> list[OverrideLine]:
    """What was done or asked for without consent, newest first."""
    vault.check_reach(actor, person_id)
    rows = Override.objects.filter(person=person_id, record__erased_at=None)
    return override_lines(actor, rows.order_by("-asked_at"))


def open_overrides(actor: Actor) -> list[OverrideLine]:
    """Overrides that wait for a decision or a review, of people whom the actor may know of."""
    waiting = Override.objects.filter(state__in=(overrides.ASKED, overrides.AGREED), record__erased_at=None)
    known = waiting.filter(vault.within("person", **vault.reach_of(actor, kind="person")))
    return override_lines(actor, list(known.order_by("asked_at")[:MOST]))


# --- deadlines -------------------------------------------------------------------------------------------------------


def due(actor: Actor, day: date) -> list[Due]:
    """What has to be asked, renewed, recalled, decided or looked at again by this day."""
    hers = vault.Walk(actor, kind="person", column=1, most=MOST)
    return sorted([*_consents_due(day, hers), *_recalls_due(day, hers), *_overrides_due(actor, day, hers)])


def taken_back(actor: Actor, day: date, *, besides: str) -> list[tuple[UUID, UUID, date]]:
    """Consents that were given and taken back, with the person and the day; not those to one recipient."""
    hers = vault.Walk(actor, kind="person", column=1, most=MOST)
    return [(pk, person, on) for pk, person, on in hers.first(_TAKEN_BACK, day=day, besides=besides)]


def persons_behind(record_ids: Iterable[UUID]) -> dict[UUID, UUID]:
    """Whose consents and overrides these records are."""
    ids = list(record_ids)
    found = dict(Consent.objects.filter(pk__in=ids).values_list("pk", "person"))
    return found | dict(Override.objects.filter(pk__in=ids).values_list("pk", "person"))


def _living(**hers: Any) -> QuerySet[Consent]:  # Any: the values of `vault.within`
    living = Consent.objects.filter(record__erased_at=None)
    return living.filter(vault.within("person", **hers)) if hers else living


def _exceptions(asked_by: UUID | None = None, **hers: Any) -> QuerySet[Override]:  # Any: the values of `vault.within`
    living = Override.objects.filter(record__erased_at=None)
    found = living.filter(vault.within("person", **hers)) if hers else living
    return found.exclude(asked_by=asked_by) if asked_by is not None else found


_TO_ASK = Prepared(
    lambda day, **hers: (
        _living(**hers)
        .filter(withdrawn_on=None, answer=ledger.NOT_ASKED, ask_by__lte=day)
        .order_by("ask_by")
        .values_list("pk", "person", "ask_by")[:MOST]
    )
)
_TO_REVIEW = Prepared(
    lambda day, **hers: (
        _living(**hers)
        .filter(Q(ask_by__lte=day) | Q(ask_by=None), withdrawn_on=None, answer=ledger.TO_REVIEW)
        .order_by("ask_by")
        .values_list("pk", "person", "ask_by", "given_on")[:MOST]
    )
)
_TO_RENEW = Prepared(
    lambda day, horizon, **hers: (
        _living(**hers)
        .filter(withdrawn_on=None, answer=ledger.GIVEN, until_on__lte=horizon, until_on__gte=day)
        .order_by("until_on")
        .values_list("pk", "person", "until_on")[:MOST]
    )
)
_TO_RECALL = Prepared(
    lambda day, **hers: (
        _living(**hers)
        .filter(Q(withdrawn_on__lte=day) | Q(until_on__lt=day))
        .filter(Exists(GivenUnder.objects.filter(consent=OuterRef("pk"), recalled_at=None)))
        .values_list("pk", "person", "withdrawn_on", "until_on")[:MOST]
    )
)
_TAKEN_BACK = Prepared(
    lambda day, besides, **hers: (
        _living(**hers)
        .filter(withdrawn_on__lte=day, answer=ledger.GIVEN)
        .exclude(recipient=besides)
        .order_by("-withdrawn_on")
        .values_list("pk", "person", "withdrawn_on")[:MOST]
    )
)
_TO_DECIDE = Prepared(
    lambda **values: _exceptions(**values).filter(state=overrides.ASKED).values_list("pk", "person", "asked_at")[:MOST]
)
_TO_LOOK_AGAIN = Prepared(
    lambda end, **values: (
        _exceptions(**values)
        .filter(state=overrides.AGREED, review_due_at__lt=end)
        .order_by("review_due_at")
        .values_list("pk", "person", "review_due_at", "asked_at")[:MOST]
    )
)


def _consents_due(day: date, hers: vault.Walk) -> list[Due]:
    to_ask, to_review = hers.first(_TO_ASK, day=day), hers.first(_TO_REVIEW, day=day)
    to_renew = hers.first(_TO_RENEW, day=day, horizon=day + ledger.RENEW_AHEAD)
    return [
        *(Due(by, "consent.ask", pk, ASK) for pk, _, by in to_ask),
        *(Due(by or given_on, "consent.review", pk, REVIEW) for pk, _, by, given_on in to_review),
        *(Due(until, "consent.renew", pk, RENEW) for pk, _, until in to_renew),
    ]


def _recalls_due(day: date, hers: vault.Walk) -> list[Due]:
    found = hers.first(_TO_RECALL, day=day)
    return [Due(taken or until or day, "consent.recall", pk, RECALL) for pk, _, taken, until in found]


def _overrides_due(actor: Actor, day: date, hers: vault.Walk) -> list[Due]:
    others = {"asked_by": actor.id} if actor.id is not None else {}
    end = datetime.combine(day + timedelta(days=1), time.min, tzinfo=LOCAL)
    to_decide = hers.first(_TO_DECIDE, **others)
    to_look_again = hers.first(_TO_LOOK_AGAIN, end=end, **others)
    return [
        *(Due(_day(at), "consent.override", pk, DECIDE) for pk, _, at in to_decide),
        *(Due(_day(by or at), "consent.look_again", pk, LOOK_AGAIN) for pk, _, by, at in to_look_again),
    ]


def _day(at: datetime) -> date:
    return at.astimezone(LOCAL).date()
