"""Do the pages of conversations work without JavaScript, lose nothing that was typed, and show it to nobody else?"""

import re
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.timezone import localtime

from astra.demo.pytest_cast import Cast
from astra.hotline import selectors, services
from astra.hotline.models import Contact, Conversation, Talk
from astra.hotline.rules import conversations as rules
from astra.hotline.rules.canned_answers import WRITTEN_IN, canned_answers
from astra.hotline.rules.contacts import CALLER, Link
from astra.hotline.views.talking import language_name, tag_of, waited
from astra.kernel.clock import now
from astra.kernel.ids import new_id
from astra.people import services as people
from astra.science.script import is_cyrillic

pytestmark = [pytest.mark.django_db(databases=["default", "keystore"])]
SCRIPT = {"X-Requested-With": "fetch"}
CYRILLIC, ARABIC, EVIL = "Помозите ми", "أحتاج مساعدة", "<script>alert(1)</script><img src=x onerror=alert(2)>"


def page(name: str, *args: object) -> str:
    """An address of the hotline."""
    return reverse(f"hotline:{name}", args=args)


def written(*texts: str, language: str = "sr-latn") -> UUID:
    """A conversation in which a visitor wrote these."""
    visiting, _, _ = services.begin_conversation(line="sos_trafficking", language=language)
    for text in texts:
        services.write(visiting=visiting, text=text, mark=uuid4())
    return visiting.conversation.pk  # type: ignore[no-any-return]  # a primary key


def shown(client: Client, name: str, *args: object) -> str:
    answer = client.get(page(name, *args))
    assert answer.status_code == 200
    return answer.content.decode()


def said(cast: Cast, found: UUID) -> list[str]:
    return [one.text for one in selectors.exchange(cast.actor("sanja"), found).messages if one.text]


def test_the_queue_says_who_waits_how_long_and_who_has_it(cast: Cast) -> None:
    mira, waits, taken = cast.client("mira"), written("Halo", language="ar"), written("Zdravo")
    Conversation.objects.filter(pk=waits).update(waiting_since=now() - timedelta(minutes=12, seconds=40))
    services.take(actor=cast.actor("sanja"), conversation_id=taken)
    whole = shown(mira, "conversations")
    for words in ("12 minut", "rapski", "SOS linija", "ima otvorenu stranicu", cast.sanja.person.work_name):
        assert words in whole, words
    assert page("step", waits) in whole
    assert page("step", taken) not in whole
    fragment = shown(mira, "conversations_now")
    assert 'data-waiting="1"' in fragment
    assert "<html" not in fragment
    assert "Halo" not in whole + fragment


def test_the_tab_counts_and_my_day_leads_there(cast: Cast) -> None:
    written("Halo")
    assert '<span class="astra-count">1' in shown(cast.client("mira"), "contacts")
    assert page("conversations") in cast.client("mira").get("/").content.decode()


def test_who_reads_no_line_is_told_kindly_why_nothing_is_here(cast: Cast) -> None:
    found = written("Halo")
    lara = cast.client("lara")
    whole = shown(lara, "conversations")
    assert "data-live" not in whole
    assert "savetni" in whole
    assert lara.get(page("conversation", found)).status_code == 404
    assert "take-" not in shown(lara, "conversations_now")


def test_one_button_takes_and_the_page_shows_both_sides(cast: Cast) -> None:
    mira, found = cast.client("mira"), written(CYRILLIC)
    answer = mira.post(page("step", found), {"verb": "take"}, follow=True)
    whole = answer.content.decode()
    assert CYRILLIC in whole
    assert 'lang="sr-Cyrl"' in whole
    assert "autofocus" in whole
    assert "data-holds-lock" in whole
    row = Conversation.objects.get(pk=found)
    assert (row.state, row.taken_by_id) == (rules.TAKEN, cast.mira.id)


def test_an_answer_without_a_script_is_stored_once(cast: Cast) -> None:
    mira, found, mark = cast.client("mira"), written(ARABIC, language="ar"), str(uuid4())
    for _ in range(2):
        answer = mira.post(page("answer", found), {"text": f"  {ARABIC} 2\n", "mark": mark})
        assert answer.status_code == 302
    assert said(cast, found) == [ARABIC, f"{ARABIC} 2"]
    assert Conversation.objects.get().taken_by_id == cast.mira.id  # whoever answers first has it
    whole = shown(mira, "conversation", found)
    assert 'lang="ar"' in whole
    marks = re.findall(r'name="mark" value="([^"]+)"', whole)
    assert len(marks) == 1
    assert marks != [mark]


def test_what_cannot_be_sent_says_why_and_stays_in_the_box(cast: Cast) -> None:
    mira, found, mark = cast.client("mira"), written("Halo"), str(uuid4())
    services.take(actor=cast.actor("mira"), conversation_id=found)
    services.take(actor=cast.actor("sanja"), conversation_id=found)
    answer = mira.post(page("answer", found), {"text": "Dugačak odgovor & <b>", "mark": mark})
    whole = answer.content.decode()
    assert answer.status_code == 409
    assert "Dugačak odgovor &amp; &lt;b&gt;</textarea>" in whole
    assert mark in whole
    assert cast.sanja.person.work_name in whole
    taken = mira.post(page("step", found), {"verb": "take", "text": "Dugačak odgovor", "mark": mark})
    assert "Dugačak odgovor</textarea>" in taken.content.decode()
    assert mira.post(page("answer", found), {"text": "x" * 5001}).status_code == 409
    assert said(cast, found) == ["Halo"]


def test_a_script_is_told_the_same_in_words(cast: Cast) -> None:
    mira, found = cast.client("mira"), written("Halo")
    stored = mira.post(page("answer", found), {"text": "Tu sam", "mark": str(uuid4())}, headers=SCRIPT)
    assert stored.json() == {"stored": True}
    services.take(actor=cast.actor("sanja"), conversation_id=found)
    refused = mira.post(page("answer", found), {"text": "I ja", "mark": str(uuid4())}, headers=SCRIPT)
    assert refused.status_code == 409
    assert len(refused.json()["messages"]) == 1
    assert mira.post(page("answer", found), {"text": " "}, headers=SCRIPT).status_code == 400


def test_markup_that_somebody_writes_stays_words(cast: Cast) -> None:
    mira, found = cast.client("mira"), written(EVIL)
    told = mira.post(page("look", found), {"after": "0"}, headers=SCRIPT).json()
    contact_id = logged(cast, found)
    pages = [shown(mira, "conversation", found), told["html"], shown(mira, "contact", contact_id)]
    pages.append(mira.get(page("new"), {"conversation": str(found)}).content.decode())
    for whole in pages:
        assert "&lt;script&gt;alert(1)" in whole
        assert "<script>alert" not in whole
        assert "<img src=x" not in whole


def logged(cast: Cast, found: UUID, **given: object) -> UUID:
    """The conversation logged with one click."""
    cast.client("mira").post(page("log_quick", found), {"kind": "prank", "key": str(new_id()), **given})
    contact_id = selectors.contact_of(found)
    assert contact_id is not None
    return contact_id


def test_the_script_gets_what_is_behind_its_cursor_and_says_how_far_it_has_shown(cast: Cast) -> None:
    mira, found = cast.client("mira"), written("jedan")
    first = mira.post(page("look", found), {"after": "0"}, headers=SCRIPT).json()
    assert "jedan" in first["html"]
    assert Talk.objects.get().seen_by_us == 0  # fetched is not shown
    assert set(first["parts"]) == {"standing", "steps", "channel", "channel_note", "safe", "log"}
    asked = {"after": str(first["cursor"]), "seen": str(first["cursor"]), "key": first["key"]}
    again = mira.post(page("look", found), asked, headers=SCRIPT).json()
    assert (again["html"], "parts" in again, again["waiting"]) == ("", False, 1)
    assert Talk.objects.get().seen_by_us == 1
    services.take(actor=cast.actor("sanja"), conversation_id=found)
    moved = mira.post(page("look", found), asked, headers=SCRIPT).json()
    assert cast.sanja.person.work_name in moved["parts"]["standing"]
    assert mira.post(page("look", found), {"after": "x", "seen": "-1"}, headers=SCRIPT).status_code == 200


def test_typing_is_shown_to_both_sides(cast: Cast) -> None:
    mira = cast.client("mira")
    visiting, ticket, _ = services.begin_conversation(line="sos_trafficking", language="en")
    services.write(visiting=visiting, text="Hi", mark=uuid4())
    found = visiting.conversation.pk
    services.take(actor=cast.actor("mira"), conversation_id=found)
    assert mira.post(page("answering", found)).status_code == 204
    in_her_browser = services.resume(ticket)
    assert in_her_browser is not None
    assert selectors.exchange_for_visitor(in_her_browser).is_typing
    services.note_typing(visiting=visiting)
    assert mira.post(page("look", found), {}, headers=SCRIPT).json()["typing"] is True


def test_steps_lead_on_and_refusals_are_said(cast: Cast) -> None:
    mira, found = cast.client("mira"), written("Halo")
    refused = mira.post(page("step", found), {"verb": "park"})
    assert refused.status_code == 409
    mira.post(page("step", found), {"verb": "take"})
    assert mira.post(page("step", found), {"verb": "offer", "colleague": str(cast.lara.id)}).status_code == 409
    mira.post(page("step", found), {"verb": "offer", "colleague": str(cast.jelena.id)})
    assert 'name="verb" value="take"' in shown(cast.client("jelena"), "conversation", found)
    assert cast.mira.person.work_name in shown(cast.client("jelena"), "conversations")
    parked = mira.post(page("step", found), {"verb": "park"}, headers=SCRIPT)
    assert parked.json() == {"to": page("conversations")}
    assert mira.post(page("step", found), {"verb": "dance"}).status_code == 404
    nothing = mira.post(page("step", found), {"verb": "end"}, headers=SCRIPT)
    assert (nothing.status_code, len(nothing.json()["messages"])) == (409, 1)
    assert mira.post(page("step", found), {"verb": "end", "outcome": "helped"}).status_code == 302
    row = Conversation.objects.get()
    assert (row.state, row.outcome) == (rules.ENDED, "helped")
    assert "Dobijen odgovor" in shown(mira, "conversation", found)
    assert str(found) in shown(mira, "conversations")


def test_back_into_the_queue_keeps_what_stands_in_the_box(cast: Cast) -> None:
    mira, found = cast.client("mira"), written("Halo")
    mira.post(page("step", found), {"verb": "take"})
    kept = mira.post(page("step", found), {"verb": "give_back", "text": "Još ne poslato"})
    assert "Još ne poslato</textarea>" in kept.content.decode()
    assert Conversation.objects.get().state == rules.WAITING


def test_a_block_has_a_day_and_can_be_taken_back(cast: Cast) -> None:
    mira, found = cast.client("mira"), written("uvrede")
    until = localtime(now() + timedelta(days=3))
    assert mira.post(page("step", found), {"verb": "block", "until": "1.1.2020."}).status_code == 409
    mira.post(page("step", found), {"verb": "block", "until": f"{until:%d.%m.%Y.}"})
    row = Conversation.objects.get()
    assert row.blocked_until is not None
    assert localtime(row.blocked_until).date() == until.date()
    assert 'value="unblock"' in shown(mira, "conversation", found)
    mira.post(page("step", found), {"verb": "unblock"})
    assert Conversation.objects.get().blocked_until is None


def test_the_form_of_a_contact_knows_what_the_conversation_knows(cast: Cast) -> None:
    mira, found = cast.client("mira"), written(CYRILLIC)
    Talk.objects.update(began_at=now() - timedelta(minutes=14, seconds=5))
    whole = mira.get(page("new"), {"conversation": str(found)}).content.decode()
    assert CYRILLIC in whole
    for name, value in (("channel", "web_chat"), ("language", "sr"), ("line", "sos_trafficking")):
        assert re.search(rf'name="{name}".*?value="{value}" selected', whole, re.DOTALL), name
    assert re.search(r'name="minutes" value="15"', whole)
    person = people.register_person(actor=cast.actor("mira"))
    at = localtime(now() - timedelta(minutes=14))
    form = {
        "draft_id": str(new_id()),
        "conversation": str(found),
        "line": "sos_trafficking",
        "kind": "about_self",
        "received_at_0": f"{at:%d.%m.%Y.}",
        "received_at_1": f"{at:%H:%M}",
        "link": f"{CALLER}:{person}",
    }
    first, second = mira.post(page("new"), form), mira.post(page("new"), form)
    assert first.headers["Location"] == second.headers["Location"] == page("conversation", found)
    contact = Contact.objects.get()
    assert selectors.contact_of(found) == contact.pk
    assert page("contact", contact.pk) in shown(mira, "conversation", found)
    assert str(person) in shown(mira, "conversation", found)


def test_whoever_comes_back_is_the_same_person_in_the_next_contact(cast: Cast) -> None:
    mira, actor, found = cast.client("mira"), cast.actor("mira"), written("Halo")
    person = people.register_person(actor=actor)
    contact_id = logged(cast, found, kind="thanks")
    Contact.objects.update(kind="about_self")
    services.link_person(actor=actor, contact_id=contact_id, person_id=person, role=CALLER)
    Talk.objects.update(ended_at=now())
    Talk.objects.create(record_id=_record(), conversation_id=found, number=2)
    whole = mira.get(page("new"), {"conversation": str(found)}).content.decode()
    assert f'name="repeat_of" value="{contact_id}"' in whole
    assert f'name="link" value="{CALLER}:{person}"' in whole
    mira.post(page("to_case", found), {"key": str(new_id()), "then": "/cases/new/"})
    again = selectors.contact_of(found)
    assert again is not None
    assert again != contact_id
    assert selectors.contact(actor, again).links == (Link(person, CALLER),)


def _record() -> UUID:
    """A record under which another sitting can begin."""
    other = written("Opet")
    talk = Talk.objects.get(conversation=other)
    record = talk.record_id
    talk.delete()
    return record


def test_one_click_logs_once(cast: Cast) -> None:
    mira, found, key = cast.client("mira"), written("Halo"), str(new_id())
    for _ in range(2):
        assert mira.post(page("log_quick", found), {"kind": "prank", "key": key}).status_code == 302
    contact = Contact.objects.get()
    assert (contact.kind, contact.channel, selectors.contact_of(found)) == ("prank", "web_chat", contact.pk)
    assert mira.post(page("log_quick", written("x")), {"kind": "about_self", "key": "no"}).status_code == 400


def test_one_click_leads_from_the_conversation_to_a_new_case(cast: Cast) -> None:
    mira, found, key = cast.client("mira"), written("Halo"), str(new_id())
    assert 'name="then" value="/cases/new/"' in shown(mira, "conversation", found)
    for _ in range(2):
        answer = mira.post(page("to_case", found), {"key": key, "then": "/cases/new/"})
    contact = Contact.objects.get()
    assert answer.headers["Location"] == f"/cases/new/?contact={contact.pk}"
    assert selectors.contact_of(found) == contact.pk
    for elsewhere in ("https://elsewhere.example/", "//elsewhere.example/", "", "/\\elsewhere.example"):
        led = mira.post(page("to_case", found), {"key": key, "then": elsewhere}).headers["Location"]
        assert led == f"{page('contact', contact.pk)}?contact={contact.pk}", elsewhere


def test_a_conversation_in_which_nothing_was_written_opens_all_the_same(cast: Cast) -> None:
    whole = shown(cast.client("mira"), "conversation", written())
    assert "data-nothing-yet" in whole


def test_ready_answers_are_there_in_each_language_that_of_the_person_first(cast: Cast) -> None:
    assert len(canned_answers()) >= 12
    for one in canned_answers():
        assert set(one.texts) == set(WRITTEN_IN)
        assert all(one.texts.values())
        assert is_cyrillic(one.texts["sr"])
        assert any("\u0600" <= letter <= "\u06ff" for letter in one.texts["ar"])
    whole = shown(cast.client("mira"), "conversation", written("x", language="ar"))
    assert whole.index(canned_answers()[0].texts["ar"]) < whole.index(canned_answers()[0].texts["en"])
    in_russian = shown(cast.client("mira"), "conversation", written("x", language="ru"))
    assert in_russian.index(canned_answers()[0].texts["en"]) < in_russian.index(canned_answers()[0].texts["sr"])


@pytest.mark.parametrize(
    ("text", "page_language", "tag"),
    [
        ("Halo", "sr-latn", "sr-Latn"),
        ("Хало", "sr-latn", "sr-Cyrl"),
        ("Halo", "sr", "sr-Latn"),
        (ARABIC, "ar", "ar"),
        (ARABIC, "sr", ""),
        ("Hello", "ar", ""),
        ("Hello", "en", "en"),
    ],
)
def test_a_message_says_its_language_as_far_as_its_letters_allow(text: str, page_language: str, tag: str) -> None:
    assert tag_of(text, page_language) == tag


def test_waiting_is_said_in_whole_minutes() -> None:
    at = now()
    spoken = [waited(at - timedelta(**since), at) for since in ({"seconds": 59}, {"seconds": 119}, {"minutes": 59})]
    spoken += [waited(at - timedelta(minutes=since), at) for since in (60, 61, 150, 3 * 24 * 60)]
    assert len(set(spoken)) == len(spoken)
    assert waited(at + timedelta(seconds=5), at) == spoken[0]
    assert language_name("sr-latn") != language_name("sr")
