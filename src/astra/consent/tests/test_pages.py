"""The pages of consent, as a browser asks for them: allowed, refused, and not saying which is which."""

from datetime import timedelta
from uuid import UUID

import pytest
from django.test import Client
from django.urls import reverse

from astra.consent import selectors, services
from astra.consent.models import Consent, Override
from astra.consent.rules.recording import NewConsent
from astra.demo.pytest_cast import Cast
from astra.kernel.clock import today
from astra.kernel.ids import new_id
from astra.kernel.partial_dates import PartialDate
from astra.people import selectors as people
from astra.people import services as persons
from astra.people.rules.persons import Identity, Name

pytestmark = pytest.mark.django_db(databases=["default", "keystore"])
ANSWER = {"purpose": "referral", "recipient": "shelter", "section": "identity", "ground": "consent", "answer": "given"}
SPOKEN = {**ANSWER, "giver": "self", "method": "spoken_phone", "language": "sr", "words": "Sme da zna"}


def page(name: str, *args: object) -> str:
    return reverse(f"consent:{name}", args=args)


def register(cast: Cast, years: int = 30) -> UUID:
    birth = PartialDate.on(today() - timedelta(days=366 * years))
    return persons.register_person(
        actor=cast.actor("mira"), identity=Identity(names=(Name("Zlatija", "Zorić"),), birth=birth)
    )


def text(browser: Client, address: str) -> str:
    answer = browser.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def test_written_down_and_withdrawn(cast: Cast) -> None:
    person_id = register(cast)
    browser = cast.client("mira")
    assert "Zlatija" in text(browser, page("record", person_id))
    assert browser.post(page("record", person_id), {**SPOKEN, "method": ""}).status_code == 200
    assert browser.post(page("record", person_id), SPOKEN)["Location"] == page("ledger", person_id)
    made = Consent.objects.get()
    assert "Sme da zna" in text(browser, page("ledger", person_id))
    assert browser.get(page("line", made.pk))["Location"] == page("ledger", person_id)
    assert "Sme da zna" in text(browser, page("withdraw", made.pk))
    assert browser.post(page("withdraw", made.pk), {"wish": "stop_sharing", "words": "Ne više"}).status_code == 302
    assert browser.post(page("withdraw", made.pk), {}).status_code == 200
    assert "Ne više" in text(browser, page("ledger", person_id))
    assert browser.post(page("recall", made.pk)).status_code == 302


def test_an_open_question_is_answered(cast: Cast) -> None:
    person_id = register(cast)
    browser = cast.client("mira")
    not_asked = {**ANSWER, "answer": "not_asked", "ask_by": today().strftime("%d.%m.%Y.")}
    assert browser.post(page("record", person_id), not_asked).status_code == 302
    asked = Consent.objects.get()
    assert page("answer", asked.pk) in text(browser, page("due"))
    assert browser.post(page("answer", asked.pk), SPOKEN).status_code == 302
    assert page("answer", asked.pk) not in text(browser, page("due"))


def test_which_parent_must_not_be_told_becomes_a_rule(cast: Cast) -> None:
    person_id = register(cast, 14)
    browser = cast.client("mira")
    assert "child_view" in text(browser, page("record", person_id))
    answer = {**SPOKEN, "giver": "mother", "child_view": "agrees", "not_told": ["father"]}
    assert browser.post(page("record", person_id), answer).status_code == 302
    opened = people.safety(cast.actor("mira"), person_id)
    assert opened is not None
    assert [rule.code for rule in opened.content.rules] == ["must_not_know"]


def test_danger_is_written_down_by_one_and_looked_at_by_another(cast: Cast) -> None:
    person_id = register(cast)
    mira, sanja = cast.client("mira"), cast.client("sanja")
    danger = {"reason_code": "danger_to_life", "recipient": "police", "sections": ["identity"], "why": "Preti joj"}
    assert mira.post(page("danger", person_id), {**danger, "why": ""}).status_code == 200
    assert mira.post(page("danger", person_id), danger).status_code == 302
    made = Override.objects.get()
    assert 'name="outcome"' not in text(mira, page("override", made.pk))
    assert page("override", made.pk) in text(sanja, page("due"))
    assert "Preti joj" in text(sanja, page("override", made.pk))
    assert sanja.post(page("override", made.pk), {"outcome": "right", "words": ""}).status_code == 302
    assert Override.objects.get().state == "reviewed"


def test_an_override_is_asked_and_decided_by_two(cast: Cast) -> None:
    person_id = register(cast)
    mira, sanja = cast.client("mira"), cast.client("sanja")
    asked = {
        "reason_code": "court_order",
        "purpose": "referral",
        "recipient": "court",
        "sections": ["identity"],
        "why": "Naredba",
    }
    for _ in range(3):
        assert mira.post(page("ask", person_id), asked).status_code == 302
    first, second, third = Override.objects.order_by("pk").values_list("pk", flat=True)
    assert mira.post(page("cancel", first)).status_code == 302
    assert sanja.post(page("override", second), {"agrees": "yes", "words": ""}).status_code == 302
    assert sanja.post(page("override", third), {"agrees": "no", "words": "Ne"}).status_code == 302
    states = list(Override.objects.order_by("pk").values_list("state", flat=True))
    assert states == ["cancelled", "agreed", "refused"]
    assert "Naredba" in text(mira, page("override", third))


def test_not_hers_and_not_there_look_the_same(cast: Cast) -> None:
    person_id = register(cast)
    new = NewConsent("referral", "shelter", "identity", method="written", language="sr")
    consent_id = services.record_consent(actor=cast.actor("mira"), person_id=person_id, new=new)
    vesna = cast.client("vesna")
    for name in ("ledger", "record", "danger", "ask"):
        assert vesna.get(page(name, person_id)).status_code == 404
        assert vesna.get(page(name, new_id())).status_code == 404
    for name in ("line", "answer", "withdraw"):
        assert vesna.get(page(name, consent_id)).status_code == 404
        assert cast.client("outsider").get(page(name, consent_id)).status_code == 403
    assert vesna.get(page("override", new_id())).status_code == 404
    assert selectors.due(cast.actor("vesna"), today()) == []
