"""Does the first page show what waits, for each role, in every language, and a quiet morning too?"""

from dataclasses import replace
from datetime import timedelta
from http import HTTPStatus

import pytest
from django.test import Client
from django.urls import reverse

from astra.cases import services as cases
from astra.consent import services as consent
from astra.consent.rules.recording import NewConsent
from astra.demo.cast import EVERYBODY
from astra.demo.pytest_cast import Cast
from astra.hotline import services as hotline
from astra.hotline.entries import NewCallback, NewContact, Typed
from astra.hotline.models import Contact
from astra.hotline.rules.contacts import Coded
from astra.hotline.sections import Words
from astra.kernel.clock import now, today
from astra.kernel.ids import new_id
from astra.people import services as people
from astra.people.rules.persons import Identity, Name
from astra.vault.actor import visitor

pytestmark = pytest.mark.django_db(databases=["default", "keystore"])
LANGUAGES = ("en", "sr-latn", "sr")
NAME = "Ljubinka Zvezdarić"


def home(client: Client, language: str = "en") -> str:
    """The page as text."""
    client.cookies["language"] = language
    answer = client.get("/")
    assert answer.status_code == HTTPStatus.OK
    return answer.content.decode()


@pytest.mark.parametrize("name", [person.key for person in EVERYBODY])
def test_a_quiet_morning_for_everybody(cast: Cast, name: str) -> None:
    client = cast.client(name)
    pages = [home(client, language) for language in LANGUAGES]
    assert len(set(pages)) == len(LANGUAGES)
    assert ("new contact" in pages[0].lower()) is (name in ("jelena", "mira", "sanja", "lara", "milena"))


def test_what_waits_is_shown_in_its_order(cast: Cast) -> None:
    mira, vesna = cast.actor("mira"), cast.actor("vesna")
    person = people.register_person(actor=mira, identity=Identity(names=(Name(text=NAME),)))
    hotline.add_callback(actor=mira, callback=NewCallback(due_at=now() - timedelta(hours=30), person_id=person))
    consent.record_consent(
        actor=mira,
        person_id=person,
        new=NewConsent("referral", "police", "identity", answer="not_asked", ask_by=today()),
    )
    page = home(cast.client("mira"))
    assert page.index("Overdue") < page.index(NAME) < page.index("Today</h2>") < page.index("Ask for consent")
    assert NAME not in page.partition("</title>")[0]
    case = cases.open_case(actor=vesna, ground="consent", title="Support", lead=cast.vesna.id)
    cases.add_task(actor=vesna, case_id=case, kind="other", title="Write to the school", due_on=today())
    cases.hand_over(actor=vesna, receiver_id=cast.mira.id, case_ids=[case], text="She knows you.")
    handed = home(cast.client("mira"))
    assert handed.index("Handed to you") < handed.index("She knows you.")
    assert "Take over" in handed


def test_what_she_said_would_follow_is_named_before_its_day(cast: Cast) -> None:
    coded = Coded(line="sos_trafficking", kind="about_self", received_at=now(), channel="voice")
    for days in (1, 9):
        follows = replace(coded, follow_up="call_back", follow_up_on=today() + timedelta(days=days))
        hotline.record_contact(actor=cast.actor("mira"), contact=NewContact(follows, words=Words("something")))
    page = home(cast.client("mira"))
    assert page.count("Call back: About themselves") == 1, "what lies further ahead waits"
    assert page.index("Soon") < page.index("Call back: About themselves")


def test_an_entry_that_came_back_says_so_and_not_what_follows(cast: Cast) -> None:
    coded = Coded(line="sos_trafficking", kind="about_self", received_at=now(), channel="voice")
    follows = replace(coded, follow_up="call_back", follow_up_on=today() + timedelta(days=9))
    contact = hotline.record_contact(actor=cast.actor("lara"), contact=NewContact(follows, words=Words("something")))
    Contact.objects.filter(pk=contact).update(review="returned")
    shown = home(cast.client("lara"))
    assert "A senior has returned your entry" in shown
    assert "Call back: About themselves" not in shown


def test_what_is_half_written_and_what_waits_for_a_senior(cast: Cast) -> None:
    mira = cast.actor("mira")
    hotline.save_draft(actor=mira, draft_id=new_id(), typed=Typed([("said", "half a sentence")]))
    coded = Coded(line="sos_trafficking", kind="about_self", received_at=now(), channel="voice")
    hotline.record_contact(actor=cast.actor("lara"), contact=NewContact(coded, words=Words("something")))
    hotline.log_without_keys(actor=visitor(), coded=coded, words=Words("something"), signed_as="sanja")
    drafts = home(cast.client("mira"))
    assert "Contact begun" in drafts
    assert "half a sentence" not in drafts
    senior = home(cast.client("jelena"))
    assert "Volunteers&#x27; entries to review" in senior
    assert "Logged without keys" in senior


def test_one_click_saves_a_silent_call(cast: Cast) -> None:
    client = cast.client("mira")
    given = client.get("/").context
    sent = {"kind": "silent", "line": given["line"], "key": str(given["quick_key"])}
    assert client.post(reverse("hotline:quick"), sent).status_code == HTTPStatus.FOUND
    assert len(client.get(reverse("hotline:contacts")).context["rows"]) == 1


def test_those_without_cases_are_told_what_they_do_here(cast: Cast) -> None:
    for name in ("outsider", "tara", "nina", "petar", "ana"):
        page = cast.client(name).get("/")
        assert page.context["roles"], name
        assert "day" not in page.context
