"""Is no interpreter booked twice for an hour, is nothing half-saved, and who learns for whom she comes?"""

import itertools
from datetime import datetime, timedelta
from functools import partial
from uuid import UUID

import pytest
from django.urls import reverse
from django.utils.timezone import localtime
from hypothesis import given
from hypothesis import strategies as st

from astra.assistance import selectors, services
from astra.assistance.models import BookedQuarter, Booking
from astra.assistance.rules import bookings as rules
from astra.assistance.tests.at_once import DONE, at_once
from astra.cases.tests.making import make_case, make_person
from astra.demo.pytest_cast import Cast
from astra.hotline import services as hotline
from astra.hotline.models import Interpreter
from astra.hotline.rules.interpreters import Facts
from astra.hotline.sections import InterpreterWords
from astra.kernel.clock import LOCAL, now, today
from astra.kernel.errors import Invalid, NotAllowedNow, NotFound
from astra.vault.models import Record
from astra.vault.services.erasure import erase_owner

databases = pytest.mark.django_db(databases=["default", "keystore"])
HOUR = timedelta(hours=1)
NOON = datetime(2026, 3, 2, 12, 0, tzinfo=LOCAL)


@given(st.integers(0, 600), st.integers(1, 300))
def test_every_minute_lies_in_one_of_the_quarters(start: int, length: int) -> None:
    begins = NOON + timedelta(minutes=start)
    ends = begins + timedelta(minutes=length)
    quarters = list(rules.quarters_between(begins, ends))
    assert quarters[0] <= begins < quarters[0] + rules.QUARTER
    assert quarters[-1] < ends <= quarters[-1] + rules.QUARTER
    assert all(after - before == rules.QUARTER for before, after in itertools.pairwise(quarters))
    assert all(at.minute % 15 == 0 for at in quarters)


@pytest.mark.parametrize(
    ("begins", "ends", "field", "why"),
    [
        (NOON, NOON, "ends", rules.ENDS_BEFORE),
        (NOON, NOON - HOUR, "ends", rules.ENDS_BEFORE),
        (NOON, NOON + 13 * HOUR, "ends", rules.TOO_LONG),
        (NOON - 30 * HOUR, NOON - 29 * HOUR, "begins", rules.IS_OVER),
        (NOON + 9000 * HOUR, NOON + 9001 * HOUR, "begins", rules.TOO_FAR),
    ],
)
def test_times_that_cannot_be(begins: datetime, ends: datetime, field: str, why: str) -> None:
    with pytest.raises(Invalid) as told:
        rules.check_time(begins, ends, NOON - HOUR)
    assert [(one.field, one.message) for one in told.value.problems] == [(field, why)]


def on_the_register(cast: Cast, name: str = "Leila", **facts: object) -> UUID:
    coded = Facts(**({"languages": ("ar", "fa"), "signed_on": today()} | facts))  # type: ignore[arg-type]  # of a test
    return hotline.add_interpreter(
        actor=cast.actor("jelena"), facts=coded, words=InterpreterWords(name, "+381640000001")
    )


def tomorrow(hour: int) -> datetime:
    return localtime(now() + timedelta(days=1)).replace(hour=hour, minute=0, second=0, microsecond=0)


def book(cast: Cast, case: UUID, who: UUID | None, begins: int = 10, ends: int = 12, **more: object) -> UUID:
    given: dict[str, object] = {"language": "ar", "conflict": "none_found", "purpose": "hearing", **more}
    return services.book_interpreter(
        actor=cast.actor("vesna"),
        case_id=case,
        interpreter_id=who,
        begins=tomorrow(begins),
        ends=tomorrow(ends),
        **given,  # type: ignore[arg-type]  # of a test
    )


@databases
@pytest.mark.parametrize(("begins", "ends"), [(10, 12), (9, 11), (11, 13), (9, 13), (10, 11)])
def test_a_second_booking_of_the_same_hour_is_refused_whole(cast: Cast, begins: int, ends: int) -> None:
    case, who = make_case(cast.actor("vesna")), on_the_register(cast)
    book(cast, case, who)
    counted = Record.objects.count()
    with pytest.raises(Invalid) as told:
        book(cast, make_case(cast.actor("vesna")), who, begins, ends)
    (problem,) = told.value.problems
    assert (problem.field, problem.parts) == ("begins", {"begins": "10:00", "ends": "12:00"})
    assert (Booking.objects.count(), BookedQuarter.objects.count()) == (1, 8)
    assert Record.objects.filter(kind="interpreter_booking").count() == 1
    assert Record.objects.count() >= counted


@databases
def test_before_after_and_another_interpreter_are_free(cast: Cast) -> None:
    case, leila, omar = make_case(cast.actor("vesna")), on_the_register(cast), on_the_register(cast, "Omar")
    book(cast, case, leila)
    book(cast, case, leila, 8, 10)
    book(cast, case, leila, 12, 13)
    book(cast, case, omar)
    assert Booking.objects.count() == 4


@databases
def test_what_is_called_off_is_free_again_and_called_off_once(cast: Cast) -> None:
    vesna, case, who = cast.actor("vesna"), make_case(cast.actor("vesna")), on_the_register(cast)
    booking = book(cast, case, who)
    services.call_off_interpreter(actor=vesna, booking_id=booking)
    book(cast, case, who)
    with pytest.raises(NotAllowedNow):
        services.call_off_interpreter(actor=vesna, booking_id=booking)
    assert [line.state for line in selectors.bookings_of(vesna, case)] in (
        ["booked", "called_off"],
        ["called_off", "booked"],
    )


@databases
def test_what_is_asked_on_the_line_is_asked_here(cast: Cast) -> None:
    case, who = make_case(cast.actor("vesna")), on_the_register(cast)
    unsigned = on_the_register(cast, "Bez potpisa", signed_on=None)
    with pytest.raises(NotAllowedNow):
        book(cast, case, unsigned)
    for field, code in (("language", "ur"), ("conflict", "refused")):
        with pytest.raises(NotAllowedNow):
            book(cast, case, who, **{field: code})  # type: ignore[arg-type]  # of a test
    with pytest.raises(Invalid):
        book(cast, case, None)
    with pytest.raises(Invalid):
        book(cast, case, who, purpose="party")
    assert Booking.objects.count() == 0
    assert Interpreter.objects.get(pk=who).used_on is None
    book(cast, case, who)
    assert Interpreter.objects.get(pk=who).used_on == tomorrow(10).date()


@databases
def test_for_whom_is_known_where_the_file_is(cast: Cast) -> None:
    case, who = make_case(cast.actor("vesna"), title="Zvezdana"), on_the_register(cast)
    booking = book(cast, case, who, place="Sudnica 14")
    week = reverse("assistance:interpreters") + f"?from={tomorrow(10).date().isoformat()}"
    mine = cast.client("vesna").get(week).content.decode()
    theirs = cast.client("sanja").get(week).content.decode()
    assert "Leila" in mine
    assert str(case) in mine
    assert "Leila" in theirs
    assert str(case) not in theirs
    assert "Sudnica" not in theirs
    assert cast.client("sanja").post(reverse("assistance:call_off_interpreter", args=[booking])).status_code == 404
    with pytest.raises(NotFound):
        selectors.get_booking(cast.actor("sanja"), booking)


@databases
def test_it_stands_on_the_day_of_whoever_booked(cast: Cast) -> None:
    case, who = make_case(cast.actor("vesna")), on_the_register(cast)
    book(cast, case, who)
    day = tomorrow(10).date()
    assert [(one.day, one.record_id) for one in selectors.coming(cast.actor("vesna"), day)] == [(day, case)]
    assert selectors.coming(cast.actor("vesna"), today()) == []
    assert selectors.coming(cast.actor("sanja"), day) == []


@databases
def test_an_erasure_takes_the_bookings_with_it(cast: Cast) -> None:
    vesna, who = cast.actor("vesna"), on_the_register(cast)
    person = make_person(vesna)
    book(cast, make_case(vesna, person), who, place="Sudnica 14")
    erase_owner(actor=cast.actor("jelena"), owner_id=person, reason="own_wish")
    assert (Booking.objects.count(), BookedQuarter.objects.count()) == (0, 0)


@pytest.mark.django_db(transaction=True, databases=["default", "keystore"])
def test_two_who_want_the_same_hour_at_the_same_moment(cast: Cast) -> None:
    who = on_the_register(cast)
    files = [make_case(cast.actor("vesna")) for _ in range(2)]
    wants = [partial(book, cast, file, who, 10 + number, 12 + number) for number, file in enumerate(files)]
    assert at_once(wants).count(DONE) == 1
    assert (Booking.objects.count(), BookedQuarter.objects.count()) == (1, 8)
