"""Do the hotline's pages work in a browser without JavaScript, for those who may and for nobody else?"""

from collections.abc import Callable
from datetime import timedelta
from uuid import UUID

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.timezone import localtime

from astra.demo.pytest_cast import Cast
from astra.hotline import selectors, services
from astra.hotline.entries import NewCallback, NewContact
from astra.hotline.models import Callback, Contact, ContactPerson, Draft
from astra.hotline.rules.contacts import CALLER, CONCERNED, Link
from astra.hotline.sections import Caller, SafeContact
from astra.hotline.tests.conftest import SAID
from astra.kernel.clock import now
from astra.kernel.ids import new_id
from astra.kernel.tests.drawn import worded
from astra.people import selectors as people_selectors
from astra.people import services as people
from astra.people.rules.persons import Identity, Name, SafeRule, Safety, Stay

pytestmark = pytest.mark.django_db(databases=["default", "keystore"])
Make = Callable[..., NewContact]


def hotline(name: str, *args: object) -> str:
    """An address of the hotline."""
    return reverse(f"hotline:{name}", args=args)


def filled(**given: object) -> dict[str, object]:
    """The form as a browser sends it."""
    at = localtime(now() - timedelta(minutes=3))
    return {
        "draft_id": str(new_id()),
        "window": str(new_id()),
        "line": "sos_trafficking",
        "kind": "about_someone",
        "received_at_0": f"{at:%d.%m.%Y.}",
        "received_at_1": f"{at:%H:%M}",
        "caller_role": "mother",
        "caller_name": "Radmila",
        "said": SAID,
        "topics_0": "documents",
        **given,
    }


def test_a_contact_is_typed_with_three_facts(cast: Cast) -> None:
    client = cast.client("mira")
    page = client.get(hotline("new"))
    assert page.status_code == 200
    assert b"data-draft-url" in page.content
    bare = {name: filled()[name] for name in ("draft_id", "line", "kind", "received_at_0", "received_at_1")}
    answer = client.post(hotline("new"), bare)
    assert answer.status_code == 302
    assert Contact.objects.get().counsellor_id == cast.mira.id


def test_the_form_shows_again_what_is_wrong_and_loses_nothing(cast: Cast) -> None:
    client = cast.client("mira")
    page = client.post(hotline("new"), filled(received_at_0="31.12.2199."))
    assert page.status_code == 200
    assert SAID in page.content.decode()
    assert Contact.objects.count() == 0
    assert client.post(hotline("new"), filled(line="", kind="")).status_code == 200


def test_sent_twice_it_is_one_contact(cast: Cast) -> None:
    client, form = cast.client("mira"), filled(caller_file="on", about_file="on", about="Jovana")
    first, second = client.post(hotline("new"), form), client.post(hotline("new"), form)
    assert first.url == second.url  # type: ignore[attr-defined]  # a redirect
    assert Contact.objects.count() == 1
    assert ContactPerson.objects.count() == 2
    page = client.get(first.url).content.decode()  # type: ignore[attr-defined]
    assert SAID in page
    assert "Radmila" in page
    assert "Jovana" in page


def test_a_volunteer_types_and_does_not_read(cast: Cast) -> None:
    client = cast.client("lara")
    answer = client.post(hotline("new"), filled())
    page = client.get(answer.url).content.decode()  # type: ignore[attr-defined]
    assert SAID not in page
    assert "Radmila" not in page
    assert SAID in cast.client("sanja").get(answer.url).content.decode()  # type: ignore[attr-defined]


def test_people_are_put_into_the_form_and_taken_out(cast: Cast) -> None:
    client = cast.client("mira")
    person = people.register_person(actor=cast.actor("mira"))
    page = client.post(hotline("new"), filled(add_caller=str(person), said="half a sent"))
    assert f"caller:{person}" in page.content.decode()
    assert "half a sent" in page.content.decode()
    page = client.post(hotline("new"), filled(link=f"caller:{person}", remove=f"caller:{person}"))
    assert f'name="link" value="caller:{person}"' not in page.content.decode()
    client.post(hotline("new"), filled(link=f"caller:{person}"))
    assert ContactPerson.objects.get().person_id == person


def test_a_draft_is_kept_and_goes_on(cast: Cast) -> None:
    client, draft = cast.client("mira"), new_id()
    typed = filled(draft_id=str(draft), kind="", received_at_0="nonsense")
    assert client.post(hotline("draft", draft), typed).status_code == 200
    assert client.post(hotline("draft", draft), {**typed, "window": str(new_id())}).status_code == 409
    page = client.get(hotline("resume", draft)).content.decode()
    assert SAID in page
    assert "nonsense" in page
    assert client.get(hotline("drafts")).status_code == 200
    sanja = cast.client("sanja")
    assert sanja.get(hotline("resume", draft)).status_code == 302
    assert sanja.post(hotline("take_over", draft)).status_code == 302
    assert SAID in sanja.get(hotline("resume", draft)).content.decode()
    assert client.post(hotline("draft", draft), typed).status_code == 409
    assert sanja.get(hotline("discard", draft)).status_code == 200
    assert sanja.post(hotline("discard", draft)).status_code == 302
    assert Draft.objects.get().ended_at is not None


def test_one_click_saves_undoes_and_takes_words(cast: Cast) -> None:
    client = cast.client("lara")
    button = {"key": str(new_id()), "line": "sos_trafficking", "kind": "silent"}
    first = client.post(hotline("quick"), button)
    client.post(hotline("quick"), button)
    contact = Contact.objects.get()
    page = client.get(first.url).content.decode()  # type: ignore[attr-defined]
    assert hotline("undo", contact.pk) in page
    assert hotline("change", contact.pk) in page
    assert client.get(hotline("change", contact.pk)).status_code == 200
    client.post(hotline("change", contact.pk), filled(kind="silent", caller_role="", caller_name="", topics_0=""))
    assert selectors.sheet(cast.actor("mira"), contact.pk).words is not None
    client.post(hotline("undo", contact.pk))
    assert Contact.objects.get().standing == "withdrawn"


def test_the_list_is_narrowed_by_codes(cast: Cast, make: Make) -> None:
    services.record_contact(actor=cast.actor("mira"), contact=make())
    client = cast.client("sanja")

    def shown(**asked: str) -> int:
        return client.get(hotline("contacts"), asked).content.decode().count('data-label="')

    everything = shown()
    assert everything
    assert shown(topic="withheld_documents", kind="about_someone") == everything
    for asked in ({"topic": "housing"}, {"kind": "silent"}, {"mine": "on"}, {"until": "1.1.2020."}):
        assert shown(**asked) == 0
    assert shown(kind="no_such_kind") == everything


def test_a_contact_is_changed_with_what_was_seen(cast: Cast, make: Make) -> None:
    contact = services.record_contact(actor=cast.actor("mira"), contact=make())
    client = cast.client("mira")
    page = client.get(hotline("change", contact)).content.decode()
    assert SAID in page
    assert 'name="seen_words" value="1"' in page
    changed = filled(said="Changed", contact_id=str(contact), seen_words="1", seen_caller="1", seen_safe="1")
    assert client.post(hotline("change", contact), changed).status_code == 302
    sheet = selectors.sheet(cast.actor("mira"), contact)
    assert sheet.words is not None
    assert sheet.words.content.said == "Changed"
    assert client.post(hotline("change", contact), {**changed, "said": "Again"}).status_code == 409


def test_people_are_linked_and_files_opened_on_the_page(cast: Cast, make: Make) -> None:
    contact = services.record_contact(actor=cast.actor("mira"), contact=make())
    person = people.register_person(actor=cast.actor("mira"))
    client = cast.client("mira")
    client.post(hotline("link", contact), {"add_concerned": str(person)})
    assert ContactPerson.objects.get().role == CONCERNED
    client.post(hotline("unlink", contact), {"remove": f"concerned:{person}"})
    assert ContactPerson.objects.count() == 0
    client.post(hotline("open_file", contact), {"role": "caller"})
    assert ContactPerson.objects.get().role == CALLER
    assert client.get(hotline("contact", contact)).status_code == 200


def test_known_answers_while_typing(cast: Cast) -> None:
    client = cast.client("mira")
    client.post(hotline("new"), filled(caller_file="on", caller_name="Đurđevka Živković"))
    person = ContactPerson.objects.get().person_id
    page = client.post(hotline("known"), {"caller_name": "djurdjevka zivk"}).content.decode()
    assert str(person) in page
    assert 'name="add_caller"' in page


def test_two_of_one_name_are_told_apart_while_typing(cast: Cast) -> None:
    who = Identity(names=(Name("Zlatija", "Zorić"),))
    for place in ("Bor", "Užice"):
        people.register_person(actor=cast.actor("mira"), identity=who, stay=Stay("at_home", place=place))
    shown = cast.client("mira").post(hotline("known"), {"caller_name": "Zlatija Zor"}).content.decode()
    assert "Bor" in shown
    assert "Užice" in shown
    assert "Bor" not in worded(cast.client("lara").post(hotline("known"), {"caller_name": "Zlatija Zorić"}))


def test_the_same_caller_again_brings_what_is_known(cast: Cast, make: Make) -> None:
    mira = cast.actor("mira")
    person = people.register_person(actor=mira)
    contact = services.record_contact(actor=mira, contact=make(links=(Link(person, CALLER),)))
    client = cast.client("sanja")
    page = client.get(hotline("new"), {"like": str(contact)}).content.decode()
    assert f'name="link" value="caller:{person}"' in page
    assert f'name="repeat_of" value="{contact}"' in page
    page = client.get(hotline("new"), {"person": str(person)}).content.decode()
    assert f'name="link" value="caller:{person}"' in page
    client.post(hotline("new"), filled(repeat_of=str(contact), link=f"caller:{person}"))
    assert Contact.objects.get(repeat_of=contact)


def test_a_volunteers_entry_is_reviewed(cast: Cast, make: Make) -> None:
    contact = services.record_contact(actor=cast.actor("lara"), contact=make())
    client = cast.client("jelena")
    assert hotline("contact", contact) in client.get(hotline("review")).content.decode()
    assert hotline("reviewed", contact) in client.get(hotline("contact", contact)).content.decode()
    assert client.post(hotline("reviewed", contact), {"verb": "return", "words": "Which day?"}).status_code == 302
    assert "Which day?" in cast.client("lara").get(hotline("contact", contact)).content.decode()
    assert hotline("reviewed", contact) not in cast.client("mira").get(hotline("contact", contact)).content.decode()


def test_callbacks_are_promised_tried_and_ended(cast: Cast, make: Make) -> None:
    contact = services.record_contact(actor=cast.actor("mira"), contact=make())
    client, at = cast.client("mira"), localtime(now() + timedelta(hours=3))
    assert client.get(hotline("promise", contact)).status_code == 200
    form = {"due_at_0": f"{at:%d.%m.%Y.}", "due_at_1": f"{at:%H:%M}", "why": "The passport", "assigned_to": ""}
    client.post(hotline("promise", contact), form)
    promise = Callback.objects.get().pk
    page = client.get(hotline("callbacks")).content.decode()
    assert "The passport" in page
    assert "after 18" in page
    assert client.get(hotline("callback", promise)).status_code == 200
    assert client.post(hotline("attempt", promise), {"result": ""}).status_code == 200
    client.post(hotline("attempt", promise), {"result": "no_answer", "words": "It rang"})
    assert "It rang" in client.get(hotline("callback", promise)).content.decode()
    client.post(hotline("end_callback", promise), {"verb": "give_up"})
    assert Callback.objects.get().state == "given_up"
    person = people.register_person(actor=cast.actor("mira"))
    assert client.get(hotline("promise_person", person)).status_code == 200
    assert client.post(hotline("promise_person", person), form).status_code == 302


def test_withdrawn_restored_and_followed_up(cast: Cast, make: Make) -> None:
    contact = services.record_contact(actor=cast.actor("mira"), contact=make(follow_up="check_safety"))
    client = cast.client("mira")
    client.post(hotline("followed_up", contact))
    assert Contact.objects.get().followed_up_at is not None
    assert client.get(hotline("withdraw", contact)).status_code == 200
    assert client.post(hotline("withdraw", contact), {"reason": ""}).status_code == 200
    client.post(hotline("withdraw", contact), {"reason": "double_entry"})
    assert Contact.objects.get().standing == "withdrawn"
    assert hotline("restore", contact) in client.get(hotline("contact", contact)).content.decode()
    client.post(hotline("restore", contact))
    assert Contact.objects.get().standing == "recorded"


def test_who_cannot_sign_in_writes_and_somebody_vouches(cast: Cast) -> None:
    stranger = Client()
    assert stranger.get(hotline("emergency_log")).status_code == 200
    form = {**filled(kind="about_self"), "signed_as": "mira", "key": str(new_id())}
    assert stranger.post(hotline("emergency_log"), {**form, "signed_as": ""}).status_code == 200
    assert stranger.post(hotline("emergency_log"), {**form, "received_at_0": "1.1.2199."}).status_code == 200
    silent = stranger.post(hotline("emergency_log"), {**form, "kind": "silent", "caller_name": "Ljubica"})
    assert SAID in silent.content.decode(), "what was typed stays"
    told = {"caller_name": "Ljubica", "caller_phone": "0601234567", "safe_never_say": "ništa mužu"}
    answer = stranger.post(hotline("emergency_log"), {**form, **told})
    assert answer.status_code == 302
    assert SAID not in stranger.get(answer.url).content.decode()  # type: ignore[attr-defined]
    contact = Contact.objects.get().pk
    client = cast.client("sanja")
    assert hotline("contact", contact) in client.get(hotline("vouch")).content.decode()
    page = client.get(hotline("contact", contact)).content.decode()
    assert SAID in page
    assert "0601234567" in page
    assert "ništa mužu" in page, "who calls back knows how"
    assert hotline("vouched", contact) in page
    client.post(hotline("vouched", contact), {"verb": "confirm", "counsellor": ""})
    assert Contact.objects.get().standing == "to_confirm"
    client.post(hotline("vouched", contact), {"verb": "confirm", "counsellor": str(cast.mira.id)})
    assert Contact.objects.get().standing == "recorded"


PAGES = ("contacts", "new", "drafts", "callbacks", "review", "vouch")
OF_A_CONTACT = ("contact", "change", "withdraw", "promise")
DEEDS = ("undo", "restore", "link", "unlink", "open_file", "followed_up", "reviewed", "vouched", "change", "withdraw")


@pytest.mark.parametrize("name", ["outsider", "tara", "nina", "petar", "ana"])
def test_an_outsider_is_refused_everywhere(cast: Cast, make: Make, name: str) -> None:
    contact = services.record_contact(actor=cast.actor("mira"), contact=make())
    promise = services.add_callback(
        actor=cast.actor("mira"), callback=NewCallback(due_at=now(), contact_id=contact, why="x")
    )
    client = cast.client(name)
    for page in PAGES:
        assert client.get(hotline(page)).status_code == 403
    for page in OF_A_CONTACT:
        assert client.get(hotline(page, contact)).status_code == 403
    for deed in DEEDS:
        assert client.post(hotline(deed, contact)).status_code == 403
    assert client.get(hotline("callback", promise)).status_code == 403
    assert client.post(hotline("draft", new_id()), filled()).status_code == 403
    assert client.post(hotline("quick"), {"kind": "silent"}).status_code == 403


def test_not_hers_looks_like_not_there(cast: Cast, make: Make) -> None:
    contact = services.record_contact(actor=cast.actor("mira"), contact=make())
    client = cast.client("lara")
    for page in OF_A_CONTACT:
        there, nowhere = (client.get(hotline(page, which)) for which in (contact, UUID(int=7)))
        assert there.status_code == nowhere.status_code == 404
    for deed in ("undo", "followed_up", "change"):
        assert client.post(hotline(deed, contact), filled()).status_code == 404
    assert Client().get(hotline("contact", contact)).status_code == 302


def test_a_case_worker_reads_what_her_file_was_given_only(cast: Cast, make: Make) -> None:
    contact = services.record_contact(actor=cast.actor("mira"), contact=make())
    client = cast.client("vesna")
    assert client.get(hotline("contact", contact)).status_code == 404
    assert client.get(hotline("contacts")).status_code == 403
    assert client.get(hotline("callbacks")).status_code == 200


def test_a_volunteer_who_types_a_name_sees_how_to_call_and_no_more(cast: Cast) -> None:
    rules = Safety((SafeRule("never_say", "the court"), SafeRule("no_voicemail")))
    who = Identity(names=(Name("Zlatija", "Zorić"),))
    person = people.register_person(actor=cast.actor("mira"), identity=who, safety=rules)
    code_name = people_selectors.facts_of(cast.actor("mira"), person).code_name
    people_selectors.search(cast.actor("mira"), "Zlatija")
    lara = cast.client("lara")
    assert hotline("known") in lara.get(hotline("new")).content.decode()
    shown = lara.post(hotline("known"), {"caller_name": "Zlatija Zorić"}).content.decode()
    assert "the court" in shown
    assert code_name in shown
    assert "Zorić" not in shown
    assert reverse("people:person", args=[person]) not in shown, "her page is not a volunteer's to open"
    mira = cast.client("mira").post(hotline("known"), {"caller_name": "Zlatija Zorić"}).content.decode()
    assert reverse("people:person", args=[person]) in mira


def test_who_calls_back_sees_the_rules_of_her_file_and_of_the_call(cast: Cast, make: Make) -> None:
    mira = cast.actor("mira")
    person = people.register_person(actor=mira, safety=Safety((SafeRule("call_only_between", "after 18"),)))
    link = (Link(person, CONCERNED),)
    contact = services.record_contact(actor=mira, contact=make(links=link, safe=SafeContact(never_say="the court")))
    services.add_callback(actor=mira, callback=NewCallback(due_at=now(), contact_id=contact, person_id=person))
    client = cast.client("mira")
    for address in (hotline("callbacks"), hotline("callback", Callback.objects.get().pk)):
        shown = client.get(address).content.decode()
        assert "after 18" in shown
        assert "the court" in shown
    assert reverse("people:person", args=[person]) in shown, "one click to the numbers"


def test_whose_file_has_rules_is_not_said_to_have_none(cast: Cast, make: Make) -> None:
    mira, client = cast.actor("mira"), cast.client("mira")
    said = Caller(name="Olena", phone="064 111 22 33")
    nobody_asked = "Još niko nije pitao kako je bezbedno zvati"
    alone = services.record_contact(actor=mira, contact=make(caller=said, safe=SafeContact()))
    assert nobody_asked in client.get(hotline("contact", alone)).content.decode()
    person = people.register_person(actor=mira, safety=Safety((SafeRule("call_only_between", "after 20"),)))
    hers = (Link(person, CALLER),)
    known = services.record_contact(actor=mira, contact=make(links=hers, caller=said, safe=SafeContact()))
    shown = client.get(hotline("contact", known)).content.decode()
    assert "after 20" in shown
    assert nobody_asked not in shown


def test_a_name_given_at_last_goes_into_the_file_with_one_click(cast: Cast, make: Make) -> None:
    mira, client = cast.actor("mira"), cast.client("mira")
    person = people.register_person(actor=mira)
    said = Caller(name="Olena Kovalenko", phone="064 111 22 33")
    contact = services.record_contact(actor=mira, contact=make(links=(Link(person, CALLER),), caller=said))
    address = hotline("complete_file", contact)
    assert address in client.get(hotline("contact", contact)).content.decode()
    assert client.post(address)["Location"] == hotline("contact", contact)
    assert people_selectors.display_names(mira, [person]) == {person: "Olena Kovalenko"}
    details = people_selectors.contact_details(mira, person)
    assert details is not None
    assert [entry.value for entry in details.content.entries] == ["064 111 22 33"]
    assert address not in client.get(hotline("contact", contact)).content.decode(), "there is nothing left to add"
    again = Caller(name="Олена Коваленко", phone="+381641112233")
    other = services.record_contact(actor=mira, contact=make(links=(Link(person, CALLER),), caller=again))
    assert hotline("complete_file", other) not in client.get(hotline("contact", other)).content.decode()
    assert cast.client("lara").post(address).status_code == 404
