"""Do the rota's pages plan, swap, begin and end, and does its calendar tell a stranger nothing?"""

import re
from datetime import date, datetime, time, timedelta
from uuid import UUID, uuid4

import pytest
from django.test import Client
from django.urls import reverse
from icalendar import Calendar

from astra.demo.pytest_cast import Cast
from astra.hotline import selectors, services
from astra.hotline.models import OnRota, Shift, ShiftSwap
from astra.hotline.rules import rota as rules
from astra.hotline.services import NewShift
from astra.kernel.clock import LOCAL, now, today
from astra.kernel.errors import Denied, Invalid, NotAllowedNow, NotFound
from astra.kernel.tests.drawn import worded

pytestmark = [pytest.mark.django_db(databases=["default", "keystore"])]
SOS, CHILDREN = "sos_trafficking", "missing_116000"


def page(name: str, *args: object) -> str:
    return reverse(f"hotline:{name}", args=args)


def planned(cast: Cast, who: str, begins: datetime, hours: float = 8, role: str = rules.ON_LINE) -> UUID:
    """A shift on both lines."""
    span = rules.Span(begins, begins + timedelta(hours=hours))
    new = NewShift(cast.employed[who].id, role, (SOS, CHILDREN), span)
    return services.plan_shifts(actor=cast.actor("jelena"), shifts=[new])[0]


def form_of(cast: Cast, who: str, **given: object) -> dict[str, object]:
    """A filled form of the coordinator."""
    return {
        "member": str(cast.employed[who].id),
        "role": "on_line",
        "lines": [SOS],
        "day": "21.12.2026.",
        "opens": "22:00",
        "closes": "06:00",
        **given,
    }


def test_the_coordinator_plans_a_fortnight_of_nights_and_everybody_reads_it(cast: Cast) -> None:
    jelena = cast.client("jelena")
    answer = jelena.post(page("plan"), form_of(cast, "mira", until_day="03.01.2027.", weekdays=["0", "5"]))
    assert answer.status_code == 302, answer.content.decode()
    days = [row.begins_at.astimezone(LOCAL).date() for row in Shift.objects.order_by("begins_at")]
    assert days == [date(2026, 12, 21), date(2026, 12, 26), date(2026, 12, 28), date(2027, 1, 2)]
    shown = cast.client("lara").get(f"{page('shifts')}?week=2026-12-21").content.decode()
    assert shown.count("22:00–06:00") == 2
    assert "Mira" in shown
    assert page("plan") not in shown
    month = cast.client("mira").get(f"{page('shifts')}?month=2026-12-05").content.decode()
    assert month.count('<th scope="row"') == 31


@pytest.mark.parametrize("wrong", [{"opens": "25:00"}, {"lines": []}, {"member": ""}, {"until_day": "01.01.2020."}])
def test_what_is_wrong_with_a_plan_is_said_beside_it(cast: Cast, wrong: dict[str, object]) -> None:
    answer = cast.client("jelena").post(page("plan"), form_of(cast, "mira", **wrong))
    assert answer.status_code == 200
    assert "govuk-error-summary" in answer.content.decode()
    assert not Shift.objects.exists()


def test_a_counsellor_does_not_plan(cast: Cast) -> None:
    mira, shift = cast.actor("mira"), planned(cast, "mira", now() + timedelta(hours=3))
    new = NewShift(cast.mira.id, rules.ON_LINE, (SOS,), rules.Span(now(), now() + timedelta(hours=1)))
    for deed in (
        lambda: services.plan_shifts(actor=mira, shifts=[new]),
        lambda: services.change_shift(actor=mira, shift_id=shift, to=new),
        lambda: services.remove_shift(actor=mira, shift_id=shift),
        lambda: services.copy_week(actor=mira, monday=date(2026, 12, 21), weeks=1),
        lambda: services.set_opening_hours(actor=mira, line=SOS, hours=[]),
        lambda: services.set_day_apart(actor=mira, line=SOS, day=today(), opens=None, closes=None),
        lambda: services.drop_day_apart(actor=mira, line=SOS, day=today()),
        lambda: services.note_swap(actor=mira, swap_id=uuid4()),
    ):
        with pytest.raises(Denied):
            deed()
    assert Shift.objects.count() == 1


def test_gaps_and_double_bookings_stand_out(cast: Cast) -> None:
    monday = date(2026, 12, 21)
    services.set_opening_hours(actor=cast.actor("jelena"), line=SOS, hours=[rules.Hours(0, time(8), time(20))])
    begins = datetime.combine(monday, time(8), LOCAL)
    for who in ("mira", "mira", "sanja"):
        planned(cast, who, begins, 6)
    found = selectors.rota(cast.actor("mira"), rules.Span(begins - timedelta(hours=8), begins + timedelta(hours=16)))
    assert found.gaps[SOS] == [rules.Span(begins + timedelta(hours=6), begins + timedelta(hours=12))]
    assert len(found.twice) == 2
    shown = cast.client("mira").get(f"{page('shifts')}?week={monday}").content.decode()
    assert "14:00–20:00" in shown
    assert shown.count(">dvaput<") == 2


def test_a_week_is_copied_once_however_often_it_is_pressed(cast: Cast) -> None:
    monday = date(2026, 10, 19)
    planned(cast, "mira", datetime.combine(monday + timedelta(days=5), time(22), LOCAL))
    jelena = cast.client("jelena")
    for _ in range(2):
        wrong = jelena.post(page("copy_week"), {"monday": monday, "weeks": "3"})
        assert "govuk-error-summary" in wrong.content.decode()
        assert jelena.post(page("copy_week"), {"monday": monday, "weeks": "2"}).status_code == 302
    rows = Shift.objects.order_by("begins_at")
    assert [row.begins_at.astimezone(LOCAL).time() for row in rows] == [time(22)] * 3
    assert rows.count() == 3
    with pytest.raises(Invalid):
        services.copy_week(actor=cast.actor("jelena"), monday=monday, weeks=9)


def test_a_shift_is_changed_and_taken_off(cast: Cast) -> None:
    jelena, shift = cast.client("jelena"), planned(cast, "mira", now() + timedelta(days=3))
    assert jelena.post(page("shift", shift), form_of(cast, "sanja")).status_code == 302
    assert Shift.objects.get().member_id == cast.sanja.id
    assert jelena.post(page("remove_shift", shift)).status_code == 302
    assert not Shift.objects.exists()
    assert jelena.get(page("shift", shift)).status_code == 404


def test_what_has_begun_is_not_taken_off(cast: Cast) -> None:
    shift = planned(cast, "mira", now() - timedelta(minutes=5))
    services.begin_shift(actor=cast.actor("mira"), shift_id=shift)
    with pytest.raises(NotAllowedNow):
        services.remove_shift(actor=cast.actor("jelena"), shift_id=shift)


def test_two_colleagues_change_shifts_and_the_coordinator_is_told(cast: Cast) -> None:
    mine, hers = (planned(cast, who, now() + timedelta(days=days)) for who, days in (("mira", 3), ("sanja", 5)))
    mira, sanja, jelena = (cast.client(who) for who in ("mira", "sanja", "jelena"))
    assert str(hers) in mira.get(page("shift", mine)).content.decode()
    asked = mira.post(page("ask_swap", mine), {"colleague": cast.sanja.id, "in_return": hers})
    assert asked.status_code == 302
    swap = ShiftSwap.objects.get()
    assert Shift.objects.get(pk=mine).member_id == cast.mira.id
    assert page("answer_swap", swap.pk) in sanja.get(page("shifts")).content.decode()
    assert page("shifts") in sanja.get("/").content.decode()
    assert mira.post(page("answer_swap", swap.pk), {"verb": "agree"}).status_code == 404
    assert sanja.post(page("answer_swap", swap.pk), {"verb": "agree"}).status_code == 302
    assert Shift.objects.get(pk=mine).member_id == cast.sanja.id
    assert Shift.objects.get(pk=hers).member_id == cast.mira.id
    assert selectors.swaps_waiting(cast.actor("jelena")) == 1
    assert jelena.post(page("answer_swap", swap.pk), {"verb": "note"}).status_code == 302
    assert selectors.swaps_waiting(cast.actor("jelena")) == 0


def test_a_swap_is_refused_taken_back_or_overtaken_by_the_plan(cast: Cast) -> None:
    mira, sanja = cast.actor("mira"), cast.actor("sanja")
    shift = planned(cast, "mira", now() + timedelta(days=3))
    for who, verb in ((sanja, "refuse"), (mira, "take_back")):
        swap = services.ask_swap(actor=mira, shift_id=shift, member_id=cast.sanja.id)
        services.answer_swap(actor=who, swap_id=swap, verb=verb)
        with pytest.raises(NotAllowedNow):
            services.answer_swap(actor=who, swap_id=swap, verb=verb)
    swap = services.ask_swap(actor=mira, shift_id=shift, member_id=cast.sanja.id)
    Shift.objects.filter(pk=shift).update(member=cast.milena.id)
    with pytest.raises(NotAllowedNow):
        services.answer_swap(actor=sanja, swap_id=swap, verb="agree")
    assert Shift.objects.get().member_id == cast.milena.id


def test_what_nobody_can_ask_for(cast: Cast) -> None:
    mine, hers = (planned(cast, who, now() + timedelta(days=3)) for who in ("mira", "sanja"))
    mira = cast.actor("mira")
    with pytest.raises(Denied):
        services.ask_swap(actor=mira, shift_id=hers, member_id=cast.milena.id)
    for member, back in ((cast.mira.id, None), (cast.petar.id, None), (cast.sanja.id, mine)):
        with pytest.raises(Invalid):
            services.ask_swap(actor=mira, shift_id=mine, member_id=member, in_return=back)
    with pytest.raises(NotFound):
        services.ask_swap(actor=mira, shift_id=uuid4(), member_id=cast.sanja.id)


def test_begin_and_end_are_noted_beside_the_plan(cast: Cast) -> None:
    mira, shift = cast.client("mira"), planned(cast, "mira", now() - timedelta(minutes=20))
    whole = mira.get(page("contacts")).content.decode()
    assert page("begin_shift", shift) in whole
    assert mira.post(page("begin_shift", shift)).status_code == 302
    whole = mira.get(page("contacts")).content.decode()
    assert page("end_shift", shift) in whole
    assert selectors.on_shift_members() == {cast.mira.id}
    with pytest.raises(Denied):
        services.end_shift(actor=cast.actor("sanja"), shift_id=shift)
    assert mira.post(page("end_shift", shift)).status_code == 302
    row = Shift.objects.get()
    assert row.began_at is not None
    assert row.ended_at is not None
    assert selectors.on_shift_members() == set()
    with pytest.raises(Denied):
        services.begin_shift(actor=cast.actor("sanja"), shift_id=shift)


def test_nobody_begins_tomorrows_shift(cast: Cast) -> None:
    shift = planned(cast, "mira", now() + timedelta(days=1))
    with pytest.raises(NotAllowedNow):
        services.begin_shift(actor=cast.actor("mira"), shift_id=shift)


def test_a_line_without_anybody_is_told_to_the_coordinator_until_somebody_sits_down(cast: Cast) -> None:
    shift = planned(cast, "mira", now() - timedelta(minutes=20))
    assert CHILDREN in selectors.lines_uncovered()
    home = cast.client("jelena").get("/").content.decode()
    assert "bez ikoga" in home
    assert "bez ikoga" not in cast.client("mira").get("/").content.decode()
    services.begin_shift(actor=cast.actor("mira"), shift_id=shift)
    assert CHILDREN not in selectors.lines_uncovered()


def test_whoever_steps_in_covers_the_line(cast: Cast) -> None:
    sanja, until = cast.client("sanja"), (now().astimezone(LOCAL) + timedelta(hours=3)).strftime("%H:%M")
    assert sanja.get(page("step_in")).status_code == 200
    assert sanja.post(page("step_in"), {"lines": CHILDREN, "until": until}).status_code == 302
    assert selectors.on_shift_members() == {cast.sanja.id}
    assert selectors.lines_uncovered() == {}


def test_who_is_on_shift_is_offered_a_conversation_first(cast: Cast) -> None:
    shift = planned(cast, "sanja", now() - timedelta(minutes=20))
    services.begin_shift(actor=cast.actor("sanja"), shift_id=shift)
    visiting, _, _ = services.begin_conversation(line=SOS, language="sr-latn")
    services.write(visiting=visiting, text="Halo", mark=uuid4())
    services.take(actor=cast.actor("mira"), conversation_id=visiting.conversation.pk)
    whole = cast.client("mira").get(page("conversation", visiting.conversation.pk)).content.decode()
    offered = re.findall(r'<option value="[0-9a-f-]{36}">([^<]*)', whole)
    assert offered[0] == "Sanja (u smeni)"


def test_hours_are_written_by_coordinators_and_read_by_everybody(cast: Cast) -> None:
    jelena, address = cast.client("jelena"), f"{page('opening_hours')}?line={SOS}"
    typed = {f"{part}_{day}": hour for day in range(5) for part, hour in (("opens", "09:00"), ("closes", "17:00"))}
    assert jelena.post(address, typed).status_code == 302
    assert selectors.opening_hours(SOS) == tuple(rules.Hours(day, time(9), time(17)) for day in range(5))
    assert jelena.post(address, {"opens_0": "09:00"}).status_code == 200
    apart = f"{page('day_apart')}?line={SOS}"
    friday = today() + timedelta(days=7 + (4 - today().weekday()) % 7)
    assert jelena.post(apart, {"day": f"{friday:%d.%m.%Y.}", "opens": "", "closes": ""}).status_code == 302
    at = datetime.combine(friday, time(12), LOCAL)
    assert not selectors.is_open(SOS, at)
    assert selectors.opens_next(SOS, at) == datetime.combine(friday + timedelta(days=3), time(9), LOCAL)
    assert selectors.is_open(CHILDREN, at)
    shown = cast.client("mira").get(address).content.decode()
    assert "09:00–17:00" in shown
    assert "ne radi</span>" in shown
    assert jelena.post(apart, {"day": f"{friday:%Y-%m-%d}", "verb": "drop"}).status_code == 302
    assert selectors.is_open(SOS, at)
    saturday = friday + timedelta(days=1)
    assert jelena.post(apart, {"day": f"{saturday:%d.%m.%Y.}", "opens": "09:00"}).status_code == 200
    assert jelena.get(f"{page('opening_hours')}?line=nowhere").status_code == 404


def test_the_calendar_opens_without_a_visit_names_nobody_and_ends(cast: Cast) -> None:
    planned(cast, "mira", now() + timedelta(days=3), 12)
    planned(cast, "sanja", now() + timedelta(days=4), 12)
    mira = cast.client("mira")
    services.say_languages(actor=cast.actor("mira"), languages=["hu"])
    shown = mira.post(page("calendar"), {"verb": "make"}).content.decode()
    assert 'value="mađarski"' in shown.lower()
    (address,) = re.findall(r'value="http://testserver(/[^"]+\.ics)"', shown)
    assert address not in mira.get(page("own_shifts")).content.decode()
    token = address.rsplit("/", 1)[1].removesuffix(".ics")
    assert len(token) >= 43
    assert token.encode() not in bytes(OnRota.objects.get().feed_hash or b"")
    answer = Client().get(address)
    assert answer.status_code == 200
    assert answer["Cache-Control"] == "no-store"
    assert answer["Content-Type"].startswith("text/calendar")
    assert len(Calendar.from_ical(answer.content).walk("VEVENT")) == 1
    for given_away in (
        "mira",
        "sanja",
        "sos",
        "116",
        "linij",
        "trafficking",
        "astra",
        "hotline",
        "location",
        "attendee",
    ):
        assert given_away not in worded(answer).lower(), given_away
    mira.post(page("calendar"), {"verb": "make"})
    assert Client().get(address).status_code == 404
    mira.post(page("calendar"), {"verb": "end"})
    assert OnRota.objects.get().feed_hash is None


def test_languages_are_said_as_codes(cast: Cast) -> None:
    mira = cast.client("mira")
    assert mira.post(page("own_shifts"), {"languages": "srpski, engleski, romski"}).status_code == 302
    assert selectors.languages_of([cast.mira.id]) == {cast.mira.id: ("sr", "en", "rom")}
    assert 'value="Srpski, Engleski, Romski"' in mira.get(page("own_shifts")).content.decode()
    assert mira.post(page("own_shifts"), {"languages": "marsovski"}).status_code == 200
