"""Do the figures of the hotline count what they say, exactly inside and rounded outside, and for whom?"""

import csv
import io
import re
from collections.abc import Callable
from datetime import date, datetime, timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from astra.audit.models import Pending
from astra.demo.pytest_browser import found_by_axe, press
from astra.demo.pytest_cast import Cast
from astra.hotline import selectors, services
from astra.hotline.entries import NewContact
from astra.hotline.models import Call, Talk
from astra.hotline.rules.figures import Counted, Days
from astra.hotline.tests.calling import Ringing, answered, missed
from astra.hotline.tests.conftest import SAID
from astra.hotline.tests.test_answering import written
from astra.hotline.tests.test_keyboard import signed_in
from astra.kernel.clock import LOCAL, now, today
from astra.kernel.errors import Denied

pytestmark = pytest.mark.django_db(databases=["default", "keystore"])
SOS, CHILDREN = "sos_trafficking", "missing_116000"
OCTOBER = Days(date(2025, 10, 1), date(2025, 10, 31))
Made = Callable[..., NewContact]


def at(day: int, hour: int, minute: int = 0, *, fold: int = 0) -> datetime:
    """A moment in October 2025; the clock goes back on Sunday the 26th."""
    return datetime(2025, 10, day, hour, minute, tzinfo=LOCAL, fold=fold)


def october(cast: Cast, make: Made) -> None:
    """Six contacts in October by the clock on the wall, and five that are not counted in it."""
    mira = cast.actor("mira")
    services.record_contacts(
        actor=mira,
        contacts=[
            make(received_at=at(1, 0)),
            make(received_at=at(6, 10), language="ro", topics=("trafficking_suspicion",)),
            make(received_at=at(13, 10, 59), channel="email", actions=()),
            make(received_at=at(26, 2, 30)),
            make(received_at=at(26, 2, 30, fold=1), line=CHILDREN, topics=(), language=""),
            make(received_at=datetime(2025, 9, 30, 23, 59, 59, tzinfo=LOCAL)),
            make(received_at=datetime(2025, 11, 1, 0, 0, tzinfo=LOCAL)),
        ],
    )
    services.record_non_data(actor=mira, line=SOS, kind="silent", received_at=at(31, 23, 59), key=uuid4())
    services.withdraw(actor=mira, contact_id=services.record_contact(actor=mira, contact=make(received_at=at(7, 7))))


def client(cast: Cast, name: str) -> Client:
    """Somebody's browser, in English."""
    found = cast.client(name)
    found.cookies["language"] = "en"
    return found


def counted(cast: Cast, days: Days = OCTOBER, *, line: str = "", who: str = "jelena") -> Counted:
    return selectors.figures(cast.actor(who), days, line=line)


def test_contacts_by_hand(cast: Cast, make: Made) -> None:
    october(cast, make)
    found = counted(cast)
    assert found.contacts == 6
    assert found.waiting == 0
    assert found.lines == {SOS: 5, CHILDREN: 1}
    assert found.kinds == {"about_someone": 5, "silent": 1}
    assert found.channels == {SOS: {"voice": 3, "email": 1, "": 1}, CHILDREN: {"voice": 1}}
    assert found.languages == {"sr": 3, "ro": 1, "": 2}
    assert found.topics == {"trafficking_suspicion": 4, "withheld_documents": 3}
    assert (found.with_topic, found.with_action) == (4, 4)
    assert found.actions == {"listened": 4}
    assert [n + 1 for n, count in enumerate(found.over_time[SOS]) if count] == [1, 6, 13, 26, 31]
    assert found.over_time[CHILDREN][25] == 1
    week = {(day, hour): n for day, row in enumerate(found.in_the_week) for hour, n in enumerate(row) if n}
    assert week == {(2, 0): 1, (0, 10): 2, (6, 2): 2, (4, 23): 1}, "the hour that comes twice is one hour on the wall"
    assert counted(cast, line=CHILDREN).languages == {"": 1}


def test_sums_agree_across_the_figures(cast: Cast, make: Made) -> None:
    october(cast, make)
    for line in ("", SOS, CHILDREN):
        found = counted(cast, line=line)
        sums = [sum(one.values()) for one in (found.lines, found.kinds, found.languages)]
        sums += [sum(map(sum, found.over_time.values())), sum(map(sum, found.in_the_week))]
        sums.append(sum(sum(one.values()) for one in found.channels.values()))
        assert set(sums) == {found.contacts}
    whole = counted(cast)
    parts = [counted(cast, line=line) for line in (SOS, CHILDREN)]
    assert whole.contacts == sum(one.contacts for one in parts)
    halves = [
        counted(cast, Days(OCTOBER.since, date(2025, 10, 15))),
        counted(cast, Days(date(2025, 10, 16), OCTOBER.until)),
    ]
    assert whole.topics == {code: sum(half.topics.get(code, 0) for half in halves) for code in whole.topics}


def test_calls_by_hand(cast: Cast) -> None:
    """Answered after eight seconds twice, missed once, one still rings."""
    day = Days(today(), today())
    moment = datetime.combine(today(), datetime.min.time(), LOCAL)
    for _ in range(2):
        ringing, _call = answered(at=moment)
        ringing.say("ended", after_s=60)
    _, lost = missed(at=moment)
    Ringing(at=now()).say("ringing")
    services.settle_missed(actor=cast.actor("mira"), call_id=lost, outcome="called_back")
    found = counted(cast, day)
    assert (sum(found.answered), sum(found.missed)) == (2, 1)
    assert (found.answered[0], found.missed[0]) == (2, 1)
    assert found.settled == {"called_back": 1}
    assert (found.call_waits.count, found.call_waits.median_s, found.call_waits.ninth_s) == (2, 8, 8)
    assert found.waiting == 3, "two to log, and the one that rings"
    assert found.kinds == {"missed": 1}
    assert counted(cast, day, line=CHILDREN).answered == [0] * 24


def test_sittings_by_hand(cast: Cast) -> None:
    visiting, mira = written("Dobar dan"), cast.actor("mira")
    conversation = visiting.conversation.pk
    services.take(actor=mira, conversation_id=conversation)
    for _ in range(2):
        services.answer(actor=mira, conversation_id=conversation, text="Tu sam.", mark=uuid4())
    first = Talk.objects.get()
    assert first.answered_at is not None
    Talk.objects.update(began_at=first.answered_at - timedelta(seconds=42))
    services.end_conversation(actor=mira, conversation_id=conversation, outcome="helped")
    services.write(visiting=visiting, text="Jos nesto", mark=uuid4())
    found = counted(cast, Days(today(), today()))
    assert (found.sittings, found.outcomes) == (2, {"helped": 1})
    assert (found.answer_waits.count, found.answer_waits.median_s) == (1, 42)
    assert counted(cast, Days(today(), today()), line=CHILDREN).sittings == 0


def test_so_many_questions_however_much_there_is(cast: Cast, make: Made) -> None:
    def asked() -> int:
        with CaptureQueriesContext(
            connection,
        ) as questions:
            counted(cast)
        return len(questions)

    asked()
    before = asked()
    october(cast, make)
    services.record_contacts(actor=cast.actor("mira"), contacts=[make(received_at=at(n, n)) for n in range(1, 20)])
    assert asked() == before <= 12


def test_who_sees_which_numbers(cast: Cast) -> None:
    for who in ("mira", "lara", "vesna"):
        with pytest.raises(Denied):
            counted(cast, who=who)
    with pytest.raises(Denied):
        counted(cast, who="nina")
    assert selectors.figures(cast.actor("nina"), OCTOBER, is_rounded=True).is_rounded
    assert client(cast, "mira").get(reverse("hotline:figures")).status_code == 403
    assert "From … to …" not in client(cast, "nina").get(reverse("hotline:figures")).content.decode()


def test_the_page_and_the_file_say_the_same(cast: Cast, make: Made) -> None:
    october(cast, make)
    jelena = client(cast, "jelena")
    asked = {"period": "own", "since": "01.10.2025.", "until": "31.10.2025.", "numbers": "exact"}
    page = jelena.get(reverse("hotline:figures"), asked).content.decode()
    assert page.count('<svg class="chart"') >= 7
    assert page.count("Unit: contact ·") == 8
    assert "Exact numbers, not for outside the house." in page
    assert SAID not in page
    before = Pending.objects.count()
    taken = jelena.get(reverse("hotline:figures_file"), asked)
    assert taken["Content-Disposition"] == 'attachment; filename="figures-20251001-20251031.csv"'
    entry = Pending.objects.order_by("-pk").filter(verb="hotline.figures_taken").get()
    assert Pending.objects.count() == before + 1
    assert entry.actor_id == cast.jelena.id
    rows = list(csv.DictReader(io.StringIO(taken.content.decode("utf-8-sig"))))
    assert {row["Unit"] for row in rows} == {"contact"}
    assert {(row["From"], row["To"]) for row in rows} == {("2025-10-01", "2025-10-31")}
    assert all(row["Source"] and row["Counted by"] for row in rows)
    languages = [(row["Row"], row["Column"], row["Value"]) for row in rows if row["Figure"] == "Language"]
    assert ("Serbian", "Number", "3") in languages
    assert ("Serbian", "Percent", "75") in languages, "of the four of which it is known"
    assert ("Not noted", "Percent", "") in languages


def test_outside_only_what_is_over_and_rounded(cast: Cast, make: Made) -> None:
    jelena = client(cast, "jelena")
    last = today().replace(day=1) - timedelta(days=1)
    moment = datetime(last.year, last.month, 3, 12, tzinfo=LOCAL)
    services.record_contacts(actor=cast.actor("mira"), contacts=[make(received_at=moment) for _ in range(13)])
    services.record_contact(actor=cast.actor("mira"), contact=make(received_at=moment, language="ro", line=CHILDREN))
    refused = jelena.get(reverse("hotline:figures"), {"period": "this_month", "numbers": "rounded"}).content.decode()
    assert "are over are given" in refused
    assert '<svg class="chart"' not in refused
    page = jelena.get(reverse("hotline:figures"), {"period": "last_month", "numbers": "rounded"}).content.decode()
    assert "every number is rounded to tens" in page
    for exact in ("13", "14"):
        assert not re.search(rf'numeric">{exact}<', page)
    for asked in ({"period": "own"}, {"period": "this_month", "numbers": "rounded"}):
        assert jelena.get(reverse("hotline:figures_file"), asked).status_code == 400
    nina = client(cast, "nina").get(reverse("hotline:figures_file"), {"period": "last_month", "numbers": "exact"})
    rows = list(csv.DictReader(io.StringIO(nina.content.decode("utf-8-sig"))))
    assert {int(row["Value"]) % 10 for row in rows if row["Value"].isdecimal()} == {0}
    everything = nina.content.decode()
    assert "Romanian" not in everything, "one is too few to be named"
    assert "116 000" not in everything
    assert {row["Numbers"] for row in rows} == {"rounded to tens; 0 is fewer than five"}


@pytest.mark.browser
@pytest.mark.django_db(transaction=True, databases=["default", "keystore"])
@pytest.mark.parametrize("width", [1280, 390])
def test_axe_finds_nothing_with_the_keyboard_alone(
    cast: Cast, page: Page, live_server: LiveServer, make: Made, width: int
) -> None:
    october(cast, make)
    ringing, _ = answered()
    ringing.say("ended", after_s=60)
    faults = signed_in(page, live_server, cast, "jelena")
    page.set_viewport_size({"width": width, "height": 900})
    page.goto("/" if width > 1000 else reverse("hotline:figures"))
    if width > 1000:  # the desks are folded on a telephone
        press(page, "g", "i")
    expect(page.get_by_role("heading", name="Figures", exact=True)).to_be_visible()
    page.locator("#id_period").select_option("own")
    page.locator("#id_since").fill("1.10.2025.")
    page.locator("#id_until").fill("31.10.2025.")
    press(page, "Enter")
    expect(page.get_by_text("Contacts: 6.")).to_be_visible()
    picture = page.get_by_role("img", name=re.compile("^Contacts over time"))
    expect(picture).to_be_visible()
    page.evaluate("for (const one of document.querySelectorAll('main details')) one.open = true")
    assert found_by_axe(page) == []
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
    assert faults == []
    assert Call.objects.count() == 1
