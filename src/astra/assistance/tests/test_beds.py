"""Is one bed never given to two people for a night, is nothing half-saved, and who learns who stays where?"""

from datetime import date, timedelta
from functools import partial
from uuid import UUID

import pytest
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from astra.assistance import facts, selectors, services
from astra.assistance.models import Bed, BedNight, Stay
from astra.assistance.rules import stays as rules
from astra.assistance.tests.at_once import DONE, at_once
from astra.cases import selectors as cases
from astra.cases.tests.making import make_case, make_person
from astra.demo.pytest_cast import Cast
from astra.kernel.clock import today
from astra.kernel.errors import Denied, Invalid, NotAllowedNow, NotFound
from astra.people import services as people
from astra.people.rules.persons import Identity, Name
from astra.vault.services.erasure import erase_owner

DAY, NIGHT = date(2026, 3, 1), timedelta(days=1)
databases = pytest.mark.django_db(databases=["default", "keystore"])


@given(st.integers(0, 40), st.integers(1, 40))
def test_nights_begin_on_the_evening_and_end_before_the_morning(first: int, length: int) -> None:
    begins = DAY + first * NIGHT
    nights = list(rules.nights_between(begins, begins + length * NIGHT))
    assert (len(nights), nights[0], nights[-1]) == (length, begins, begins + (length - 1) * NIGHT)


@pytest.mark.parametrize(
    ("accepts", "sex", "is_child", "fits"),
    [
        ([], "male", False, True),
        (["women"], "female", False, True),
        (["women"], "male", False, False),
        (["women"], "", False, True),
        (["women"], "female", True, False),
        (["women", "children"], "male", True, True),
        (["families"], "male", False, True),
        (["wheelchair"], "male", False, True),
        (["men", "wheelchair"], "female", False, False),
    ],
)
def test_for_whom_a_bed_is(accepts: list[str], sex: str, is_child: bool, fits: bool) -> None:
    assert rules.is_for(accepts, sex=sex, is_child=is_child) is fits


def make_bed(cast: Cast, label: str = "A", accepts: tuple[str, ...] = ()) -> UUID:
    jelena = cast.actor("jelena")
    house = Bed.objects.values_list("house", flat=True).first() or services.add_house(actor=jelena, name="Jedan")
    return services.add_bed(actor=jelena, house_id=house, room="1", label=label, accepts=accepts)


def book(cast: Cast, case: UUID, bed: UUID, begins: int = 0, nights: int = 3, **more: object) -> UUID:
    first = today() + begins * NIGHT
    given: dict[str, object] = {"first": first, "until": first + nights * NIGHT} | more
    return services.book_stay(actor=cast.actor("vesna"), case_id=case, bed_id=bed, **given)  # type: ignore[arg-type]  # a test may change any part


@databases
def test_a_bed_is_free_again_on_the_morning_of_leaving(cast: Cast) -> None:
    vesna, bed = cast.actor("vesna"), make_bed(cast)
    one, other = make_case(vesna), make_case(vesna)
    stay = book(cast, one, bed, begins=-4, nights=10)
    with pytest.raises(Invalid) as refused:
        book(cast, other, bed, begins=1)
    assert refused.value.problems[0].field == "bed_id"
    assert refused.value.problems[0].parts == {"count": 3, "night": f"{today() + NIGHT:%d.%m.%Y.}"}
    services.leave_bed(actor=vesna, stay_id=stay, left_on=today(), reason="own_home")
    book(cast, other, bed)
    assert BedNight.objects.filter(stay=stay).count() == 4
    assert [(fact.nights, fact.state, fact.reason) for fact in facts.stay_facts()] == [
        (4, "left", "own_home"),
        (0, "here", ""),
    ]


@databases
def test_nothing_is_half_saved_when_a_bed_is_taken(cast: Cast) -> None:
    vesna, bed = cast.actor("vesna"), make_bed(cast)
    book(cast, make_case(vesna), bed, begins=2)
    case = make_case(vesna)
    before = len(cases.timeline(vesna, case).lines)
    for begins, nights in ((0, 3), (3, 9), (2, 3), (0, 30)):
        with pytest.raises(Invalid):
            book(cast, case, bed, begins, nights)
    assert (Stay.objects.filter(case=case).count(), len(cases.timeline(vesna, case).lines)) == (0, before)
    book(cast, case, bed, 0, 2)
    book(cast, case, bed, 5, 2)


@databases
def test_nobody_sleeps_in_two_beds(cast: Cast) -> None:
    case = make_case(cast.actor("vesna"))
    book(cast, case, make_bed(cast, "A"))
    with pytest.raises(Invalid) as refused:
        book(cast, case, make_bed(cast, "B"), begins=2)
    assert refused.value.problems[0].field == "first"


@databases
@pytest.mark.parametrize(
    ("begins", "nights", "field"), [(0, -1, "until"), (0, 0, "until"), (0, 400, "until"), (-3000, 3, "first")]
)
def test_impossible_days_say_what_is_wrong(cast: Cast, begins: int, nights: int, field: str) -> None:
    with pytest.raises(Invalid) as refused:
        book(cast, make_case(cast.actor("vesna")), make_bed(cast), begins, nights)
    assert refused.value.problems[0].field == field
    assert Stay.objects.count() == 0


@databases
def test_a_man_gets_no_bed_in_a_womens_room_and_the_message_says_so(cast: Cast) -> None:
    vesna = cast.actor("vesna")
    man = people.register_person(actor=vesna, identity=Identity(names=(Name(text="Petar Perić"),), sex="male"))
    with pytest.raises(Invalid) as refused:
        book(cast, make_case(vesna, man), make_bed(cast, accepts=("women",)))
    assert refused.value.problems[0].parts == {"whom": "Žene"}


@databases
def test_staying_longer_only_while_the_bed_is_free(cast: Cast) -> None:
    vesna, bed = cast.actor("vesna"), make_bed(cast)
    stay = book(cast, make_case(vesna), bed)
    book(cast, make_case(vesna), bed, begins=5)
    with pytest.raises(Invalid) as refused:
        services.prolong_stay(actor=vesna, stay_id=stay, until=today() + 7 * NIGHT)
    assert refused.value.problems[0].field == "until"
    services.prolong_stay(actor=vesna, stay_id=stay, until=today() + 5 * NIGHT)
    assert BedNight.objects.filter(stay=stay).count() == 5
    with pytest.raises(Invalid):
        services.prolong_stay(actor=vesna, stay_id=stay, until=today() + 5 * NIGHT)


@databases
def test_who_was_to_have_left_keeps_the_bed_until_somebody_says_so(cast: Cast) -> None:
    vesna, bed = cast.actor("vesna"), make_bed(cast)
    stay = book(cast, make_case(vesna), bed, begins=-5, nights=5)
    assert [line.id for line in selectors.overdue_stays(vesna)] == [stay]
    assert "Boravak ističe" in cast.client("vesna").get("/").content.decode()
    with pytest.raises(Invalid):
        book(cast, make_case(vesna), bed)
    with pytest.raises(Invalid):
        services.leave_bed(actor=vesna, stay_id=stay, left_on=today() + NIGHT, reason="family")
    with pytest.raises(Invalid):
        services.leave_bed(actor=vesna, stay_id=stay, left_on=today() - 9 * NIGHT, reason="family")
    services.leave_bed(actor=vesna, stay_id=stay, left_on=today(), reason="family")
    book(cast, make_case(vesna), bed)


@databases
def test_who_does_not_come_frees_the_bed(cast: Cast) -> None:
    vesna, bed = cast.actor("vesna"), make_bed(cast)
    stay = book(cast, make_case(vesna), bed, begins=2)
    services.step_stay(actor=vesna, stay_id=stay, verb="call_off_stay")
    with pytest.raises(NotAllowedNow):
        services.step_stay(actor=vesna, stay_id=stay, verb="arrive")
    book(cast, make_case(vesna), bed, begins=2)


@databases
def test_others_see_a_taken_bed_and_not_whose(cast: Cast) -> None:
    vesna = cast.actor("vesna")
    person = make_person(vesna, "Milica Perić")
    case = make_case(vesna, person)
    stay = book(cast, case, make_bed(cast))
    mine = cast.client("vesna").get(reverse("assistance:beds")).content.decode()
    theirs = cast.client("sanja").get(reverse("assistance:beds")).content.decode()
    assert "Milica Perić" in mine
    assert "zauzeto" in theirs
    assert "Milica" not in theirs
    assert str(case) not in theirs
    assert cast.client("sanja").get(reverse("assistance:leave_bed", args=[stay])).status_code == 404
    with pytest.raises(NotFound):
        selectors.stay(cast.actor("sanja"), stay)


@databases
def test_only_coordinators_keep_the_list_and_nobody_loses_a_bed_under_her(cast: Cast) -> None:
    vesna, jelena, bed = cast.actor("vesna"), cast.actor("jelena"), make_bed(cast)
    with pytest.raises(Denied):
        services.add_house(actor=vesna, name="Druga")
    with pytest.raises(Invalid):
        services.add_house(actor=jelena, name="Jedan")
    with pytest.raises(Invalid):
        make_bed(cast)  # a second bed of this name
    stay = book(cast, make_case(vesna), bed)
    with pytest.raises(Invalid):
        services.change_bed(actor=jelena, bed_id=bed, accepts=["women"], is_retired=True)
    services.leave_bed(actor=vesna, stay_id=stay, left_on=today(), reason="not_known")
    services.change_bed(actor=jelena, bed_id=bed, accepts=[], is_retired=True)
    assert selectors.free_beds(vesna, today(), today() + NIGHT) == []


@databases
def test_nights_are_counted_as_before_when_somebody_is_erased(cast: Cast) -> None:
    vesna = cast.actor("vesna")
    person = make_person(vesna)
    stay = book(cast, make_case(vesna, person), make_bed(cast), begins=-6, nights=9, remark="Alergija na mačke")
    services.leave_bed(actor=vesna, stay_id=stay, left_on=today() - NIGHT, reason="own_home")
    (before,) = facts.stay_facts()
    erase_owner(actor=cast.actor("jelena"), owner_id=person, reason="own_wish")
    (after,) = facts.stay_facts()
    assert (
        (before.nights, before.reason, before.state)
        == (after.nights, after.reason, after.state)
        == (5, "own_home", "left")
    )
    row = Stay.objects.get()
    assert (row.case, row.person, row.record, row.left_on, row.by) == (None, None, None, None, None)
    assert BedNight.objects.count() == 0


@pytest.mark.django_db(transaction=True, databases=["default", "keystore"])
def test_two_who_want_the_same_bed_at_the_same_moment(cast: Cast) -> None:
    vesna, bed = cast.actor("vesna"), make_bed(cast)
    files = [make_case(vesna) for _ in range(2)]
    wants = [partial(book, cast, file, bed, number) for number, file in enumerate(files)]
    assert at_once(wants).count(DONE) == 1
    assert (Stay.objects.count(), BedNight.objects.count()) == (1, 3)
