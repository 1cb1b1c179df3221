"""Is every real call exactly one contact? A real Kamailio, real calls, and a listener that is killed in between.

All in one file: there is one exchange, and only one office may listen to it at a time.
"""

import json
import socket
import time
from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from astra.demo.pytest_browser import press
from astra.sites.telephone.kamailio import Frames, frame
from tests import sipping
from tests.installation import Installation
from tests.sipping import Sipp
from tests.telephone.office import KAMAILIO, Office, fresh, log_with_one_click, until

pytestmark = pytest.mark.service
SPOKEN = Counter(ended=1), Counter(to_log=1)
MISSED = Counter(missed=1), Counter(missed=1)


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    """An office that listens."""
    assert KAMAILIO, "start the exchange with tests/throwaway_kamailio.sh"
    place = Installation(tmp_path_factory.mktemp("calls"))
    place.astra("setup", "--practice")
    listening = Office(place)
    listening.begin()
    yield listening
    if listening.listening is not None:
        listening.kill()


@pytest.fixture
def sipp(office: Office) -> Sipp:
    return Sipp(office.place.folder / "sipp")


def empty_journal() -> None:
    """Acknowledge everything without storing any of it."""
    with socket.create_connection(("127.0.0.1", int(KAMAILIO)), 5) as line:
        line.sendall(frame("journal"))
        frames, left = Frames(), 1
        while left:
            for message in frames.take(line.recv(65536)):
                told = json.loads(message)
                if "key" in told:
                    line.sendall(frame(f"heard {told['key']}"))
                else:
                    left = told["journal"]
                    line.sendall(frame("journal"))


@pytest.mark.parametrize(
    ("answering", "calling", "becomes"),
    [
        (sipping.answers(), sipping.speaks(), SPOKEN),
        (sipping.is_busy(), sipping.is_refused(), MISSED),
        (sipping.rings_in_vain(), sipping.is_refused(with_status=408), MISSED),
        (sipping.rings_in_vain(), sipping.gives_up(), MISSED),
        (sipping.answers(after_ms=5), sipping.gives_up_too_late(), SPOKEN),
        (sipping.answers(), sipping.speaks(byes=3), SPOKEN),
        (sipping.answers(hears_bye=False), sipping.speaks(byes=0), SPOKEN),
    ],
    ids=["answered", "busy", "no answer", "given up", "given up too late", "said goodbye thrice", "vanished"],
)
def test_one_call_is_one_contact(
    office: Office, sipp: Sipp, answering: str, calling: str, becomes: tuple[Counter[str], Counter[str]]
) -> None:
    with fresh(office) as since, sipp.desk(answering):
        sipp.call(calling)
        until(lambda: since() == becomes)
        time.sleep(0.3)
        assert since() == becomes, "nothing came after it"


def test_who_withholds_her_number_is_not_known(office: Office, sipp: Sipp) -> None:
    asserted = 'P-Asserted-Identity: "Izmisljena" <sip:+381609998887@10.0.0.1>'
    for more, known in (((asserted, "Privacy: id"), "withheld"), ((asserted,), "given")):
        with fresh(office) as since, sipp.desk(sipping.answers()):
            sipp.call(sipping.speaks("anonymous" if known == "withheld" else "0601112223", more=more))
            until(lambda: since() == SPOKEN)
        newest = office.place.ask("select caller_id, number_id is null from hotline_call order by rang_at desc limit 1")
        assert newest == [(known, known == "withheld")]
    everything = b"".join(path.read_bytes() for path in office.place.folder.rglob("home/*") if path.is_file())
    assert b"381609998887" not in everything
    assert b"0601112223" not in everything


def test_who_is_passed_on_stays_one_call(office: Office, sipp: Sipp) -> None:
    with fresh(office) as since, sipp.desk(sipping.passes_on()):
        sipp.call(sipping.is_passed_on())
        until(lambda: since() == SPOKEN)
    events = "select kind, extension from hotline_callevent where call_id ="
    newest = "(select record_id from hotline_call order by rang_at desc limit 1)"
    assert ("transferred", "22") in office.place.ask(f"{events} {newest}")
    assert office.place.ask(f"select extension from hotline_call where record_id = {newest}") == [("22",)]  # noqa: S608  (the same)


def test_the_line_is_named_by_the_number_that_was_called(office: Office) -> None:
    assert {line for (line,) in office.place.ask("select line from hotline_call")} == {"sos_trafficking"}


def test_a_call_that_came_and_went_while_nobody_listened(office: Office, sipp: Sipp) -> None:
    with fresh(office) as since, sipp.desk(sipping.answers()):
        office.kill()
        sipp.call(sipping.speaks(), count=3, rate=3)
        assert since() == (Counter(), Counter())
        office.begin()
        until(lambda: since() == (Counter(ended=3), Counter(to_log=3)))


def test_a_call_that_the_exchange_forgot_meanwhile(office: Office, sipp: Sipp) -> None:
    """Its end was acknowledged by somebody who died before it was stored: the list of calls that go on says it."""
    with fresh(office) as since, sipp.desk(sipping.answers(hears_bye=False)):
        sipp.call(sipping.speaks(byes=0))
        until(lambda: since()[0] == Counter(answered=1))
        office.kill()
        time.sleep(10)
        empty_journal()
        office.begin()
        until(lambda: since() == (Counter(ended=1), Counter(to_log=1)), within_s=40)


def test_five_hundred_calls_and_a_listener_that_is_killed_among_them(office: Office, sipp: Sipp) -> None:
    with fresh(office) as since, sipp.desk(sipping.answers(after_ms=200)):
        before = time.monotonic()
        calling = sipp.begin(sipping.speaks(for_ms=300), count=500, rate=50)
        for _ in range(3):
            time.sleep(2.5)
            office.kill()
            time.sleep(0.5)
            office.begin()
        sipp.wait(calling)
        assert time.monotonic() - before < 60
        until(lambda: since()[0]["ended"] == 500, within_s=90)
        assert since() == (Counter(ended=500), Counter(to_log=500))
    both = office.place.ask("select count(distinct digest), count(distinct contact_id), count(*) from hotline_call")[0]
    assert len(set(both)) == 1


def test_nobody_is_named_in_what_the_processes_said(office: Office) -> None:
    said = office.place.log.read_text(encoding="utf-8") if office.place.log.exists() else ""
    assert "060111" not in said
    assert "@127.0.0.1" not in said


# ---- With the pages


@pytest.fixture(scope="module")
def address(office: Office) -> Iterator[str]:
    """The same office at work as a whole; its supervisor keeps the telephone up from now on."""
    if office.listening is not None:
        office.kill()
    with pytest.MonkeyPatch.context() as setting:
        setting.setenv("ASTRA_TELEPHONE", f"kamailio://127.0.0.1:{KAMAILIO}")
        with office.place.at_work() as found:
            yield found


@pytest.fixture(scope="module")
def counsellor(browser: Browser, office: Office, address: str) -> Iterator[Page]:
    """A counsellor's page, signed in."""
    held = office.place.visit(address, "jelena").cookies
    cookies: list[Any] = [{"name": one.name, "value": one.value or "", "url": address} for one in held]
    context = browser.new_context(base_url=address, locale="en-GB")
    context.add_cookies([*cookies, {"name": "language", "value": "en", "url": address}])
    yield context.new_page()
    context.close()


@pytest.mark.browser
def test_a_call_pops_up_and_is_logged(office: Office, sipp: Sipp, counsellor: Page) -> None:
    counsellor.goto("/people/")
    expect(counsellor.locator("[data-calls]")).to_be_attached()
    with fresh(office) as since, sipp.desk(sipping.answers(after_ms=2500)):
        calling = sipp.begin(sipping.speaks("0667778889", for_ms=1000))
        banner = counsellor.locator(".astra-ring", has_text="is ringing")
        expect(banner).to_be_visible()
        expect(banner.get_by_text("Nobody is known by this number.")).to_be_visible()
        press(counsellor, "A")
        log_with_one_click(counsellor, lambda: sipp.wait(calling))
        until(lambda: since() == (Counter(ended=1), Counter(silent=1)))
    assert counsellor.url.endswith("/people/"), "she never left her page"


@pytest.mark.browser
def test_a_missed_call_waits_in_its_queue(sipp: Sipp, counsellor: Page) -> None:
    counsellor.goto("/contacts/calls/")
    with sipp.desk(sipping.rings_in_vain()):
        sipp.call(sipping.gives_up("0645559998"))
    missed = counsellor.locator("[data-call-lists]")
    expect(missed.get_by_text("nobody has said that it is safe").first).to_be_visible()
    assert "0645559998" not in counsellor.content()
