"""Do the forms become conversations, once, readable for a counsellor, and is nothing lost when one is refused?"""

import re
from datetime import timedelta
from uuid import uuid4

import pytest
from django.test import Client

from astra.demo.pytest_cast import Cast
from astra.hotline import selectors, services
from astra.hotline.models import Conversation
from astra.hotline.rules import flood
from astra.hotline.rules.conversations import LONGEST
from astra.kernel.clock import now
from astra.sites.public import doorway
from astra.sites.public.forms import OfferForm, ReportForm, Told
from astra.sites.public.languages import SPOKEN, Spoken
from astra.sites.public.tickets import COOKIE

pytestmark = [pytest.mark.django_db(databases=["default", "keystore"]), pytest.mark.usefixtures("cast")]

OFFER = {
    "employer": "Hotel Kod Bora",
    "place": "Nemačka",
    "promised": "3.000 evra, smeštaj",
    "reach": "posle 20 časova",
}


@pytest.fixture(autouse=True)
def quiet(monkeypatch: pytest.MonkeyPatch) -> doorway.Doorway:
    """A way in through which nobody has come yet."""
    fresh = doorway.Doorway()
    monkeypatch.setattr(doorway, "BEGINNING", fresh)
    return fresh


def said(cast: Cast) -> list[str]:
    """What the counsellor reads in the only conversation there is."""
    found = selectors.exchange(cast.actor("mira"), Conversation.objects.get().pk)
    return [message.text for message in found.messages]


def test_an_offer_becomes_a_conversation_that_a_counsellor_reads(browser: Client, cast: Cast) -> None:
    answer = browser.post("/sr/c/", {**OFFER, "mark": str(uuid4())})
    assert (answer.status_code, answer.headers["Location"]) == (302, "/sr/r/")
    assert COOKIE in answer.cookies
    (text,) = said(cast)
    assert text.startswith("Proveri ponudu za posao\n\nKo je poslodavac? (firma ili osoba)\nHotel Kod Bora\n\n")
    assert text.endswith("\nposle 20 časova")
    row = Conversation.objects.get()
    assert (row.line, row.channel, row.language) == ("sos_trafficking", "web_form", "sr-latn")
    assert "Hotel Kod Bora" in browser.get("/sr/r/").content.decode()


def test_a_report_goes_the_same_way(browser: Client, cast: Cast) -> None:
    answer = browser.post("/sc/d/", {"seen": "Девојке не излазе", "mark": str(uuid4())})
    assert answer.headers["Location"] == "/sc/r/"
    assert said(cast) == ["Јави нам шта се дешава\n\nШта се дешава? Шта видиш или чујеш?\nДевојке не излазе"]


def test_headings_are_repeated_in_serbian_where_we_do_not_read_hers() -> None:
    form = OfferForm({"work": "berba"})
    assert form.is_valid()
    assert form.in_words("en") == "Check a job offer\n\nWhat work is it?\nberba"
    assert form.in_words("sr-latn").endswith("Kakav je to posao?\nberba")
    assert "Kakav je to posao?" in form.in_words("hu")


def test_a_form_sent_twice_is_one_message(browser: Client, cast: Cast) -> None:
    given = {**OFFER, "mark": str(uuid4())}
    for _ in range(2):
        assert browser.post("/sr/c/", given).status_code == 302
    assert len(said(cast)) == 1


def test_a_form_goes_into_the_conversation_that_is_open(browser: Client, cast: Cast) -> None:
    browser.post("/sr/r/a/")
    browser.post("/sr/c/", {**OFFER, "mark": str(uuid4())})
    browser.post("/sr/d/", {"seen": "Kombi", "mark": "not a mark"})
    assert len(said(cast)) == 2


@pytest.mark.parametrize("letter", ["c", "d"])
def test_an_empty_form_is_said_and_begins_nothing(browser: Client, letter: str) -> None:
    answer = browser.post(f"/en/{letter}/", {"mark": str(uuid4()), "place": "   "})
    assert answer.status_code == 400
    assert "There is nothing in the form yet." in answer.content.decode()
    assert not answer.cookies
    assert not Conversation.objects.exists()


def test_what_was_typed_is_not_lost(browser: Client) -> None:
    mark = str(uuid4())
    answer = browser.post("/en/c/", {"employer": "x" * 151, "promised": "Nine <euro>", "mark": mark})
    text = answer.content.decode()
    assert answer.status_code == 400
    assert "x" * 151 in text
    assert "Nine &lt;euro&gt;" in text
    assert f'value="{mark}"' in text
    assert 'aria-invalid="true"' in text
    assert 'href="#f1"' in text
    assert not Conversation.objects.exists()


def test_a_refusal_of_the_line_is_said_in_the_form(browser: Client, cast: Cast) -> None:
    browser.post("/en/d/", {"seen": "First", "mark": str(uuid4())})
    found = Conversation.objects.get().pk
    services.take(actor=cast.actor("mira"), conversation_id=found)
    services.block_conversation(actor=cast.actor("mira"), conversation_id=found, until=now() + timedelta(days=2))
    answer = browser.post("/en/d/", {"seen": "Second", "mark": str(uuid4())})
    text = answer.content.decode()
    assert answer.status_code == 400
    assert "No messages can be sent in this conversation until" in text
    assert ">\nSecond</textarea>" in text
    assert len([one for one in said(cast) if one]) == 1


def test_in_a_flood_the_form_waits_with_what_was_typed(browser: Client, quiet: doorway.Doorway) -> None:
    for _ in range(flood.FREE_A_MINUTE):
        quiet.note()
    answer = browser.post("/en/c/", {"employer": "Hotel", "mark": str(uuid4())})
    text = answer.content.decode()
    assert answer.status_code == 400
    assert "Wait 5 seconds" in text
    assert 'value="Hotel"' in text
    assert re.search(r'name="slip" value="w\.\d+', text)
    assert not Conversation.objects.exists()


def test_when_every_place_is_taken_the_form_asks_once_more(browser: Client, quiet: doorway.Doorway) -> None:
    with quiet.slot(), quiet.slot():
        answer = browser.post("/en/d/", {"seen": "Kombi", "mark": str(uuid4())})
    assert answer.status_code == 400
    assert "Press the button once more" in answer.content.decode()
    assert not Conversation.objects.exists()


@pytest.mark.parametrize("kind", [OfferForm, ReportForm])
@pytest.mark.parametrize("spoken", SPOKEN, ids=lambda spoken: spoken.path)
def test_a_form_that_is_filled_to_the_brim_fits_into_a_message(kind: type[Told], spoken: Spoken) -> None:
    brim = {name: "ш" * (getattr(field, "max_length", 0) or 0) for name, field in kind().fields.items()}
    form = kind({**brim, "mark": ""})
    assert form.is_valid()
    assert len(form.in_words(spoken.code)) <= LONGEST
