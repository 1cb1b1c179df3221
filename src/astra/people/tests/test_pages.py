"""The pages of people, as a browser asks for them: found, changed, refused, and not saying which is which."""

import re

import pytest

from astra.demo.pytest_cast import Cast
from astra.directory import services as directory
from astra.directory.rules import Entry
from astra.kernel.clock import today
from astra.kernel.ids import new_id
from astra.people import selectors, services
from astra.people.models import Guardianship, Person
from astra.people.rules.persons import Identity, Name, SafeRule, Safety
from astra.people.tests.pages import page, register, text

pytestmark = pytest.mark.django_db(databases=["default", "keystore"])
PASSING = re.compile(rb'"[A-Za-z0-9]{64}"|/people/[0-9a-f-]{36}/[a-z_-]*/?')
"""What differs from page to page and says nothing: form tokens, the page's own address."""
NO_ROWS = {f"{part}-{count}_FORMS": "0" for part in ("names", "numbers") for count in ("TOTAL", "INITIAL")}


def test_registered_quickly_and_found_again(cast: Cast) -> None:
    browser = cast.client("mira")
    assert text(browser, page("new"))
    typed = {"name": "Злата Ђокић", "birth": "16", "sex": "female", "phone": "064 123 45 67", "phone_is_safe": "no"}
    assert browser.post(page("new"), {**typed, "birth": "31.2.1998."}).status_code == 200
    made = browser.post(page("new"), typed)
    row = Person.objects.get()
    assert made["Location"] == page("person", row.pk)
    assert row.of_age_quarter is not None
    for words in ("zlata djokic", "djokic 16", "0641234567", row.code_name):
        assert row.code_name in browser.post(page("search"), {"q": words}).content.decode()
    shown = text(browser, page("search"))
    assert "Злата Ђокић" in shown
    assert row.code_name in browser.post(page("known"), {"caller-name": "Zlata Đok"}).content.decode()
    assert row.code_name not in browser.post(page("known"), {"caller-name": "Petar"}).content.decode()


def test_the_page_warns_before_it_shows_a_number(cast: Cast) -> None:
    person_id = register(cast)
    browser = cast.client("mira")
    rules = {"revision": "", "ticked": ["no_voicemail"], "code_word": "violina", "never_say": "ime organizacije"}
    assert "code_word" in text(browser, page("safety", person_id))
    assert browser.post(page("safety", person_id), rules).status_code == 302
    details = {"details-TOTAL_FORMS": "1", "details-INITIAL_FORMS": "0", "details-0-kind": "mobile"}
    typed = {**details, "revision": "", "details-0-value": "0601112223", "details-0-is_safe": "yes"}
    assert browser.post(page("contact", person_id), typed).status_code == 302
    shown = text(browser, page("person", person_id))
    assert shown.index("violina") < shown.index("0601112223")
    assert "ime organizacije" in shown
    assert "violina" in text(browser, page("contact", person_id))
    stale = browser.post(page("contact", person_id), typed)
    assert stale.status_code == 200
    assert "govuk-error-summary" in stale.content.decode(), "somebody saved meanwhile"


def test_identity_is_written_anew(cast: Cast) -> None:
    person_id = register(cast)
    browser = cast.client("mira")
    assert "Zlatija" in text(browser, page("identity", person_id))
    typed = {**NO_ROWS, "revision": "1", "birth": "oko 1998", "languages": "srpski, romski", "citizenships": "RS"}
    names = {"names-TOTAL_FORMS": "1", "names-0-given": "Zlata", "names-0-kind": "birth"}
    numbers = {"numbers-TOTAL_FORMS": "1", "numbers-0-number": "12/2014", "numbers-0-kind": "Stari broj"}
    assert browser.post(page("identity", person_id), {**typed, "languages": "klingonski"}).status_code == 200
    assert browser.post(page("identity", person_id), {**typed, **names, **numbers}).status_code == 302
    who = selectors.identity(cast.actor("mira"), person_id).content
    assert who.languages == ("sr", "rom")
    assert who.birth is not None
    assert browser.post(page("identity", person_id), {**typed, **names}).status_code == 200, "somebody saved meanwhile"
    assert "Zlata" in browser.post(page("search"), {"q": "12/2014"}).content.decode()


def test_where_she_is(cast: Cast) -> None:
    person_id = register(cast)
    browser = cast.client("mira")
    assert text(browser, page("whereabouts", person_id))
    future = {"kind": "shelter", "since": "1.1.2100."}
    assert browser.post(page("whereabouts", person_id), future).status_code == 200
    stay = {"kind": "died", "since": "1.2.2026.", "place": "Zrenjanin"}
    assert browser.post(page("whereabouts", person_id), stay).status_code == 302
    assert "Zrenjanin" in text(browser, page("person", person_id))
    assert not selectors.may_be_called(person_id)


def test_who_decides_for_a_child(cast: Cast) -> None:
    mira, browser = cast.actor("mira"), cast.client("mira")
    browser.post(page("new"), {"name": "Mala", "birth": "14"})
    child, mother = Person.objects.get(), Person.objects.get(pk=register(cast))
    office = directory.add_organisation(actor=mira, entry=Entry("Centar", "social_work_centre"))
    since = {"from_on": "1.1.2026."}
    assert text(browser, page("guardian", child.pk))
    wrong = {**since, "role": "parent", "code_name": "Nema Takve"}
    assert browser.post(page("guardian", child.pk), wrong).status_code == 200
    assert browser.post(page("guardian", child.pk), {**since, "role": "parent"}).status_code == 200
    parent = {**since, "role": "parent", "code_name": mother.code_name}
    assert browser.post(page("guardian", child.pk), parent).status_code == 302
    appointed = {**since, "role": "social_work_centre", "organisation": str(office)}
    assert browser.post(page("guardian", child.pk), appointed).status_code == 302
    shown = text(browser, page("person", child.pk))
    assert "Đorđević" in shown
    assert "Centar" in shown
    row = Guardianship.objects.get(guardian=mother)
    assert text(browser, page("end_guardian", child.pk, row.pk))
    assert browser.post(page("end_guardian", child.pk, row.pk), {"on": "1.2.2026."}).status_code == 302
    asked = {"on": today().strftime("%d.%m.%Y.")}
    assert browser.post(page("own_consent", child.pk), asked).status_code == 200, "four years too early"
    assert Person.objects.get(pk=child.pk).own_consent_asked_on is None
    assert page("own_consent", child.pk) not in text(browser, page("person", child.pk))


def test_not_hers_not_there_and_erased_look_the_same(cast: Cast) -> None:
    person_id, erased = register(cast), register(cast)
    services.erase(actor=cast.actor("jelena"), person_id=erased, reason="request")
    names = ("person", "identity", "contact", "safety", "whereabouts", "guardian", "own_consent", "merge")
    outsider, vesna = cast.client("outsider"), cast.client("vesna")
    for name in names:
        assert outsider.get(page(name, person_id)).status_code == 403
        answers = [vesna.get(page(name, one)) for one in (person_id, new_id(), erased)]
        assert {answer.status_code for answer in answers} == {404}
        assert len({PASSING.sub(b"", answer.content) for answer in answers}) == 1
        assert cast.client("mira").get(page(name, erased)).status_code == 404
    assert outsider.post(page("known"), {"name": "Zlatija"}).status_code == 403
    assert outsider.post(page("search"), {"q": "Zlatija"}).status_code == 403
    assert outsider.get(page("end_guardian", person_id, new_id())).status_code == 403


def test_a_case_worker_sees_the_card_and_not_the_file(cast: Cast) -> None:
    person_id = register(cast)
    shown = cast.client("vesna").post(page("search"), {"q": "Zlatija Djordjevic"}).content.decode()
    assert "Zlatija" in shown
    assert page("person", person_id) not in shown


def test_a_volunteer_is_told_only_that_somebody_is_known(cast: Cast) -> None:
    mira = cast.actor("mira")
    rules = Safety(rules=(SafeRule("do_not_call"),))
    services.register_person(
        actor=mira, identity=Identity(names=(Name("Zlatija", "Đorđević"),)), safety=rules, code_name="Lipa Tisa"
    )
    browser = cast.client("lara")
    assert "Lipa" not in browser.post(page("known"), {"name": "Zlatija Đorđević"}).content.decode(), "nobody opened it"
    selectors.search(mira, "Zlatija")
    shown = browser.post(page("known"), {"name": "Zlatija Đorđević"}).content.decode()
    assert "Lipa Tisa" in shown
    assert "Zlatija" not in shown
    assert "astra-safe" in shown
    assert browser.get(page("search")).status_code == 403


def test_changing_the_rules_loses_neither_of_two_who_must_not_know(cast: Cast) -> None:
    rules = Safety((SafeRule("must_not_know", "majka"), SafeRule("must_not_know", "otac")))
    person_id = services.register_person(actor=cast.actor("mira"), safety=rules)
    browser = cast.client("mira")
    shown = browser.get(page("safety", person_id)).context["form"]
    typed = {name: value for name, value in shown.initial.items() if name != "ticked"}
    assert browser.post(page("safety", person_id), {**typed, "ticked": ["hidden_number"]}).status_code == 302
    found = selectors.safety(cast.actor("mira"), person_id)
    assert found is not None
    assert SafeRule("must_not_know", "majka · otac") in found.content.rules


@pytest.mark.parametrize("typed", ["", "???", "a", " . "])
def test_too_little_to_search_by_is_said_and_not_that_nobody_is_like_it(cast: Cast, typed: str) -> None:
    answer = cast.client("mira").post(page("search"), {"q": typed}, headers={"accept-language": "en"})
    shown = answer.content.decode()
    assert "Type at least two letters of a name, or a number." in shown
    assert "Nobody like this" not in shown
    assert (
        "Nobody like this"
        in cast.client("mira").post(page("search"), {"q": "Xyzzyx"}, headers={"accept-language": "en"}).content.decode()
    )


def test_answers_of_a_search_say_when_to_call(cast: Cast) -> None:
    rules = Safety((SafeRule("call_only_between", "posle 18 h"),))
    services.register_person(
        actor=cast.actor("mira"), identity=Identity(names=(Name("Zlatija", "Zorić"),)), safety=rules
    )
    english = {"accept-language": "en"}
    shown = cast.client("mira").post(page("known"), {"name": "Zlatija Zorić"}, headers=english).content.decode()
    assert "When: posle 18 h" in shown


def test_answers_of_a_search_say_whether_a_voicemail_may_be_left(cast: Cast) -> None:
    rules = Safety((SafeRule("no_voicemail"),), "Ne petkom")
    services.register_person(
        actor=cast.actor("mira"), identity=Identity(names=(Name("Zlatija", "Zorić"),)), safety=rules
    )
    english = {"accept-language": "en"}
    shown = cast.client("mira").post(page("known"), {"name": "Zlatija Zorić"}, headers=english).content.decode()
    assert "Never leave a voicemail" in shown
    assert "Ne petkom" in shown
