"""The pages of consent, as a browser asks for them: allowed, refused, and not saying which is which."""

from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import pytest
from django.test import Client
from django.urls import reverse

from astra.consent import selectors, services
from astra.consent.models import Consent, Override
from astra.consent.rules.ledger import Question
from astra.consent.rules.recording import NewConsent
from astra.demo.pytest_cast import Cast
from astra.kernel.clock import today
from astra.kernel.ids import new_id
from astra.kernel.partial_dates import PartialDate
from astra.people import selectors as people
from astra.people import services as persons
from astra.people.rules.persons import ContactDetail, ContactDetails, Identity, Name, SafeRule, Safety, Stay

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


def test_before_something_is_shared_the_ledger_is_asked(cast: Cast) -> None:
    person_id = register(cast)
    browser = cast.client("mira")
    question = {name: ANSWER[name] for name in ("purpose", "recipient", "section")}
    english = {"accept-language": "en"}
    assert page("check", person_id) in text(browser, page("ledger", person_id))
    assert browser.post(page("check", person_id), {"purpose": "referral"}).context["form"].errors
    shown = browser.post(page("check", person_id), question, headers=english).content.decode()
    assert "Nobody has asked about this yet." in shown
    assert page("ask", person_id) in shown
    browser.post(page("record", person_id), SPOKEN)
    shown = browser.post(page("check", person_id), question, headers=english).content.decode()
    assert "There is consent for this." in shown


def test_in_danger_the_page_shows_what_may_be_told(cast: Cast) -> None:
    mira = cast.actor("mira")
    unsafe, safe = ContactDetail("mobile", "+381641112233", "no"), ContactDetail("mobile", "+381644445566", "yes")
    person_id = persons.register_person(
        actor=mira,
        identity=Identity(names=(Name("Zlatija", "Zorić"),), birth=PartialDate.in_year(1998), languages=("ro",)),
        details=ContactDetails((unsafe, safe)),
        safety=Safety((SafeRule("if_other_answers", "prekinuti vezu"),)),
        stay=Stay("at_home", place="Kikinda, Svetosavska 5"),
    )
    browser = cast.client("mira")
    shown = browser.get(page("danger", person_id), headers={"accept-language": "en"}).content.decode()
    for words in (
        "Zlatija Zorić",
        "1998",
        "+381641112233 (not safe)",
        "+381644445566",
        "Svetosavska 5",
        "prekinuti vezu",
    ):
        assert words in shown


def test_a_guardians_consent_ends_with_her_right(cast: Cast) -> None:
    mira = cast.actor("mira")
    child = register(cast, 12)
    mother = persons.register_person(actor=mira, identity=Identity(names=(Name("Radmila", "Zorić"),)))
    persons.add_guardian(actor=mira, child_id=child, role="parent", from_on=today(), guardian_id=mother)
    browser = cast.client("mira")
    assert "Radmila" in text(browser, page("record", child))
    by_mother = {**SPOKEN, "giver": "mother", "giver_id": str(mother), "child_view": "agrees"}
    assert browser.post(page("record", child), by_mother).status_code == 302
    assert Consent.objects.get().giver_person_id == mother
    question = Question("referral", "shelter", "identity", today())
    assert selectors.has_consent(mira, child, question)
    (right,) = people.guardians(mira, child)
    persons.end_guardian(actor=mira, guardianship_id=right.id, on=today())
    tomorrow = replace(question, day=today() + timedelta(days=1))
    assert selectors.verdict(mira, child, tomorrow).why == "guardian_ended"
