"""Do lists, counts and facts say what happened, page by page?"""

from collections.abc import Callable
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from astra.demo.pytest_cast import Cast
from astra.hotline import facts, selectors, services
from astra.hotline.entries import NewContact
from astra.kernel.clock import now, today
from astra.kernel.errors import NotFound

pytestmark = pytest.mark.django_db(databases=["default", "keystore"])
Make = Callable[..., NewContact]


def test_pages_follow_one_another(cast: Cast, make: Make) -> None:
    mira = cast.actor("mira")
    times = [now() - timedelta(hours=hours) for hours in range(7)]
    ids = services.record_contacts(actor=mira, contacts=[make(received_at=at) for at in times])
    seen, cursor = [], ""
    for _ in range(3):
        rows, cursor = selectors.contacts_page(mira, selectors.Filters(), limit=3, after=cursor)
        seen += [row.id for row in rows]
    assert seen == ids
    assert cursor == ""
    with pytest.raises(NotFound):
        selectors.contacts_page(mira, selectors.Filters(), after="nonsense")


def test_filters_by_every_coded_fact(cast: Cast, make: Make) -> None:
    mira, lara = cast.actor("mira"), cast.actor("lara")
    first = services.record_contact(actor=mira, contact=make(received_at=now() - timedelta(days=2)))
    again = services.record_contact(actor=mira, contact=make(repeat_of=first, line="office"))
    hers = services.record_contact(actor=lara, contact=make(topics=("housing",), kind="about_self"))

    def found(**given: object) -> set[object]:
        return {row.id for row in selectors.contacts_page(mira, selectors.Filters(**given))[0]}  # type: ignore[arg-type]

    assert found() == {first, again, hers}
    assert found(line="office") == {again}
    assert found(kind="about_self") == {hers}
    assert found(topic="housing") == {hers}
    assert found(since=today() - timedelta(days=1)) == {again, hers}
    assert found(until=today() - timedelta(days=1)) == {first}
    assert found(counsellor_id=cast.lara.id) == {hers}
    assert found(review="to_review") == {hers}
    assert found(is_repeat=True) == {again}
    assert found(standing="withdrawn") == set()
    assert (selectors.last_line_of(mira), selectors.last_line_of(cast.actor("vesna"))) == ("office", "")


def test_the_day_is_counted_in_codes(cast: Cast, make: Make) -> None:
    mira = cast.actor("mira")
    services.record_contact(actor=mira, contact=make(received_at=now()))
    services.record_non_data(actor=cast.actor("lara"), line="sos_trafficking", kind="silent")
    undone = services.record_non_data(actor=mira, line="sos_trafficking", kind="thanks")
    services.withdraw(actor=mira, contact_id=undone)
    counts = selectors.counts_today(mira)
    assert (counts.all, counts.without_data, counts.mine) == (2, 1, 1)


def test_facts_have_codes_and_nobody_in_them(cast: Cast, make: Make) -> None:
    mira = cast.actor("mira")
    services.record_contacts(actor=mira, contacts=[make(key=uuid4()) for _ in range(3)])
    gone = services.record_contact(actor=mira, contact=make())
    services.withdraw(actor=mira, contact_id=gone, reason="test_entry")
    rows = list(facts.contact_facts(since=today() - timedelta(days=1), until=today()))
    assert len(rows) == 3
    assert rows[0].topics == ("trafficking_suspicion", "withheld_documents")
    assert rows[0].is_data
    assert not any("Radmila" in str(row) or "passport" in str(row) for row in rows)
    assert list(facts.contact_facts(since=today() - timedelta(days=9), until=today() - timedelta(days=8))) == []


def test_a_list_costs_the_same_whatever_its_length(cast: Cast, make: Make) -> None:
    client = cast.client("mira")
    asked = []
    for rows in (3, 20):
        services.record_contacts(actor=cast.actor("mira"), contacts=[make() for _ in range(rows)])
        with CaptureQueriesContext(connection) as context:
            client.get(reverse("hotline:contacts"))
        asked.append(len(context))
    assert asked[0] == asked[1]
    assert asked[0] <= 60
