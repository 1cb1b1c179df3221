"""Is each class of the hotline really let go of when its time is over, and not a day earlier? The clock is moved."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from uuid import UUID, uuid4

import pytest
from django.db.models import Model

from astra.audit.models import Pending
from astra.demo.pytest_cast import Cast
from astra.hotline import services
from astra.hotline.entries import NewContact
from astra.hotline.models import (
    Call,
    CallEvent,
    Contact,
    Danger,
    Debrief,
    Handover,
    HandoverPoint,
    HardContact,
    Interpreter,
    Interpreting,
    OfferCheck,
    OpeningException,
    QualityReview,
    Shift,
    ShiftSwap,
    Telephone,
)
from astra.hotline.rules import keeping as rules
from astra.hotline.rules import rota
from astra.hotline.rules.contacts import Link
from astra.hotline.rules.interpreters import Facts
from astra.hotline.sections import InterpreterWords
from astra.hotline.services import NewShift, calls, drafts, handover, hearing, keeping
from astra.hotline.tests.calling import answered
from astra.hotline.tests.test_offers import begun
from astra.hotline.tests.test_quality import lately
from astra.kernel.clock import LOCAL, now, today
from astra.people import services as people
from astra.people.rules.persons import Identity, Name
from astra.vault.models import ErasureHandle, ErasureKey, Record
from astra.vocabulary import codes

pytestmark = pytest.mark.django_db(databases=["default", "keystore"])
SOS = "sos_trafficking"
Made = Callable[..., NewContact]


@pytest.fixture
def later(monkeypatch: pytest.MonkeyPatch) -> Callable[[int], int]:
    """Let the clock of the sweeps go so many days ahead, and let the worker do its rounds; returns what was let go."""

    def go(days: int) -> int:
        for module in (keeping, handover, calls, hearing, drafts):
            monkeypatch.setattr(module, "now", lambda: now() + timedelta(days=days))
        services.shred_drafts()
        services.forget_numbers()
        services.tidy_calls()
        services.shred_handovers()
        return services.let_go_in_time()

    return go


def days_of(retention: str) -> int:
    """So many days from now on a class is kept."""
    return (now() - rules.over_before(retention, now())).days + 1


def is_gone(record_id: UUID) -> bool:
    """Nothing is left that could open it: its keys are destroyed."""
    handles = ErasureHandle.objects.filter(record=record_id)
    keys = ErasureKey.objects.filter(pk__in=list(handles.values_list("pk", flat=True)))
    return Record.objects.get(pk=record_id).erased_at is not None and not keys.exists()


def planned(cast: Cast, who: str) -> UUID:
    span = rota.Span(now() - timedelta(hours=1), now() + timedelta(hours=5))
    return services.plan_shifts(
        actor=cast.actor("jelena"), shifts=[NewShift(cast.employed[who].id, rota.ON_LINE, (SOS,), span)]
    )[0]


@pytest.mark.parametrize(
    ("day", "months", "before"),
    [
        (date(2026, 11, 22), 24, date(2024, 11, 22)),
        (date(2026, 3, 31), 1, date(2026, 2, 28)),
        (date(2026, 1, 15), 12, date(2025, 1, 15)),
        (date(2028, 2, 29), 12, date(2027, 2, 28)),
    ],
)
def test_months_are_those_of_the_calendar(day: date, months: int, before: date) -> None:
    assert rules.months_before(day, months) == before


def test_the_months_are_those_of_the_list() -> None:
    at = datetime(2026, 11, 22, 12, tzinfo=LOCAL)
    assert rules.over_before(rules.ROTA, at) == datetime(2024, 11, 22, tzinfo=LOCAL)
    assert all(
        codes(rules.CLASS).fact(one, "months") for one in (rules.CONTACT, rules.PLAIN, rules.DANGER, rules.DEBRIEF)
    )


def test_the_rota(cast: Cast, later: Callable[[int], int]) -> None:
    hers, _ = planned(cast, "mira"), planned(cast, "sanja")
    services.ask_swap(actor=cast.actor("mira"), shift_id=hers, member_id=cast.sanja.id)
    services.set_day_apart(actor=cast.actor("jelena"), line=SOS, day=today(), opens=None, closes=None)
    rows: tuple[type[Model], ...] = (Shift, ShiftSwap, OpeningException)
    assert later(days_of(rules.ROTA) - 3) == 0
    assert all(model._default_manager.exists() for model in rows)
    assert later(days_of(rules.ROTA) + 3) == 3
    assert not any(model._default_manager.exists() for model in rows)
    entry = Pending.objects.filter(verb="hotline.time_over").order_by("pk").first()
    assert entry is not None
    assert entry.actor_id is None


def test_notes_after_the_work(cast: Cast, later: Callable[[int], int]) -> None:
    note = services.write_debrief(actor=cast.actor("mira"), kind="own", words="Hard.", for_coordination="A free day.")
    assert later(days_of(rules.DEBRIEF) - 2) == 0
    assert later(days_of(rules.DEBRIEF) + 1) == 1
    assert is_gone(note)
    assert not Debrief.objects.exists()


def test_what_supervisors_said_of_contacts(cast: Cast, make: Made, later: Callable[[int], int]) -> None:
    services.record_contact(actor=cast.actor("mira"), contact=make())
    (drawn,) = services.draw_sample(actor=cast.actor("jelena"), month=lately(), n=1, seed=1)
    scores = dict.fromkeys(codes("quality_point").offered, "yes")
    services.score_quality(actor=cast.actor("jelena"), quality_id=drawn, scores=scores, words="Well done.")
    assert later(days_of(rules.DEBRIEF) - 2) == 0
    assert later(days_of(rules.DEBRIEF) + 1) == 1
    assert is_gone(drawn)
    assert not QualityReview.objects.exists()
    assert Contact.objects.count() == 1, "the contact itself is kept for longer"


def test_hand_over_points(cast: Cast, later: Callable[[int], int]) -> None:
    mira = cast.actor("mira")
    done, waits = (services.add_point(actor=mira, kind="at_risk", line=SOS, words=f"The one in {n}") for n in (1, 2))
    services.hand_over(actor=mira, lines=[SOS])
    services.finish_point(actor=mira, point_id=done)
    later(days_of(rules.HANDOVER) - 3)
    assert (HandoverPoint.objects.count(), Handover.objects.count()) == (2, 1)
    later(days_of(rules.HANDOVER) + 3)
    assert is_gone(done)
    assert not is_gone(waits)
    assert HandoverPoint.objects.get().pk == waits, "what nobody has seen to is carried on"
    assert not Handover.objects.exists()


def test_interpreters_and_their_calls(cast: Cast, make: Made, later: Callable[[int], int]) -> None:
    jelena = cast.actor("jelena")
    contact = services.record_contact(actor=jelena, contact=make())
    facts = Facts(("ar",), "female", is_sworn=True, signed_on=date(2026, 1, 12))
    her = services.add_interpreter(actor=jelena, facts=facts, words=InterpreterWords("Samira", "064"))
    services.choose_interpreter(
        actor=jelena, interpreter_id=her, language="ar", conflict="accepted", contact_id=contact
    )
    services.mark_hard(actor=jelena, contact_id=contact)
    assert later(days_of(rules.PLAIN) - 2) == 0
    assert later(days_of(rules.PLAIN) + 1) == 2
    assert not Interpreting.objects.exists()
    assert not HardContact.objects.exists()
    assert Interpreter.objects.get().used_on == today()
    assert later(days_of(rules.ORGANISATION) - 2) == 0
    assert later(days_of(rules.ORGANISATION) + 1) == 1
    assert is_gone(her)
    assert not Interpreter.objects.exists()


def test_calls_and_telephones(cast: Cast, later: Callable[[int], int]) -> None:
    services.sit_at(actor=cast.actor("mira"), extension="21")
    ringing, call = answered()
    ringing.say("ended", after_s=60)
    number = Call.objects.get().number_id
    assert number is not None
    assert later(13) == 0
    assert CallEvent.objects.exists()
    later(16)
    assert is_gone(number)
    assert not CallEvent.objects.exists()
    assert later(days_of(rules.VISIT) + 1) == 1
    assert not Telephone.objects.exists()
    assert later(days_of(rules.PLAIN) - 2) == 0
    assert Call.objects.get().pk == call
    assert later(days_of(rules.PLAIN) + 1) == 1
    assert not Call.objects.exists()
    assert Contact.objects.count() == 1


def test_danger(cast: Cast, make: Made, later: Callable[[int], int]) -> None:
    mira = cast.actor("mira")
    contact = services.record_contact(actor=mira, contact=make())
    danger = services.open_danger(actor=mira, situation="suicidal", line=SOS, place="By the river", contact_id=contact)
    assert later(days_of(rules.DANGER) - 2) == 0
    assert later(days_of(rules.DANGER) + 1) == 1
    assert is_gone(danger)
    assert not Danger.objects.exists()
    assert not is_gone(contact)


def test_checks_of_offers(cast: Cast, later: Callable[[int], int]) -> None:
    check = begun(cast)
    assert later(days_of(rules.CONTACT) - 2) == 0
    assert later(days_of(rules.CONTACT) + 1) == 1
    assert is_gone(check)
    assert not OfferCheck.objects.exists()


@pytest.mark.parametrize("how", ["again", "same person", "case", "held"])
def test_what_is_still_needed_stays(cast: Cast, make: Made, later: Callable[[int], int], how: str) -> None:
    """She called again meanwhile; a case has it; the court wants it kept."""
    mira = cast.actor("mira")
    person = (
        Link(people.register_person(actor=mira, identity=Identity(names=(Name("Zvezdana"),))), "concerned")
        if how == "same person"
        else None
    )
    links = (person,) if person else ()
    contact = services.record_contact(actor=mira, contact=make(links=links))
    danger = services.open_danger(actor=mira, situation="suicidal", line=SOS, place="By the river", contact_id=contact)
    if how in ("again", "same person"):
        again = make(links=links, repeat_of=contact if how == "again" else None, key=uuid4())
        newer = services.record_contact(actor=mira, contact=again)
        Contact.objects.filter(pk=newer).update(received_at=now() + timedelta(days=300))
    elif how == "case":
        Contact.objects.filter(pk=contact).update(joined_at=now())
    else:
        Record.objects.filter(pk=danger).update(is_held=True)
    assert later(days_of(rules.DANGER) + 1) == 0
    assert not is_gone(danger)
    if how in ("again", "same person"):
        assert later(days_of(rules.DANGER) + 302) == 1
