"""Is somebody who rings again and again and cannot speak seen as one person, and logged in one act?"""

from collections.abc import Callable
from datetime import datetime, timedelta
from uuid import UUID, uuid4

import pytest
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from astra.demo.pytest_cast import Cast
from astra.hotline import selectors, services
from astra.hotline.entries import NewContact
from astra.hotline.models import Call, Contact
from astra.hotline.rules import silence as rules
from astra.hotline.rules.lifecycles import RECORDED
from astra.hotline.tests.calling import Ringing, missed
from astra.kernel.clock import now
from astra.kernel.errors import Denied, NotAllowedNow

pytestmark = [pytest.mark.django_db(databases=["default", "keystore"])]
NOON = now().replace(hour=12, minute=0, second=0, microsecond=0)


def quiet(minutes: int, *, line: str = "sos", number: str = "") -> rules.Quiet:
    return rules.Quiet(NOON + timedelta(minutes=minutes), uuid4(), line, number)


def silent_call(at: datetime, number: str = "+381601112223", *, lasts_s: int = 12, is_withheld: bool = False) -> UUID:
    ringing = Ringing(number="" if is_withheld else number, is_withheld=is_withheld, at=at)
    call_id = ringing.say("ringing")
    ringing.say("answered", after_s=5)
    ringing.say("ended", after_s=5 + lasts_s)
    return call_id


def page(name: str) -> str:
    return reverse(f"hotline:{name}")


def test_one_number_is_one_person_all_day_and_a_line_only_for_minutes() -> None:
    numbered = [quiet(0, number="0601112223"), quiet(600, number="+381 60 111 2223", line="other")]
    apart = [quiet(0), quiet(19), quiet(30), quiet(90), quiet(31, line="other")]
    found = rules.groups([*numbered, *apart])
    assert [len(group) for group in found] == [2, 3]
    assert set(found[0]) == set(numbered)
    assert rules.groups([quiet(0, number="0601112223"), quiet(1)]) == [], "a hidden number is not that number"


@given(
    st.lists(st.tuples(st.integers(0, 2000), st.sampled_from("ab"), st.sampled_from(["", "0601112223", "0639998887"])))
)
def test_grouping_loses_and_doubles_nothing(given: list[tuple[int, str, str]]) -> None:
    every = [quiet(minutes, line=line, number=number) for minutes, line, number in given]
    found = rules.groups(every, fewest=1)
    assert sorted(one.id for group in found for one in group) == sorted(one.id for one in every)
    assert rules.groups(reversed(every), fewest=1) == found
    for group in found:
        assert len({bool(one.number) for one in group}) == 1


def test_a_call_that_was_over_at_once_is_hardly_a_conversation() -> None:
    assert rules.is_short(None, None)
    assert rules.is_short(NOON, NOON + timedelta(seconds=30))
    assert not rules.is_short(NOON, NOON + timedelta(minutes=2))
    assert not rules.is_short(NOON, None)


def test_three_silent_calls_stand_together_and_are_logged_in_one_act(cast: Cast) -> None:
    calls = [silent_call(now() - timedelta(minutes=minutes)) for minutes in (200, 40, 10)]
    talked = silent_call(now() - timedelta(minutes=5), lasts_s=300)
    (group,) = selectors.silent_groups(cast.actor("mira"))
    assert (group.count, group.is_one_number) == (3, True)
    assert [one.id for one in group.to_log] == calls
    browser = cast.client("mira")
    shown = browser.get(page("calls")).content.decode()
    assert "astra-silent" in shown
    assert "govuk-list--number" in shown
    answer = browser.post(page("log_silent"), {"contact": [str(one) for one in group.contacts]})
    assert answer.status_code == 302
    rows = Contact.objects.filter(pk__in=group.contacts)
    assert set(rows.values_list("kind", "standing")) == {("silent", RECORDED)}
    assert set(rows.values_list("repeat_of", flat=True)) == {None, group.contacts[0]}
    assert [one.id for one in selectors.calls_now(cast.actor("mira")).to_log] == [talked]
    assert "astra-silent" not in browser.get(page("calls")).content.decode()
    assert page("silent") in browser.get(page("contacts")).content.decode()
    assert browser.get(page("silent")).content.decode().count("govuk-list--number") == 1


def test_a_hidden_number_is_grouped_by_line_and_time_but_nobodys_caller(cast: Cast) -> None:
    for minutes in (14, 9):
        silent_call(now() - timedelta(minutes=minutes), is_withheld=True)
    _, unanswered = missed(is_withheld=True, number="", at=now() - timedelta(minutes=4))
    (group,) = selectors.silent_groups(cast.actor("mira"))
    assert (group.count, group.is_one_number, len(group.missed)) == (3, False, 1)
    services.log_silent(actor=cast.actor("mira"), contact_ids=group.contacts)
    assert not Contact.objects.exclude(repeat_of=None).exists()
    assert Call.objects.get(pk=unanswered).outcome == "nothing"
    with pytest.raises(NotAllowedNow):
        services.log_silent(actor=cast.actor("mira"), contact_ids=[uuid4()])
    with pytest.raises(NotAllowedNow):
        services.log_silent(actor=cast.actor("mira"), contact_ids=[])


def test_who_tried_twice_and_was_not_answered_is_called_back_and_not_silent(cast: Cast) -> None:
    for minutes in (50, 20):
        missed(at=now() - timedelta(minutes=minutes))
    assert selectors.silent_groups(cast.actor("mira")) == []
    assert len(selectors.missed_calls(cast.actor("mira"))) == 2


def test_contacts_logged_by_hand_are_folded_in_the_list(cast: Cast, make: Callable[..., NewContact]) -> None:
    for _ in range(4):
        services.record_non_data(actor=cast.actor("mira"), line="sos_trafficking", kind="silent", key=uuid4())
    services.record_contact(actor=cast.actor("mira"), contact=make())
    browser = cast.client("mira")
    assert browser.get(page("contacts")).content.decode().count('data-label="') == 2 * 6
    narrowed = browser.get(f"{page('contacts')}?kind=silent").content.decode()
    assert narrowed.count('data-label="') == 4 * 6
    assert page("silent") in browser.get(page("contacts")).content.decode()


def test_who_does_not_sit_at_the_hotline_sees_no_group(cast: Cast) -> None:
    for minutes in (14, 9):
        silent_call(now() - timedelta(minutes=minutes))
    with pytest.raises(Denied):
        selectors.silent_groups(cast.actor("vesna"))
